"""What is known of one note: its proposals of before, and the cards that stand in deck files for it."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from studycards.deckwriter import DeckWriter
from studycards.identity import Face, hand_slots, match
from studycards.inbox.values import Goal, NoteRun, folded, text_of
from studycards.model import Proposal, Source
from studycards.store import cards, proposals
from studycards.store.cards import CardRow
from studycards.store.proposals import Row


@dataclass(frozen=True, slots=True)
class Block:
    """A card as its deck file has it: its text, where it stands, whether it is gone from there."""

    front: str
    back: str
    path: str
    deck: str
    source: Source | None
    folded: str
    is_gone: bool


class Known:
    """One note's proposals of before, and the cards that stand in deck files for it."""

    def __init__(
        self,
        db: Database,
        run: NoteRun,
        goal: Goal,
        pending: dict[str, Row],
        batch: tuple[set[str], Mapping[str, set[str]]],
    ) -> None:
        """`pending` are rows not stored yet; `batch` the notes of this run, and which of them say a text."""
        self._db = db
        self._goal = goal
        self._met_notes, self._saying = batch
        self.run = run
        own = [pending.get(row.proposal.id, row) for row in proposals.of_note(db, run.path)]
        moved = [pending.get(row.proposal.id, row) for row in self._moved(run)]
        self.rows = {row.proposal.id: row for row in [*own, *moved] if row.is_live}
        self.refused: dict[str, list[str]] = defaultdict(list)
        for row in own:
            if not row.is_live:
                self.refused[row.folded].append(row.proposal.id)
        self.blocks = _blocks([*cards.from_note(db, run.path), *cards.of_blocks(db, self.rows)])
        self.met: set[str] = set()

    def match(self, found: Sequence[Proposal]) -> tuple[dict[str, str], set[str]]:
        """Which of these proposals is which known one, by id; and those that are too like one to be called new."""
        known = {name for name in (*self.rows, *self.blocks) if name not in self.met}
        before = [self._face(name) for name in sorted(known, key=self._order)]
        after = [Face(p.id, *text_of(p), self.run.path, p.source.headings, _slots(p)) for p in found]
        matching = match(before, after)
        self.met |= set(matching.same.values())
        return matching.same, {new for _, new, _ in matching.unsure}

    def source_path(self, deck_file: str) -> str:
        """The note's path as the comment of a card shows it: from the deck file's folder."""
        return os.path.relpath(self.run.path, os.path.dirname(deck_file)).replace(os.sep, "/")

    def deck_path(self, proposal: Proposal, writer: DeckWriter, before: str) -> str:
        """Where a card of this note goes: the file that most of its deck's cards are in, else the one it was to go
        to `before`, else a new one."""
        places: dict[str, int] = defaultdict(int)
        for block in self.blocks.values():
            if not block.is_gone and (block.deck == proposal.deck or not self.run.several):
                places[block.path] += 1
        if places:
            return max(sorted(places), key=lambda path: places[path])
        part = proposal.deck.rpartition("::")[2] if self.run.several and "::" in proposal.deck else ""
        owner = (self.run.path, proposal.deck)
        if before and writer.takes(before, owner):
            return before
        return writer.new_path(self._goal.into, self.run.under, owner, part=part)

    def _moved(self, run: NoteRun) -> list[Row]:
        """Live proposals of notes that are no longer where they were, or no longer say them, like one of these."""
        alike = proposals.alike(self._db, {folded(p) for p in run.proposals}, {p.slot for p in run.proposals if p.slot})
        gone: dict[str, bool] = {}
        for row in alike:
            path = row.proposal.source.path
            if path not in gone:
                gone[path] = not os.path.lexists(path)
        return [
            row
            for row in alike
            if row.is_live
            and row.proposal.source.path != run.path
            and (row.note_gone or gone[row.proposal.source.path] or self._is_dropped(row))
            and not self._is_anothers(row)
        ]

    def _is_dropped(self, row: Row) -> bool:
        """Whether the row's note is in this run and no longer says it."""
        path = row.proposal.source.path
        return path in self._met_notes and path not in self._saying.get(row.folded, ())

    def _is_anothers(self, row: Row) -> bool:
        """Whether another note of this run says it word for word, and this one does not."""
        saying = self._saying.get(row.folded, set())
        return bool(saying) and self.run.path not in saying

    def _order(self, name: str) -> tuple[bool, str]:
        row = self.rows.get(name)
        return (row is None or row.proposal.source.path != self.run.path, name)

    def _face(self, name: str) -> Face:
        row = self.rows.get(name)
        if row is None:
            block = self.blocks[name]
            return Face(name, block.front, block.back, self.run.path, (), ())
        p = row.proposal
        return Face(name, *text_of(p), p.source.path, p.source.headings, _slots(p))


def _slots(proposal: Proposal) -> tuple[str, ...]:
    if proposal.by_hand:
        return hand_slots(*text_of(proposal))
    return (proposal.slot,) if proposal.slot else ()


def _blocks(rows: Iterable[CardRow]) -> dict[str, Block]:
    found: dict[str, list[CardRow]] = defaultdict(list)
    for row in rows:
        found[row.card.block].append(row)
    return {name: _block(name, listed) for name, listed in found.items()}


def _block(name: str, rows: Sequence[CardRow]) -> Block:
    row = next((row for row in rows if row.card.id == name), rows[0])
    front, back = row.card.front, row.card.back
    if row.card.id == f"{name}-r":
        front, back = back, front
    is_gone = all(one.orphaned_ms is not None for one in rows)
    return Block(front, back, row.path, row.card.deck, row.card.source, row.folded, is_gone)
