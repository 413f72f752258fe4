"""Whole copies of a database: made by SQLite while it is in use, looked over, put back in one step."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from sqlite_utils import Database

from studycards.errors import StoreError
from studycards.store import naming
from studycards.store.opening import WAIT_S, writing
from studycards.store.schema import APPLICATION_ID, VERSION
from studycards.store.trouble import explained


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, by row counts, and its schema's number."""

    cards: int
    reviews: int
    acts: int
    version: int


def snapshot(source: Path, target: Path) -> None:
    """Copy a database, also one in use, to a file that is written anew; the copy is not yet durable."""
    with explained(source), closing(_open(source, "rw")) as there, closing(_open(target, "rwc")) as here:
        there.backup(here)


def put_back(copy: Path, store: Path) -> None:
    """Make a database hold what a copy holds, in one transaction that other processes see."""
    with explained(store), closing(_open(copy, "ro")) as there, closing(_open(store, "rw")) as here:
        here.execute("PRAGMA journal_mode=TRUNCATE").fetchone()
        here.execute("PRAGMA synchronous=FULL")
        there.backup(here)


def examine(path: Path) -> Contents:
    """Look a copy over page by page; raises StoreError if it is damaged, not ours or newer than this program."""
    with explained(path), closing(_open(path, "ro", immutable=True)) as db:
        version = _number(db, "PRAGMA user_version")
        if _number(db, "PRAGMA application_id") != APPLICATION_ID or version > VERSION:
            raise StoreError(f"{path} is no database of this studycards; it was left as it is.")
        found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
        loose = db.execute("PRAGMA foreign_key_check").fetchone()
        if found != "ok" or loose is not None:
            raise StoreError(f"{path} is damaged ({' '.join(str(found).split())}); it was left as it is.")
        cards, reviews, acts = (_number(db, f"SELECT count(*) FROM {name}") for name in ("cards", "reviews", "acts"))
        return Contents(cards, reviews, acts, version)


def extent(path: Path) -> tuple[int, int]:
    """How many rows the two tables of the log have, quickly; for telling whether a copy is up to date."""
    with explained(path), closing(_open(path, "rw")) as db:
        return _number(db, "SELECT coalesce(max(rowid), 0) FROM reviews"), _number(
            db, "SELECT coalesce(max(rowid), 0) FROM acts"
        )


def has_rows(path: Path) -> bool:
    """Whether anything is stored: cards, proposals or rows of the log."""
    with explained(path), closing(_open(path, "rw")) as db:
        tables = ("cards", "proposals", "reviews", "acts")
        return any(_number(db, f"SELECT EXISTS (SELECT 1 FROM {name})") for name in tables)


def rename_device(path: Path, now_ms: int) -> None:
    """Let a copy write under a new name, so that rows it has lost and rows to come are never named alike."""
    with explained(path), closing(_open(path, "rw")) as conn:
        db = Database(conn, execute_plugins=False)
        with writing(db):
            naming.give(db, "", now_ms)


def digest_of(path: Path) -> str:
    """The hash of a file's bytes."""
    state = blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            state.update(piece)
    return state.hexdigest()


def _open(path: Path, mode: str, *, immutable: bool = False) -> sqlite3.Connection:
    extra = "&immutable=1" if immutable else ""
    uri = f"{path.absolute().as_uri()}?mode={mode}{extra}"
    conn = sqlite3.connect(uri, timeout=WAIT_S, isolation_level=None, uri=True)
    conn.execute("PRAGMA trusted_schema=OFF")
    return conn


def _number(db: sqlite3.Connection, query: str) -> int:
    return int(db.execute(query).fetchone()[0])
