"""What SQLite complains of, said in one sentence: what happened, where, what to do."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from studycards.errors import StoreError
from studycards.language import later, say

# What building a value from a damaged row raises.
GARBLED = (TypeError, ValueError, KeyError, OverflowError, ZeroDivisionError)
_WAY_BACK = later(
    "`studycards restore` brings back the newest good backup, `studycards doctor --rebuild` makes it anew from its log."
)
_BUSY = later("{where} is in use by another program; nothing was written, try again when it is done.")
_OTHER = later("{where} cannot be used: {error}. `studycards doctor` looks it over.")
_FORBIDDEN = later("{where} cannot be written ({error}): allow it, or name another one with --db.")
_SAID = {
    sqlite3.SQLITE_FULL: later("{where} cannot grow, the disk is full: the last act was not stored. Free some space."),
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: _FORBIDDEN,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_IOERR: later(
        "{where} cannot be read or written, the disk reports an error: the last act was not stored."
    ),
}


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
    where = say("The database {path}", path=path) if str(path) else say("The database")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusyError(say(_BUSY, where=where))
    if code == sqlite3.SQLITE_NOTADB:
        return no_database(path)
    if code == sqlite3.SQLITE_CORRUPT:
        return damaged(path, str(error))
    return StoreError(say(_SAID.get(code, _OTHER), where=where, error=error))


def garbled(path: Path, error: Exception) -> StoreError:
    """The sentence for a row of which nothing can be made."""
    told = later("The database {path} holds a row that cannot be right ({error}); `studycards doctor` finds it.")
    return StoreError(say(told, path=path, error=error))


def no_database(path: Path | str) -> StoreError:
    """The sentence for a file that is no database."""
    told = say("{path} is not a SQLite database; it was left as it is.", path=path or say("The file"))
    return StoreError(f"{told} {say(_WAY_BACK)}")


def damaged(path: Path | str, what: str) -> StoreError:
    """The sentence for a database that is damaged."""
    told = say("The database {path} is damaged ({what}); it was left as it is.", path=path, what=what)
    return StoreError(f"{told} {say(_WAY_BACK)}")
