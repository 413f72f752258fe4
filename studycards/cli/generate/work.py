"""A run of `generate`: which notes are looked at, what is done with them, what is remembered for the next run."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.cli.generate.bar import progress
from studycards.cli.generate.telling import finish, say, say_problems, shown, tell, tell_moved
from studycards.cli.generate.wish import Sum, Wish
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.generate import Options
    from studycards.inbox.reading import Found, Tally
    from studycards.inbox.values import Goal, Settled
    from studycards.notes.reader import FileText

    Changed = Iterator[tuple[Found, FileText]]


def run(context: Context, wish: Wish) -> None:
    """Do what was asked."""
    wish.check()
    into = wish.folder(context)
    if not _nothing_to_do(context, wish, into):
        _Run(context, wish, into).go()


def _nothing_to_do(context: Context, wish: Wish, into: str) -> bool:
    """Whether nothing changed since the last run; then that is said, and nothing was opened or written."""
    if not wish.is_plain or not context.has_store() or not all(os.path.isdir(name) for name in wish.notes):
        return False
    from studycards.inbox.reading import fingerprint
    from studycards.inbox.telling import summary
    from studycards.inbox.unchanged import standing

    day = wish.goal(context, into).stamp.day
    folders = [os.path.realpath(name) for name in wish.notes]
    with context.opened_reading() as db:
        found = standing(db, folders, into, fingerprint(wish.settings(context)), day)
    if found is None or not found.notes:
        return False
    counts = Counter(known=found.known, inbox=found.waiting)
    click.echo(clean(summary(found.notes, counts, Counter())))
    return True


@dataclass(frozen=True, slots=True)
class _Named:
    """What was named: the notes in it, and the folders among it (absolute)."""

    files: list[Found]
    folders: list[str]


class _Run:
    """One run over notes, with what it has done so far."""

    def __init__(self, context: Context, wish: Wish, into: str) -> None:
        from studycards.inbox.reading import Tally, fingerprint

        self._context = context
        self._wish = wish
        self._into = into
        self._goal: Goal = wish.goal(context, into)
        self._made_by = fingerprint(wish.settings(context))
        self._done, self._tally = Sum(), Tally()

    def go(self) -> None:
        """Look, settle, remember, say."""
        from studycards.collection import Collection
        from studycards.store.opening import hold_little
        from studycards.store.proposals import count_waiting

        named = _named(self._wish.notes, self._tally, self._done)
        only, day = bool(self._goal.only), self._goal.stamp.day
        with self._store() as db:
            hold_little(db)
            collection = Collection(db, day_start=self._context.config.settings().day_start, show=shown)
            look = collection.sync([Path(self._into)], self._context.now())
            say_problems(look.problems)
            for held in look.held:
                say(held.said(shown))
            worked = self._read(db, named)
            if not only:
                worked |= self._lose(db, named)
            if worked and not self._wish.dry_run:
                _look_here(db, self._into, self._goal.stamp.ms)
                collection.sync([], self._context.now(), brief=True)
            self._done.counts["inbox"] = count_waiting(db, day)
            if named.folders and not (self._wish.dry_run or only or self._wish.again):
                from studycards.inbox.unchanged import remember

                remember(db, named.folders, self._into, self._made_by)
            finish(db, self._wish, self._tally, self._done, self._into)

    def _store(self) -> AbstractContextManager[Database]:
        if not self._wish.dry_run:
            return self._context.opened()
        from studycards.store.rehearsal import rehearsal

        return rehearsal(self._context.db)

    def _read(self, db: Database, named: _Named) -> bool:
        """Read the notes that changed; whether there was anything to do."""
        from studycards.inbox.reading import stale, unchanged

        anew = self._wish.again or bool(self._goal.only)
        with progress(len(named.files), self._wish.notes) as step:
            changed = stale(db, map(step, named.files), self._made_by, self._tally, again=anew)
            worked = self._settle(db, changed)
        if self._wish.as_json:
            tell(unchanged(db, self._tally.unchanged))
        return worked

    def _settle(self, db: Database, changed: Changed) -> bool:
        """Settle notes; what finds cards is loaded only if there is one, or if decisions moved a rule."""
        from studycards.store import proposals

        first = next(changed, None)
        moved = proposals.is_moved(db) and not self._goal.only
        if first is None and not moved:
            return False
        from studycards.cli.asked import options
        from studycards.inbox.running import means, run

        asked = options(self._wish.settings(self._context), means(db), self._goal.only)
        if moved:
            self._take_all(self._rescored(db, asked))
        notes = chain([first] if first else [], changed)
        self._take_all(run(db, notes, self._goal, asked, self._made_by, self._tally))
        return True

    def _rescored(self, db: Database, asked: Options) -> Iterator[Settled]:
        """Score anew what waits or was too unlikely, by the decisions there are now."""
        from studycards.inbox.running import beliefs, rescore
        from studycards.store import proposals
        from studycards.store.opening import writing

        before = proposals.scored(db)
        tell_moved(beliefs(before), beliefs(proposals.decisions(db)), asked)
        yield from rescore(db, self._goal, asked, before)
        with writing(db):
            proposals.set_scored(db)

    def _take_all(self, settled: Iterator[Settled]) -> None:
        """Count what was settled, and tell of each proposal as soon as it is."""
        for one in settled:
            self._done.counts.update(one.counts)
            self._done.refused.update(one.refused)
            self._done.failed |= bool(one.problems)
            say_problems(one.problems)
            if self._wish.as_json:
                tell(one.told)

    def _lose(self, db: Database, named: _Named) -> bool:
        """Count what came from notes that are no longer in the folders that were named."""
        from studycards.store import filestat
        from studycards.store.opening import writing
        from studycards.store.proposals import notes_below

        met = {found.path for found in named.files}
        if not {note for folder in named.folders for note in notes_below(db, folder)} - met:
            return False
        from studycards.inbox.settling import lost

        gone, notes = lost(db, named.folders, met, self._goal)
        self._done.counts["gone"] += gone
        with writing(db):
            filestat.forget(db, notes)
        return True


def _named(notes: Sequence[str], tally: Tally, done: Sum) -> _Named:
    """The notes in what was named; what is not there is said at once."""
    from studycards.inbox.reading import Roots
    from studycards.notes.walk import walk

    there = [name for name in notes if os.path.exists(name)]
    for name in notes:
        if name not in there:
            done.failed = True
            say(f"{name} is not there; name a note or a folder of notes.")
    roots = Roots([str(Path(name)) for name in there])
    files = [roots.place(str(path)) for path in walk(map(Path, there), tally.problems)]
    return _Named(files, [os.path.realpath(name) for name in there if os.path.isdir(name)])


def _look_here(db: Database, folder: str, ms: int) -> None:
    """Look at the folder from now on, also if the first card comes into it only when a proposal is kept."""
    from studycards.store import filestat
    from studycards.store.opening import writing

    if folder not in filestat.folders(db):
        with writing(db):
            filestat.add_folders(db, [folder], ms)
