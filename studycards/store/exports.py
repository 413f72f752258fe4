"""What an export reads of the store in one go, and what it keeps: when the text of an exported card last changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from studycards.store.reviews import undone_names

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the blocks of the collection stand: block → (deck file, line, source's path), and card id → the ms at
    which it was first seen."""

    places: Mapping[str, tuple[str, int, str]]
    first_seen: Mapping[str, int]


def standing(db: Database) -> Standing:
    """Where every card that is not orphaned stands."""
    rows = db.execute(
        "SELECT id, block, path, line, source_path, first_seen_ms FROM cards WHERE orphaned_ms IS NULL"
    ).fetchall()
    return Standing({row[1]: (row[2], row[3], row[4]) for row in rows}, {row[0]: row[5] for row in rows})


def known_folders(db: Database) -> list[str]:
    """The folders of notes and deck files that were ever named."""
    return [row[0] for row in db.execute("SELECT path FROM folders ORDER BY path").fetchall()]


def stamps(db: Database) -> dict[str, tuple[str, int]]:
    """guid → (digest, second of the last change) of everything that ever went out."""
    return {row[0]: (row[1], row[2]) for row in db.execute("SELECT guid, digest, mod FROM exports").fetchall()}


def save_stamps(db: Database, rows: Iterable[tuple[str, str, str, int]]) -> None:
    """Keep (guid, block, digest, second). Inside `writing`."""
    db.conn.executemany("INSERT OR REPLACE INTO exports (guid, block, digest, mod) VALUES (?, ?, ?, ?)", rows)


def retired_after_export(db: Database) -> list[tuple[str, str]]:
    """(guid, front) of blocks that went out once and of which every card is retired now."""
    return db.execute(
        "SELECT e.guid, min(c.front) FROM exports e JOIN cards c ON c.block = e.block"
        " LEFT JOIN marks k ON k.card_id = c.id GROUP BY e.guid HAVING min(coalesce(k.retired, 0)) > 0 ORDER BY e.guid"
    ).fetchall()


def retired(db: Database) -> set[str]:
    """The cards that are retired."""
    return {row[0] for row in db.execute("SELECT card_id FROM marks WHERE retired > 0").fetchall()}


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
    return db.execute(
        "SELECT card_id, state, step, stability, difficulty, due_day, due_ms, last_ms, reps, lapses, interval"
        " FROM memory"
    ).fetchall()


def answers(db: Database) -> list[Row]:
    """ms, card, rating, state before, kind, scheduled, duration, difficulty after; standing ones in order of time.

    A reset is a row with rating 0.
    """
    undone = undone_names(db)
    rows = db.execute(
        "SELECT reviewed_at, card_id, rating, state, kind, scheduled, duration_ms, difficulty, device, seq FROM reviews"
        " UNION ALL SELECT at_ms, card_id, 0, NULL, kind, 0, 0, NULL, device, step FROM acts WHERE kind = 'reset'"
        " ORDER BY 1, 9, 10"
    ).fetchall()
    if undone:
        rows = [row for row in rows if (row[8], row[9]) not in undone]
    return [row[:8] for row in rows]


def has_answers(db: Database) -> bool:
    """Whether anything was ever answered."""
    return db.execute("SELECT 1 FROM reviews LIMIT 1").fetchone() is not None
