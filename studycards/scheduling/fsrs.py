"""FSRS-6 in float64: what an answer does to stability and difficulty, and how recall fades between answers.

Formulas: open-spaced-repetition wiki, "The Algorithm" (FSRS-6). Pure arithmetic: no clock, no chance, no state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, isfinite
from typing import Protocol

Pair = tuple[float, float]
Triple = tuple[float, float, float]

DEFAULT_PARAMETERS: tuple[float, ...] = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
BOUNDS: tuple[Pair, ...] = (
    *((0.001, 100.0),) * 4,
    *((1.0, 10.0), (0.001, 4.0), (0.001, 4.0), (0.001, 0.75), (0.0, 4.5), (0.0, 0.8), (0.001, 3.5)),
    *((0.001, 5.0), (0.001, 0.25), (0.001, 0.9), (0.0, 4.0), (0.0, 1.0), (1.0, 6.0)),
    *((0.0, 2.0), (0.0, 2.0), (0.0, 0.8), (0.1, 0.8)),
)
MINIMUM_STABILITY = 0.001
MAXIMUM_STABILITY = 36_500.0


def is_valid(parameters: Sequence[float]) -> bool:
    """Whether these are 21 finite numbers, each within its bounds."""
    return len(parameters) == len(BOUNDS) and all(
        isfinite(w) and low <= w <= high for w, (low, high) in zip(parameters, BOUNDS, strict=True)
    )


def upgrade(parameters: Sequence[float]) -> tuple[float, ...]:
    """Sets of 17 (FSRS-4.5) and 19 (FSRS-5) numbers as 21 that predict the same; others come back as they are."""
    from math import log

    w = tuple(parameters)
    if len(w) == 17:
        head = (w[4] + 2 * w[5], log(3 * w[5] + 1) / 3, w[6] + 0.5)
        return (*w[:4], *head, *w[7:], 0.0, 0.0, 0.0, 0.5)
    return (*w, 0.0, 0.5) if len(w) == 19 else w


class Step(Protocol):
    """One answer: memory before (None: new card), rating, gap → stability and difficulty after it.

    `recall` is the retrievability before the answer, for who has worked it out already.
    """

    def __call__(self, pair: Pair | None, rating: int, gap: float, recall: float | None = None, /) -> Pair: ...


class Kernel:
    """The formulas with one set of parameters, everything that depends on them alone worked out beforehand.

    `parameters` empty means the defaults; sets of 17 and 19 are upgraded; anything else that is not valid raises
    ValueError. Stabilities are days, difficulties 1..10, gaps study days, ratings 1..4.
    """

    # `first` by rating (place 0 unused); `passes` after Hard, Good, Easy
    __slots__ = ("decay", "difficulty", "factor", "first", "parameters", "passes", "retrievability", "step")

    step: Step
    passes: Callable[[float, float, int, float], Triple]
    difficulty: Callable[[float, int], float]
    retrievability: Callable[[float, float], float]

    def __init__(self, parameters: Sequence[float] = ()) -> None:
        self.parameters = upgrade(parameters) if parameters else DEFAULT_PARAMETERS
        if not is_valid(self.parameters):
            raise ValueError("FSRS-6 takes 21 finite numbers within its bounds")
        self.decay = -self.parameters[20]
        self.factor = 0.9 ** (1 / self.decay) - 1
        self.first = _first(self.parameters)
        self.step = _step(self.parameters)
        self.passes = _passes(self.parameters)
        self.difficulty = _difficulty(self.parameters)
        self.retrievability = _retrievability(self.decay, self.factor)

    def interval(self, retention: float, stability: float) -> float:
        """After how many days recall has fallen to `retention`."""
        return stability * self.interval_factor(retention)

    def interval_factor(self, retention: float) -> float:
        """`interval` of a card of stability 1."""
        factor: float = (retention ** (1 / self.decay) - 1) / self.factor
        return factor

    def from_ease(self, ease: float, interval: float, retention: float) -> Pair:
        """Stability and difficulty for a card whose history is lost, from SM-2's ease (2.5 is usual) and interval."""
        w = self.parameters
        stability = _clamped(MINIMUM_STABILITY, interval / self.interval_factor(retention), MAXIMUM_STABILITY)
        growth = exp(w[8]) * stability ** -w[9] * (exp((1 - retention) * w[10]) - 1)
        return stability, _clamped(1.0, 11 - (ease - 1) / growth, 10.0)


def _retrievability(decay: float, factor: float) -> Callable[[float, float], float]:
    def retrievability(gap: float, stability: float) -> float:
        chance: float = (1 + factor * gap / stability) ** decay
        return chance

    return retrievability


def first_difficulty(parameters: Sequence[float], rating: int) -> float:
    """Difficulty after a first answer, not yet clamped."""
    return parameters[4] - exp(parameters[5] * (rating - 1)) + 1


def _clamped(low: float, value: float, high: float) -> float:
    return low if value < low else min(value, high)


def _first(w: Sequence[float]) -> tuple[Pair, ...]:
    def pair(rating: int) -> Pair:
        stability = _clamped(MINIMUM_STABILITY, w[rating - 1], MAXIMUM_STABILITY)
        return stability, _clamped(1.0, first_difficulty(w, rating), 10.0)

    return (pair(1), *(pair(rating) for rating in (1, 2, 3, 4)))


def _same_day(w: Sequence[float]) -> tuple[float, ...]:
    return (0.0, *(exp(w[17] * (rating - 3 + w[18])) for rating in (1, 2, 3, 4)))


def _step(w: Sequence[float]) -> Step:
    first, same = _first(w), _same_day(w)
    decay = -w[20]
    factor = 0.9 ** (1 / decay) - 1
    damping = tuple(w[6] * (rating - 3) / 9 for rating in range(5))
    keep = 1 - w[7]
    anchor = w[7] * first_difficulty(w, 4)
    e8, n9, w10 = exp(w[8]), -w[9], w[10]
    bonus = (0.0, 0.0, w[15], 1.0, w[16])
    w11, n12, w13, w14, ceiling = w[11], -w[12], w[13], w[14], exp(w[17] * w[18])
    n19 = -w[19]
    lowest, highest = MINIMUM_STABILITY, MAXIMUM_STABILITY

    def step(pair: Pair | None, rating: int, gap: float, recall: float | None = None) -> Pair:
        if pair is None:
            return first[rating]
        s, d = pair
        if gap <= 0:
            f = same[rating] * s**n19
            after = s if rating > 1 and f < 1.0 else s * f
        else:
            if recall is None:
                recall = (1 + factor * gap / s) ** decay
            forgotten = 1 - recall
            if rating > 1:
                after = s * (1 + e8 * (11 - d) * s**n9 * (exp(w10 * forgotten) - 1) * bonus[rating])
            else:
                after = w11 * d**n12 * ((s + 1) ** w13 - 1) * exp(w14 * forgotten)
                if after > s / ceiling:
                    after = s / ceiling
        if after < lowest:
            after = lowest
        elif after > highest:
            after = highest
        d = anchor + keep * (d - damping[rating] * (10 - d))
        return after, 1.0 if d < 1.0 else 10.0 if d > 10.0 else d

    return step


def _passes(w: Sequence[float]) -> Callable[[float, float, int, float], Triple]:
    """Stability after Hard, Good and Easy, to the bit what `step` gives; `recall` is the retrievability before them."""
    same = _same_day(w)
    e8, n9, w10, w15, w16, n19 = exp(w[8]), -w[9], w[10], w[15], w[16], -w[19]
    lowest, highest = MINIMUM_STABILITY, MAXIMUM_STABILITY

    def passes(s: float, d: float, gap: int, recall: float) -> Triple:
        if gap <= 0:
            fade = s**n19
            hard, good, easy = s * (same[2] * fade), s * (same[3] * fade), s * (same[4] * fade)
            hard, good, easy = max(hard, s), max(good, s), max(easy, s)
        else:
            growth = e8 * (11 - d) * s**n9 * (exp(w10 * (1 - recall)) - 1)
            hard, good, easy = s * (1 + growth * w15), s * (1 + growth), s * (1 + growth * w16)
        if hard >= lowest and good >= lowest and easy <= highest:
            return hard, good, easy
        return _clamped(lowest, hard, highest), _clamped(lowest, good, highest), _clamped(lowest, easy, highest)

    return passes


def _difficulty(w: Sequence[float]) -> Callable[[float, int], float]:
    """Difficulty after an answer to a card that is not new."""
    damping = tuple(w[6] * (rating - 3) / 9 for rating in range(5))
    keep, anchor = 1 - w[7], w[7] * first_difficulty(w, 4)

    def difficulty(d: float, rating: int) -> float:
        d = anchor + keep * (d - damping[rating] * (10 - d))
        return 1.0 if d < 1.0 else 10.0 if d > 10.0 else d

    return difficulty
