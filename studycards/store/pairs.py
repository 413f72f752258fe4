"""Pairs of blocks, one vanished and one appeared, that may be the same card until a person has said."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

Pair = tuple[str, str, float]


def add(db: Database, pairs: Iterable[Pair], now_ms: int) -> None:
    """Keep pairs (before, after, likeness) to be asked about. Inside `writing`."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO pairs (before, after, likeness, at_ms) VALUES (?, ?, ?, ?)",
        [(before, after, likeness, now_ms) for before, after, likeness in pairs],
    )


def waiting(db: Database) -> list[Pair]:
    """The pairs still to be asked about, the likest first: the old block is gone, the new one is there."""
    return [
        (row[0], row[1], row[2])
        for row in db.execute(
            "SELECT before, after, likeness FROM pairs p WHERE settled = 0"
            " AND EXISTS (SELECT 1 FROM cards WHERE block = p.before AND orphaned_ms IS NOT NULL)"
            " AND NOT EXISTS (SELECT 1 FROM cards WHERE block = p.before AND orphaned_ms IS NULL)"
            " AND EXISTS (SELECT 1 FROM cards WHERE block = p.after AND orphaned_ms IS NULL)"
            " ORDER BY likeness DESC, before, after"
        ).fetchall()
    ]


def settle(db: Database, before: str, after: str) -> None:
    """Note that a person has said whether the two are one. Inside `writing`."""
    db.execute("UPDATE pairs SET settled = 1 WHERE before = ? AND after = ?", (before, after))
