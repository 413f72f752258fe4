"""Edits of deck files that were begun: what a cut-off one leaves is a draft, never a loss."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database


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
    rows = db.execute("SELECT id, path, payload FROM intents ORDER BY id").fetchall()
    return [_intent(row[0], row[1], json.loads(row[2])) for row in rows]


def _intent(number: int, path: str, told: Mapping[str, object]) -> Intent:
    def sides(name: str) -> tuple[str, str]:
        listed = told.get(name)
        front, back = listed if isinstance(listed, list) else ("", "")
        return str(front), str(back)

    return Intent(number, path, str(told.get("block", "")), sides("before"), sides("after"))
