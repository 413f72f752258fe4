"""What a person's answers say about how they forget: which of them count, and how well a kernel foretells them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import NamedTuple

from studycards.scheduling.fsrs import Kernel, Pair

LONGEST = 256
NEVER = -1
_EDGE = 1e-7
_MOVING = 0.02

Point = tuple[int, int, int]  # rating, gap in study days, place among all that count in time (or NEVER)


class Foretold(NamedTuple):
    """One answer that counts: its place in time, the recall foretold, and whether it was recalled."""

    place: int
    chance: float
    recalled: bool


class Group(NamedTuple):
    """Answers with much the same chance: how many, the mean chance foretold, the share that was recalled."""

    size: int
    foretold: float
    recalled: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """The answers of cards whose history is known from its beginning, as points in order.

    `count` is how many of them count: those on a later study day than the answer before, the first one never.
    """

    cards: tuple[tuple[Point, ...], ...]
    count: int


def gather(histories: Iterable[Sequence[tuple[int, int, int]]]) -> Evidence:
    """The evidence in (UTC ms, study day, rating) of each card; what is malformed in a history ends it there."""
    cards = [card for card in map(_points, histories) if card]
    places = sorted((at, number, n) for number, card in enumerate(cards) for n, (at, _, gap) in enumerate(card) if gap)
    order = {(number, n): place for place, (_, number, n) in enumerate(places)}
    return Evidence(
        tuple(
            tuple((rating, gap, order.get((number, n), NEVER)) for n, (_, rating, gap) in enumerate(card))
            for number, card in enumerate(cards)
        ),
        len(places),
    )


def _points(history: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    points: list[tuple[int, int, int]] = []
    before = 0
    for at, day, rating in sorted(history, key=lambda row: (row[1], row[0]))[:LONGEST]:
        if rating not in (1, 2, 3, 4):
            break
        points.append((at, rating, day - before if points else 0))
        before = day
    return points


def foretell(kernel: Kernel, evidence: Evidence, since: int = 0, until: int | None = None) -> list[Foretold]:
    """What the kernel expects of the answers from place `since` up to `until`, in the order of time."""
    until = evidence.count if until is None else until
    step, recall = kernel.step, kernel.retrievability
    found: list[Foretold] = []
    for card in evidence.cards:
        pair: Pair | None = None
        for rating, gap, place in card:
            if pair is not None and since <= place < until:
                found.append(Foretold(place, recall(gap, pair[0]), rating > 1))
            pair = step(pair, rating, gap)
    found.sort()
    return found


def log_loss(foretold: Iterable[Foretold]) -> float:
    """The mean log loss, lower is better; 0 where there is nothing to judge."""
    losses = [-log(max(_EDGE, chance if recalled else 1.0 - chance)) for _, chance, recalled in foretold]
    return sum(losses) / len(losses) if losses else 0.0


def moving_average(evidence: Evidence, since: int = 0) -> list[Foretold]:
    """The same answers foretold without any curve, by how often one recalled lately: the mark to beat."""
    outcomes = {place: rating > 1 for card in evidence.cards for rating, _, place in card if place != NEVER}
    chance = 0.9
    found = []
    for place in range(evidence.count):
        recalled = outcomes[place]
        if place >= since:
            found.append(Foretold(place, chance, recalled))
        chance += _MOVING * (recalled - chance)
    return found


def calibration(foretold: Sequence[Foretold], groups: int = 10) -> tuple[Group, ...]:
    """Foretold against true recall, in groups of equal size from the least to the most likely."""
    ordered = sorted(foretold, key=lambda one: one.chance)
    cuts = [len(ordered) * n // groups for n in range(groups + 1)]
    parts = [ordered[low:high] for low, high in pairwise(cuts) if high > low]
    return tuple(group(part) for part in parts)


def group(foretold: Sequence[Foretold]) -> Group:
    """All of these as one group; there must be one at least."""
    size = len(foretold)
    return Group(size, sum(one.chance for one in foretold) / size, sum(one.recalled for one in foretold) / size)


def calibration_error(groups: Sequence[Group]) -> float:
    """The root mean square by which the groups are off, weighted by their size."""
    total = sum(g.size for g in groups)
    return float((sum(g.size * (g.foretold - g.recalled) ** 2 for g in groups) / total) ** 0.5) if total else 0.0
