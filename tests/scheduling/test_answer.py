"""One answer: steps, days, order of the buttons, clocks that go wrong, the same every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from studycards.model import Memory, Rating, Settings, State
from studycards.scheduling.answer import answer, preview
from studycards.scheduling.balance import Load, quieter
from studycards.scheduling.fuzz import bounds, lot
from studycards.scheduling.intervals import say
from studycards.scheduling.studyday import study_day

AGAIN, HARD, GOOD, EASY = Rating
PLAIN = Settings(fuzz=False)


def in_review(now: datetime, **changes: object) -> Memory:
    """A card in review, last answered ten days before `now` and due then."""
    today = study_day(now, 4)
    values: dict[str, object] = {
        "state": State.REVIEW,
        "step": None,
        "stability": 10.0,
        "difficulty": 5.0,
        "due_day": today,
        "due": None,
        "last_day": today - 10,
        "last_review": now - timedelta(days=10),
        "reps": 4,
        "lapses": 0,
        "interval": 10,
    }
    return Memory(**(values | changes))  # type: ignore[arg-type]  # a test's shorthand


def test_the_lots_of_a_card_are_the_documented_ones() -> None:
    assert [lot("k7f3q2", n) for n in (1, 2, 3)] == [0.3531683887423792, 0.4579620403646082, 0.17237990939127723]


def test_what_the_button_shows_is_what_the_answer_gives(now: datetime) -> None:
    memory = in_review(now)

    shown = preview(memory, now, "k7f3q2", Settings())

    assert shown == {rating: answer(memory, rating, now, "k7f3q2", Settings()) for rating in Rating}


def test_a_new_card_climbs_its_steps_and_graduates(now: datetime) -> None:
    first = answer(None, GOOD, now, "k7f3q2", PLAIN)
    second = answer(first.memory, GOOD, now + timedelta(minutes=10), "k7f3q2", PLAIN)

    assert (first.memory.state, first.memory.step, first.scheduled) == (State.LEARNING, 1, -600)
    assert first.memory.due == now + timedelta(minutes=10)
    assert (second.memory.state, second.memory.step, second.scheduled) == (State.REVIEW, None, 2)
    assert second.memory.due_day == study_day(now, 4) + 2


def test_a_lapse_goes_to_relearning_and_back_to_review(now: datetime) -> None:
    lapsed = answer(in_review(now), AGAIN, now, "k7f3q2", PLAIN)
    back = answer(lapsed.memory, GOOD, now + timedelta(minutes=10), "k7f3q2", PLAIN)

    assert (lapsed.memory.state, lapsed.memory.step, lapsed.memory.lapses) == (State.RELEARNING, 0, 1)
    assert lapsed.scheduled == -600
    assert back.memory.state == State.REVIEW
    assert back.memory.lapses == 1


def test_forgetting_again_while_relearning_is_not_another_lapse(now: datetime) -> None:
    lapsed = answer(in_review(now), AGAIN, now, "k7f3q2", PLAIN).memory

    assert answer(lapsed, AGAIN, now + timedelta(minutes=10), "k7f3q2", PLAIN).memory.lapses == 1


def test_without_steps_every_answer_leads_to_review(now: datetime) -> None:
    settings = Settings(learning_steps=(), relearning_steps=(), fuzz=False)

    for memory in (None, in_review(now)):
        outcomes = preview(memory, now, "k7f3q2", settings)
        days = [outcomes[r].scheduled for r in Rating]
        assert all(o.memory.state == State.REVIEW for o in outcomes.values())
        assert days[0] >= 1
        assert days[1] <= days[2] < days[3]


def test_a_step_past_the_end_of_shortened_steps_is_the_last_one(now: datetime) -> None:
    memory = answer(None, GOOD, now, "k7f3q2", Settings(learning_steps=(60, 600, 6000))).memory
    shortened = Settings(learning_steps=(60,), fuzz=False)

    assert answer(memory, HARD, now, "k7f3q2", shortened).scheduled == -90
    assert answer(memory, GOOD, now, "k7f3q2", shortened).memory.state == State.REVIEW


def test_a_step_that_ends_on_a_later_study_day_is_due_from_its_beginning() -> None:
    late = datetime(2026, 11, 23, 3, 55, tzinfo=UTC)

    memory = answer(None, GOOD, late, "k7f3q2", PLAIN).memory

    assert (memory.due, memory.due_day, memory.interval) == (None, study_day(late, 4) + 1, -600)


def test_a_step_of_days_is_due_on_that_study_day(now: datetime) -> None:
    settings = Settings(learning_steps=(60, 259_200), fuzz=False)

    memory = answer(None, GOOD, now, "k7f3q2", settings).memory

    assert (memory.state, memory.due, memory.due_day) == (State.LEARNING, None, study_day(now, 4) + 3)


def test_a_clock_set_back_counts_as_no_time_passed(now: datetime) -> None:
    memory = in_review(now)

    outcome = answer(memory, GOOD, now - timedelta(days=400), "k7f3q2", PLAIN)

    assert outcome.memory.last_day == memory.last_day
    assert outcome.memory.last_review == memory.last_review + timedelta(milliseconds=1)
    assert outcome.predicted is None


def test_recall_is_predicted_from_the_next_study_day_on(now: datetime) -> None:
    assert answer(None, GOOD, now, "k7f3q2", PLAIN).predicted is None
    assert answer(in_review(now, last_day=study_day(now, 4)), GOOD, now, "k7f3q2", PLAIN).predicted is None
    assert answer(in_review(now), GOOD, now, "k7f3q2", PLAIN).predicted == pytest.approx(0.9)


def test_another_zone_changes_neither_past_nor_gap(now: datetime) -> None:
    memory = in_review(now)
    there = now.astimezone(timezone(timedelta(hours=2)))

    assert answer(memory, GOOD, there, "k7f3q2", PLAIN) == answer(memory, GOOD, now, "k7f3q2", PLAIN)


def test_no_interval_is_longer_than_the_longest(now: datetime) -> None:
    settings = Settings(maximum_interval=12)

    outcomes = preview(in_review(now, stability=500.0), now, "k7f3q2", settings)

    assert [outcomes[r].scheduled for r in (HARD, GOOD, EASY)] == [12, 12, 12]


def test_the_eighth_lapse_is_a_leech_and_the_ninth_is_not(now: datetime) -> None:
    leech = [answer(in_review(now, lapses=n), AGAIN, now, "k7f3q2", PLAIN).leech for n in (6, 7, 8, 11)]

    assert leech == [False, True, False, True]


def test_a_due_day_set_by_hand_does_not_lengthen_the_next_interval(now: datetime) -> None:
    memory = in_review(now)
    later = in_review(now, due_day=memory.due_day + 300)

    assert answer(later, GOOD, now, "k7f3q2", PLAIN).scheduled == answer(memory, GOOD, now, "k7f3q2", PLAIN).scheduled


def test_balance_prefers_the_empty_day_and_never_leaves_the_range(now: datetime) -> None:
    memory, today = in_review(now), study_day(now, 4)
    days = {answer(memory, GOOD, now, f"card{n}", Settings()).scheduled for n in range(500)}
    quiet = max(days) - 1
    load = Load({today + d: 50 for d in days if d != quiet})

    balanced = [answer(memory, GOOD, now, f"card{n}", Settings(), load).scheduled for n in range(500)]

    assert set(balanced) <= days
    assert balanced.count(quiet) > 490


def test_balance_keeps_siblings_apart() -> None:
    load = Load({108: 3, 109: 3, 110: 3}, siblings=(109,))

    chosen = [quieter(8, 10, (n + 0.5) / 1000, 100, load) for n in range(1000)]

    assert chosen.count(9) <= 1


def test_no_balance_beyond_ninety_days(now: datetime) -> None:
    memory = in_review(now, stability=400.0, interval=400, last_day=study_day(now, 4) - 400)
    load = Load({study_day(now, 4) + d: 1 for d in range(0, 5000, 2)})

    assert answer(memory, GOOD, now, "k7f3q2", Settings(), load) == answer(memory, GOOD, now, "k7f3q2", Settings())


def test_fuzz_is_even_over_its_range_and_never_outside() -> None:
    for interval, minimum in ((3.0, 1), (10.0, 1), (10.0, 10), (37.0, 30), (365.0, 1)):
        lower, upper = bounds(interval, minimum, 36_500)
        size = upper - lower + 1
        drawn = [lower + int(lot("k7f3q2", n) * size) for n in range(4000)]

        expected = 4000 / size
        chi_square = sum((drawn.count(d) - expected) ** 2 / expected for d in range(lower, upper + 1))
        assert min(drawn) >= lower
        assert max(drawn) <= upper
        assert chi_square < (size - 1) + 4 * (2 * (size - 1)) ** 0.5 + 8


@pytest.mark.parametrize(
    ("scheduled", "said"),
    [
        (-30, "<30s"),
        (-60, "<1m"),
        (-330, "<6m"),
        (-600, "<10m"),
        (-7200, "<2h"),
        (1, "1d"),
        (4, "4d"),
        (30, "30d"),
        (64, "2.1mo"),
        (364, "12mo"),
        (365, "1y"),
        (475, "1.3y"),
        (36_500, "99.9y"),
    ],
)
def test_intervals_are_said_in_short(scheduled: int, said: str) -> None:
    assert say(scheduled) == said
