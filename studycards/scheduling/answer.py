"""One answer: memory, rating and moment in, memory and what it schedules out. Pure, and the same every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from studycards.model import Memory, Rating, Settings, State
from studycards.scheduling import steps
from studycards.scheduling.balance import Load
from studycards.scheduling.fsrs import Kernel, Triple
from studycards.scheduling.intervals import Chooser
from studycards.scheduling.leech import is_leech
from studycards.scheduling.studyday import study_day

_MILLISECOND = timedelta(milliseconds=1)
_LEARNING, _REVIEW, _RELEARNING = State.LEARNING, State.REVIEW, State.RELEARNING
_RATINGS = tuple(Rating)
_DESKS = 64
_bare, _outcome = object.__new__, tuple.__new__

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
    outcome = _Asked(memory, now, card_id, settings, load).outcome
    return {rating: outcome(rating) for rating in _RATINGS}


class _Asked(Chooser):
    """One card at one moment: what its four answers share, worked out when the first of them needs it."""

    __slots__ = ("desk", "gap", "kept", "memory", "moment", "now", "passes", "recall")

    def __init__(
        self, memory: Memory | None, now: datetime, card_id: str, settings: Settings, load: Load | None
    ) -> None:
        desk = _desks.get(id(settings)) or _desk_of(settings)
        self.desk, self.memory, self.now, self.card_id, self.number = desk, memory, now, card_id, 1
        self.maximum, self.fuzz, self.factor, self.u, self.chain = desk.maximum, desk.fuzz, desk.factor, -1.0, ()
        self.load = load if desk.balance else None
        self.passes: Triple | None = None
        self.recall: float | None = None
        self.gap, self.kept = 0, True
        day = now.toordinal() - (now.hour < desk.day_start)
        moment = now.astimezone(UTC)
        if moment.microsecond % 1000:
            moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        if memory is not None:
            last, self.number = memory.last_day, memory.reps + 1
            if day > last:
                self.gap = gap = day - last
                self.recall = desk.kernel.retrievability(gap, memory.stability)
            elif day < last:
                day, self.kept = last, False
            if moment <= memory.last_review:
                moment, self.kept = memory.last_review + _MILLISECOND, False
        self.today, self.moment = day, moment

    def outcome(self, rating: Rating) -> Outcome:
        """What one of the answers leads to."""
        memory, desk, leech, lapses, reps = self.memory, self.desk, False, 0, 1
        kernel = desk.kernel
        if memory is None:
            stability, difficulty = kernel.first[rating]
            state, step, scheduled = desk.learning[0][1][rating] or self._graduating(rating, desk.learning[0][0])
        else:
            lapses, reps, state = memory.lapses, self.number, memory.state
            if rating == 1:
                pair = (memory.stability, memory.difficulty)
                stability, difficulty = kernel.step(pair, 1, self.gap, self.recall)
            else:
                passes = self.passes or self._passes()
                stability, difficulty = passes[rating - 2], kernel.difficulty(memory.difficulty, rating)
            if state != 2:
                hard, onward = desk.row(state, memory.step or 0)
                state, step, scheduled = onward[rating] or self._graduating(rating, hard)
            elif rating == 1:
                lapses += 1
                leech = is_leech(lapses, desk.leech)
                state, step, scheduled = desk.lapse or (_REVIEW, None, self.unspread(stability))
            else:
                step, scheduled = None, self.after_review(passes, rating, memory.interval)
        day, moment = self.today, self.moment
        after = _bare(_Made)
        if scheduled > 0:
            after.due_day, after.due = day + scheduled, None
        else:
            after.due_day, after.due = self._due(scheduled)
        after.state, after.step, after.stability, after.difficulty = state, step, stability, difficulty
        after.last_day, after.last_review, after.reps, after.lapses = day, moment, reps, lapses
        after.interval = scheduled
        after.__class__ = Memory  # type: ignore[assignment]  # the same slots
        return _outcome(Outcome, (after, scheduled, self.recall, leech))

    def _passes(self) -> Triple:
        """The stabilities after Hard, Good and Easy."""
        memory, kernel = self.memory, self.desk.kernel
        if memory is None:
            self.passes = passes = kernel.first[2][0], kernel.first[3][0], kernel.first[4][0]
        else:
            self.passes = passes = kernel.passes(memory.stability, memory.difficulty, self.gap, self.recall or 0.0)
        return passes

    def _due(self, scheduled: int) -> tuple[int, datetime | None]:
        """The study day and, for a step that ends on it, the instant."""
        now, day_start = self.now, self.desk.day_start
        if self.kept:
            gone = ((now.hour - day_start) % 24 * 60 + now.minute) * 60 + now.second
            if gone - scheduled < steps.DAY_S:
                return self.today, self.moment + self.desk.delays[scheduled]
        return due_of(self.today, self.moment, now.utcoffset() or timedelta(), day_start, scheduled)

    def _graduating(self, rating: Rating, hard: int | None) -> Next:
        """Days of a card that leaves its steps, or has none (`hard` None); else `hard` is what Hard takes, in days."""
        if rating == 1:
            memory, kernel = self.memory, self.desk.kernel
            pair = (memory.stability, memory.difficulty) if memory else None
            return _REVIEW, None, self.unspread(kernel.step(pair, 1, self.gap)[0])
        passes = self.passes or self._passes()
        if hard is None:
            hard = self.graduating(passes[0], 1)
        if rating == 2:
            return _REVIEW, None, hard
        good = self.graduating(passes[1], hard)
        return _REVIEW, None, good if rating == 3 else self.graduating(passes[2], good + 1)


class _Made:
    """A memory while it is made: the slots of `Memory` without the guard that makes each slow to fill."""

    __slots__ = Memory.__slots__

    state: State
    step: int | None
    stability: float
    difficulty: float
    due_day: int
    due: datetime | None
    last_day: int
    last_review: datetime
    reps: int
    lapses: int
    interval: int


# A step: the days that Hard takes there (None: it is no step), and by rating where answers lead (None: to review).
Row = tuple[int | None, tuple[Next | None, ...]]


class _Desk:
    """What settings alone decide, worked out once."""

    __slots__ = (
        *("balance", "day_start", "delays", "factor", "fuzz", "kernel", "lapse", "learning", "leech", "maximum"),
        *("relearning", "settings"),
    )

    def __init__(self, settings: Settings) -> None:
        self.settings, self.day_start, self.leech = settings, settings.day_start, settings.leech_threshold
        self.maximum, self.fuzz, self.balance = settings.maximum_interval, settings.fuzz, settings.balance
        self.kernel = kernel_of(settings.parameters)
        self.factor = self.kernel.interval_factor(settings.desired_retention)
        self.learning = _rows(settings.learning_steps, _LEARNING)
        self.relearning = _rows(settings.relearning_steps, _RELEARNING)
        self.lapse = self.relearning[0][1][1]
        onward = (to for _, row in (*self.learning, *self.relearning) for to in row if to is not None)
        self.delays = {scheduled: timedelta(seconds=-scheduled) for _, _, scheduled in onward}

    def row(self, state: State, step: int) -> Row:
        """Where answers lead from a step; one past the end means the last."""
        rows = self.relearning if state == 3 else self.learning
        return rows[step] if step < len(rows) else rows[-1]


_desks: dict[int, _Desk] = {}


def _desk_of(settings: Settings) -> _Desk:
    """A new desk, found again by the identity of its settings, which it keeps: to hash them would take as long as
    half an answer."""
    if len(_desks) >= _DESKS:
        _desks.clear()
    desk = _desks[id(settings)] = _Desk(settings)
    return desk


def _rows(ladder: tuple[int, ...], state: State) -> tuple[Row, ...]:
    """Where answers lead from each of the steps; from one that is none where there are none."""

    def onward(step: int, rating: int) -> Next | None:
        following = steps.follow(len(ladder), step, rating)
        if following is None:
            return None
        return state, following, _scheduled(steps.seconds(ladder, step, rating))

    if not ladder:
        return ((None, (None,) * 5),)
    return tuple(
        (steps.hard(ladder, n) // steps.DAY_S, (None, onward(n, 1), onward(n, 2), onward(n, 3), None))
        for n in range(len(ladder))
    )


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
