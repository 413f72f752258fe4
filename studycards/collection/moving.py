"""Cards taken from their deck file to that of another deck; ids go along, so what was learned does too."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from studycards.collection.front import Collection
from studycards.collection.joining import Block, blocks
from studycards.collection.looking import read_deck
from studycards.collection.rows import note_path
from studycards.deckfile import Entry
from studycards.deckwriter import DeckWriter
from studycards.errors import StudycardsError
from studycards.language import say
from studycards.store import cards as index
from studycards.store import whereabouts
from studycards.store.opening import writing

_UNSAFE = re.compile(r"[^\w.+-]+")


def move(collection: Collection, card_ids: Sequence[str], deck: str, now: datetime) -> int:
    """Move the blocks of cards to the deck file of a deck, a new one beside theirs if there is none; how many blocks.

    They are written there before they are taken out here, so that no moment is without them. Raises StudycardsError.
    """
    db = collection.db
    names = whereabouts.blocks_of(db, list(card_ids))
    known = [block for block in blocks(index.of_blocks(db, names)).values() if not block.is_gone]
    leaving = [block for block in known if block.first.card.deck != deck]
    if any(not block.first.marked_id for block in leaving):
        raise StudycardsError(say("A card written by hand has no id to keep; move its lines in the deck file instead."))
    if not leaving:
        return 0
    target = whereabouts.file_of(db, deck) or _new_file(Path(leaving[0].first.path).parent, deck)
    found = [(block, _entry(block)) for block in leaving]
    with writing(db):
        _do(DeckWriter(), [(target, entry) for _, entry in _beside(found, target)], deck)
        writer = DeckWriter()
        for block, _ in found:
            writer.remove(block.first.path, block.name)
        _finish(writer)
    collection.sync([Path(target)], now, let_go=None)
    return len(found)


def _entry(block: Block) -> Entry:
    """The block as its deck file has it now."""
    _, deck = read_deck(Path(block.first.path), block.first.path)
    found = next((e for e in deck.entries if e.id == block.name), None) if deck else None
    if deck is None or found is None:
        raise StudycardsError(say("The card {id} is no longer where it was; nothing was moved.", id=block.name))
    return replace(found, reverse=found.reverse or deck.reverse)


def _beside(found: Iterable[tuple[Block, Entry]], target: str) -> Iterable[tuple[Block, Entry]]:
    """The entries with their sources' paths as seen from the target."""
    for block, entry in found:
        source = entry.source
        if source is not None and source.path:
            there = note_path(block.first.path, source)
            path = os.path.relpath(there, os.path.dirname(target)).replace(os.sep, "/")
            yield block, replace(entry, source=replace(source, path=path))
        else:
            yield block, entry


def _do(writer: DeckWriter, entries: Iterable[tuple[str, Entry]], deck: str) -> None:
    for path, entry in entries:
        writer.add(path, deck, entry)
    _finish(writer)


def _finish(writer: DeckWriter) -> None:
    _, problems = writer.write()
    if problems:
        raise StudycardsError(str(problems[0]))


def _new_file(folder: Path, deck: str) -> str:
    stem = _UNSAFE.sub("-", deck.replace("::", "-")).strip("-.")[:80] or "deck"
    names = (f"{stem}{f'-{n}' if n else ''}.md" for n in range(10_000))
    return str(next(folder / name for name in names if not (folder / name).exists()))
