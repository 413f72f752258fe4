"""Three machines' logs, whatever was done on each: in any order, and by way of each other, the same is known."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import Clock, put_cards
from sqlite_utils import Database

from studycards import history, merge, rescheduling
from studycards.config import Config
from studycards.history import Stamp
from studycards.model import Rating
from studycards.session import Session
from studycards.store import marks, memory
from studycards.store.logcopy import LogCopy
from studycards.store.opening import open_store

COMMON = [f"c{n}" for n in range(4)]
BY_HAND = [f"hand{n}" for n in range(2)]
BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
CONFIG = Config(Path("config.toml"), {"review.new_per_day": 99})
STRICTER = Config(Path("config.toml"), {"review.desired_retention": 0.97})

LIVES = st.lists(st.text(alphabet="1344ubsfrwd", max_size=9), min_size=3, max_size=3)


def machine(folder: Path, name: str) -> Database:
    """A store in which the cards written by hand have ids that no other machine gives them."""
    folder.mkdir(parents=True)
    db = open_store(folder / f"{name}.db", device=name, now_ms=1)
    put_cards(db, COMMON)
    for text in BY_HAND:
        put_cards(db, [f"{name}{text}"], folded=text)
    return db


def live(db: Database, clock: Clock, life: str) -> None:
    """Answers (1 3 4), undo, bury, suspend, flag, redo, due days of all cards anew (w), a day further on (d)."""
    session = Session(db, None, CONFIG, clock)
    for act in life:
        clock.forward(seconds=7)
        if act == "d":
            clock.forward(days=1)
        elif act == "w":
            stamp = Stamp.of(clock(), 4)
            rescheduling.apply(db, stamp, rescheduling.look(db, STRICTER, (), stamp.day))
        elif act == "u":
            session.undo()
        elif act == "r":
            session.redo()
        elif session.current is not None:
            if act in "134":
                session.answer(Rating(int(act)), 1000)
            else:
                {"b": session.bury, "s": session.suspend, "f": lambda: session.flag(3)}[act]()
    session.close()


def known(db: Database) -> tuple[object, ...]:
    """All that is known of the cards; that memory is the replay of the log holds by the way."""
    memories = memory.load_many(db)
    for card_id, one in memories.items():
        assert history.remembered(db, card_id) == one
    return sorted(memories.items()), sorted(marks.load_all(db).items(), key=str)


def lived(folder: Path, lives: list[str]) -> dict[str, Path]:
    """The stores of three machines on which something was done at about the same time."""
    places = {}
    for number, (name, life) in enumerate(zip("abc", lives, strict=True)):
        db = machine(folder / name, name)
        clock = Clock(BEGIN)
        clock.forward(hours=number)
        live(db, clock, life)
        LogCopy(db).close()
        db.close()
        places[name] = folder / name / f"{name}.db"
    return places


@settings(max_examples=12, deadline=None)
@given(lives=LIVES)
def test_in_any_order_the_same_is_known(lives: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        places = lived(Path(folder), lives)
        results = []
        for order in permutations("abc"):
            target = machine(Path(folder) / "".join(order), "t")
            for name in order:
                merge.from_store(target, places[name], 5)
            merge.from_store(target, places[order[0]], 6)
            results.append(known(target))
            target.close()

        assert all(result == results[0] for result in results)


@settings(max_examples=12, deadline=None)
@given(lives=LIVES)
def test_by_way_of_another_machine_the_same_is_known(lives: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        places = lived(Path(folder), lives)
        direct, after = machine(Path(folder) / "direct", "t"), machine(Path(folder) / "after", "t")
        for name in "abc":
            merge.from_store(direct, places[name], 5)
        through = open_store(places["b"], device="b", now_ms=1)
        merge.from_store(through, places["a"], 5)
        merge.from_store(through, places["c"], 5)
        through.close()

        merge.from_store(after, places["c"], 5)
        merge.from_store(after, places["b"], 5)

        assert known(after) == known(direct)
        for db in (direct, after):
            db.close()


@pytest.mark.parametrize("taken_back", [False, True])
def test_due_days_that_were_moved_elsewhere_move_here_also_for_a_card_with_another_id(tmp_path, taken_back):
    there = machine(tmp_path / "a", "a")
    live(there, Clock(BEGIN), "44444444dddddddddd" + ("wu" if taken_back else "w"))
    here = machine(tmp_path / "b", "b")

    merge.from_store(here, tmp_path / "a" / "a.db", 5)

    moved = {card_id.removeprefix("a"): one.stability for card_id, one in memory.load_many(there).items()}
    assert {card_id.removeprefix("b"): one.stability for card_id, one in memory.load_many(here).items()} == moved
    wide = here.execute("SELECT payload FROM acts WHERE kind = 'redue'").fetchone()[0]
    assert '"bhand0"' in wide
    assert '"ahand0"' not in wide
    intervals = {memory.load(db, name).interval for db, name in ((there, "c0"), (here, "c0"))}
    assert len(intervals) == 1
    there.close()
    here.close()
