"""What SQLite complains of, said in one sentence: what happened, where, what to do."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from studycards.errors import StoreError

# What building a value from a damaged row raises.
GARBLED = (TypeError, ValueError, KeyError, OverflowError, ZeroDivisionError)
_WAY_BACK = (
    "`studycards restore` brings back the newest good backup, `studycards doctor --rebuild` makes it anew from its log."
)


class StoreBusyError(StoreError):
    """Another program holds the database longer than the wait; nothing was written, the same call may be repeated."""


@contextlib.contextmanager
def explained(path: Path | Callable[[], Path]) -> Iterator[None]:
    """What SQLite complains of, said in one sentence; a `path` that must be asked for is only asked for then."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path() if callable(path) else path) from error
    except UnicodeDecodeError as error:  # a complaint of SQLite that quotes damaged text
        raise damaged(path() if callable(path) else path, "its text cannot be read") from error


def explain(error: sqlite3.Error, path: Path | str = "") -> StoreError:
    """The sentence for an error of SQLite: what happened, where, what to do."""
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    where = f"The database {path}" if str(path) else "The database"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusyError(f"{where} is in use by another program; nothing was written, try again when it is done.")
    if code == sqlite3.SQLITE_FULL:
        return StoreError(f"{where} cannot grow, the disk is full: the last act was not stored. Free some space.")
    if code == sqlite3.SQLITE_NOTADB:
        return no_database(path)
    if code == sqlite3.SQLITE_CORRUPT:
        return damaged(path, str(error))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreError(f"{where} cannot be written ({error}): allow it, or name another one with --db.")
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(f"{where} cannot be read or written, the disk reports an error: the last act was not stored.")
    return StoreError(f"{where} cannot be used: {error}. `studycards doctor` looks it over.")


def garbled(path: Path, error: Exception) -> StoreError:
    """The sentence for a row of which nothing can be made."""
    return StoreError(f"The database {path} holds a row that cannot be right ({error}); `studycards doctor` finds it.")


def no_database(path: Path | str) -> StoreError:
    """The sentence for a file that is no database."""
    return StoreError(f"{path or 'The file'} is not a SQLite database; it was left as it is. {_WAY_BACK}")


def damaged(path: Path | str, what: str) -> StoreError:
    """The sentence for a database that is damaged."""
    return StoreError(f"The database {path} is damaged ({what}); it was left as it is. {_WAY_BACK}")
