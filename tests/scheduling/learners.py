"""Learners whose forgetting is known: their answers are drawn from a true set of parameters."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from studycards.scheduling.evidence import Evidence, Foretold, gather, log_loss
from studycards.scheduling.fsrs import Kernel
from tests.scheduling.lives import personal_sets

History = list[tuple[int, int, int]]
DAY_MS = 86_400_000


def truths(count: int, seed: int = 21) -> list[tuple[float, ...]]:
    """True parameters of so many learners, none of them the defaults."""
    return personal_sets(count + 1, seed)[1:]


def histories(truth: Sequence[float], reviews: int, seed: int, days: int = 400) -> list[History]:
    """Cards answered by such a learner, scheduled with the defaults at 90 %, some early and some late."""
    rng, true, scheduler = Random(seed), Kernel(truth), Kernel()
    cards: list[History] = []
    left = reviews
    while left > 0:
        card = _card(rng, true, scheduler, rng.randrange(days), days)[:left]
        left -= len(card)
        cards.append(card)
    return cards


def _card(rng: Random, true: Kernel, scheduler: Kernel, day: int, last: int) -> History:
    rating = rng.choices((1, 2, 3, 4), (0.24, 0.094, 0.495, 0.171))[0]
    pair, thought = true.step(None, rating, 0), scheduler.step(None, rating, 0)
    card = [(day * DAY_MS, day, rating)]
    while True:
        if rating == 1 and rng.random() < 0.9:
            gap, rating = 0, 3
        else:
            gap = max(1, round(scheduler.interval(0.9, thought[0]) * rng.uniform(0.8, 1.5)))
            recalled = rng.random() < true.retrievability(gap, pair[0])
            rating = rng.choices((2, 3, 4), (0.224, 0.631, 0.145))[0] if recalled else 1
        day += gap
        if day > last:
            return card
        card.append((day * DAY_MS + len(card) * 1000, day, rating))
        pair, thought = true.step(pair, rating, gap), scheduler.step(thought, rating, gap)


def chances(parameters: Sequence[float], evidence: Evidence) -> list[Foretold]:
    """What a set of parameters foretells of all of it."""
    from studycards.scheduling.evidence import foretell

    return foretell(Kernel(parameters), evidence)


def above_truth(truth: Sequence[float], fitted: Sequence[float], reviews: int = 20_000) -> tuple[float, float]:
    """On fresh answers of the same learner: the log loss above the truth's, and the mean difference of the chances."""
    fresh = gather(histories(truth, reviews, seed=999))
    best, ours = chances(truth, fresh), chances(fitted, fresh)
    apart = sum(abs(a.chance - b.chance) for a, b in zip(best, ours, strict=True)) / len(best)
    return log_loss(ours) - log_loss(best), apart
