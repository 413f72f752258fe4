"""Random lives of cards, the same every time, for tests and benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from studycards.scheduling.fsrs import BOUNDS, DEFAULT_PARAMETERS

Life = list[tuple[int, int]]


def parameter_sets(count: int, seed: int = 0) -> list[tuple[float, ...]]:
    """The defaults, both bounds, and sets drawn between them."""
    rng = Random(seed)
    drawn = [tuple(rng.uniform(low, high) for low, high in BOUNDS) for _ in range(max(0, count - 3))]
    lowest, highest = (tuple(pair[end] for pair in BOUNDS) for end in (0, 1))
    return [DEFAULT_PARAMETERS, lowest, highest, *drawn][:count]


def lives(count: int, seed: int = 1, longest: int = 30) -> Iterator[Life]:
    """Cards as (rating, gap in study days) from their first answer on: a third same-day, some after years."""
    rng = Random(seed)
    for _ in range(count):
        yield [(rating(rng), gap(rng) if number else 0) for number in range(rng.randint(1, longest))]


def rating(rng: Random) -> int:
    """A rating as people give them."""
    return rng.choices((1, 2, 3, 4), (0.2, 0.2, 0.45, 0.15))[0]


def gap(rng: Random) -> int:
    """A gap in study days."""
    kind = rng.random()
    if kind < 0.33:
        return 0
    if kind < 0.93:
        return rng.randint(1, 60)
    return rng.randint(366, 2000) if kind < 0.99 else rng.randint(61, 365)


def personal_sets(count: int, seed: int = 0) -> list[tuple[float, ...]]:
    """Sets as fits give them: the defaults, then each number up to 30 % off, within its bounds."""
    rng = Random(seed)

    def near(value: float, low: float, high: float) -> float:
        return max(low, min(value * rng.uniform(0.7, 1.3), high))

    drawn = [
        tuple(near(w, *pair) for w, pair in zip(DEFAULT_PARAMETERS, BOUNDS, strict=True)) for _ in range(count - 1)
    ]
    return [DEFAULT_PARAMETERS, *drawn]
