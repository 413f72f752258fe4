"""Whether a run has nothing to do, found out without opening a file and without writing: one walk and a few counts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlite_utils import Database

from studycards.store import filestat, proposals
from studycards.store.filestat import DECK, NOTE

SUFFIXES = (".md", ".markdown", ".txt")
Stats = dict[str, tuple[int, int]]  # path → size and time of change


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is when nothing changed: notes, cards known from them, proposals that wait."""

    notes: int
    known: int
    waiting: int


def standing(db: Database, folders: Sequence[str], into: str, made_by: str, day: int) -> Standing | None:
    """What there is, if no note of `folders` (absolute) and no deck file differs from what was read last.

    None where anything differs or is out of the ordinary (links, odd files, an edit that was cut off, decisions that
    move a rule): then the whole run must look.
    """
    looked_at = filestat.folders(db)
    if into not in looked_at or _is_under_way(db) or _overlap(folders):
        return None
    now = _stats(folders)
    if now is None:
        return None
    known, decks, others = _known(db, made_by)
    if not now.items() <= known.items():
        return None
    if not _decks_are_fresh(decks, others, looked_at, now):
        return None
    notes = now.keys() - decks.keys()
    if _lost(db, folders, notes) or _moved(db):
        return None
    return Standing(
        len(notes), sum(proposals.count_there(db, one) for one in folders), proposals.count_waiting(db, day)
    )


def _known(db: Database, made_by: str) -> tuple[Stats, Stats, Stats]:
    """How notes and deck files looked that are settled; of these the deck files; and how all else looked."""
    settled: Stats = {}
    decks: Stats = {}
    others: Stats = {}
    rows = db.conn.execute("SELECT path, size, mtime_ns, role, made_by = ? FROM files", (made_by,))
    for path, size, changed, role, same in rows:
        if role == DECK:
            decks[path] = settled[path] = size, changed
        elif role == NOTE and same:
            settled[path] = size, changed
        else:
            others[path] = size, changed
    return settled, decks, others


def _decks_are_fresh(decks: Stats, others: Stats, folders: Sequence[str], walked: Stats) -> bool:
    """Whether every file that could be a deck file looks as it did, and none is gone."""
    met = _stats([folder for folder in folders if os.path.isdir(folder)])
    if met is None:
        return False
    for path in decks.keys() - met.keys() - walked.keys():
        found = os.stat(path) if os.path.exists(path) else None
        if found is None or (found.st_size, found.st_mtime_ns) != decks[path]:
            return False
    left = dict(met.items() - decks.items()) if met.keys() != decks.keys() or met != decks else {}
    return all(walked.get(path) == stat or others.get(path) == stat for path, stat in left.items())


def _stats(folders: Sequence[str]) -> Stats | None:
    """Size and time of every file that could hold notes or cards; None where there is a link or an odd file."""
    found: Stats = {}
    waiting = list(folders)
    try:
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    name = entry.name
                    if name[0] == ".":
                        continue
                    if entry.is_file(follow_symlinks=False):
                        if name.endswith(SUFFIXES) or name.lower().endswith(SUFFIXES):
                            stat = entry.stat(follow_symlinks=False)
                            if stat.st_nlink > 1:
                                return None
                            found[entry.path] = stat.st_size, stat.st_mtime_ns
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        return None
    except OSError:
        return None
    return found


def _overlap(folders: Sequence[str]) -> bool:
    ordered = sorted(f"{folder.rstrip(os.sep)}{os.sep}" for folder in folders)
    return any(after.startswith(before) for before, after in pairwise(ordered))


def _is_under_way(db: Database) -> bool:
    """Whether an edit or an import of deck files was cut off."""
    return bool(db.conn.execute("SELECT EXISTS (SELECT 1 FROM intents WHERE path <> 'landed')").fetchone()[0])


def _lost(db: Database, folders: Sequence[str], notes: set[str]) -> bool:
    return any(not notes.issuperset(proposals.notes_below(db, folder)) for folder in folders)


def _moved(db: Database) -> bool:
    decided = proposals.decisions(db)
    return bool(decided) and repr(sorted(decided.items())) != proposals.scored(db)
