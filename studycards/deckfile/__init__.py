"""Deck file ⇄ cards: the grammar lives here and only here."""

from studycards.deckfile.edit import append, remove, replace
from studycards.deckfile.entry import DeckText, Entry, tidy
from studycards.deckfile.grammar import parse
from studycards.deckfile.write import write, write_entry

__all__ = ["DeckText", "Entry", "append", "parse", "remove", "replace", "tidy", "write", "write_entry"]
