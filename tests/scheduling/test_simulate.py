"""Days played through: the same each time, from one's own cards, true to limits, retention and the backlog's order."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean

import fsrs_rs_python
import pytest

from studycards.model import Settings
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS
from studycards.simulate import Habits, Start, catch_up, curve, habits_of, seconds_a_review, simulate

TODAY = 740_000
OPEN = Settings(new_per_day=30, reviews_per_day=99_999)


def away(days: int, cards: int) -> Start:
    """A collection of which every card came due while the person was away."""
    rows = [(2.0 + n % 60, 3.0 + n % 6, TODAY - days - (n * 7) % 60, TODAY - (n * 11) % days) for n in range(cards)]
    return Start(TODAY, rows)


def test_the_same_seed_gives_the_same_days_and_another_one_others() -> None:
    start = Start(TODAY, away(20, 50).cards, waiting=300)

    assert simulate(start, OPEN, 60, seed=5) == simulate(start, OPEN, 60, seed=5)
    assert simulate(start, OPEN, 60, seed=5) != simulate(start, OPEN, 60, seed=6)


def test_the_days_begin_with_the_cards_that_are_due() -> None:
    start = Start(TODAY, [(10.0, 5.0, TODAY - 10, TODAY), (10.0, 5.0, TODAY - 1, TODAY + 2)])

    days = simulate(start, OPEN, 3).days

    assert [day.reviews for day in days] == [1, 0, 1]


def test_limits_hold_on_every_day_and_what_waits_is_counted() -> None:
    settings = Settings(new_per_day=5, reviews_per_day=40)

    days = simulate(replace(away(30, 500), waiting=50), settings, 30).days

    assert max(day.reviews for day in days) == 40
    assert [day.new for day in days[:11]] == [5] * 10 + [0]
    assert days[0].left == 460


def test_no_interval_is_longer_than_the_longest() -> None:
    settings = replace(OPEN, maximum_interval=5, fuzz=False)

    days = simulate(Start(TODAY, [(900.0, 5.0, TODAY - 900, TODAY)]), settings, 21).days

    assert [n for n, day in enumerate(days) if day.reviews] == [0, 5, 10, 15, 20]


def test_what_is_recalled_is_what_was_desired() -> None:
    for retention in (0.8, 0.9, 0.95):
        forecast = simulate(Start(TODAY, waiting=2_000), replace(OPEN, desired_retention=retention), 200)

        assert forecast.recalled == pytest.approx(retention, abs=0.02)


def test_more_retention_costs_more_reviews_and_remembers_more() -> None:
    forecasts = [forecast for _, forecast in curve(Start(TODAY, waiting=1_500), OPEN, 200)]

    reviews = [f.reviews for f in forecasts]
    assert reviews == sorted(reviews)
    assert forecasts[-1].remembered > forecasts[0].remembered


def test_reviews_and_remembered_cards_are_those_of_fsrs_rs() -> None:
    config = fsrs_rs_python.default_simulator_config()
    config.deck_size, config.learn_span, config.learn_limit = 3_000, 200, 30
    config.review_limit, config.max_cost_perday = 99_999, 1e9
    config.learning_step_count = config.relearning_step_count = 0

    theirs = [fsrs_rs_python.simulate(DEFAULT_PARAMETERS, 0.9, config, seed) for seed in range(5)]
    ours = [simulate(Start(TODAY, waiting=3_000), OPEN, 200, seed=seed) for seed in range(5)]

    their_reviews = fmean(sum(one.review_cnt_per_day) for one in theirs)
    their_memory = fmean(one.memorized_cnt_per_day[-1] for one in theirs)
    assert fmean(one.reviews for one in ours) == pytest.approx(their_reviews, rel=0.02)
    assert fmean(one.remembered for one in ours) == pytest.approx(their_memory, rel=0.005)


def test_the_best_remembered_first_costs_less_time_a_remembered_card() -> None:
    settings = Settings(new_per_day=20, reviews_per_day=40)
    start = Start(TODAY, waiting=5_000)

    def price(order: str) -> float:
        forecast = simulate(start, settings, 400, order=order)
        return forecast.minutes_a_day / forecast.remembered

    assert price("recall") < 0.97 * price("due")


def test_a_catch_up_plan_says_how_long_it_takes_and_the_days_bear_it_out() -> None:
    start, settings = away(30, 3_000), Settings(new_per_day=0)

    said = catch_up(start, settings, Habits())

    assert said is not None
    for seed in range(1, 6):
        played = simulate(start, settings, 200, seed=seed)
        assert played.days[0].reviews == 200
        assert played.clear_after == pytest.approx(said, rel=0.1)


def test_more_minutes_a_day_catch_up_sooner() -> None:
    start, settings = away(30, 3_000), Settings(new_per_day=0)

    days = [catch_up(start, settings, Habits(), extra) for extra in (0, 10, 30)]

    assert days == sorted(days, reverse=True)  # type: ignore[type-var]  # None would fail here
    assert days[2] != days[0]


def test_a_backlog_that_grows_faster_than_it_is_worked_off_has_no_end() -> None:
    assert catch_up(away(30, 3_000), Settings(reviews_per_day=1, new_per_day=0), Habits()) is None


def test_nothing_to_catch_up_takes_no_days() -> None:
    assert catch_up(Start(TODAY), Settings(), Habits()) == 0


def test_seconds_are_the_persons_own_once_there_are_enough_answers() -> None:
    answers = [(False, 3, 4_000)] * 300 + [(True, 3, 9_000)] * 100

    assert habits_of(answers[:399]) == Habits()
    assert habits_of(answers).later_seconds[2] == 4.0
    assert habits_of(answers).first_seconds[2] == 9.0
    assert habits_of(answers).later_seconds[0] == Habits().later_seconds[0]
    assert habits_of([(False, 1, 900_000)] * 400).later_seconds[0] == 60.0


def test_a_review_costs_the_mean_of_its_answers() -> None:
    habits = Habits(passes=(0.5, 0.5, 0.0), later_seconds=(30.0, 10.0, 6.0, 1.0))

    assert seconds_a_review(0.9, habits) == pytest.approx(0.9 * 8 + 0.1 * 30)
