"""A store of 100,000 cards and a million answers: memory rebuilt from the log, due days anew; Anki's own beside it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from studycards import history, rescheduling
from studycards.config import Config
from studycards.history import Stamp
from studycards.scheduling.replay import Answered
from studycards.store import presets
from studycards.store.opening import open_store, writing
from tests.scheduling.logs import SETTINGS, lived

CARDS, LONGEST = 100_000, 19
_INSERT_CARD = (
    "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position, first_seen_ms,"
    " changed_ms) VALUES (?1, ?1, 'basic', 'q', 'a', 'Deck', 'deck.md', 1, 1, ?1, 0, 0, 0)"
)
_INSERT_ANSWER = (
    "INSERT INTO reviews (study_day, reviewed_at, device, seq, rating, scheduled, settings, utc_offset_min, day_start,"
    " card_id, kind, duration_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'review', 8000)"
)


def rebuild(say: Callable[..., None]) -> None:
    """Rows of the table for the rebuild and for a change of retention."""
    with tempfile.TemporaryDirectory() as folder:
        with closing(open_store(Path(folder) / "cards.db", device="here", now_ms=1)) as db:
            answers, newest = _fill(db)
            took = min(_timed(lambda: _replay(db)) for _ in range(2))
            _reschedule(db, newest)
        theirs = _anki(Path(folder), answers)
    say(f"rebuild {answers:,} answers / Anki's update, s", took, theirs, "goal <= 1.5, 5 s", 1)


def _fill(db: Database) -> tuple[int, int]:
    """Write the cards and the log; how many answers, and the newest study day."""
    newest = 0

    def rows() -> Iterator[tuple[object, ...]]:
        nonlocal newest
        for life in lived(CARDS, longest=LONGEST):
            newest = max(newest, life.rows[-1].study_day)
            for row in life.rows:
                yield (*Answered(*row), life.card_id)

    with writing(db):
        for settings in SETTINGS.values():
            presets.preset_id(db, settings, 1)
        db.conn.executemany(_INSERT_CARD, ((f"card{number:06d}",) for number in range(CARDS)))
        db.conn.executemany(_INSERT_ANSWER, rows())
    return int(db.conn.execute("SELECT count(*) FROM reviews").fetchone()[0]), newest


def _replay(db: Database) -> None:
    with writing(db):
        history.replay_all(db)


def _reschedule(db: Database, newest: int) -> None:
    config = Config(Path("config.toml"), {"review.desired_retention": 0.80})
    stamp = Stamp.of(datetime.fromordinal(newest).replace(tzinfo=UTC) + timedelta(days=1), 4)
    looked = min(_timed(lambda: rescheduling.look(db, config, (), stamp.day)) for _ in range(2))
    seen = rescheduling.look(db, config, (), stamp.day)
    moved = _timed(lambda: rescheduling.apply(db, stamp, seen))
    print(
        f"new retention: {len(seen.moves):,} of {seen.cards:,} cards move; shown in {looked:.2f} s,"
        f" moved in {moved:.2f} s (goal 0.5 s)"
    )


def _anki(folder: Path, answers: int) -> float:
    """The seconds that Anki takes to compute memory and due days of as many cards and answers anew."""
    command = [sys.executable, "-m", "tests.benchmarks.anki_update", str(folder), str(CARDS), str(answers // CARDS)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _timed(turn: Callable[[], object]) -> float:
    began = time.perf_counter()
    turn()
    return time.perf_counter() - began
