"""A waiting proposal as a person sees it: the lines it comes from, what speaks against it, the card most like it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from studycards.identity import content, likeness
from studycards.inbox.values import text_of
from studycards.language import count, later, say
from studycards.model import Card, Kind, Proposal
from studycards.notes.reader import read_file
from studycards.store import cards
from studycards.store.proposals import Row
from studycards.store.selection import Selection
from studycards.text import has_chinese

ALIKE = 0.75
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_WORD = re.compile(r"\w+")
# Penalties of the gates in words; what is not listed is named by its code.
_SAID = {
    "half-leak": later("answer words in the question"),
    "leak": later("the question gives the answer away"),
    "near-duplicate": later("it says nearly what another card says"),
    "duplicate": later("it says what another card says"),
    "cap": later("this note or section gave many cards already"),
    "deck-file": later("its deck file could not be written"),
    "resolved-pronoun": later("its subject stands in an earlier sentence"),
    "formula-answer": later("the answer is only a formula"),
}


@dataclass(frozen=True, slots=True)
class Similar:
    """The card most like a proposal."""

    card: Card
    likeness: float


@dataclass(frozen=True, slots=True)
class Showing:
    """One proposal to be decided on. `lines` are those of the note with their numbers (none: it is gone or changed);
    `warnings` are words for what speaks against it; `nth` of `here` proposals of its section."""

    row: Row
    lines: tuple[tuple[int, str], ...]
    warnings: tuple[str, ...]
    similar: Similar | None
    nth: int
    here: int


def show(db: Database, row: Row, waiting: Iterable[Row]) -> Showing:
    """Everything a decision on this proposal rests on."""
    section = [other.proposal.id for other in waiting if place(other) == place(row)]
    lines = _lines(row.proposal)
    similar = _similar(db, row)
    nth = section.index(row.proposal.id) + 1 if row.proposal.id in section else 1
    return Showing(row, lines, tuple(_warnings(row.proposal, lines, similar)), similar, nth, max(len(section), 1))


def place(row: Row) -> tuple[str, tuple[str, ...]]:
    """The note and section of a proposal."""
    return row.proposal.source.path, row.proposal.source.headings


def _lines(proposal: Proposal) -> tuple[tuple[int, str], ...]:
    source = proposal.source
    file = read_file(Path(source.path))
    lines = file.text.splitlines()[source.line - 1 : source.end_line]
    return tuple((source.line + at, line) for at, line in enumerate(lines) if line.strip())


def _similar(db: Database, row: Row) -> Similar | None:
    text = content(*text_of(row.proposal))
    found = [
        Similar(card, likeness(text, content(card.front, card.back)))
        for card in cards.select(db, Selection(decks=(row.proposal.deck,)))
        if card.id == card.block or card.kind is Kind.CLOZE
    ]
    best = max(found, key=lambda one: one.likeness, default=None)
    return best if best and best.likeness >= ALIKE else None


def _warnings(proposal: Proposal, lines: Iterable[tuple[int, str]], similar: Similar | None) -> Iterable[str]:
    front, back = text_of(proposal)
    if similar:
        yield say("like card {id} ({share})", id=similar.card.block, share=f"{similar.likeness:.0%}")
    lowered = [name for name, value in proposal.score[1:] if value < 0]
    reasons = [proposal.reason] if proposal.reason not in ("", "doubtful", *lowered) else []
    for code in dict.fromkeys([*reasons, *lowered]):
        yield say(_SAID[code]) if code in _SAID else code.replace("-", " ")
    source = "\n".join(text for _, text in lines)
    if source and not set(_NUMBER.findall(f"{front} {back}")) <= set(_NUMBER.findall(source)):
        yield say("a number that is not in the note")
    if len(back.split("\n")) > 4:
        yield count("a list of {n} item", "a list of {n} items", len(back.splitlines()))
    if _is_long(front, 60, 30):
        yield say("a long question")
    if "\n" not in back and _is_long(back, 40, 20):
        yield say("a long answer")


def _is_long(text: str, characters: int, words: int) -> bool:
    return len(text) > characters if has_chinese(text) else len(_WORD.findall(text)) > words
