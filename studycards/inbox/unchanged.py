"""Whether a run has nothing to do, found out without opening a file and without writing: one walk and a few counts."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

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
    counted = _remembered(db, folders, into, made_by)
    if counted is None:
        seen = _look(db, folders, into)
        counted = _compared(db, seen, folders, made_by) if seen else None
    return Standing(*counted, proposals.count_waiting(db, day)) if counted else None


def remember(db: Database, folders: Sequence[str], into: str, made_by: str) -> None:
    """Note what there is after a run; the store forgets it as soon as files, proposals or cards change in it."""
    key = _key(db, folders, into, made_by)  # before the look: what changes in between must not be in it
    seen = _look(db, folders, into)
    if seen is None:
        return
    with writing(db):
        counted = _compared(db, seen, folders, made_by)
        if counted is not None and key is not None and not _has_strays(db, seen):
            told = json.dumps([key, *counted])
            db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('standing', ?)", (told,))


@dataclass(frozen=True, slots=True)
class _Seen:
    """How the files of the named folders look, and those of the folders of deck files."""

    notes: Stats
    decks: Stats


def _look(db: Database, folders: Sequence[str], into: str) -> _Seen | None:
    looked_at = _looked_at(db, folders, into)
    if looked_at is None:
        return None
    notes = _stats(folders)
    decks = _stats(looked_at)
    return None if notes is None or decks is None else _Seen(notes, decks)


def _looked_at(db: Database, folders: Sequence[str], into: str) -> list[str] | None:
    """The folders of deck files; None where a walk cannot tell what there is to do."""
    looked_at = filestat.folders(db)
    if into not in looked_at or _is_under_way(db) or _overlap(folders):
        return None
    return [folder for folder in looked_at if os.path.isdir(folder)]


def _remembered(db: Database, folders: Sequence[str], into: str, made_by: str) -> Counted | None:
    """What the last run counted, if the files look the same."""
    row = db.conn.execute("SELECT value FROM meta WHERE key = 'standing'").fetchone()
    if row is None:
        return None
    kept, notes, known = json.loads(row[0])
    return (notes, known) if kept == _key(db, folders, into, made_by) else None


def _key(db: Database, folders: Sequence[str], into: str, made_by: str) -> str | None:
    """How all files look, in one digest, made folder by folder."""
    looked_at = _looked_at(db, folders, into)
    if looked_at is None:
        return None
    digest = blake2b(repr((tuple(folders), into, made_by)).encode("utf-8", "surrogatepass"), digest_size=16)
    for places in (folders, looked_at):
        for folder, found in _folders(places):
            if found is None:
                return None
            digest.update("\0".join([folder, *(entry.name for entry, _ in found), ""]).encode("utf-8", "surrogatepass"))
            looks = [look for _, stat in found for look in (stat.st_size, stat.st_mtime_ns)]
            digest.update(array("q", [len(found), *looks]).tobytes())
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
    stats: Stats = {}
    for _, found in _folders(folders):
        if found is None:
            return None
        stats.update((entry.path, (stat.st_size, stat.st_mtime_ns)) for entry, stat in found)
    return stats


def _folders(folders: Sequence[str]) -> Iterator[tuple[str, list[tuple[os.DirEntry[str], os.stat_result]] | None]]:
    """Each folder with the files in it that could hold notes or cards; None where there is a link or an odd file."""
    waiting = list(folders)
    try:
        while waiting:
            folder = waiting.pop()
            found: list[tuple[os.DirEntry[str], os.stat_result]] = []
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    if name[0] == ".":
                        continue
                    if entry.is_file(follow_symlinks=False):
                        if name.endswith(SUFFIXES) or name.lower().endswith(SUFFIXES):
                            stat = entry.stat(follow_symlinks=False)
                            if stat.st_nlink > 1:
                                yield folder, None
                            found.append((entry, stat))
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        yield folder, None
            yield folder, found
    except OSError:
        yield "", None


def _overlap(folders: Sequence[str]) -> bool:
    ordered = sorted(f"{folder.rstrip(os.sep)}{os.sep}" for folder in folders)
    return any(after.startswith(before) for before, after in pairwise(ordered))


def _is_under_way(db: Database) -> bool:
    """Whether an edit or an import of deck files was cut off."""
    return bool(db.conn.execute("SELECT EXISTS (SELECT 1 FROM intents WHERE path <> 'landed')").fetchone()[0])


def _lost(db: Database, folders: Sequence[str], notes: set[str]) -> bool:
    return any(not notes.issuperset(proposals.notes_below(db, folder)) for folder in folders)
