"""The published vectors, one test each; their numbers are read from the shared folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from studycards.model import Memory, Rating, Settings
from studycards.scheduling.answer import answer
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS, Kernel, Pair, upgrade
from studycards.scheduling.fuzz import bounds, rounded
from studycards.scheduling.intervals import Chooser, floor_after
from studycards.scheduling.leech import is_leech
from studycards.scheduling.steps import follow, seconds
from studycards.scheduling.studyday import study_day, study_day_of

near = partial(pytest.approx, rel=0)


@pytest.fixture
def vector(shared: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The vector that the test's name ends in."""
    name = request.node.name.rpartition("_")[2].upper()
    vectors = json.loads((shared / "vectors" / "fsrs.json").read_text("utf-8"))["vectors"]
    return next(v for v in vectors if v["id"] == name)


def remembered(kernel: Kernel, ratings: list[int], gaps: list[int]) -> Pair:
    pair: Pair | None = None
    for rating, gap in zip(ratings, gaps, strict=True):
        pair = kernel.step(pair, rating, gap)
    assert pair is not None
    return pair


def test_the_default_parameters_are_the_published_ones(shared: Path) -> None:
    published = json.loads((shared / "vectors" / "fsrs.json").read_text("utf-8"))["default_parameters"]

    assert list(DEFAULT_PARAMETERS) == published


def test_a_whole_life_of_one_card_v1(vector: dict[str, Any], now: datetime) -> None:
    settings = Settings(fuzz=False)
    memory: Memory | None = None
    days = []
    for rating in vector["input"]["ratings"]:
        memory = answer(memory, Rating(rating), now, "k7f3q2", settings).memory
        days.append(max(0, memory.interval))
        now = memory.due or now + timedelta(days=memory.interval)

    assert days == vector["expected"]["interval_days"]


def test_memory_after_six_reviews_v2(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]["cases"]
    flat = [*DEFAULT_PARAMETERS[:17], 0.0, 0.0, 0.0, DEFAULT_PARAMETERS[20]]

    for kernel, case in zip((Kernel(), Kernel(flat)), expected, strict=True):
        stability, difficulty = remembered(kernel, given["ratings"], given["gap_days"])
        assert stability == near(case["stability"], abs=1e-4)
        assert difficulty == near(case["difficulty"], abs=1e-4)


def test_an_interval_for_every_retention_v3(vector: dict[str, Any]) -> None:
    kernel = Kernel()

    days = [max(1, rounded(kernel.interval(r, 1.0))) for r in vector["input"]["desired_retention"]]

    assert days == vector["expected"]["interval_days"]


def test_next_difficulty_v4(vector: dict[str, Any]) -> None:
    w = [*DEFAULT_PARAMETERS]
    w[7] = 0.001
    kernel = Kernel()

    after = [kernel.difficulty(5.0, rating) for rating in (1, 2, 3, 4)]
    damped = [5 - w[6] * (rating - 3) * (10 - 5) / 9 for rating in (1, 2, 3, 4)]

    assert after == near(vector["expected"]["difficulty"], abs=2e-8)
    assert damped == near(vector["expected"]["before_mean_reversion"], abs=2e-6)


def gap_of(kernel: Kernel, retrievability: float, stability: float) -> float:
    return kernel.interval(retrievability, stability)


def test_next_stability_v5(vector: dict[str, Any]) -> None:
    kernel, given, expected = Kernel(), vector["input"], vector["expected"]
    s = given["stability"]

    def after(case: dict[str, Any], rating: int) -> float:
        gap = gap_of(kernel, case["retrievability"], s)
        return kernel.step((s, case["difficulty"]), rating, gap)[0]

    assert [after(c, c["rating"]) for c in given["recall"]] == near(expected["recall"], abs=1e-7)
    assert [after(c, 1) for c in given["lapse"]] == near(expected["lapse"], abs=1e-7)
    same_day = [kernel.step((s, 5.0), rating, 0)[0] for rating in given["same_day_ratings"]]
    assert same_day == near(expected["same_day"], abs=1e-7)


def test_the_forgetting_curve_v6(vector: dict[str, Any]) -> None:
    kernel = Kernel()

    recall = [kernel.retrievability(c["t"], c["stability"]) for c in vector["input"]["cases"]]

    assert recall == near(vector["expected"]["retrievability"], abs=1e-7)


def test_a_first_answer_v7(vector: dict[str, Any], now: datetime) -> None:
    outcomes = [answer(None, Rating(r), now, "k7f3q2", Settings(fuzz=False)) for r in vector["input"]["ratings"]]
    memories, expected = [o.memory for o in outcomes], vector["expected"]

    assert [m.stability for m in memories] == expected["stability"]
    assert [m.difficulty for m in memories] == near(expected["difficulty"], abs=1e-8)
    assert [max(0, o.scheduled) for o in outcomes] == expected["interval_days"]
    assert [m.state.name.lower() for m in memories] == expected["state"]
    assert [-s if s < 0 else s * 86_400 for s in (o.scheduled for o in outcomes)] == expected["seconds"]


def test_nineteen_old_parameters_v8(vector: dict[str, Any]) -> None:
    given, expected = vector["input"], vector["expected"]
    kernel = Kernel(given["parameters_19"])

    one, two, three = given["case_1"], given["case_2"], given["case_3"]
    assert remembered(kernel, one["ratings"], one["gap_days"]) == near(tuple(expected["case_1"].values()), abs=1e-4)
    before = remembered(kernel, two["ratings"], two["gap_days"])
    for rating, after in zip(two["next_ratings"], expected["case_2"], strict=True):
        assert kernel.step(before, rating, two["next_gap"]) == near(tuple(after.values()), abs=1e-4)
    last = kernel.step((three["stability"], three["difficulty"]), three["rating"], three["gap"])
    assert last == near(tuple(expected["case_3"].values()), abs=1e-4)


def test_seventeen_old_parameters_v9(vector: dict[str, Any]) -> None:
    assert upgrade(vector["input"]["parameters_17"]) == near(tuple(vector["expected"]["parameters_21"]), abs=1e-6)


def test_memory_from_ease_and_interval_v10(vector: dict[str, Any]) -> None:
    kernel = Kernel()
    for case, expected in zip(vector["input"]["cases"], vector["expected"]["cases"], strict=True):
        memory = kernel.from_ease(case["ease"], case["interval"], case["retention"])

        assert memory == near((expected["stability"], expected["difficulty"]), abs=1e-5)


def test_the_forgetting_curve_with_another_decay_v11(vector: dict[str, Any]) -> None:
    kernel = Kernel([*DEFAULT_PARAMETERS[:20], vector["input"]["w20"]])

    recall = [kernel.retrievability(t, vector["input"]["stability"]) for t in vector["input"]["t"]]

    assert recall == near(vector["expected"]["retrievability"], abs=1e-6)


def test_the_simulator_that_ours_is_held_against_is_the_published_one_v12(vector: dict[str, Any]) -> None:
    oracle = pytest.importorskip("fsrs_rs_python")
    expected, off = vector["expected"], vector["tolerance"]

    remembered = oracle.simulate(list(DEFAULT_PARAMETERS), vector["input"]["desired_retention"])

    last = remembered.memorized_cnt_per_day[-1]
    assert last == near(expected["remembered_on_last_day"], abs=off["remembered_on_last_day"])


def test_fuzz_v15(vector: dict[str, Any]) -> None:
    for case, expected in zip(vector["input"]["cases"], vector["expected"]["cases"], strict=True):
        lower, upper = bounds(case["interval"], case["minimum"], case["maximum"])

        assert [lower + int(u * (upper - lower + 1)) for u in vector["input"]["u"]] == expected


def test_without_fuzz_v15(vector: dict[str, Any]) -> None:
    for case, expected in zip(vector["input"]["without_fuzz"], vector["expected"]["without_fuzz"], strict=True):
        chooser = Chooser(Settings(fuzz=False, maximum_interval=case["maximum"]), ("k7f3q2", 1))

        assert chooser.days(case["interval"], case["minimum"]) == expected


def test_the_floor_from_the_previous_interval_v16(vector: dict[str, Any]) -> None:
    floors = [floor_after(case["interval"], case["previous"], 36_500) for case in vector["input"]["cases"]]

    assert floors == vector["expected"]["floor"]


def test_learning_steps_v17(vector: dict[str, Any]) -> None:
    for case, expected in zip(vector["input"]["cases"], vector["expected"]["cases"], strict=True):
        steps, step = case["steps_s"], case["step"]

        def delay(rating: int, steps: list[int] = steps, step: int = step) -> int | None:
            return None if follow(len(steps), step, rating) is None else seconds(steps, step, rating)

        assert {"again": delay(1), "hard": delay(2), "good": delay(3)} == expected


def test_leeches_v18(vector: dict[str, Any]) -> None:
    first, last = vector["input"]["lapses"]
    for threshold, expected in zip(vector["input"]["thresholds"], vector["expected"]["leech_at"], strict=True):
        assert [n for n in range(first, last + 1) if is_leech(n, threshold)] == expected


def test_days_since_a_collection_was_made_v19(vector: dict[str, Any]) -> None:
    for case, expected in zip(vector["input"]["cases"], vector["expected"]["days_elapsed"], strict=True):
        created, now = (datetime.fromisoformat(case[key]) for key in ("created", "now"))

        assert study_day(now, case["day_start_hour"]) - created.toordinal() == expected


def test_the_study_day_of_stored_milliseconds_is_that_of_the_moment() -> None:
    moment = datetime(2026, 3, 29, 1, 30, tzinfo=UTC).astimezone(tz=None)
    ms, offset = round(moment.timestamp() * 1000), moment.utcoffset()
    assert offset is not None

    for start in range(24):
        assert study_day_of(ms, offset // timedelta(minutes=1), start) == study_day(moment, start)
