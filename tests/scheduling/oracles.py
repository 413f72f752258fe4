"""Other people's implementations, driven on a study-day clock: what ours is held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import fsrs
import fsrs_rs_python

from studycards.scheduling.fsrs import Kernel
from studycards.scheduling.fuzz import rounded
from tests.scheduling.lives import Life

NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)
RATINGS = {int(r): r for r in fsrs.Rating}


class Differences(NamedTuple):
    """Of a comparison: reviews, relative differences of S, absolute ones of D, intervals (ours, theirs) that differ."""

    reviews: int
    stability: list[float]
    difficulty: list[float]
    intervals: list[tuple[int, int]]


def ours(kernel: Kernel, life: Life) -> Iterator[tuple[float, float]]:
    """Our memory after each answer of a life."""
    pair = None
    for rating, gap in life:
        pair = kernel.step(pair, rating, gap)
        yield pair


def py_fsrs(scheduler: fsrs.Scheduler, life: Life) -> Iterator[tuple[float, float, int]]:
    """Stability, difficulty and interval of py-fsrs after each answer: no steps, no fuzz, noon of each study day."""
    card, moment = fsrs.Card(card_id=1), NOON
    for rating, gap in life:
        moment += timedelta(days=gap)
        card, _ = scheduler.review_card(card, RATINGS[rating], moment)
        assert card.stability is not None
        assert card.difficulty is not None
        yield card.stability, card.difficulty, (card.due - moment).days


def against_py_fsrs(parameters: Sequence[float], lives: Iterable[Life]) -> Differences:
    """Our kernel against py-fsrs; a life is left when its stability reaches our ceiling, which py-fsrs has not."""
    kernel = Kernel(parameters)
    factor = kernel.interval_factor(0.9)
    scheduler = fsrs.Scheduler(tuple(parameters), learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    found = Differences(0, [], [], [])
    for life in lives:
        for (s, d), (their_s, their_d, their_days) in zip(ours(kernel, life), py_fsrs(scheduler, life), strict=True):
            if their_s >= 36_500:
                break
            days = max(1, min(rounded(s * factor), 36_500))
            _note(found, (s, d, days), (their_s, their_d, their_days))
    return found._replace(reviews=len(found.stability))


def against_fsrs_rs(parameters: Sequence[float], lives: Iterable[Life]) -> Differences:
    """Our kernel against fsrs-rs, which calculates in single precision."""
    kernel, other = Kernel(parameters), fsrs_rs_python.FSRS(list(parameters))
    factor = kernel.interval_factor(0.9)
    found = Differences(0, [], [], [])
    for life in lives:
        item = fsrs_rs_python.FSRSItem([fsrs_rs_python.FSRSReview(rating, gap) for rating, gap in life])
        states = other.historical_memory_states(item)
        for (s, d), theirs in zip(ours(kernel, life), states, strict=True):
            if s >= 36_500:
                break
            their_days = rounded(float(other.next_interval(theirs.stability, 0.9, 3)))
            days = max(1, rounded(s * factor))
            _note(found, (s, d, days), (theirs.stability, theirs.difficulty, max(1, their_days)))
    return found._replace(reviews=len(found.stability))


def _note(found: Differences, mine: tuple[float, float, int], theirs: tuple[float, float, int]) -> None:
    found.stability.append(abs(mine[0] - theirs[0]) / theirs[0])
    found.difficulty.append(abs(mine[1] - theirs[1]))
    if mine[2] != theirs[2]:
        found.intervals.append((mine[2], theirs[2]))
