"""The lines of the log's second copy: what each holds, its text, its name; and all that a database has to say.

The first line names the format. A line holds one of `review`, `act`, `settings` or `card`, with the columns of that
table, empty ones left out; a review names its settings by their digest. Lines may come twice and in any order.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

FORMAT = {"studycards": "log", "version": 1}
SLICE = 1000

Line = tuple[str, dict[str, Any]]  # what it is, and its columns


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
    for slice_ in slices(db, nothing_seen(), {}):
        yield from slice_


def nothing_seen() -> dict[str, int]:
    """Where reading begins: the last row seen of each table; of `cards` the newest change and there the last `card`."""
    return {"settings": 0, "reviews": 0, "acts": 0, "cards": -1, "card": 0}


# What is new: settings, answers, acts, cards.
_NEWS = (
    "SELECT EXISTS (SELECT 1 FROM settings WHERE id > :settings),"
    " EXISTS (SELECT 1 FROM reviews WHERE rowid > :reviews),"
    " EXISTS (SELECT 1 FROM acts WHERE rowid > :acts),"
    " EXISTS (SELECT 1 FROM cards WHERE changed_ms > :cards)"
    " OR EXISTS (SELECT 1 FROM cards WHERE changed_ms = :cards AND rowid > :card)"
)
_CARDS = (  # a row value's first half alone would be looked up: every card of one day, at each answer
    "SELECT rowid AS n, * FROM cards WHERE changed_ms = ?1 AND rowid > ?2 UNION ALL"
    " SELECT rowid AS n, * FROM cards WHERE changed_ms > ?1 ORDER BY changed_ms, n LIMIT ?3"
)


def slices(db: Database, seen: dict[str, int], digests: dict[int, str]) -> Iterator[list[Line]]:
    """The lines of rows not seen yet, a thousand at a time; `seen` and the `digests` of settings are moved on."""
    settings, *news = db.conn.execute(_NEWS, seen).fetchone()
    if settings or (not digests and any(news)):
        for row in _dicts(db, "SELECT * FROM settings ORDER BY id", ()):
            number = row.pop("id")
            digests[number] = digest(row["payload"])
            if number > seen["settings"]:
                seen["settings"] = number
                yield [("settings", {"digest": digests[number], **row})]
    for table, kind, is_new in (("reviews", "review", news[0]), ("acts", "act", news[1])):
        query = f"SELECT rowid AS n, * FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?"
        while is_new:
            found = _dicts(db, query, (seen[table], SLICE))
            if found:
                seen[table] = found[-1]["n"]
                yield [(kind, _portable(row, digests)) for row in found]
            is_new = len(found) == SLICE
    is_new = news[2]
    while is_new:
        found = _dicts(db, _CARDS, (seen["cards"], seen["card"], SLICE))
        if found:
            seen["cards"], seen["card"] = found[-1]["changed_ms"], found[-1]["n"]
            yield [("card", _portable(row, digests)) for row in found]
        is_new = len(found) == SLICE


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
