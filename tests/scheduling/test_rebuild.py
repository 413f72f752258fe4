"""Memory rebuilt for all cards at once is, to the bit, the replay of each card alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlite_utils import Database

from studycards import history
from studycards.model import Memory, Settings, State
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS
from studycards.scheduling.studyday import study_day_of
from studycards.store import log, presets
from studycards.store import memory as memory_rows
from studycards.store.log import Act
from studycards.store.memory import from_ms
from studycards.store.opening import open_store, writing
from tests.scheduling.logs import SETTINGS, Lived, lived

ROW = (
    "INSERT INTO reviews (study_day, reviewed_at, device, seq, rating, scheduled, settings, utc_offset_min, day_start,"
    " card_id, kind, duration_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 8000)"
)
OTHER = tuple(w * 1.1 if n < 4 else w for n, w in enumerate(DEFAULT_PARAMETERS))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A store with nothing but the settings that the logs go by."""
    opened = open_store(tmp_path / "cards.db", device="here", now_ms=1)
    with writing(opened):
        for settings in SETTINGS.values():
            presets.preset_id(opened, settings, 1)
    yield opened
    opened.close()


def filled(db: Database, count: int, seed: int, kinds: tuple[str, ...] = ()) -> None:
    """Lives written in any order, some answers crammed; something of `kinds` happened to some of the cards."""
    rng = Random(seed)
    rows = []
    with writing(db):
        for life in lived(count, seed):
            if life.rows[-1].reviewed_at % 3 == 0 and kinds:
                log.append_act(db, happened(life, rng, rng.choice(kinds)))
            rows += [(*row, life.card_id, "cram" if rng.random() < 0.1 else "review") for row in life.rows]
        rng.shuffle(rows)
        db.conn.executemany(ROW, rows)


def happened(life: Lived, rng: Random, kind: str) -> Act:
    """Something that happened right after one of the answers."""
    row, last = rng.choice(life.rows), life.memories[-1]
    memory = Memory(State.REVIEW, None, 44.5, 3.25, last.due_day, None, last.last_day, last.last_review, 9, 2, 50)
    payload: dict[str, dict[str, object]] = {
        "due": {"day": row.study_day + 40},
        "redue": {"settings": presets.payload(Settings(desired_retention=0.8, parameters=OTHER))},
        "anchor": {"memory": list(memory_rows.to_row(memory))},
    }
    target = (row.device, row.seq) if kind == "undo" else None
    about = None if kind == "undo" else life.card_id
    return Act(kind, row.reviewed_at, 0, row.study_day, about, target, payload.get(kind, {}))


def rebuilt(db: Database) -> dict[str, Memory]:
    """The memory that is written when all is computed anew."""
    with writing(db):
        count = history.replay_all(db)
    written = memory_rows.load_many(db)
    assert count == len(written)
    return written


def one_by_one(db: Database) -> dict[str, Memory]:
    """The memory of each card by the replay of that card alone."""
    cards = [row[0] for row in db.execute("SELECT DISTINCT card_id FROM reviews").fetchall()]
    each = {card_id: history.remembered(db, card_id) for card_id in cards}
    return {card_id: memory for card_id, memory in each.items() if memory is not None}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_log_without_events_is_rebuilt_as_each_card_alone(db: Database, seed: int) -> None:
    filled(db, 250, seed)

    assert rebuilt(db) == one_by_one(db)


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_a_log_with_events_is_rebuilt_as_each_card_alone(db: Database, seed: int) -> None:
    filled(db, 250, seed, ("undo", "reset", "due", "redue", "anchor"))

    assert rebuilt(db) == one_by_one(db)


def test_other_parameters_are_rebuilt_as_each_card_alone(db: Database) -> None:
    filled(db, 250, 7, ("undo", "redue"))

    history.adopt(db, OTHER)

    assert memory_rows.load_many(db) == one_by_one(db)


def test_answers_of_one_moment_on_two_machines_are_rebuilt_in_the_order_of_replay(db: Database) -> None:
    at_ms = 1_760_000_000_000
    day = study_day_of(at_ms, 60, 4)
    with writing(db):
        for number in range(64):
            pair = [(day, at_ms, "b", number, 1, -60, 1, 60, 4), (day, at_ms, "a", number, 4, 9, 1, 60, 4)]
            Random(number).shuffle(pair)
            db.conn.executemany(ROW, [(*row, f"card{number}", "review") for row in pair])

    memories = rebuilt(db)

    assert memories == one_by_one(db)
    assert {memory.interval for memory in memories.values()} == {-60}
    assert {memory.last_review for memory in memories.values()} == {from_ms(at_ms)}
