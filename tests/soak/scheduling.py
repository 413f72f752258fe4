"""The full counts that the suite runs a part of: `python -m tests.soak.scheduling [part]…`; no part: all of them.

Each part prints what it counted and what it found wrong; the exit code is 1 if anything was.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain, islice
from random import Random

from studycards.model import Settings
from studycards.scheduling.evidence import gather
from studycards.scheduling.fit import judge
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS
from studycards.scheduling.fuzz import bounds, lot
from studycards.scheduling.replay import Rules, replay
from studycards.scheduling.studyday import study_day, study_day_of
from studycards.simulate import Start, simulate
from tests.scheduling.days import ZONES, by_hand, moments, wrong_beginnings
from tests.scheduling.lives import lives, parameter_sets, personal_sets
from tests.scheduling.logs import SETTINGS, digest, lived
from tests.scheduling.operations import intervals_that_rise_with_retention, operate
from tests.scheduling.oracles import against_fsrs_rs, against_py_fsrs

Found = Iterator[tuple[str, object, bool]]


def kernel() -> Found:
    """Against py-fsrs and fsrs-rs."""
    found = [against_py_fsrs(w, lives(500, seed=n)) for n, w in enumerate(parameter_sets(24))]
    yield "py-fsrs: histories, reviews", (24 * 500, sum(f.reviews for f in found)), True
    stability, difficulty = (
        max(map(max, part)) for part in zip(*((f.stability, f.difficulty) for f in found), strict=True)
    )
    yield (
        "py-fsrs: greatest difference of S (relative), D",
        (stability, difficulty),
        max(stability, difficulty) <= 1e-12,
    )
    wrong = sum(len(f.intervals) for f in found)
    yield "py-fsrs: intervals that differ", wrong, wrong == 0
    found = [against_fsrs_rs(w, lives(2_000, seed=n)) for n, w in enumerate(personal_sets(12))]
    apart = sorted(chain.from_iterable(f.stability for f in found))
    yield "fsrs-rs: reviews", len(apart), True
    yield "fsrs-rs: S p99, max", (apart[len(apart) * 99 // 100], apart[-1]), apart[len(apart) * 99 // 100] <= 5e-6
    yield "fsrs-rs: D max", (most := max(max(f.difficulty) for f in found)), most <= 2e-5
    days = list(chain.from_iterable(f.intervals for f in found))
    yield "fsrs-rs: intervals that differ", len(days), len(days) <= len(apart) / 10_000
    yield "fsrs-rs: by more than a day", sum(abs(a - b) > 1 for a, b in days), all(abs(a - b) <= 1 for a, b in days)


def optimum() -> Found:
    """What fsrs-rs calls the best retention for a thousand days of ten new cards: the lowest that its search allows."""
    from fsrs_rs_python import default_simulator_config, optimal_retention

    config = default_simulator_config()
    config.learn_span, config.learn_limit, config.deck_size, config.max_cost_perday = 1000, 10, 10_000, float("inf")
    found = optimal_retention(config, list(DEFAULT_PARAMETERS))
    yield "fsrs-rs: retention of least cost", round(found, 3), abs(found - 0.70) <= 0.01


def days() -> Found:
    """A million study days, every clock change from 2000 to 2040."""
    wrong = count = 0
    for instant, zone, start in moments(1_000_000):
        local, count = instant.astimezone(zone), count + 1
        offset = local.utcoffset()
        day = study_day(local, start)
        stored = study_day_of(
            int(instant.timestamp()) * 1000, round(offset.total_seconds()) // 60 if offset else 0, start
        )
        wrong += day != by_hand(instant, zone, start) or stored != day
    yield "study days, mismatches", (count, wrong), wrong == 0
    beginnings = [one for name in ZONES for one in wrong_beginnings(name)]
    yield f"beginnings around every clock change of {len(ZONES)} zones, wrong", len(beginnings), not beginnings


def fuzz() -> Found:
    """A million draws."""
    rng, outside = Random(5), 0
    for number in range(1_000_000):
        minimum, maximum = rng.choice(((1, 36_500), (5, 36_500), (1, 30), (30, 365)))
        interval = 10 ** rng.uniform(0, 3.5)
        lower, upper = bounds(interval, minimum, maximum)
        day = lower + int(lot(f"card{number % 997}", number) * (upper - lower + 1))
        outside += not (minimum <= lower <= day <= upper <= maximum)
    yield "draws outside their bounds", outside, outside == 0
    worst = 0.0
    for interval in (3.0, 10.0, 37.0, 100.0, 365.0):
        lower, upper = bounds(interval, 1, 36_500)
        size, counts = upper - lower + 1, [0] * (upper - lower + 1)
        for number in range(200_000):
            counts[int(lot(f"card{number}", 3) * size)] += 1
        square = sum((n - 200_000 / size) ** 2 / (200_000 / size) for n in counts)
        worst = max(worst, (square - (size - 1)) / (2 * (size - 1)) ** 0.5)
    yield "chi-square, standard deviations above its mean", round(worst, 2), worst < 3.1


def invariants() -> Found:
    """A million operations."""
    wrong = list(islice(operate(1_000_000), 5))
    yield "operations 1,000,000, wrong", wrong, not wrong
    rising = intervals_that_rise_with_retention(200_000)
    yield "retention pairs 200,000, wrong", len(rising), not rising


def replays() -> Found:
    """Replay over runs, orders of rows, hash seeds and Python versions."""
    digests = {digest(20_000, shuffle=n) for n in (0, 1, 2)}
    for python in (sys.executable, "python3.12", "python3.13", "python3.14"):
        for seed in ("0", "7"):
            command = [python, "-m", "tests.scheduling.logs", "20000", seed]
            try:
                done = subprocess.run(
                    command, env={"PYTHONHASHSEED": seed, "PATH": _path()}, capture_output=True, text=True
                )
            except FileNotFoundError:
                continue
            if done.returncode == 0:
                digests.add(done.stdout.strip())
            else:
                yield f"{python}: could not run", done.stderr.strip().splitlines()[-1:], True
    yield "digests of 20,000 cards over runs, orders, hash seeds, versions", len(digests), len(digests) == 1
    rules, wrong = Rules(SETTINGS), 0
    for life in lived(10_000, seed=8):
        for undone in range(1, len(life.rows)):
            wrong += replay(life.card_id, life.rows[:-undone], rules) != life.memories[-undone - 1]
    yield "10,000 cards, answers undone that left another memory", wrong, wrong == 0


def logs() -> Found:
    """Ten thousand malformed logs."""
    from tests.scheduling.test_fit import hostile

    rng, worse = Random(12), 0
    for _ in range(10_000):
        verdict = judge(gather(hostile(rng)), DEFAULT_PARAMETERS)
        if verdict.accepted and verdict.fitted and verdict.in_force:
            worse += verdict.fitted.log_loss >= verdict.in_force.log_loss
    yield "malformed logs 10,000, worse parameters taken", worse, worse == 0


def backlog() -> Found:
    """Two years with twenty new cards and eighty reviews a day: what comes first when too much is due."""
    settings, start = Settings(new_per_day=20, reviews_per_day=80), Start(740_000, waiting=10_000)
    price = {}
    for order in ("recall", "due", "random"):
        forecast = simulate(start, settings, 730, order=order)
        price[order] = forecast.minutes_a_day * 60 * 730 / forecast.remembered
        yield (
            f"order {order}: s a remembered card, recalled",
            (round(price[order], 1), round(forecast.recalled, 3)),
            True,
        )
        if order == "recall":
            yield (
                "recalled within 0.02 of the desired",
                round(forecast.recalled, 3),
                abs(forecast.recalled - 0.9) <= 0.02,
            )
    ratio = price["recall"] / price["due"]
    yield "best remembered first / longest due first", round(ratio, 3), ratio <= 0.96


PARTS: dict[str, Callable[[], Found]] = {
    "kernel": kernel,
    "optimum": optimum,
    "days": days,
    "fuzz": fuzz,
    "invariants": invariants,
    "replays": replays,
    "logs": logs,
    "backlog": backlog,
}


def _path() -> str:
    import os

    return os.environ.get("PATH", "")


def main(names: list[str]) -> int:
    """Run the parts."""
    holds = True
    for name in names or list(PARTS):
        for what, figure, is_right in PARTS[name]():
            holds = holds and is_right
            print(f"{'ok   ' if is_right else 'WRONG'} {name}: {what}: {figure}", flush=True)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
