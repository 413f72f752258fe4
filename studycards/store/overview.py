"""What the home page counts beside what is due: decks with their next day, cards that are gone, proposals that wait."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class DeckLine:
    """A deck with its number of cards and the study day of the next review that is known (None: none is)."""

    deck: str
    cards: int
    next_day: int | None


def decks(db: Database) -> list[DeckLine]:
    """Every deck with cards, by name."""
    rows = db.execute(
        "SELECT c.deck, count(*), min(CASE WHEN coalesce(k.suspended OR k.retired, 0) THEN NULL ELSE m.due_day END)"
        " FROM cards c LEFT JOIN memory m ON m.card_id = c.id LEFT JOIN marks k ON k.card_id = c.id"
        " WHERE c.orphaned_ms IS NULL GROUP BY c.deck ORDER BY c.deck"
    ).fetchall()
    return [DeckLine(*row) for row in rows]


def orphaned(db: Database) -> int:
    """Cards with a history whose text vanished from its deck file."""
    row = db.execute(
        "SELECT count(*) FROM cards c WHERE orphaned_ms IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM memory m WHERE m.card_id = c.id)"
    ).fetchone()
    return int(row[0])


def days_answered(db: Database, today: int, days: int = 7) -> int:
    """On how many of the last days, today included, something was answered."""
    row = db.execute(
        "SELECT count(DISTINCT study_day) FROM reviews WHERE kind = 'review' AND study_day BETWEEN ? AND ?",
        (today - days + 1, today),
    ).fetchone()
    return int(row[0])


def weak(db: Database, most: int = 20) -> list[str]:
    """The cards forgotten most often that may be asked, the weakest first."""
    rows = db.execute(
        "SELECT m.card_id FROM memory m JOIN cards c ON c.id = m.card_id LEFT JOIN marks k ON k.card_id = c.id"
        " WHERE m.lapses > 0 AND c.orphaned_ms IS NULL AND NOT coalesce(k.suspended OR k.retired, 0)"
        " ORDER BY m.lapses DESC, m.stability, m.card_id LIMIT ?",
        (most,),
    ).fetchall()
    return [row[0] for row in rows]
