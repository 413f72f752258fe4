"""Which notes of a run changed since they were read last; what is known of the others. Opens none that did not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from studycards.inbox.values import Told
from studycards.model import Problem, Status
from studycards.store import cards, filestat, proposals
from studycards.store.filestat import DECK, NOTE, FileStat
from studycards.store.opening import writing

if TYPE_CHECKING:
    from studycards.notes.reader import FileText

_MAKERS = ("generate", "rules", "gates", "notes", "words")


@dataclass(frozen=True, slots=True)
class Found:
    """A note file of a run: its path as messages call it, absolute, and under the folder that was given (without its
    ending)."""

    shown: str
    path: str
    under: str


@dataclass(slots=True)
class Tally:
    """What a run passed over: notes that are as they were, deck files, files that could not be read."""

    notes: int = 0
    unchanged: list[Found] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


class Roots:
    """The files and folders that were named, for placing what is found in them."""

    def __init__(self, named: Sequence[str]) -> None:
        self._named = [(f"{name.rstrip(os.sep)}{os.sep}", os.path.realpath(name)) for name in named]

    def place(self, shown: str) -> Found:
        """A walked file with its path under the folder it was found in (a file named by itself: its own name)."""
        for named, real in self._named:
            if shown.startswith(named):
                below = shown[len(named) :]
                return Found(shown, os.path.join(real, below), os.path.splitext(below)[0].replace(os.sep, "/"))
        return Found(shown, os.path.realpath(shown), os.path.splitext(os.path.basename(shown))[0])


def fingerprint(asked: object) -> str:
    """What makes proposals besides the note: the code and the words that find them, and what the run is asked for."""
    digest = blake2b(repr(asked).encode(), digest_size=16)
    home = os.path.dirname(os.path.dirname(__file__))
    own = [os.path.join(home, name) for name in os.listdir(home) if name.endswith(".py")]
    found = (os.walk(os.path.join(home, maker)) for maker in _MAKERS)
    made = [os.path.join(at, name) for walked in found for at, _, names in walked for name in names]
    for path in sorted(own) + sorted(path for path in made if path.endswith((".py", ".txt"))):
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stale(
    db: Database, files: Iterable[Found], made_by: str, tally: Tally, *, again: bool = False
) -> Iterator[tuple[Found, FileText]]:
    """The notes to be read for cards: those that look other than when `made_by` read them, all if `again`."""
    known = filestat.files(db)
    same: list[FileStat] = []
    for found in files:
        before = known.get(found.path)
        fresh = before is not None and _is_fresh(found.path, before)
        if before is not None and fresh and before.role == DECK:
            continue
        tally.notes += 1
        made = before is not None and before.made_by == made_by and not again
        if fresh and made:
            tally.unchanged.append(found)
            continue
        file = _read(found)
        if file.is_deck or file.unreadable:
            tally.notes -= file.is_deck
            _pass_over(found, file, tally)
        elif made and before is not None and before.digest == file.digest:
            tally.unchanged.append(found)
            same.append(FileStat(found.path, NOTE, file.size, file.mtime_ns, file.digest, made_by))
        else:
            yield found, file
    if same:
        with writing(db):
            filestat.remember(db, same)


def unchanged(db: Database, found: Iterable[Found]) -> Iterator[Told]:
    """What is known of notes that were not opened."""
    for note in found:
        rows = [row for row in proposals.of_note(db, note.path) if not row.note_gone]
        there = {
            row.card.block for row in cards.of_blocks(db, [row.proposal.id for row in rows]) if not row.orphaned_ms
        }
        for row in rows:
            p = replace(row.proposal, source=replace(row.proposal.source, path=note.shown))
            if p.id in there:
                p = replace(p, status=Status.KNOWN, reason="")
            elif p.status is Status.WRITTEN:
                p = replace(p, status=Status.REFUSED, reason="rejected-before")
            yield Told(p, row.deck_path)


def _read(found: Found) -> FileText:
    from studycards.notes.reader import read_file

    return read_file(Path(found.path), found.shown)


def _pass_over(found: Found, file: FileText, tally: Tally) -> None:
    if file.unreadable:
        tally.problems += file.problems
        tally.unreadable.add(found.shown)


def _is_fresh(path: str, before: FileStat) -> bool:
    try:
        return before.is_fresh(os.stat(path))
    except OSError:
        return False
