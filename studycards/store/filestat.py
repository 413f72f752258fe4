"""Files by size and time of change, so that what did not change is not opened; and the folders that are looked at."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from sys import intern

from sqlite_utils import Database

DECK = "deck"
NOTE = "note"
OTHER = "other"  # a file of a deck folder that is no deck file
_COLUMNS = "path, role, size, mtime_ns, digest, made_by, deck"


@dataclass(frozen=True, slots=True)
class FileStat:
    """A file as it was when it was read last. `made_by` says what read it (for notes the generator and its options)."""

    path: str
    role: str
    size: int
    mtime_ns: int
    digest: str = ""
    made_by: str = ""
    deck: str = ""

    def is_fresh(self, found: os.stat_result) -> bool:
        """Whether the file looks as it did."""
        return self.size == found.st_size and self.mtime_ns == found.st_mtime_ns


def files(db: Database, role: str = "") -> dict[str, FileStat]:
    """The files read so far (of one role), by path."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM files WHERE role = :r OR :r = ''", {"r": role}).fetchall()
    return {row[0]: FileStat(*row) for row in rows}


def outlines(db: Database) -> dict[str, FileStat]:
    """The files read so far by path, each only with its role, size and time of change."""
    rows = db.conn.execute("SELECT path, role, size, mtime_ns FROM files")
    return {path: FileStat(path, intern(role), size, changed) for path, role, size, changed in rows}


def remember(db: Database, stats: Iterable[FileStat]) -> None:
    """Note how files look now. Inside `writing`."""
    db.conn.executemany(
        f"INSERT OR REPLACE INTO files ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(s.path, s.role, s.size, s.mtime_ns, s.digest, s.made_by, s.deck) for s in stats],
    )


def forget(db: Database, paths: Iterable[str]) -> None:
    """Note that files are gone. Inside `writing`."""
    db.conn.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in paths])


def folders(db: Database) -> list[str]:
    """The folders whose deck files are looked at."""
    return [row[0] for row in db.execute("SELECT path FROM folders WHERE role = 'deck' ORDER BY path").fetchall()]


def add_folders(db: Database, paths: Iterable[str], now_ms: int) -> None:
    """Look at further folders from now on. Inside `writing`."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO folders (path, role, since_ms) VALUES (?, 'deck', ?)", [(path, now_ms) for path in paths]
    )
