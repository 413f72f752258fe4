"""Whether a run has nothing to do, found out without opening a file and without writing: one walk and a few counts."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, pairwise

from sqlite_utils import Database

from studycards.store import filestat, proposals
from studycards.store.filestat import DECK, NOTE
from studycards.store.opening import writing

SUFFIXES = (".md", ".markdown", ".txt")
Stats = dict[str, tuple[int, int]]  # path → size and time of change
Counted = tuple[int, int]  # notes, and cards known from them


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
    seen = _look(db, folders, into)
    if seen is None:
        return None
    counted = _remembered(db, _key(seen, (tuple(folders), into, made_by))) or _compared(db, seen, folders, made_by)
    return Standing(*counted, proposals.count_waiting(db, day)) if counted else None


def remember(db: Database, folders: Sequence[str], into: str, made_by: str) -> None:
    """Note what there is after a run; the store forgets it as soon as files, proposals or cards change in it."""
    seen = _look(db, folders, into)
    if seen is None:
        return
    with writing(db):
        counted = _compared(db, seen, folders, made_by)
        if counted is not None and not _has_strays(db, seen):
            told = json.dumps([_key(seen, (tuple(folders), into, made_by)), *counted])
            db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('standing', ?)", (told,))


@dataclass(frozen=True, slots=True)
class _Seen:
    """How the files of the named folders look, and those of the folders of deck files."""

    notes: Stats
    decks: Stats


def _look(db: Database, folders: Sequence[str], into: str) -> _Seen | None:
    looked_at = filestat.folders(db)
    if into not in looked_at or _is_under_way(db) or _overlap(folders):
        return None
    notes = _stats(folders)
    decks = _stats([folder for folder in looked_at if os.path.isdir(folder)])
    return None if notes is None or decks is None else _Seen(notes, decks)


def _remembered(db: Database, key: str) -> Counted | None:
    """What the last run counted, if the files look the same."""
    row = db.conn.execute("SELECT value FROM meta WHERE key = 'standing'").fetchone()
    if row is None:
        return None
    kept, notes, known = json.loads(row[0])
    return (notes, known) if kept == key else None


def _key(seen: _Seen, asked: object) -> str:
    digest = blake2b(repr(asked).encode("utf-8", "surrogatepass"), digest_size=16)
    for stats in (seen.notes, seen.decks):
        digest.update("\0".join(["", *stats, ""]).encode("utf-8", "surrogatepass"))
        digest.update(array("q", chain.from_iterable(stats.values())).tobytes())
    return digest.hexdigest()


def _has_strays(db: Database, seen: _Seen) -> bool:
    """Whether there is a deck file in none of the folders."""
    return bool(filestat.files(db, DECK).keys() - seen.decks.keys() - seen.notes.keys())


def _compared(db: Database, seen: _Seen, folders: Sequence[str], made_by: str) -> Counted | None:
    """What there is, if each file looks as the store has it and nothing else is to be done."""
    known, decks, others = _known(db, made_by)
    if not seen.notes.items() <= known.items() or not _decks_are_fresh(decks, others, seen):
        return None
    notes = seen.notes.keys() - decks.keys()
    if _lost(db, folders, notes) or proposals.is_moved(db):
        return None
    return len(notes), sum(proposals.count_there(db, folder) for folder in folders)


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


def _decks_are_fresh(decks: Stats, others: Stats, seen: _Seen) -> bool:
    """Whether every file that could be a deck file looks as it did, and none is gone."""
    for path in decks.keys() - seen.decks.keys() - seen.notes.keys():
        found = os.stat(path) if os.path.exists(path) else None
        if found is None or (found.st_size, found.st_mtime_ns) != decks[path]:
            return False
    left = dict(seen.decks.items() - decks.items())
    return all(seen.notes.get(path) == stat or others.get(path) == stat for path, stat in left.items())


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
