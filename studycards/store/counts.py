"""How much was answered on a study day, read from the log, so that all processes share the limits."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from studycards.store.log import REVIEW_UNDONE


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers of one study day, undone ones not counted: `new` first answers, `review` answers of cards in review,
    `learning` the rest; `duration_ms` with at most a minute an answer. Cramming does not count."""

    new: int = 0
    review: int = 0
    learning: int = 0
    duration_ms: int = 0

    @property
    def total(self) -> int:
        """All answers."""
        return self.new + self.review + self.learning


def answered(db: Database, study_day: int) -> dict[str, Answered]:
    """The answers of a study day by deck; cards that are gone from the index count under the empty deck."""
    rows = db.execute(
        "SELECT coalesce(c.deck, ''), sum(r.state IS NULL), sum(coalesce(r.state, 0) = 2),"
        " sum(coalesce(r.state, 0) IN (1, 3)), sum(min(r.duration_ms, 60000))"
        " FROM reviews r LEFT JOIN cards c ON c.id = r.card_id"
        f" WHERE r.study_day = ? AND r.kind = 'review' AND NOT {REVIEW_UNDONE} GROUP BY 1",
        (study_day,),
    ).fetchall()
    return {deck: Answered(new, review, learning, ms) for deck, new, review, learning, ms in rows}


def seconds_per_answer(db: Database) -> float:
    """How long an answer takes this person, from the last 500; 8 s until 50 are known."""
    rows = db.execute(
        "SELECT min(duration_ms, 60000) FROM reviews WHERE kind = 'review' AND duration_ms > 0"
        " ORDER BY rowid DESC LIMIT 500"
    ).fetchall()
    if len(rows) < 50:
        return 8.0
    return float(sum(row[0] for row in rows)) / len(rows) / 1000
