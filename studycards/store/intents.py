"""Edits and imports that were begun: what a cut-off one leaves is a draft or nothing, never a loss."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlite_utils import Database

# A landing has no path while it is open, and this one once it is done and kept for being taken back.
_OPEN, _DONE = "", "landed"
EDITS = f"path NOT IN ('{_OPEN}', '{_DONE}')"
_KEPT = 20


class FileChange(NamedTuple):
    """The bytes of a file before and after; None: it is not there."""

    path: str
    before: bytes | None
    after: bytes | None


class Landing(NamedTuple):
    """What an import does to files under a folder: deck files, and media that were not there before."""

    folder: str
    changes: tuple[FileChange, ...]
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intent:
    """One edit of a block: the texts before and after it (front, back)."""

    number: int
    path: str
    block: str
    before: tuple[str, str]
    after: tuple[str, str]


def begin(db: Database, path: str, block: str, texts: tuple[tuple[str, str], tuple[str, str]], now_ms: int) -> int:
    """Note an edit before its file is touched; gives its number. Inside `writing`."""
    payload = {"block": block, "before": list(texts[0]), "after": list(texts[1])}
    cursor = db.conn.execute(
        "INSERT INTO intents (path, payload, at_ms) VALUES (?, ?, ?)",
        (path, json.dumps(payload, ensure_ascii=False), now_ms),
    )
    return int(cursor.lastrowid or 0)


def end(db: Database, number: int) -> None:
    """The edit is done or given up. Inside `writing`."""
    db.execute("DELETE FROM intents WHERE id = ?", (number,))


def standing(db: Database) -> list[Intent]:
    """The edits that were begun and not ended, oldest first."""
    rows = db.execute(f"SELECT id, path, payload FROM intents WHERE {EDITS} ORDER BY id").fetchall()
    return [_intent(row[0], row[1], json.loads(row[2])) for row in rows]


def _intent(number: int, path: str, told: Mapping[str, object]) -> Intent:
    def sides(name: str) -> tuple[str, str]:
        listed = told.get(name)
        front, back = listed if isinstance(listed, list) else ("", "")
        return str(front), str(back)

    return Intent(number, path, str(told.get("block", "")), sides("before"), sides("after"))


def begin_landing(db: Database, landing: Landing, now_ms: int) -> int:
    """Note what an import is about to write, before the first file is touched; its number. Inside `writing`."""
    told = {
        "folder": landing.folder,
        "changes": [[one.path, _packed(one.before), _packed(one.after)] for one in landing.changes],
        "media": list(landing.media),
    }
    cursor = db.conn.execute(
        "INSERT INTO intents (path, payload, at_ms) VALUES (?, ?, ?)",
        (_OPEN, json.dumps(told, ensure_ascii=False), now_ms),
    )
    return int(cursor.lastrowid or 0)


def keep_landing(db: Database, number: int) -> None:
    """The import is done; its texts are kept, so that it can be taken back. Inside `writing`."""
    db.execute("UPDATE intents SET path = ? WHERE id = ?", (_DONE, number))
    newest = "SELECT id FROM intents WHERE path = :done ORDER BY id DESC LIMIT :kept"
    db.execute(f"DELETE FROM intents WHERE path = :done AND id NOT IN ({newest})", {"done": _DONE, "kept": _KEPT})


def open_landings(db: Database) -> list[int]:
    """The imports that were begun and not ended, oldest first."""
    return [row[0] for row in db.execute("SELECT id FROM intents WHERE path = ? ORDER BY id", (_OPEN,)).fetchall()]


def landing(db: Database, number: int) -> Landing | None:
    """An import that is under way or kept."""
    row = db.execute("SELECT payload FROM intents WHERE id = ? AND path IN (?, ?)", (number, _OPEN, _DONE)).fetchone()
    if row is None:
        return None
    told = json.loads(row[0])
    changes = tuple(FileChange(path, _unpacked(before), _unpacked(after)) for path, before, after in told["changes"])
    return Landing(told["folder"], changes, tuple(told["media"]))


def _packed(data: bytes | None) -> str | None:
    return None if data is None else b64encode(zlib.compress(data, 1)).decode()


def _unpacked(told: str | None) -> bytes | None:
    return None if told is None else zlib.decompress(b64decode(told))
