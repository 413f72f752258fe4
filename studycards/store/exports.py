"""What an export reads of the store in one go, and what it keeps: when the text of an exported card last changed."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from sqlite_utils import Database

from studycards.store.reviews import undone_names
from studycards.store.selection import Selection, where

Row = tuple[Any, ...]


class Sent(NamedTuple):
    """What went out under one guid: the digest of the card's text, the second of its last change, and the fields and
    tags that were made of cards with this key (empty: not kept)."""

    digest: str
    mod: int
    key: bytes
    fields: str
    tags: str


def sheets(db: Database, selection: Selection) -> list[Row]:
    """id, block, kind, front, back, deck, tags, source path, headings, hole, deck file, line, first seen of the cards
    that go out, in the order of their deck files; tags and headings as JSON."""
    condition, values = where(selection)
    return db.conn.execute(
        "SELECT id, block, kind, front, back, deck, tags, source_path, headings, hole, path, line, first_seen_ms"
        " FROM cards c WHERE orphaned_ms IS NULL AND id NOT IN (SELECT card_id FROM marks WHERE retired > 0)"
        f"{condition} ORDER BY path, position, id",
        values,
    ).fetchall()


def known_folders(db: Database) -> list[str]:
    """The folders of notes and deck files that were ever named."""
    return [row[0] for row in db.execute("SELECT path FROM folders ORDER BY path").fetchall()]


def sent(db: Database) -> dict[str, Row]:
    """guid → digest, second, key, fields, tags, guid of what went out under it; of everything that ever did."""
    rows = db.conn.execute("SELECT digest, mod, key, fields, tags, guid FROM exports").fetchall()
    return {row[5]: row for row in rows}


def save_sent(db: Database, rows: Iterable[tuple[str, str, Sent]]) -> None:
    """Keep guid, block and what went out. Inside `writing`."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO exports (guid, block, digest, mod, key, fields, tags) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((guid, block, one.digest, one.mod, one.key, one.fields, one.tags) for guid, block, one in rows),
    )


def retired_after_export(db: Database) -> list[tuple[str, str]]:
    """(guid, front) of blocks that went out once and of which every card is retired now."""
    return db.execute(
        "SELECT e.guid, min(c.front) FROM exports e JOIN cards c ON c.block = e.block"
        " LEFT JOIN marks k ON k.card_id = c.id GROUP BY e.guid HAVING min(coalesce(k.retired, 0)) > 0 ORDER BY e.guid"
    ).fetchall()


def suspended(db: Database) -> set[str]:
    """The cards that are suspended."""
    return {row[0] for row in db.execute("SELECT card_id FROM marks WHERE suspended > 0").fetchall()}


def marks(db: Database) -> list[Row]:
    """card, suspended, buried day, flag of every card that has any of them."""
    return db.execute(
        "SELECT card_id, suspended, buried_day, flag FROM marks WHERE suspended OR buried_day OR flag"
    ).fetchall()


def memories(db: Database) -> list[Row]:
    """card, state, step, stability, difficulty, due day, due ms, last ms, reps, lapses, interval."""
    return db.conn.execute(
        "SELECT card_id, state, step, stability, difficulty, due_day, due_ms, last_ms, reps, lapses, interval"
        " FROM memory"
    ).fetchall()


def answers(db: Database) -> list[Row]:
    """ms, card, rating, state before, kind, scheduled, duration, difficulty after; standing ones in order of time. A
    reset is a row with rating 0."""
    rows = db.conn.execute(
        "SELECT reviewed_at, card_id, rating, state, kind, scheduled, duration_ms, difficulty, rowid FROM reviews"
    ).fetchall()
    undone = undone_names(db)
    if undone:
        gone = _rows_named(db, undone)
        rows = [row for row in rows if row[8] not in gone]
    resets = db.conn.execute(
        "SELECT at_ms, card_id, 0, NULL, kind, 0, 0, NULL, 0, device, step FROM acts WHERE kind = 'reset'"
    ).fetchall()
    rows += [row[:9] for row in resets if row[9:] not in undone]
    rows.sort(key=itemgetter(0))
    return rows


def _rows_named(db: Database, names: Iterable[tuple[str, int]]) -> set[int]:
    found = (db.conn.execute("SELECT rowid FROM reviews WHERE device = ? AND seq = ?", n).fetchone() for n in names)
    return {row[0] for row in found if row}


def has_answers(db: Database) -> bool:
    """Whether anything was ever answered."""
    return db.execute("SELECT 1 FROM reviews LIMIT 1").fetchone() is not None
