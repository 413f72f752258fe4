"""Fit: parameters for one person from their own answers, taken only if they foretell the newest fifth better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, isfinite, log

from studycards.scheduling import evidence as evidences
from studycards.scheduling.evidence import NEVER, Evidence, Foretold
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS, Kernel, is_valid

Parameters = tuple[float, ...]
# Fits all 21 to the answers before a place in time; None when it cannot.
Full = Callable[[Evidence, int], Sequence[float] | None]

FEWEST = 64
FEWEST_FULL = 300
CAUTION = 3000
_PULL = 5.0
_GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, slots=True)
class Fitted:
    """A set of parameters and how it came about: `method` is defaults, first four or full."""

    parameters: Parameters
    method: str


@dataclass(frozen=True, slots=True)
class Score:
    """How a set of parameters foretells the newest fifth."""

    log_loss: float
    calibration_error: float
    foretold: float
    recalled: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a fit came to. `parameters` are to be taken if `accepted`; `judged` is how many answers decided it.

    The scores are over the newest fifth: of the fit on the rest, of the parameters in force, of the defaults, and of
    a moving average of recall without any curve; None where there was nothing to judge.
    """

    accepted: bool
    parameters: Parameters
    method: str
    answers: int
    judged: int
    fitted: Score | None = None
    in_force: Score | None = None
    defaults: Score | None = None
    average: Score | None = None


def judge(evidence: Evidence, in_force: Parameters, full: Full | None = None) -> Verdict:
    """Fit to the oldest four fifths; if that foretells the rest better than what is in force, fit to everything."""
    answers = evidence.count
    if answers < FEWEST:
        return Verdict(False, in_force, "defaults", answers, 0)
    since = answers * 4 // 5
    trial = fit(evidence, since, full)
    fitted, present = (score(p, evidence, since) for p in (trial.parameters, in_force))
    accepted = fitted.log_loss < present.log_loss
    final = fit(evidence, answers, full) if accepted else Fitted(in_force, trial.method)
    return Verdict(
        accepted=accepted,
        parameters=final.parameters,
        method=final.method,
        answers=answers,
        judged=answers - since,
        fitted=fitted,
        in_force=present,
        defaults=score(DEFAULT_PARAMETERS, evidence, since),
        average=_scored(evidences.moving_average(evidence, since)),
    )


def score(parameters: Parameters, evidence: Evidence, since: int = 0) -> Score:
    """How a set foretells the answers from a place on; there must be one."""
    return _scored(evidences.foretell(Kernel(parameters), evidence, since))


def _scored(foretold: Sequence[Foretold]) -> Score:
    everything = evidences.group(foretold)
    error = evidences.calibration_error(evidences.calibration(foretold))
    return Score(evidences.log_loss(foretold), error, everything.foretold, everything.recalled)


def fit(evidence: Evidence, until: int, full: Full | None = None) -> Fitted:
    """Parameters from the answers before a place in time, the more daring the more there are.

    Few answers give the defaults; then only the first four are fitted; from some hundreds on they are blended with a
    full fit, where there is one, which alone would lose on a small log what it seems to gain: its share is
    a third at two thousand answers and nine tenths at nine thousand.
    """
    if until < FEWEST:
        return Fitted(DEFAULT_PARAMETERS, "defaults")
    careful = first_four(evidence, until) + DEFAULT_PARAMETERS[4:]
    daring = full(evidence, until) if full is not None and until >= FEWEST_FULL else None
    if daring is None or len(daring) != 21 or not all(isfinite(w) for w in daring) or not is_valid(daring):
        return Fitted(careful, "first four")
    share = until**2 / (until**2 + CAUTION**2)
    blended = tuple(share * d + (1 - share) * c for d, c in zip(daring, careful, strict=True))
    return Fitted(blended, "full")


def first_four(evidence: Evidence, until: int) -> Parameters:
    """The stabilities after a first answer, from each card's first review on a later day."""
    seen = _first_reviews(evidence, until)
    found = [_best(seen, rating) for rating in (1, 2, 3, 4)]
    weights = [1.0 + sum(n for (first, *_), n in seen.items() if first == rating) for rating in (1, 2, 3, 4)]
    return tuple(exp(value) for value in _rising(found, weights))


# (first rating, ratings after it on the same day, gap, recalled) and how often that was seen
Seen = Counter[tuple[int, tuple[int, ...], int, bool]]


def _first_reviews(evidence: Evidence, until: int) -> Seen:
    seen: Seen = Counter()
    for card in evidence.cards:
        for number, (rating, gap, place) in enumerate(card):
            if place == NEVER:
                continue
            if place < until:
                seen[card[0][0], tuple(point[0] for point in card[1:number]), gap, rating > 1] += 1
            break
    return seen


def _best(seen: Seen, rating: int) -> float:
    """The logarithm of the stability after a first rating that makes what was seen likeliest, held near the default."""
    kernel = Kernel()
    usual = log(DEFAULT_PARAMETERS[rating - 1])
    mine = [(same_day, gap, recalled, n) for (first, same_day, gap, recalled), n in seen.items() if first == rating]

    def cost(value: float) -> float:
        total = _PULL * (value - usual) ** 2
        for same_day, gap, recalled, n in mine:
            pair = exp(value), 5.0
            for again in same_day:
                pair = kernel.step(pair, again, 0)
            chance = kernel.retrievability(gap, pair[0])
            total -= n * log(max(1e-12, chance if recalled else 1 - chance))
        return total

    return _lowest(cost, log(0.01), log(100.0)) if mine else usual


def _lowest(cost: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one valley is lowest, by golden section."""
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = cost(left), cost(right)
    while high - low > 1e-5:
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - _GOLDEN * (high - low)
            at_left = cost(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + _GOLDEN * (high - low)
            at_right = cost(right)
    return (low + high) / 2


def _rising(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The nearest values that never fall: neighbours out of order become their weighted mean."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, wa, na), (b, wb, nb) = pools.pop(-2), pools.pop()
            pools.append(((a * wa + b * wb) / (wa + wb), wa + wb, na + nb))
    return [value for value, _, count in pools for _ in range(count)]
