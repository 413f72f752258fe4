"""A store of a learner whose forgetting is known, as months of review would have left it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from studycards.history import replay_all
from studycards.model import Settings
from studycards.store import presets
from studycards.store.opening import open_reading, open_store, writing
from tests.scheduling.learners import DAY_MS, histories, truths

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.toordinal()
TRUTH = truths(1)[0]
SPAN = 400


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """The store at a path."""
    db = open_store(path, device="here", now_ms=1)
    try:
        yield db
    finally:
        db.close()


def fill(path: Path, reviews: int, *, fresh: int = 0, away: int = 0) -> None:
    """Answer so many cards up to `away` days before today; `fresh` cards more are new."""
    lives = histories(TRUTH, reviews, seed=1, days=SPAN)
    first_day = TODAY - SPAN - away
    with opened(path) as db, writing(db):
        preset = presets.preset_id(db, Settings(), 1)
        seq = 0
        for number in range(len(lives) + fresh):
            _put_card(db, f"card{number:05d}", number)
        for number, life in enumerate(lives):
            for n, (ms, day, rating) in enumerate(life):
                seq += 1
                after = life[n + 1][1] - day if n + 1 < len(life) else 6
                _put_answer(db, f"card{number:05d}", n, (seq, rating, preset, after), first_day + day, ms % DAY_MS)
        replay_all(db)


def memory(path: Path) -> list[tuple[object, ...]]:
    """Every column of the memory table."""
    with closing(open_reading(path)) as db:  # another name of the machine would begin another log to undo
        return db.conn.execute("SELECT * FROM memory ORDER BY card_id").fetchall()


def _put_card(db: Database, card_id: str, position: int) -> None:
    db.conn.execute(
        "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position, first_seen_ms,"
        " changed_ms) VALUES (?, ?, 'basic', 'question', 'answer', 'Deck', 'deck.md', 1, 1, ?, ?, 0, 0)",
        (card_id, card_id, card_id, position),
    )


def _put_answer(db: Database, card_id: str, number: int, given: tuple[int, int, int, int], day: int, ms: int) -> None:
    seq, rating, preset, after = given
    moment = datetime.fromordinal(day).replace(tzinfo=UTC) + timedelta(hours=9, milliseconds=ms)
    db.conn.execute(
        "INSERT INTO reviews (device, seq, card_id, rating, kind, state, reviewed_at, utc_offset_min, day_start,"
        " study_day, duration_ms, settings, scheduled) VALUES ('there', ?, ?, ?, 'review', ?, ?, 0, 4, ?, 8000, ?, ?)",
        (seq, card_id, rating, 2 if number else None, int(moment.timestamp() * 1000), day, preset, after or -600),
    )
