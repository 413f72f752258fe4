"""A great store: memory against replay, the doctor, the first card, the copy, the database made anew from it."""

from __future__ import annotations

import random
import resource
import time
from dataclasses import dataclass, field
from pathlib import Path

from studycards import backup, history, merge
from studycards.model import Rating, Settings
from studycards.store import memory, presets
from studycards.store.logcopy import LogCopy
from studycards.store.opening import open_store, writing
from tests.soak import oracle
from tests.soak.stage import BEGIN, Clock, make, opened, sitting

TODAY = BEGIN.toordinal()


@dataclass(slots=True)
class Great:
    """Seconds of each thing, and what was wrong."""

    seconds: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def run(folder: Path, cards: int, each: int, seed: int) -> Great:
    """Make `cards` cards with `each` answers, and use them."""
    result = Great()
    path = folder / "great.db"
    make(path, cards)
    _answer(path, cards, each, seed)
    db = opened(path)
    with _timed(result, "replayed and written"), writing(db):
        history.restore_all(db)
    with _timed(result, "compared"):
        stored = memory.load_many(db)
        differing = sum(stored.get(card_id) != known for card_id, known in history.remembered_all(db))
        if differing or len(stored) != cards:
            result.wrong.append(f"{differing} memories of {len(stored)} are not their replay")
    stored.clear()
    with _timed(result, "log copied"):
        LogCopy(db).close()
    db.close()
    with _timed(result, "opened"):
        db = opened(path)
    with _timed(result, "first card"):
        session = sitting(db, Clock(), **{"review.reviews_per_day": 200, "review.new_per_day": 20})
        if session.current is None:
            result.wrong.append("no card is due")
    with _timed(result, "100 answers"):
        for _ in range(100):
            if session.current:
                session.answer(Rating.GOOD, 900)
    session.close()
    result.seconds["peak MB until here"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with _timed(result, "looked over by the doctor"):
        result.wrong += [f"the doctor finds {code}" for code in oracle.problems(db, path)]
    with _timed(result, "backed up and checked"):
        backup.make(path, BEGIN, "use")
    with _timed(result, "made anew from the copy"):
        anew = open_store(folder / "anew.db", device="soak", now_ms=1)
        merge.from_file(anew, path.with_name("great.reviews.jsonl"), 5, as_indexed=True)
    if _all(anew) != _all(db):
        result.wrong.append("the database made anew is not the same")
    db.close()
    anew.close()
    return result


def _all(db: oracle.Database) -> list[object]:
    memories = db.execute("SELECT * FROM memory ORDER BY card_id").fetchall()
    return [memories, db.execute("SELECT count(*), sum(reviewed_at) FROM reviews").fetchone()]


class _timed:  # noqa: N801 - reads as a word
    def __init__(self, result: Great, name: str) -> None:
        self.result, self.name = result, name

    def __enter__(self) -> None:
        self.begun = time.perf_counter()

    def __exit__(self, *error: object) -> None:
        self.result.seconds[self.name] = time.perf_counter() - self.begun


def _answer(path: Path, cards: int, each: int, seed: int) -> None:
    """Histories as plain rows: days further and further apart, ratings by lot, up to today."""
    rng = random.Random(seed)
    db = opened(path)
    with writing(db):
        preset = presets.preset_id(db, Settings(), 1)
        names = [row[0] for row in db.execute("SELECT id FROM cards ORDER BY position LIMIT ?", (cards,)).fetchall()]
        device = db.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()[0]
        rows = []
        for card_id in names:
            day, gap = TODAY - rng.randrange(100, 1200), 1
            for number in range(each):
                rating = rng.choice((1, 2, 3, 3, 3, 3, 4))
                at = (day - 719163) * 86_400_000 + 36_000_000 + number
                state = None if number == 0 else 2
                rows.append((at, card_id, rating, state, day, gap))
                day, gap = min(day + gap, TODAY - 1), 1 if rating == 1 else gap * 2
        rows.sort()
        db.conn.executemany(
            "INSERT INTO reviews (device, seq, card_id, rating, kind, state, reviewed_at, utc_offset_min, day_start,"
            " study_day, duration_ms, settings, scheduled) VALUES (?, ?, ?, ?, 'review', ?, ?, 0, 4, ?, 4000, ?, ?)",
            [
                (device, seq, card_id, rating, state, at, day, preset, min(gap, 36500))
                for seq, (at, card_id, rating, state, day, gap) in enumerate(rows, 1)
            ],
        )
    db.close()
