"""Fitting to one's own answers: nearer to the truth, never worse, and no log breaks it."""

from __future__ import annotations

import json
import sys
import time
from io import StringIO
from math import log
from random import Random

import pytest

from studycards.scheduling import fullfit_child
from studycards.scheduling.evidence import (
    NEVER,
    Evidence,
    Foretold,
    calibration,
    calibration_error,
    foretell,
    gather,
    log_loss,
    moving_average,
)
from studycards.scheduling.fit import Parameters, first_four, fit, judge
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS, Kernel, is_valid
from studycards.scheduling.fullfit import FullFit
from tests.scheduling.learners import above_truth, histories, truths

TRUTH = truths(3)[0]


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    """The answers of a known learner."""
    return gather(histories(TRUTH, 4_000, seed=1))


def hostile(rng: Random) -> list[list[tuple[int, int, int]]]:
    """Histories as no program should write them."""

    def number(low: int, high: int) -> int:
        return rng.choice((0, -1, low, high, 2**40, rng.randint(low, high)))

    return [
        [(number(0, 10**12), number(0, 800_000), number(1, 4)) for _ in range(rng.randint(0, 12))]
        for _ in range(rng.randint(0, 40))
    ]


def test_only_answers_on_a_later_day_than_the_one_before_count() -> None:
    found = gather([[(1, 10, 3), (2, 10, 3), (3, 12, 1), (4, 12, 3), (5, 20, 3)]])

    assert found.count == 2
    assert found.cards == (((3, 0, NEVER), (3, 0, NEVER), (1, 2, 0), (3, 0, NEVER), (3, 8, 1)),)


def test_answers_are_placed_in_the_order_of_time_over_all_cards() -> None:
    found = gather([[(1, 1, 3), (9, 5, 3)], [(2, 1, 3), (4, 2, 1)]])

    assert [card[1][2] for card in found.cards] == [1, 0]


def test_a_history_ends_where_it_is_malformed() -> None:
    assert [len(card) for card in gather([[(1, 1, 3), (2, 2, 7), (3, 3, 3)]]).cards] == [1]


def test_the_log_loss_of_known_chances_is_worked_out_by_hand() -> None:
    assert log_loss([Foretold(0, 0.9, True), Foretold(1, 0.8, False)]) == pytest.approx(-(log(0.9) + log(0.2)) / 2)


def test_a_true_kernel_is_calibrated_and_a_wrong_one_is_not(evidence: Evidence) -> None:
    true = foretell(Kernel(TRUTH), evidence)
    wrong = foretell(Kernel([w * 3 if n < 4 else w for n, w in enumerate(DEFAULT_PARAMETERS)]), evidence)

    assert calibration_error(calibration(true)) < 0.05 < calibration_error(calibration(wrong))
    assert log_loss(true) < log_loss(moving_average(evidence)) + 0.02
    assert log_loss(true) < log_loss(wrong)


def test_the_first_four_rise_and_stay_at_the_defaults_without_answers(evidence: Evidence) -> None:
    fitted = first_four(evidence, evidence.count)

    assert list(fitted) == sorted(fitted)
    assert first_four(Evidence((), 0), 0) == pytest.approx(DEFAULT_PARAMETERS[:4])


@pytest.mark.parametrize("number", range(3))
def test_the_first_four_alone_are_not_worse_than_the_defaults(number: int) -> None:
    truth = truths(3)[number]
    evidence = gather(histories(truth, 4_000, seed=number))

    fitted = above_truth(truth, fit(evidence, evidence.count).parameters)[0]

    assert fitted <= above_truth(truth, DEFAULT_PARAMETERS)[0] + 0.0005


def test_few_answers_leave_the_defaults(evidence: Evidence) -> None:
    assert fit(evidence, 63).parameters == DEFAULT_PARAMETERS
    assert fit(evidence, 64).method == "first four"
    assert not judge(gather(histories(TRUTH, 40, seed=1)), DEFAULT_PARAMETERS).accepted


def test_a_full_fit_in_a_child_process_is_blended_in_and_nearer_to_the_truth(evidence: Evidence) -> None:
    ticks: list[float] = []
    full = FullFit(tick=lambda: ticks.append(time.monotonic()))

    fitted = fit(evidence, evidence.count, full)

    assert fitted.method == "full", full.trouble
    assert is_valid(fitted.parameters)
    assert above_truth(TRUTH, fitted.parameters)[0] < above_truth(TRUTH, DEFAULT_PARAMETERS)[0]
    assert ticks


def test_what_foretells_the_newest_fifth_better_is_taken() -> None:
    evidence = gather(histories(TRUTH, 6_000, seed=2))

    verdict = judge(evidence, DEFAULT_PARAMETERS)

    assert verdict.accepted
    assert verdict.fitted is not None
    assert verdict.in_force is not None
    assert verdict.fitted.log_loss < verdict.in_force.log_loss
    assert verdict.judged == evidence.count - evidence.count * 4 // 5


def test_what_foretells_it_no_better_changes_nothing(evidence: Evidence) -> None:
    verdict = judge(evidence, TRUTH)

    assert not verdict.accepted
    assert verdict.parameters == TRUTH


@pytest.mark.parametrize(
    ("result", "says"),
    [
        (None, "nothing"),
        ([1.0] * 20, "too few"),
        ([float("nan")] * 21, "no numbers"),
        ([-1.0] * 21, "out of bounds"),
    ],
)
def test_a_full_fit_that_is_not_21_numbers_in_bounds_is_left_aside(
    evidence: Evidence, result: list[float] | None, says: str
) -> None:
    fitted = fit(evidence, evidence.count, lambda _evidence, _until: result)

    assert fitted == fit(evidence, evidence.count), says


def test_no_log_breaks_a_fit() -> None:
    rng = Random(6)
    for _ in range(150):
        evidence = gather(hostile(rng))
        verdict = judge(evidence, DEFAULT_PARAMETERS)

        assert is_valid(verdict.parameters)
        if verdict.accepted and verdict.fitted and verdict.in_force:
            assert verdict.fitted.log_loss < verdict.in_force.log_loss


def test_the_child_refuses_what_the_optimiser_should_not_see() -> None:
    sound = [[3, 0], [3, 2]]
    for card in ([[5, 0], [3, 2]], [[3, 0], [3, -1]], [[3, 0], [3, 0]], [[3, 0]]):
        rows = json.dumps({"cards": [sound, card], "items": [(0, 2)] * 70 + [(1, len(card))]})

        assert fullfit_child.main(StringIO(rows), StringIO()) == 2


def test_a_child_that_dies_or_talks_nonsense_is_reported_and_survived(evidence: Evidence) -> None:
    dies = FullFit(command=(sys.executable, "-c", "import sys; sys.exit('panicked at deck size 0')"))
    raves = FullFit(command=(sys.executable, "-c", "print('nan?')"))

    assert dies(evidence, evidence.count) is None
    assert "panicked at deck size 0" in dies.trouble
    assert raves(evidence, evidence.count) is None
    assert raves.trouble != ""


def test_a_child_that_takes_too_long_is_ended(evidence: Evidence) -> None:
    slow = FullFit(timeout_s=0.2, command=(sys.executable, "-c", "import time; time.sleep(60)"))

    began = time.monotonic()

    assert slow(evidence, evidence.count) is None
    assert "longer" in slow.trouble
    assert time.monotonic() - began < 10


def test_what_the_watcher_raises_ends_the_child_at_once(evidence: Evidence) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    slow = FullFit(tick=stop, command=(sys.executable, "-c", "import time; time.sleep(60)"))
    began = time.monotonic()

    with pytest.raises(KeyboardInterrupt):
        slow(evidence, evidence.count)

    assert time.monotonic() - began < 5


def test_parameters_in_force_may_be_any_valid_set(evidence: Evidence) -> None:
    in_force: Parameters = truths(3)[1]

    assert judge(evidence, in_force).accepted
