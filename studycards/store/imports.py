"""What came in from Anki: which block each note became, and its answers as rows of the log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlite_utils import Database

DEVICE = "anki"
ANCHORS = "anki:cards"
_encoded = json.JSONEncoder(sort_keys=True).encode


class Import(NamedTuple):
    """One block that came in: its text as it was written then, and the Anki note as it stood. `shape` is JSON: the
    places of front and back among the fields (-1: none), and the ord of the card that asks front to back."""

    key: str
    block: str
    front: str
    back: str
    mod: int
    guid: str
    type_id: int
    fields: str
    tags: str
    shape: str = ""


class Answer(NamedTuple):
    """One answer given in Anki; `seq` is the id of its row there."""

    seq: int
    card_id: str
    rating: int
    kind: str
    state: int | None
    at_ms: int
    utc_offset_min: int
    study_day: int
    duration_ms: int
    scheduled: int
    difficulty: float | None


class Fixed(NamedTuple):
    """Something that is no answer: a reset, or (anchor) the memory that Anki had of a card. `seq` names it for ever."""

    seq: int
    kind: str
    card_id: str
    at_ms: int
    utc_offset_min: int
    study_day: int
    payload: Mapping[str, Any]


def load(db: Database) -> dict[str, Import]:
    """Everything that ever came in, by its key."""
    rows = db.conn.execute(
        "SELECT key, block, front, back, mod, guid, type_id, fields, tags, shape FROM imports"
    ).fetchall()
    return {row[0]: Import._make(row) for row in rows}


def save(db: Database, imports: Iterable[Import]) -> None:
    """Keep what came in. Inside `writing`."""
    db.conn.executemany("INSERT OR REPLACE INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", imports)


def save_types(db: Database, types: Iterable[tuple[int, str]]) -> None:
    """Keep note types as JSON, by Anki's id. Inside `writing`."""
    db.conn.executemany("INSERT OR REPLACE INTO anki_types (id, payload) VALUES (?, ?)", types)


def types(db: Database) -> dict[int, str]:
    """The note types that came in, as JSON, by Anki's id."""
    return dict(db.conn.execute("SELECT id, payload FROM anki_types").fetchall())


def texts(db: Database, blocks: Iterable[str]) -> dict[str, tuple[str, str, str, int]]:
    """Block → (front, back, deck file, line) of blocks that are in a deck file; a reversed card alone is turned."""
    rows = db.conn.execute(
        "SELECT block, id, front, back, path, line FROM cards WHERE orphaned_ms IS NULL"
        " AND block IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
        (json.dumps(list(blocks)),),
    ).fetchall()
    return {
        row[0]: (row[3], row[2], row[4], row[5]) if row[1] == f"{row[0]}-r" else (row[2], row[3], row[4], row[5])
        for row in rows
    }


def contents(db: Database) -> set[str]:
    """The folded texts of every block that is in a deck file."""
    return {row[0] for row in db.conn.execute("SELECT folded FROM cards WHERE orphaned_ms IS NULL").fetchall()}


def changed(db: Database) -> dict[str, int]:
    """Block → ms of the last change of its text in a deck file."""
    rows = db.conn.execute("SELECT block, max(changed_ms) FROM cards WHERE orphaned_ms IS NULL GROUP BY block")
    return dict(rows.fetchall())


def holes(db: Database) -> dict[tuple[str, int], int]:
    """(block, written number) → stable number of every hole that is there."""
    rows = db.conn.execute("SELECT block, written, number FROM holes WHERE gone_ms IS NULL").fetchall()
    return {(row[0], row[1]): row[2] for row in rows}


def answered(db: Database) -> set[tuple[str, int]]:
    """(card, ms) of every answer in the log."""
    return set(db.conn.execute("SELECT card_id, reviewed_at FROM reviews").fetchall())


def remembered(db: Database) -> set[str]:
    """The cards that have a memory."""
    return {row[0] for row in db.conn.execute("SELECT card_id FROM memory").fetchall()}


def add_answers(db: Database, rows: Iterable[Answer], *, settings: int, day_start: int) -> int:
    """Add answers, each at most once; how many were new. Inside `writing`."""
    before = db.conn.total_changes
    db.conn.executemany(
        "INSERT OR IGNORE INTO reviews (device, seq, card_id, rating, kind, state, reviewed_at, utc_offset_min,"
        f" study_day, duration_ms, scheduled, difficulty, settings, day_start) VALUES ('{DEVICE}', ?, ?, ?, ?, ?, ?, ?,"
        f" ?, ?, ?, ?, {int(settings)}, {int(day_start)})",
        rows,
    )
    return db.conn.total_changes - before


def add_fixed(db: Database, rows: Iterable[Fixed]) -> None:
    """Add resets and anchors, each at most once. Inside `writing`."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO acts (device, seq, kind, card_id, at_ms, utc_offset_min, study_day, step, payload)"
        f" VALUES ('{ANCHORS}', ?1, ?2, ?3, ?4, ?5, ?6, ?1, ?7)",
        ((*row[:6], _encoded(row.payload)) for row in rows),
    )
