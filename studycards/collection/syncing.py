"""One look at the deck files, written into the index of the cards; runs inside the write lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace

from sqlite_utils import Database

from studycards.collection.changes import Change, Held, SyncReport, Unsure, What
from studycards.collection.joining import Block, Join, Joined, blocks
from studycards.collection.looking import Look, Seen, looks
from studycards.collection.numbering import numbers
from studycards.collection.rows import make_rows
from studycards.history import Stamp
from studycards.model import Problem
from studycards.store import cards as index
from studycards.store import filestat, log, pairs
from studycards.store.cards import CardRow

FEW = 10
SHARE = 0.2


class Sync:
    """What one look does, step by step."""

    def __init__(self, db: Database, stamp: Stamp, show: Callable[[str], str], let_go: Container[str] | None) -> None:
        self._db = db
        self._stamp = stamp
        self._show = show
        self._let_go = let_go
        self._step = 0  # all that one run changes is one step; 0 before it is stored

    def run(self, roots: Sequence[str], *, brief: bool = False) -> SyncReport:
        """Read what changed, join it with what is known, write it down; a `brief` report has no changes."""
        changes: list[Change] = []
        problems: list[Problem] = []
        held: list[Held] = []
        unsure: list[Unsure] = []
        other = 0
        for found in looks(filestat.outlines(self._db), roots, self._show):
            one = self._take(found)
            changes += () if brief else one.changes
            problems += one.problems
            held += one.held
            unsure += one.unsure
            other += sum(change.what is not What.ORPHANED for change in one.changes)
        problems.sort(key=lambda problem: (problem.path, problem.line))
        kept = max(index.count(self._db) - other, 0)
        return SyncReport(tuple(changes), tuple(problems), tuple(held), tuple(unsure), kept)

    def _take(self, found: Look) -> SyncReport:
        """Join one look with what is known, and write it down."""
        before = self._blocks(index.in_files(self._db, found.changed | found.vanished))
        join = Join(before, self._of_blocks, self._gone_like, index.TakenIds(self._db), self._show)
        joined = join.run(found.seen)
        held = self._held(joined.vanished, before)
        changes = [*self._write(found.seen, joined, before), *self._orphan(joined.vanished, held)]
        pairs.add(self._db, [(u.before, u.after, u.likeness) for u in joined.unsure], self._stamp.ms)
        self._remember(found, joined, held)
        self._log(changes)
        return SyncReport(tuple(changes), (*found.problems, *joined.problems), tuple(held), tuple(joined.unsure))

    def _blocks(self, rows: Iterable[CardRow]) -> dict[str, Block]:
        """Whole blocks: a card of one may have been seen last in another file."""
        return self._of_blocks({row.card.block for row in rows})

    def _of_blocks(self, names: Iterable[str]) -> dict[str, Block]:
        return blocks(index.of_blocks(self._db, names))

    def _gone_like(self, texts: Iterable[str]) -> dict[str, Block]:
        return self._of_blocks({row.card.block for row in index.gone_like(self._db, texts)})

    def _held(self, vanished: Sequence[Block], before: dict[str, Block]) -> list[Held]:
        """The files from which more than a fifth and more than ten cards vanished at once."""
        gone: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for counts, listed in ((gone, vanished), (total, before.values())):
            for block in listed:
                counts[block.first.path] += sum(row.orphaned_ms is None for row in block.rows)
        return [
            Held(path, count, total[path])
            for path, count in sorted(gone.items())
            if count > FEW and count > SHARE * total[path] and self._let_go is not None and path not in self._let_go
        ]

    def _write(self, seen: Sequence[Seen], joined: Joined, before: dict[str, Block]) -> list[Change]:
        names = [name for name in joined.names if name]
        known = self._of_blocks(names)
        origins = index.headings(self._db, names)
        changes: list[Change] = []
        rows: list[CardRow] = []
        for one, name in zip(seen, joined.names, strict=True):
            if not name:
                continue
            block = known.get(name)
            given = numbers(self._db, name, one, block.rows if block else (), self._stamp.ms)
            made = make_rows(name, one, given, block, origins.get(name), self._stamp.ms)
            rows += made
            if block:
                left = {row.card.id for row in block.rows} - {row.card.id for row in made}
                index.orphan(self._db, left, self._stamp.ms)
            changes += self._change(name, one, block)
        index.put(self._db, rows)
        return changes

    def _change(self, name: str, one: Seen, block: Block | None) -> list[Change]:
        after = _said(one.entry.front, one.entry.back)
        if block is None:
            return [Change(What.NEW, name, one.path, one.entry.line, after=after)]
        card = block.first.card
        reverse_only = card.id == f"{name}-r"
        front, back = (card.back, card.front) if reverse_only else (card.front, card.back)
        was = block.first.path if block.first.path != one.path else ""
        change = Change(What.MOVED, name, one.path, one.entry.line, _said(front, back), after, was)
        if (front, back) != (one.entry.front, one.entry.back):
            index.add_texts(self._db, [(name, self._stamp.ms, front, back)])
            change = replace(change, what=What.EDITED)
        if block.is_gone:
            change = replace(change, what=What.REVIVED)
        return [change] if was or change.what is not What.MOVED else []

    def _orphan(self, vanished: Sequence[Block], held: Sequence[Held]) -> list[Change]:
        untouched = {one.path for one in held}
        gone = [block for block in vanished if block.first.path not in untouched]
        index.orphan(self._db, [row.card.id for block in gone for row in block.rows], self._stamp.ms)
        return [
            Change(
                What.ORPHANED,
                block.name,
                block.first.path,
                block.first.line,
                before=_said(block.first.card.front, block.first.card.back),
            )
            for block in gone
        ]

    def _remember(self, found: Look, joined: Joined, held: Sequence[Held]) -> None:
        """Note how the files look now; those that are not settled keep a stat that makes them be read again."""
        untouched = {one.path for one in held}
        stats = [stat for stat in found.stats if stat.path not in untouched]
        filestat.remember(
            self._db, [replace(stat, size=-1) if stat.path in joined.unsettled else stat for stat in stats]
        )
        filestat.forget(self._db, found.vanished - untouched - {stat.path for stat in found.stats})

    def _log(self, changes: Sequence[Change]) -> None:
        acts = [
            log.Act(
                "card",
                self._stamp.ms,
                self._stamp.offset_min,
                self._stamp.day,
                card_id=change.block,
                step=self._step,
                payload={name: value for name, value in _told(change).items() if value},
            )
            for change in changes
        ]
        if acts:
            self._step = log.append_acts(self._db, acts)[0].step


def _told(change: Change) -> dict[str, object]:
    return {
        "what": change.what.value,
        "path": change.path,
        "line": change.line,
        "was": change.was,
        "before": change.before,
        "after": change.after,
    }


def _said(front: str, back: str) -> str:
    return f"{front}\n{back}" if back else front
