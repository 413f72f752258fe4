"""Open the database: settings, first start, upgrade; and hold its write lock for one change."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from studycards.errors import StoreError
from studycards.store import naming, places
from studycards.store.schema import APPLICATION_ID, VERSION, migrations
from studycards.store.trouble import GARBLED, damaged, explained, garbled, no_database

WAIT_S = 5.0
RESERVE_BYTES = 256 * 1024
CACHE_KB = 16_384  # holds the texts of a hundred thousand cards for the next keystroke of a search
SMALL_CACHE_KB = 2_048
SMALLEST = 512  # bytes of the smallest page; SQLite takes what is shorter for an empty database


def open_store(
    path: Path,
    *,
    device: str,
    now_ms: int,
    before_migration: Callable[[Path], object] | None = None,
    check: bool = True,
) -> Database:
    """The database at `path`, made on a first start, upgraded if older.

    `device` tells this machine from others; `before_migration` is called with the path before an older database is
    upgraded; `check` looks the pages over. Raises StoreError with a sentence, and then has changed nothing.
    """
    path = Path(os.path.realpath(path))
    has_copy = _has_lines(places.log_copy(path))  # asked before the file itself: a first start makes the file first
    _prepare(path, has_copy)
    with explained(path):
        _look(path)
        db = _connect(path, "rw")
        try:
            if check and _has_tables(db):
                _check(db, path)
            _bring_up(db, path, before_migration)
            _settle_name(db, path, naming.origin_of(device, path), now_ms)
        except BaseException:
            db.close()
            raise
    _keep_reserve(path)
    return db


def is_begun(path: Path) -> bool:
    """Whether there is a database at `path` in which something was stored, or one that came to harm; a first start that
    was cut off leaves an empty one."""
    path = Path(os.path.realpath(path))
    if _has_lines(places.log_copy(path)):
        return True
    if not _has_lines(path):
        return False
    if not _has_lines(places.journal(path)):
        return True
    with explained(path):
        _look(path)
        db = _connect(path, "rw" if _can_write(path) else "ro")  # what was cut off is put back
        try:
            return _has_tables(db)
        finally:
            db.close()


def open_reading(path: Path) -> Database:
    """The database at `path` for reading only, as quickly as it goes; raises StoreError where there is none."""
    path = Path(os.path.realpath(path))
    if not path.is_file() and _has_lines(places.log_copy(path)):
        raise damaged(path, "it is gone but its log copy is not")
    if not path.is_file():
        raise StoreError(f"There is no database at {path}; `studycards generate` or `review` makes one.")
    with explained(path):
        _look(path)
        db = _connect(path, "rw" if _can_write(path) else "ro")  # with "ro" a cut-off commit cannot be rolled back
        try:
            if not _has_tables(db) and _has_lines(places.log_copy(path)):
                raise damaged(path, "it is empty but its log copy is not")
            if not _has_tables(db):
                raise StoreError(f"The database {path} is empty: nothing was stored in it yet.")
            db.conn.execute("PRAGMA query_only=ON")
        except BaseException:
            db.close()
            raise
    return db


def is_older(db: Database) -> bool:
    """Whether an open database has the tables of an earlier version, as only opening it for writing brings it up."""
    return _version(db) < VERSION


@contextlib.contextmanager
def writing(db: Database) -> Iterator[None]:
    """Hold the write lock for one change: all of it, or nothing and StoreBusyError or StoreError."""
    with explained(partial(path_of, db)):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                db.rollback()
            raise


@contextlib.contextmanager
def at_once(db: Database) -> Iterator[None]:
    """The same for a change that is not worth waiting for: StoreBusyError at once where another program writes."""
    db.conn.execute("PRAGMA busy_timeout=0")
    try:
        with writing(db):
            yield
    finally:
        db.conn.execute(f"PRAGMA busy_timeout={int(WAIT_S * 1000)}")


@contextlib.contextmanager
def reading(db: Database) -> Iterator[None]:
    """Several reads that see one state. Nothing may wait for a person in here: writers wait for its end."""
    with explained(partial(path_of, db)):
        db.conn.execute("BEGIN")
        try:
            yield
        except GARBLED as error:
            raise garbled(path_of(db), error) from error
        finally:
            with contextlib.suppress(sqlite3.Error):
                db.rollback()


def path_of(db: Database) -> Path:
    """The file of an open database."""
    return Path(db.conn.execute("PRAGMA database_list").fetchone()[2])


def free_reserve(path: Path) -> bool:
    """Give up the reserve file so that a last commit fits on a full disk; whether there was one."""
    try:
        places.reserve(path).unlink()
    except OSError:
        return False
    return True


def _has_lines(copy: Path) -> bool:
    try:
        return copy.stat().st_size > 0
    except OSError:
        return False


def _prepare(path: Path, has_copy: bool) -> None:
    """See that there is a file that can be written, its folder 0700 and itself 0600 when they are new."""
    if not path.exists() and has_copy:
        raise damaged(path, "the file is gone but its log copy is there")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError(
            f"The database {path} cannot be made ({error.strerror}): allow it, or name another one with --db."
        ) from error
    if not path.is_file():
        raise StoreError(f"{path} is no file and cannot be the database: name another one with --db.")
    if not _can_write(path):
        raise StoreError(f"The database {path} or its folder cannot be written: allow it, or name another with --db.")


def _can_write(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


def _look(path: Path) -> None:
    """Refuse what is not ours or newer before anything could touch it: opening alone can rewrite a file."""
    size = path.stat().st_size
    if size == 0:
        return
    conn = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        application, version = (int(conn.execute(f"PRAGMA {name}").fetchone()[0]) for name in _MARKS)
    except sqlite3.DatabaseError:
        if _has_lines(places.journal(path)):
            return  # a commit was cut off; SQLite puts the pages back when it opens the file
        raise
    finally:
        conn.close()
    if size < SMALLEST and not _has_lines(places.journal(path)):
        raise no_database(path)
    if application != APPLICATION_ID:
        raise StoreError(
            f"{path} is a database of another program; it was left as it is. Name another place with --db."
        )
    if version > VERSION:
        raise StoreError(
            f"The database {path} was written by a newer studycards (its version {version}, known {VERSION}):"
            " update studycards. It was left as it is."
        )


_MARKS = ("application_id", "user_version")


def _connect(path: Path, mode: str) -> Database:
    conn = sqlite3.connect(f"{path.as_uri()}?mode={mode}", timeout=WAIT_S, isolation_level=None, uri=True)
    try:
        db = Database(conn, execute_plugins=False)
        for pragma in ("trusted_schema=OFF", "foreign_keys=ON", "fullfsync=ON"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute("PRAGMA journal_mode=TRUNCATE").fetchone()
        conn.execute("PRAGMA synchronous=FULL")
        conn.execute(f"PRAGMA cache_size=-{CACHE_KB}")
    except BaseException:
        conn.close()
        raise
    return db


def _has_tables(db: Database) -> bool:
    return bool(db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _version(db: Database) -> int:
    return int(db.conn.execute("PRAGMA user_version").fetchone()[0])


def _bring_up(db: Database, path: Path, before_migration: Callable[[Path], object] | None) -> None:
    """Make or upgrade the tables; whether the file is empty is judged only under the lock."""
    if _has_tables(db):
        if _version(db) == VERSION:
            return
        if _version(db) < 1:
            raise damaged(path, "the number of its schema is gone")
        if before_migration is not None:
            before_migration(path)
    with writing(db):
        is_new = not _has_tables(db)
        if is_new and _has_lines(places.log_copy(path)):
            raise damaged(path, "it is empty but its log copy is not")
        migrations.apply(db)
        db.conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.conn.execute(f"PRAGMA user_version={VERSION}")
        if is_new:
            naming.settle(db, {"device": "unnamed", "devices": "unnamed", "device_origin": ""})


def hold_little(db: Database) -> None:
    """Keep few pages in memory: for a command that goes through many files once."""
    db.conn.execute(f"PRAGMA cache_size=-{SMALL_CACHE_KB}")


def _settle_name(db: Database, path: Path, origin: str, now_ms: int) -> None:
    if naming.is_at_home(db, path, origin):
        return
    with writing(db):
        if not naming.is_at_home(db, path, origin):
            naming.give(db, origin, now_ms)


def _check(db: Database, path: Path) -> None:
    if path.stat().st_size % int(db.conn.execute("PRAGMA page_size").fetchone()[0]):
        raise damaged(path, "its end is cut off")
    found = db.conn.execute("PRAGMA quick_check(1)").fetchall()
    if found != [("ok",)]:
        raise damaged(path, " ".join(str(found[0][0]).split()) if found else "no answer")


def _keep_reserve(path: Path) -> None:
    file = places.reserve(path)
    with contextlib.suppress(OSError):
        if not file.exists():
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(b"\0" * RESERVE_BYTES)
