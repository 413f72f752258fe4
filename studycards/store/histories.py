"""What the log tells of forgetting and of pace: whole histories, seconds an answer, cards as numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import groupby
from operator import itemgetter

from sqlite_utils import Database

from studycards.store import log
from studycards.store.log import REVIEW_UNDONE
from studycards.store.memory import indexed_after

Point = tuple[int, int, int]  # UTC ms, study day, rating
_ASKED = "c.orphaned_ms IS NULL AND coalesce(k.suspended OR k.retired, 0) = 0"


def complete(db: Database) -> Iterator[list[Point]]:
    """The standing answers of each card whose history is known from its first one, since it was last reset."""
    resets = {card: max(act.at_ms for act in acts) for card, acts in log.standing_of_kinds(db, ("reset",)).items()}
    rows = db.conn.execute(
        "SELECT card_id, reviewed_at, study_day, rating, state FROM reviews r WHERE kind <> 'cram'"
        f" AND NOT {REVIEW_UNDONE} ORDER BY card_id, study_day, reviewed_at, device, seq"
    )
    for card_id, group in groupby(rows, key=itemgetter(0)):
        since = resets.get(card_id, -1)
        kept = [row for row in group if row[1] > since]
        if kept and kept[0][4] is None:
            yield [(row[1], row[2], row[3]) for row in kept]


def count(db: Database) -> int:
    """How many answers there are, undone ones and crammed ones not counted."""
    query = f"SELECT count(*) FROM reviews r WHERE kind <> 'cram' AND NOT {REVIEW_UNDONE}"
    return int(db.conn.execute(query).fetchone()[0])


def durations(db: Database) -> list[tuple[bool, int, int]]:
    """Of each timed answer: whether it was the card's first, the rating, the milliseconds."""
    rows = db.conn.execute(
        "SELECT state IS NULL, rating, duration_ms FROM reviews WHERE kind = 'review' AND duration_ms > 0"
    ).fetchall()
    return [(bool(first), rating, ms) for first, rating, ms in rows]


def numbers(db: Database) -> list[tuple[float, float, int, int]]:
    """Stability, difficulty, last and due study day of every card that was begun and may be asked."""
    return db.conn.execute(
        "SELECT m.stability, m.difficulty, m.last_day, m.due_day FROM memory m JOIN cards c ON c.id = m.card_id"
        f" LEFT JOIN marks k ON k.card_id = c.id WHERE {_ASKED} ORDER BY m.card_id"
    ).fetchall()


def waiting(db: Database) -> int:
    """How many new cards there are that may be asked."""
    row = db.conn.execute(
        "SELECT count(*) FROM cards c LEFT JOIN memory m ON m.card_id = c.id LEFT JOIN marks k ON k.card_id = c.id"
        f" WHERE m.card_id IS NULL AND {_ASKED}"
    ).fetchone()
    return int(row[0])


def in_review(db: Database) -> list[tuple[str, str, float, int, int, int, int]]:
    """Card, deck, stability, last and due study day, answers, last answer (ms) of the cards in review that may be
    asked and whose due day was not set by hand since."""
    by_hand = {card: max(act.at_ms for act in acts) for card, acts in log.standing_of_kinds(db, ("due",)).items()}
    rows = db.conn.execute(
        "SELECT m.card_id, c.deck, m.stability, m.last_day, m.due_day, m.reps, m.last_ms FROM memory m"
        " JOIN cards c ON c.id = m.card_id LEFT JOIN marks k ON k.card_id = c.id"
        " WHERE m.state = 2 AND coalesce(k.suspended OR k.retired, 0) = 0"
    ).fetchall()
    return [row for row in rows if by_hand.get(row[0], -1) < row[6]]


def put_due(db: Database, days: list[tuple[int, int, str]]) -> None:
    """Write due day and interval of cards in review, and let stale screens know. Inside `writing`."""
    with indexed_after(db) if len(days) > log.MANY else nullcontext():
        db.conn.executemany("UPDATE memory SET due_day = ?, interval = ?, due_ms = NULL WHERE card_id = ?", days)
    cards = json.dumps([card for _, _, card in days])
    db.conn.execute("UPDATE cards SET version = version + 1 WHERE id IN (SELECT value FROM json_each(?))", (cards,))
