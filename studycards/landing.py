"""The deck files of one import: all of them or none, and back again as one step."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from studycards import deckfile, files
from studycards.deckfile import Entry
from studycards.deckwriter import DeckWriter
from studycards.errors import StudycardsError
from studycards.notes.reader import read_bytes
from studycards.store import intents, log
from studycards.store.intents import FileChange, Landing
from studycards.store.opening import writing
from studycards.store.steps import Step

KIND = "import"
_T = TypeVar("_T")


def land(db: Database, landing: Landing, now_ms: int, inside: Callable[[int], _T]) -> _T:
    """Write the deck files and do `inside` (given the number of the landing) in one change of the store. What a kill
    or an error leaves of the files is taken back: here, or by `settle` at the next start."""
    with writing(db):
        number = intents.begin_landing(db, landing, now_ms)
    try:
        with writing(db):
            if intents.landing(db, number) is None:
                raise StudycardsError("Another studycards settled this import meanwhile; import again.")
            for change in landing.changes:
                _write(change)
            done = inside(number)
            intents.keep_landing(db, number)
    except BaseException:
        settle(db)
        raise
    return done


def settle(db: Database) -> int:
    """Take back what landings that were cut off have left in files; how many there were."""
    numbers = intents.open_landings(db)
    for number in numbers:
        with writing(db):
            landing = intents.landing(db, number)
            if landing is None:
                continue
            for change in landing.changes:
                _turn(_turned(change))
            for path in landing.media:
                Path(path).unlink(missing_ok=True)
            _tidy(landing)
            intents.end(db, number)
    return len(numbers)


@dataclass(slots=True)
class Reversal:
    """Takes an import back, or with redo does it again; `said` tells afterwards what became of its cards. `look`
    brings the index up to what the deck files say then, inside the write lock, for the files it is given."""

    look: Callable[[Sequence[str]], object]
    said: str = ""
    number: int = 0

    def announce(self, db: Database, step: Step | None, now_ms: int, *, redo: bool) -> None:
        """Note what is about to be turned, so that a kill on the way leaves all of it or nothing."""
        landing = _kept(db, log.acts_of(db, *step.name)) if step is not None and step.kind == KIND else None
        if landing is not None:
            changes = landing.changes if redo else tuple(map(_turned, landing.changes))
            with writing(db):
                self.number = intents.begin_landing(db, Landing(landing.folder, changes), now_ms)

    def __call__(self, db: Database, acts: Sequence[log.Act], redo: bool) -> str:
        """The reverser, inside the write lock; a sentence says why nothing was done."""
        landing = _kept(db, acts)
        if landing is None:
            return "The texts of this import are not kept on this machine; nothing was changed."
        edited = sum(_turn(change if redo else _turned(change)) for change in landing.changes)
        if not redo:
            _tidy(landing)
        self.look([change.path for change in landing.changes])
        intents.end(db, self.number)
        self.said = _said(acts[0], edited, redo)
        return ""


def _said(act: log.Act, edited: int, redo: bool) -> str:
    if redo:
        return "Its cards are in their deck files again, with all that is known of them."
    told = "Its cards are out of their deck files; their history and media are kept, `studycards redo` brings them back"
    stay = "card that was edited since stays" if edited == 1 else "cards that were edited since stay"
    return f"{told}; {edited:,} {stay}." if edited else f"{told}."


def _kept(db: Database, acts: Sequence[log.Act]) -> Landing | None:
    number = acts[0].payload.get("landing") if acts else None
    return intents.landing(db, number) if isinstance(number, int) else None


def _turned(change: FileChange) -> FileChange:
    return FileChange(change.path, change.after, change.before)


def _write(change: FileChange) -> None:
    path = Path(change.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not files.replace(path, change.after or b"", expected=change.before or b""):
        raise StudycardsError(f"{path} was changed meanwhile; nothing was imported. Import again.")


def _turn(change: FileChange) -> int:
    """Bring a file from the state before to that after, block by block where it was edited since; how many blocks were
    left as they are."""
    path = Path(change.path)
    now = path.read_bytes() if path.is_file() else None
    if now == change.after:
        return 0
    if now != change.before:
        return _turn_blocks(change, now) if now is not None else 0
    if change.after is None:
        path.unlink()
        files.sync_folder(path.parent)
    else:
        _write(change)
    return 0


def _turn_blocks(change: FileChange, now: bytes) -> int:
    before, after = _entries(change.before), _entries(change.after)
    there = _entries(now)
    writer = DeckWriter(common=False)
    left = 0
    for name in before.keys() | after.keys():
        old, new, found = before.get(name), after.get(name), there.get(name)
        if old == new or found == new:
            continue
        if found != old:
            left += 1
        elif new is None:
            writer.remove(change.path, name)
        elif old is None:
            writer.add(change.path, "", new)
        else:
            writer.edit(change.path, name, _to(new))
    failed, _ = writer.write()
    return left + len(failed)


def _to(entry: Entry) -> Callable[[Entry], Entry | None]:
    return lambda _: entry


def _entries(data: bytes | None) -> dict[str, Entry]:
    """The blocks with an id, as they are wherever they stand."""
    file = read_bytes(data or b"", "")
    if not file.is_deck:
        return {}
    found = deckfile.parse(file.front, file.body, file.first_line, "").entries
    return {entry.id: replace(entry, line=0, end_line=0) for entry in found if entry.id}


def _tidy(landing: Landing) -> None:
    """Take away temp files of processes that are gone, and folders that hold nothing any more."""
    root = landing.folder
    folders = {os.path.dirname(path) for path in (*(c.path for c in landing.changes), *landing.media)}
    for folder in sorted(folders, key=len, reverse=True):
        if os.path.isdir(folder):
            files.sweep(Path(folder))
        _drop_empty(folder, root)


def _drop_empty(folder: str, root: str) -> None:
    with contextlib.suppress(OSError):
        while folder.startswith(root + os.sep):
            os.rmdir(folder)
            folder = os.path.dirname(folder)
