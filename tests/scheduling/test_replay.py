"""Memory is the replay of its log, to the bit: any order of rows, any run, with and without what was undone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from studycards.model import Memory, Settings, State
from studycards.scheduling.answer import kernel_of
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS
from studycards.scheduling.replay import Event, Rules, redue, replay
from tests.scheduling.logs import SETTINGS, Lived, digest, lived

RULES = Rules(SETTINGS)
OTHER = tuple(w * 1.1 if n < 4 else w for n, w in enumerate(DEFAULT_PARAMETERS))


def long_life() -> Lived:
    """A card in review with some answers behind it."""
    return next(life for life in lived(200) if len(life.rows) > 6 and life.memories[-1].state == State.REVIEW)


def after(life: Lived, number: int, kind: str, **more: object) -> Event:
    """Something that happened right after an answer."""
    row = life.rows[number]
    return Event(row.study_day, row.reviewed_at, "zzz", 1, kind, **more)  # type: ignore[arg-type]  # a shorthand


def test_replay_gives_what_the_answers_gave() -> None:
    for life in lived(300):
        for number, memory in enumerate(life.memories, 1):
            assert replay(life.card_id, life.rows[:number], RULES) == memory


def test_the_order_in_which_rows_arrive_changes_nothing() -> None:
    rng = Random(9)
    for life in lived(300):
        rows = list(life.rows)
        rng.shuffle(rows)

        assert replay(life.card_id, rows, RULES) == life.memories[-1]


def test_leaving_out_the_last_answers_gives_the_memory_before_them() -> None:
    for life in lived(300):
        for undone in range(1, len(life.rows)):
            assert replay(life.card_id, life.rows[:-undone], RULES) == life.memories[-undone - 1]


def test_every_run_gives_the_same_bytes() -> None:
    def run(seed: str, shuffle: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "tests.scheduling.logs", "400", shuffle],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    assert {run("1", "0"), run("2", "7")} == {digest(400)}


def test_a_card_without_rows_is_new() -> None:
    assert replay("k7f3q2", [], RULES) is None


def test_rows_as_plain_tuples_do_as_well() -> None:
    life = long_life()

    assert replay(life.card_id, [tuple(row) for row in life.rows], RULES) == life.memories[-1]


def test_other_parameters_change_stability_and_leave_the_due_day() -> None:
    life = long_life()

    fitted = replay(life.card_id, life.rows, Rules(SETTINGS, kernel_of(OTHER)))

    assert fitted is not None
    assert fitted.stability != life.memories[-1].stability
    assert replace(fitted, stability=0, difficulty=0) == replace(life.memories[-1], stability=0, difficulty=0)


def test_replay_starts_after_the_last_reset() -> None:
    life = long_life()

    events = [after(life, 3, "reset")]

    assert replay(life.card_id, life.rows, RULES, events) == replay(life.card_id, life.rows[4:], RULES)
    assert replay(life.card_id, life.rows, RULES, [after(life, -1, "reset")]) is None


def test_an_anchor_takes_the_place_of_what_came_before() -> None:
    life = long_life()
    memory = Memory(State.REVIEW, None, 44.5, 3.25, 739_700, None, 739_650, datetime(2026, 2, 7, tzinfo=UTC), 9, 2, 50)

    assert replay(life.card_id, life.rows, RULES, [after(life, -1, "anchor", memory=memory)]) == memory


def test_a_due_day_set_by_hand_holds_until_the_next_answer() -> None:
    life = long_life()
    by_hand = after(life, -1, "due", due_day=800_000)
    early = after(life, 2, "due", due_day=800_000)

    memory = replay(life.card_id, life.rows, RULES, [by_hand])

    assert memory == replace(life.memories[-1], due_day=800_000, due=None)
    assert replay(life.card_id, life.rows, RULES, [early]) == life.memories[-1]


def test_rescheduling_moves_a_card_in_review_and_is_found_again_by_replay() -> None:
    life, settings = long_life(), Settings(desired_retention=0.97)
    last = life.memories[-1]

    memory = replay(life.card_id, life.rows, RULES, [after(life, -1, "redue", settings=settings)])

    assert memory == redue(last, life.card_id, settings)
    assert memory is not None
    assert last.last_day < memory.due_day < last.due_day
    assert (memory.stability, memory.difficulty) == (last.stability, last.difficulty)


def test_rescheduling_leaves_days_set_by_hand_and_cards_on_a_step() -> None:
    life, settings = long_life(), Settings(desired_retention=0.97)
    by_hand = after(life, -1, "due", due_day=800_000)
    redued = Event(by_hand.study_day, by_hand.at_ms, "zzz", 2, "redue", settings=settings)
    learning = next(one for one in lived(200) if one.memories[-1].state != State.REVIEW)

    memory = replay(life.card_id, life.rows, RULES, [redued, by_hand])

    assert memory is not None
    assert memory.due_day == 800_000
    assert (
        replay(learning.card_id, learning.rows, RULES, [after(learning, -1, "redue", settings=settings)])
        == (learning.memories[-1])
    )


def test_later_parameters_do_not_move_a_day_that_was_rescheduled_before() -> None:
    life = long_life()
    redued = after(life, -1, "redue", settings=Settings(desired_retention=0.8))

    before = replay(life.card_id, life.rows, RULES, [redued])
    fitted = replay(life.card_id, life.rows, Rules(SETTINGS, kernel_of(OTHER)), [redued])

    assert before is not None
    assert fitted is not None
    assert fitted.due_day == before.due_day
    assert fitted.stability != before.stability
