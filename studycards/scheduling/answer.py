"""One answer: memory, rating and moment in, memory and what it schedules out. Pure, and the same every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from studycards.model import Memory, Rating, Settings, State
from studycards.scheduling import steps
from studycards.scheduling.balance import Load
from studycards.scheduling.fsrs import Kernel
from studycards.scheduling.intervals import Chooser
from studycards.scheduling.leech import is_leech
from studycards.scheduling.studyday import study_day

_MILLISECOND = timedelta(milliseconds=1)
_ZERO = timedelta()
_LEARNING, _REVIEW, _RELEARNING = State.LEARNING, State.REVIEW, State.RELEARNING

Next = tuple[State, int | None, int]


class Outcome(NamedTuple):
    """What an answer leads to.

    `scheduled` is days if positive, minus seconds if negative; `predicted` the recall expected before the answer (None
    for a new card and on the study day of the last answer); `leech` says that this lapse is one to be told about.
    """

    memory: Memory
    scheduled: int
    predicted: float | None
    leech: bool


@lru_cache(maxsize=64)
def kernel_of(parameters: tuple[float, ...]) -> Kernel:
    """The kernel for a set of parameters, built once."""
    return Kernel(parameters)


def answer(
    memory: Memory | None,
    rating: Rating,
    now: datetime,
    card_id: str,
    settings: Settings,
    load: Load | None = None,
) -> Outcome:
    """The outcome of one answer at the aware moment `now`; memory None is a new card.

    A clock that went back counts as no time passed. With `load`, the quieter day within fuzz is preferred.
    """
    return _Asked(memory, now, card_id, settings, load).outcome(rating)


def preview(
    memory: Memory | None, now: datetime, card_id: str, settings: Settings, load: Load | None = None
) -> dict[Rating, Outcome]:
    """What each of the four buttons would do; the one that is pressed is recorded as it was shown."""
    asked = _Asked(memory, now, card_id, settings, load)
    return {rating: asked.outcome(rating) for rating in Rating}


class _Asked:
    """One card at one moment: what its four answers share, worked out when the first of them needs it."""

    __slots__ = ("chooser", "day", "gap", "kernel", "memory", "moment", "now", "passes", "recall", "rules", "where")

    def __init__(
        self, memory: Memory | None, now: datetime, card_id: str, settings: Settings, load: Load | None
    ) -> None:
        self.memory, self.rules, self.now, self.where = memory, settings, now, (card_id, load)
        self.kernel = kernel = kernel_of(settings.parameters)
        self.chooser: Chooser | None = None
        self.recall: float | None = None
        self.gap = 0
        day = study_day(now, settings.day_start)
        moment = now.astimezone(UTC)
        if moment.microsecond % 1000:
            moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        if memory is None:
            self.passes = kernel.first[2][0], kernel.first[3][0], kernel.first[4][0]
        else:
            if day > memory.last_day:
                self.gap = day - memory.last_day
                self.recall = kernel.retrievability(self.gap, memory.stability)
            else:
                day = memory.last_day
            if moment <= memory.last_review:
                moment = memory.last_review + _MILLISECOND
            self.passes = kernel.passes(memory.stability, memory.difficulty, self.gap, self.recall or 0.0)
        self.day, self.moment = day, moment

    def outcome(self, rating: Rating) -> Outcome:
        """What one of the answers leads to."""
        memory, leech, lapses, reps = self.memory, False, 0, 1
        if memory is None:
            stability, difficulty = self.kernel.first[rating]
            state, step, scheduled = self._on_steps(rating, _LEARNING, 0)
        else:
            lapses, reps = memory.lapses, memory.reps + 1
            if rating == 1:
                stability, difficulty = self.kernel.step((memory.stability, memory.difficulty), 1, self.gap)
            else:
                stability, difficulty = self.passes[rating - 2], self.kernel.difficulty(memory.difficulty, rating)
            if memory.state != 2:
                state, step, scheduled = self._on_steps(rating, memory.state, memory.step or 0)
            elif rating == 1:
                lapses += 1
                leech = is_leech(lapses, self.rules.leech_threshold)
                state, step, scheduled = self._lapse(stability)
            else:
                state, step = _REVIEW, None
                scheduled = self._choose().after_review(self.passes, rating, memory.interval)
        day, moment = self.day, self.moment
        if scheduled > 0:
            due_day, due = day + scheduled, None
        else:
            due_day, due = due_of(day, moment, self.now.utcoffset() or _ZERO, self.rules.day_start, scheduled)
        after = Memory(state, step, stability, difficulty, due_day, due, day, moment, reps, lapses, scheduled)
        return Outcome(after, scheduled, self.recall, leech)

    def _choose(self) -> Chooser:
        chooser = self.chooser
        if chooser is None:
            card_id, load = self.where
            number = self.memory.reps + 1 if self.memory else 1
            factor = self.kernel.interval_factor(self.rules.desired_retention)
            chooser = self.chooser = Chooser(self.rules, (card_id, number), factor, self.day, load)
        return chooser

    def _lapse(self, stability: float) -> Next:
        """Forgotten: to the first relearning step, or back to review where there is none."""
        if self.rules.relearning_steps:
            return _RELEARNING, 0, _scheduled(steps.seconds(self.rules.relearning_steps, 0, 1))
        return _REVIEW, None, self._choose().unspread(stability)

    def _on_steps(self, rating: Rating, state: State, step: int) -> Next:
        ladder = self.rules.relearning_steps if state == 3 else self.rules.learning_steps
        following = steps.follow(len(ladder), step, rating)
        if following is not None:
            return state, following, _scheduled(steps.seconds(ladder, step, rating))
        return _REVIEW, None, self._graduating(rating, ladder, step)

    def _graduating(self, rating: Rating, ladder: tuple[int, ...], step: int) -> int:
        """Days of a card that leaves its steps, or has none."""
        chooser, memory = self._choose(), self.memory
        if rating == 1:
            pair = (memory.stability, memory.difficulty) if memory else None
            return chooser.unspread(self.kernel.step(pair, 1, self.gap)[0])
        hard = steps.hard(ladder, step) // steps.DAY_S if ladder else chooser.graduating(self.passes[0], 1)
        if rating == 2:
            return hard
        good = chooser.graduating(self.passes[1], hard)
        return good if rating == 3 else chooser.graduating(self.passes[2], good + 1)


def _scheduled(seconds: int) -> int:
    return seconds // steps.DAY_S if seconds >= steps.DAY_S else -seconds


def due_of(
    day: int, moment: datetime, offset: timedelta, day_start: int, scheduled: int
) -> tuple[int, datetime | None]:
    """The study day on which a card is due and, for a step that ends on the day of the answer, the instant.

    `offset` is that of the answer. A step that ends on a later study day is due from the beginning of that day.
    """
    if scheduled > 0:
        return day + scheduled, None
    due = moment + timedelta(seconds=-scheduled)
    due_day = study_day(due + offset, day_start)
    return (due_day, None) if due_day > day else (day, due)
