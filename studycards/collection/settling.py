"""What a person says of a vanished and an appeared card: one and the same, or two."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from studycards.collection.joining import Block, blocks
from studycards.collection.looking import Seen, read_deck
from studycards.collection.numbering import numbers
from studycards.collection.rows import make_rows
from studycards.errors import StudycardsError
from studycards.history import Stamp
from studycards.identity import content
from studycards.store import cards as index
from studycards.store import log, pairs
from studycards.store.opening import writing


@dataclass(frozen=True, slots=True)
class Pair:
    """Two blocks that may be one card: what the old one said, what the new one says, and where that stands."""

    before: str
    after: str
    likeness: float
    old_text: tuple[str, str]
    new_text: tuple[str, str]
    path: str
    line: int


def waiting(db: Database) -> list[Pair]:
    """The pairs that a person must settle, the likest first; one that shares a card with a liker one comes later."""
    found: list[Pair] = []
    for before, after, likeness in pairs.waiting(db):
        known = blocks(index.of_blocks(db, (before, after)))
        old, new = known[before].first.card, known[after].first.card
        row = known[after].first
        found.append(Pair(before, after, likeness, (old.front, old.back), (new.front, new.back), row.path, row.line))
    return found


def same(db: Database, pair: Pair, stamp: Stamp) -> None:
    """Let the history of the old card go on with the text of the new one."""
    with writing(db):
        known = blocks(index.of_blocks(db, (pair.before, pair.after)))
        seen = _seen(known[pair.after])
        given = numbers(db, pair.before, seen, known[pair.before].rows, stamp.ms)
        rows = make_rows(pair.before, seen, given, known[pair.before], None, stamp.ms)
        index.retire_text(db, pair.after, stamp.ms)
        index.put(db, rows)
        index.add_texts(db, [(pair.before, stamp.ms, *pair.old_text)])
        pairs.settle(db, pair.before, pair.after)
        told = {"what": "edited", "path": pair.path, "line": pair.line, "with": pair.after}
        log.append_act(db, log.Act("card", stamp.ms, stamp.offset_min, stamp.day, pair.before, payload=told))


def different(db: Database, pair: Pair) -> None:
    """Note that the two are two cards."""
    with writing(db):
        pairs.settle(db, pair.before, pair.after)


def _seen(block: Block) -> Seen:
    """The block as its deck file has it now."""
    row = block.first
    _, deck = read_deck(Path(row.path), row.path)
    for position, entry in enumerate(deck.entries if deck else ()):
        if deck and content(entry.front, entry.back) == row.folded:
            return Seen(row.path, "", deck.deck, deck.tags, deck.reverse, entry, position)
    raise StudycardsError(f"{row.path} has changed meanwhile; run `studycards status` again.")
