"""Sums over the log and the cards, made by SQLite, that the statistics are drawn from. Undone answers never count."""

from __future__ import annotations

from sqlite_utils import Database

from studycards.model import DayTally, DeckTally, RetentionTally, RuleTally, Tallies
from studycards.store.log import REVIEW_UNDONE
from studycards.store.opening import reading

_COUNTED = f"r.kind = 'review' AND NOT {REVIEW_UNDONE}"
# The first answer of a study day on a card in review: the only ones that measure memory.
_MEASURED = f"{_COUNTED} AND r.state = 2 AND r.predicted IS NOT NULL"
_PREVIOUS = (
    "coalesce((SELECT p.scheduled FROM reviews p WHERE p.card_id = r.card_id AND (p.study_day, p.reviewed_at)"
    " < (r.study_day, r.reviewed_at) ORDER BY p.study_day DESC, p.reviewed_at DESC LIMIT 1), 0)"
)
MATURE_DAYS = 21


def tallies(db: Database, today: int, *, days: int, horizon: int) -> Tallies:
    """Everything the statistics need: `days` back for recall, hours and ratings, a year for the calendar, and the
    cards due on each of the next `horizon` days."""
    since = today - days + 1
    with reading(db):
        return Tallies(
            today=today,
            days=days,
            calendar=_calendar(db, today - 370),
            retention=_retention(db, since),
            hours=_pairs(
                db,
                "SELECT ((r.reviewed_at / 60000 + r.utc_offset_min) / 60) % 24, count(*) FROM reviews r"
                f" WHERE r.study_day >= ? AND {_COUNTED} GROUP BY 1",
                since,
            ),
            ratings=_pairs(
                db, f"SELECT r.rating, count(*) FROM reviews r WHERE r.study_day >= ? AND {_COUNTED} GROUP BY 1", since
            ),
            forecast=_pairs(
                db,
                "SELECT max(m.due_day - :today, 0), count(*) FROM memory m JOIN cards c ON c.id = m.card_id"
                " LEFT JOIN marks k ON k.card_id = c.id WHERE c.orphaned_ms IS NULL"
                " AND NOT coalesce(k.suspended OR k.retired, 0) AND m.due_day < :today + :horizon GROUP BY 1",
                {"today": today, "horizon": horizon},
            ),
            cards=_cards(db),
            decks=_decks(db, since, today),
            rules=_rules(db, since),
        )


def _pairs(db: Database, sql: str, value: int | dict[str, int]) -> dict[int, int]:
    return dict(db.execute(sql, value if isinstance(value, dict) else (value,)).fetchall())


def _calendar(db: Database, since: int) -> tuple[DayTally, ...]:
    rows = db.execute(
        "SELECT r.study_day, count(*), sum(min(r.duration_ms, 60000)), sum(r.state IS NULL),"
        " sum(coalesce(r.state, 0) = 2 AND r.predicted IS NOT NULL),"
        " sum(coalesce(r.state, 0) = 2 AND r.predicted IS NOT NULL AND r.rating > 1)"
        f" FROM reviews r WHERE r.study_day >= ? AND {_COUNTED} GROUP BY 1 ORDER BY 1",
        (since,),
    ).fetchall()
    return tuple(DayTally(*row) for row in rows)


def _retention(db: Database, since: int) -> RetentionTally:
    row = db.execute(
        "SELECT count(*), coalesce(sum(passed), 0), coalesce(sum(predicted), 0.0), coalesce(sum(mature), 0),"
        " coalesce(sum(mature AND passed), 0) FROM (SELECT r.rating > 1 AS passed, r.predicted AS predicted,"
        f" {_PREVIOUS} >= {MATURE_DAYS} AS mature FROM reviews r WHERE r.study_day >= ? AND {_MEASURED})",
        (since,),
    ).fetchone()
    return RetentionTally(*row)


def _cards(db: Database) -> dict[str, int]:
    row = db.execute(
        "SELECT count(*), coalesce(sum(m.card_id IS NULL), 0), coalesce(sum(m.state = 1), 0),"
        " coalesce(sum(m.state = 2), 0), coalesce(sum(m.state = 3), 0), coalesce(sum(k.suspended), 0),"
        " coalesce(sum(k.retired), 0), coalesce(sum(k.leech), 0)"
        " FROM cards c LEFT JOIN memory m ON m.card_id = c.id LEFT JOIN marks k ON k.card_id = c.id"
        " WHERE c.orphaned_ms IS NULL"
    ).fetchone()
    names = ("total", "new", "learning", "review", "relearning", "suspended", "retired", "leeches")
    orphaned = db.execute("SELECT count(*) FROM cards WHERE orphaned_ms IS NOT NULL").fetchone()[0]
    return {**dict(zip(names, row, strict=True)), "orphaned": orphaned}


def _decks(db: Database, since: int, today: int) -> tuple[DeckTally, ...]:
    measured = {
        row[0]: row[1:]
        for row in db.execute(
            "SELECT c.deck, count(*), sum(r.rating > 1), sum(r.predicted) FROM reviews r JOIN cards c"
            f" ON c.id = r.card_id WHERE r.study_day >= ? AND {_MEASURED} GROUP BY 1",
            (since,),
        ).fetchall()
    }
    rows = db.execute(
        "SELECT c.deck, count(*), sum(m.card_id IS NULL), coalesce(sum(m.due_day <= ?), 0) FROM cards c"
        " LEFT JOIN memory m ON m.card_id = c.id WHERE c.orphaned_ms IS NULL GROUP BY 1 ORDER BY 1",
        (today,),
    ).fetchall()
    return tuple(DeckTally(*row, *measured.get(row[0], (0, 0, 0.0))) for row in rows)


def _rules(db: Database, since: int) -> tuple[RuleTally, ...]:
    measured = {
        row[0]: row[1:]
        for row in db.execute(
            "SELECT c.rule, count(*), sum(r.rating > 1) FROM reviews r JOIN cards c ON c.id = r.card_id"
            f" WHERE r.study_day >= ? AND {_MEASURED} GROUP BY 1",
            (since,),
        ).fetchall()
    }
    rows = db.execute(
        "SELECT c.rule, count(*), coalesce(sum(k.leech), 0), coalesce(sum(k.retired), 0) FROM cards c"
        " LEFT JOIN marks k ON k.card_id = c.id WHERE c.orphaned_ms IS NULL AND c.rule <> '' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return tuple(RuleTally(*row, *measured.get(row[0], (0, 0))) for row in rows)
