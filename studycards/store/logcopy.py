"""The log's second copy: one JSON line a row, appended after each commit; the database can be made anew from it.

The first line names the format. A line holds one of `review`, `act`, `settings` or `card`, with the columns of that
table, empty ones left out; a review names its settings by their digest. Lines may come twice and in any order.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from studycards.errors import StoreError
from studycards.store import places
from studycards.store.opening import path_of
from studycards.store.trouble import explained

FORMAT = {"studycards": "log", "version": 1}
TAIL = 1 << 18
SLICE = 4000

Line = tuple[str, dict[str, Any]]  # what it is, and its columns


@dataclass(slots=True)
class LogCopy:
    """Keeps the copy beside a database level with it. `trouble` is why the last append failed, "" while all is well:
    an answer counts whether or not the copy could be written."""

    db: Database
    whole: bool = False  # compare all lines at the start, not only the last ones
    path: Path = field(init=False)
    trouble: str = ""
    _seen: dict[str, int] = field(default_factory=dict)
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
        """Append the rest and make it durable."""
        self.follow()
        with contextlib.suppress(OSError):
            handle = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _level(self) -> None:
        """At the start: fill up what the copy lacks, judged by its last lines; all of it where there is none."""
        self._seen = _nothing_seen()
        try:
            known, whole = _tail(self.path, _size(self.path) if self.whole else TAIL, _kinds(self.db))
        except OSError as error:
            self._complain(error)
            return
        if not whole:
            self._seen["reviews"] = _first_known(self.db, "reviews", known)
            self._seen["acts"] = _first_known(self.db, "acts", known)
            self._seen["cards"], self._seen["card"] = _newest_card(known), 1 << 62
        if not self.path.exists():
            self._append([])
        self._follow(known)
        self._offset = _size(self.path)

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
        for slice_ in _slices(self.db, self._seen):
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


def append(path: Path, lines: Iterable[Line]) -> int:
    """Write lines at the end of a copy, made if it is missing, in one write; the size afterwards. Raises OSError."""
    text = "".join(encode(line) + "\n" for line in lines)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size == 0:
            text = json.dumps(FORMAT) + "\n" + text
        elif os.pread(handle, 1, size - 1) != b"\n":
            text = "\n" + text  # a line that was cut off stays, closed
        data = memoryview(text.encode("utf-8", "surrogatepass"))
        while data:
            data = data[os.write(handle, data) :]
        return os.fstat(handle).st_size
    finally:
        os.close(handle)


def encode(line: Line) -> str:
    """A line as text."""
    kind, columns = line
    kept = {key: value for key, value in columns.items() if value is not None}
    return json.dumps({kind: kept}, ensure_ascii=False, separators=(",", ":"))


def parse(raw: bytes) -> Line | None:
    """A line of a copy; None if it cannot be read or lacks a column that every such line has."""
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    for kind, needed in _NEEDED.items():
        if isinstance(line, dict) and isinstance(line.get(kind), dict):
            columns: dict[str, Any] = line[kind]
            return (kind, columns) if needed <= columns.keys() else None
    return None


_NEEDED = {
    "review": {"device", "seq", "card_id", "rating", "kind", "reviewed_at", "study_day", "settings", "scheduled"},
    "act": {"device", "seq", "kind", "at_ms", "study_day", "step", "payload"},
    "settings": {"digest", "model", "payload", "since_ms"},
    "card": {"id", "block", "kind", "folded", "changed_ms"},
}


def is_head(raw: bytes) -> bool:
    """Whether this is the line that names the format."""
    with contextlib.suppress(ValueError):
        return bool(json.loads(raw) == FORMAT)
    return False


def name(line: Line) -> str:
    """What tells a line from all others; rows of the log have theirs for ever."""
    kind, columns = line
    if kind == "settings":
        return f"settings {columns.get('digest')}"
    if kind == "card":
        return f"card {columns.get('id')} {columns.get('changed_ms')} {columns.get('orphaned_ms')}"
    return f"row {columns.get('device')} {columns.get('seq')}"


def digest(payload: str) -> str:
    """The name of a set of settings in every copy."""
    return blake2b(payload.encode(), digest_size=8).hexdigest()


def rows(db: Database) -> Iterator[Line]:
    """Every line that a whole copy of this database has."""
    for slice_ in _slices(db, _nothing_seen()):
        yield from slice_


def _nothing_seen() -> dict[str, int]:
    return {"settings": 0, "reviews": 0, "acts": 0, "cards": -1, "card": 0}


def _slices(db: Database, seen: dict[str, int]) -> Iterator[list[Line]]:
    """The lines of rows not seen yet, some thousand at a time; `seen` is moved forward."""
    digests: dict[int, str] = {}
    for row in _dicts(db, "SELECT * FROM settings ORDER BY id", ()):
        number = row.pop("id")
        digests[number] = digest(row["payload"])
        if number > seen["settings"]:
            seen["settings"] = number
            yield [("settings", {"digest": digests[number], **row})]
    for table, kind in (("reviews", "review"), ("acts", "act")):
        query = f"SELECT rowid AS n, * FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?"
        while found := _dicts(db, query, (seen[table], SLICE)):
            seen[table] = found[-1]["n"]
            yield [(kind, _portable(row, digests)) for row in found]
    query = (  # a row value's first half alone would be looked up: every card of one day, at each answer
        "SELECT rowid AS n, * FROM cards WHERE changed_ms = ?1 AND rowid > ?2 UNION ALL"
        " SELECT rowid AS n, * FROM cards WHERE changed_ms > ?1 ORDER BY changed_ms, n LIMIT ?3"
    )
    while found := _dicts(db, query, (seen["cards"], seen["card"], SLICE)):
        seen["cards"], seen["card"] = found[-1]["changed_ms"], found[-1]["n"]
        yield [("card", _portable(row, digests)) for row in found]


def _portable(row: dict[str, Any], digests: dict[int, str]) -> dict[str, Any]:
    """A row without what only this database knows by that number."""
    row = {key: value for key, value in row.items() if key not in ("n", "version", "begun")}
    if "settings" in row:
        row["settings"] = digests[row["settings"]]
    return row


def _dicts(db: Database, sql: str, values: tuple[int, ...]) -> list[dict[str, Any]]:
    cursor = db.conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


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
