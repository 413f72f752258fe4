"""Keeps the log's second copy level with the database, which can be made anew from it: appended after each commit."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from studycards.errors import StoreError
from studycards.store import places
from studycards.store.loglines import append, name, nothing_seen, parse, slices
from studycards.store.opening import at_once, path_of
from studycards.store.trouble import GARBLED, explained

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.store.loglines import Line

TAIL = 1 << 18
_END = 512  # bytes before a mark that must be as they were


@dataclass(slots=True)
class LogCopy:
    """Keeps the copy beside a database level with it. `trouble` is why the last append failed, "" while all is well:
    an answer counts whether or not the copy could be written."""

    db: Database
    whole: bool = False  # compare all lines at the start, not only the last ones
    path: Path = field(init=False)
    trouble: str = ""
    _seen: dict[str, int] = field(default_factory=dict)
    _digests: dict[int, str] = field(default_factory=dict)
    _offset: int = 0

    def __post_init__(self) -> None:
        self.path = places.log_copy(path_of(self.db))
        self._level()

    def follow(self) -> None:
        """Append what was committed since the last call, by one write (or several, where there is much)."""
        try:
            with explained(self.path):
                self._follow(self._foreign())
        except StoreError as error:
            self.trouble = error.sentence  # the rows are stored; the next call takes them

    def close(self) -> None:
        """Append the rest, make it durable, and note in the database how far it reaches."""
        self.follow()
        with contextlib.suppress(OSError):
            handle = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            if not self.trouble:
                self._put_mark()

    def _level(self) -> None:
        """At the start: fill up what the copy lacks, from the mark on; without one judged by its last lines."""
        try:
            known = None if self.whole else self._from_mark()
            if known is None:
                known = self._from_tail()
        except OSError as error:
            self._complain(error)
            return
        if not self.path.exists():
            self._append([])
        self._follow(known)
        self._offset = _size(self.path)

    def _from_tail(self) -> set[str]:
        self._seen = nothing_seen()
        known, whole = _tail(self.path, _size(self.path) if self.whole else TAIL, _kinds(self.db))
        if not whole:
            self._seen["reviews"] = _first_known(self.db, "reviews", known)
            self._seen["acts"] = _first_known(self.db, "acts", known)
            self._seen["cards"], self._seen["card"] = _newest_card(known), 1 << 62
        return known

    def _from_mark(self) -> set[str] | None:
        """What was appended since the mark; None where the mark is not of this copy, of this log, or long past."""
        self._seen = nothing_seen()
        try:
            mark = json.loads(_marked(self.db))
            size, seen, begin = mark["size"], mark["seen"], max(0, mark["size"] - _END)
            if not size <= _size(self.path) <= size + 16 * TAIL or mark["last"] != _last(self.db, seen):
                return None
            with self.path.open("rb") as file:
                file.seek(begin)
                before, after = file.read(size - begin), file.read()
            if _digest(before) != mark["end"] or seen.keys() != self._seen.keys():
                return None
        except GARBLED:
            return None
        self._seen = seen
        return _names(after.split(b"\n"))

    def _put_mark(self) -> None:
        size = _size(self.path)
        with self.path.open("rb") as file:
            file.seek(max(0, size - _END))
            end = file.read(_END)
        mark = {"size": size, "end": _digest(end), "seen": self._seen, "last": _last(self.db, self._seen)}
        text = json.dumps(mark)
        if text == _marked(self.db):
            return
        with contextlib.suppress(StoreError), at_once(self.db):  # without it the next start reads more, that is all
            self.db.conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('copied', ?)", (text,))

    def _foreign(self) -> set[str]:
        """The names of what other processes have appended since."""
        size = _size(self.path)
        if size <= self._offset:
            return set()
        with contextlib.suppress(OSError), self.path.open("rb") as file:
            file.seek(self._offset)
            return _names(file.read(size - self._offset).split(b"\n"))
        return set()

    def _follow(self, known: set[str]) -> None:
        before = dict(self._seen)
        for slice_ in slices(self.db, self._seen, self._digests):
            lines = [line for line in slice_ if name(line) not in known]
            if lines and not self._append(lines):
                self._seen = before  # the next call takes them
                return

    def _append(self, lines: list[Line]) -> bool:
        try:
            self._offset = append(self.path, lines)
        except OSError as error:
            self._complain(error)
            return False
        self.trouble = ""
        return True

    def _complain(self, error: OSError) -> None:
        self.trouble = f"{self.path} cannot be written ({error.strerror}); answers are stored all the same."


def _tail(path: Path, length: int, wanted: set[str]) -> tuple[set[str], bool]:
    """The names in the last lines of a copy, and whether these are all its lines (or there is no copy).

    As much is read as holds a line of each of the `wanted` kinds: many cards at once push the rows far from the end.
    """
    size = _size(path)
    if size == 0:
        return set(), True
    while True:
        with path.open("rb") as file:
            file.seek(max(0, size - length))
            data = file.read()
        whole = size <= length
        if whole or all(f'\n{{"{kind}"'.encode() in data for kind in wanted):
            lines = data.split(b"\n")
            return _names(lines if whole else lines[1:]), whole
        length *= 4


def _names(raw: Iterable[bytes]) -> set[str]:
    return {name(line) for line in map(parse, raw) if line is not None}


def _kinds(db: Database) -> set[str]:
    """The kinds of rows that the log has."""
    tables = (("reviews", "review"), ("acts", "act"))
    return {kind for table, kind in tables if db.conn.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()}


def _first_known(db: Database, table: str, known: set[str]) -> int:
    """The row id from which on rows may be missing: before the oldest of the last rows that the copy has."""
    recent = db.conn.execute(f"SELECT rowid, device, seq FROM {table} ORDER BY rowid DESC LIMIT 5000").fetchall()
    found = [row[0] for row in recent if f"row {row[1]} {row[2]}" in known]
    return min(found) - 1 if found else 0


def _newest_card(known: set[str]) -> int:
    changed = [entry.split(" ")[-2] for entry in known if entry.startswith("card ")]
    return max((int(ms) for ms in changed if ms.isdigit()), default=0)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _marked(db: Database) -> str:
    row = db.conn.execute("SELECT value FROM meta WHERE key = 'copied'").fetchone()
    return str(row[0]) if row else ""


def _last(db: Database, seen: dict[str, int]) -> list[object]:
    """Device and number of the last row seen of each table: row ids alone could be given anew."""
    query = "SELECT device, seq FROM {} WHERE rowid = ?"
    rows = (db.conn.execute(query.format(table), (seen[table],)).fetchone() for table in ("reviews", "acts"))
    return [list(row) if row else None for row in rows]


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
