"""Days to come, played through: what a desired retention, a limit or a catch-up plan would cost and bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import median
from typing import NamedTuple

from studycards.model import Settings
from studycards.scheduling.answer import kernel_of
from studycards.scheduling.fsrs import Kernel
from studycards.scheduling.fuzz import bounds

ORDERS = ("recall", "due", "random")
RETENTIONS = (0.70, 0.75, 0.80, 0.85, 0.88, 0.90, 0.92, 0.95, 0.97)
LONGEST_PLAN = 1000
_ENOUGH = 400

Card = tuple[float, float, int, int]  # stability, difficulty, day of the last answer, day when due
Quad = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Habits:
    """How a person answers: shares of first ratings and of Hard, Good, Easy among passes; seconds by rating.

    The defaults are those of a large public collection of logs, as the FSRS project publishes them.
    """

    first: Quad = (0.24, 0.094, 0.495, 0.171)
    passes: tuple[float, float, float] = (0.224, 0.631, 0.145)
    first_seconds: Quad = (33.8, 24.3, 13.7, 6.5)
    later_seconds: Quad = (23.0, 11.7, 7.3, 5.6)


@dataclass(frozen=True, slots=True)
class Start:
    """Where the days to come begin: the day, the cards that have a memory, and how many new ones wait."""

    today: int
    cards: Sequence[Card] = ()
    waiting: int = 0


class Day(NamedTuple):
    """One day: reviews, first answers, seconds spent, and reviews that were due beyond the limit."""

    reviews: int
    new: int
    seconds: float
    left: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The days in order; `remembered` is the number of cards recalled if all were asked on the last of them."""

    days: tuple[Day, ...]
    remembered: float
    passed: int

    @property
    def reviews(self) -> int:
        """Reviews in all."""
        return sum(day.reviews for day in self.days)

    @property
    def minutes_a_day(self) -> float:
        """Minutes a day on average."""
        return sum(day.seconds for day in self.days) / 60 / max(1, len(self.days))

    @property
    def recalled(self) -> float:
        """The share of reviews that were recalled."""
        return self.passed / max(1, self.reviews)

    @property
    def clear_after(self) -> int | None:
        """After how many days nothing is left beyond the limit any more; None if that does not come about."""
        last = max((number for number, day in enumerate(self.days, 1) if day.left), default=0)
        return None if last == len(self.days) and last else last


def habits_of(answers: Iterable[tuple[bool, int, int]]) -> Habits:
    """The habits in a person's answers (first of its card, rating, milliseconds); too few keep the defaults."""
    seconds: dict[tuple[bool, int], list[float]] = {}
    rows = 0
    for first, rating, duration_ms in answers:
        rows += 1
        seconds.setdefault((first, rating), []).append(min(duration_ms, 60_000) / 1000)
    usual = Habits()
    if rows < _ENOUGH:
        return usual

    def medians(first: bool, otherwise: Quad) -> Quad:
        again, hard, good, easy = (median(seconds.get((first, n + 1), [otherwise[n]])) for n in range(4))
        return again, hard, good, easy

    return Habits(first_seconds=medians(True, usual.first_seconds), later_seconds=medians(False, usual.later_seconds))


def simulate(
    start: Start, settings: Settings, days: int, habits: Habits | None = None, seed: int = 0, order: str = "recall"
) -> Forecast:
    """Play so many days from the start on; the same seed gives the same days.

    Limits, longest interval and fuzz are those of the settings. What is beyond the review limit waits; `order` says
    what is taken first then: the best remembered, the longest due, or any. Steps are not played, their time is in the
    seconds of an answer.
    """
    run = _Run(start, settings, days, habits or Habits(), seed, order)
    played = tuple(run.play(day) for day in range(days))
    return Forecast(played, run.remembered(days - 1), run.passed)


def curve(
    start: Start,
    settings: Settings,
    days: int,
    habits: Habits | None = None,
    seed: int = 0,
    retentions: Sequence[float] = RETENTIONS,
) -> list[tuple[float, Forecast]]:
    """The same days for several desired retentions, all else equal."""
    return [(r, simulate(start, replace(settings, desired_retention=r), days, habits, seed)) for r in retentions]


def catch_up(
    start: Start, settings: Settings, habits: Habits, extra_minutes: float = 0.0, new_a_day: int | None = None
) -> int | None:
    """In how many days what waits beyond the review limit is gone; None if not within some years.

    `extra_minutes` a day go to reviews beyond the limit; `new_a_day` replaces the limit of new cards meanwhile.
    """
    more = round(extra_minutes * 60 / seconds_a_review(settings.desired_retention, habits))
    meanwhile = replace(
        settings,
        reviews_per_day=settings.reviews_per_day + more,
        new_per_day=settings.new_per_day if new_a_day is None else new_a_day,
    )
    run = _Run(start, meanwhile, LONGEST_PLAN, habits, 0, "recall")
    for day in range(LONGEST_PLAN):
        if run.play(day).left == 0:
            return day
    return None


def seconds_a_review(recall: float, habits: Habits) -> float:
    """The mean seconds of a review that is recalled with this chance."""
    passed = sum(share * s for share, s in zip(habits.passes, habits.later_seconds[1:], strict=True))
    return recall * passed + (1 - recall) * habits.later_seconds[0]


class _Run:
    """The cards while the days are played; day 0 is the start's."""

    def __init__(self, start: Start, settings: Settings, days: int, habits: Habits, seed: int, order: str) -> None:
        self.settings, self.habits, self.order = settings, habits, order
        self.draw = Random(seed).random  # noqa: S311  # a game to be repeated, no secret
        self.kernel: Kernel = kernel_of(settings.parameters)
        self.factor = self.kernel.interval_factor(settings.desired_retention)
        self.memory = [(s, d) for s, d, _, _ in start.cards]
        self.last = [last - start.today for _, _, last, _ in start.cards]
        self.due: list[list[int]] = [[] for _ in range(days)]
        # An interval beyond `reach` comes due after the last day.
        self.end, self.reach, self.longest = days, 2 * days + 10, settings.maximum_interval
        self.spans = _spans(settings, self.reach)
        self.waiting, self.passed = start.waiting, 0
        self.beyond: list[int] = []
        for card, (_, _, _, due) in enumerate(start.cards):
            if due - start.today < days:
                self.due[max(0, due - start.today)].append(card)

    def play(self, day: int) -> Day:
        """One day: its reviews, then its new cards."""
        asked, self.beyond = self._within_limit(day, self.beyond + self.due[day])
        seconds = self._review(day, asked)
        new = min(self.waiting, self.settings.new_per_day)
        self.waiting -= new
        for _ in range(new):
            seconds += self._begin(day)
        return Day(len(asked), new, seconds, len(self.beyond))

    def remembered(self, day: int) -> float:
        """Cards that would be recalled on a day."""
        recall = self.kernel.retrievability
        return sum(recall(day - last, pair[0]) for last, pair in zip(self.last, self.memory, strict=True))

    def _within_limit(self, day: int, due: list[int]) -> tuple[list[int], list[int]]:
        limit = self.settings.reviews_per_day
        if len(due) <= limit:
            return due, []
        if self.order == "recall":
            recall, memory, last = self.kernel.retrievability, self.memory, self.last
            due.sort(key=lambda card: -recall(day - last[card], memory[card][0]))
        elif self.order == "random":
            due.sort(key=lambda _: self.draw())
        return due[:limit], due[limit:]

    def _review(self, day: int, cards: list[int]) -> float:
        """Ask cards that have a memory; the seconds it takes."""
        step, recall, draw, due = self.kernel.step, self.kernel.retrievability, self.draw, self.due
        factor, longest, reach, spans, end = self.factor, self.longest, self.reach, self.spans, self.end
        hard, good = self.habits.passes[0], self.habits.passes[0] + self.habits.passes[1]
        memory, last, counts = self.memory, self.last, [0, 0, 0, 0, 0]
        for card in cards:
            gap, pair = day - last[card], memory[card]
            chance, kind = recall(gap, pair[0]), draw()
            rating = 1 if kind >= chance else 2 if kind < hard * chance else 3 if kind < good * chance else 4
            memory[card] = pair = step(pair, rating, gap, chance)
            last[card] = day
            counts[rating] += 1
            interval = pair[0] * factor
            if interval > longest:
                interval = longest
            if interval < reach:  # as in `_place`, without its call
                lower, size = spans[int(interval + 0.5)]
                to = day + lower + int(draw() * size)
                if to < end:
                    due[to].append(card)
        self.passed += len(cards) - counts[1]
        return sum(count * seconds for count, seconds in zip(counts[1:], self.habits.later_seconds, strict=True))

    def _begin(self, day: int) -> float:
        """Answer a new card for the first time; the seconds it takes."""
        kind, rating = self.draw(), 1
        for share in self.habits.first[:3]:
            if kind < share:
                break
            kind -= share
            rating += 1
        self.memory.append(self.kernel.first[rating])
        self.last.append(day)
        self._place(len(self.memory) - 1, day, self.memory[-1][0])
        return self.habits.first_seconds[rating - 1]

    def _place(self, card: int, day: int, stability: float) -> None:
        """Have a card come due, unless that is after the last day."""
        interval = min(stability * self.factor, self.longest)
        if interval < self.reach:
            lower, size = self.spans[int(interval + 0.5)]
            day += lower + int(self.draw() * size)
            if day < self.end:
                self.due[day].append(card)


def _spans(settings: Settings, farthest: int) -> list[tuple[int, int]]:
    """For each rounded interval the first day it may become, and how many there are to choose from."""
    spans = []
    for interval in range(farthest + 1):
        lower, upper = bounds(float(interval), 1, settings.maximum_interval)
        if not settings.fuzz:
            lower = upper = max(1, min(interval, settings.maximum_interval))
        spans.append((lower, upper - lower + 1))
    return spans
