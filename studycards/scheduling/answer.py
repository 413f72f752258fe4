"""One answer: memory, rating and moment in, memory and what it schedules out. Pure, and the same every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from studycards.model import Memory, Rating, Settings, State
from studycards.scheduling import steps
from studycards.scheduling.balance import Load
from studycards.scheduling.fsrs import Kernel, Pair
from studycards.scheduling.fuzz import rounded
from studycards.scheduling.intervals import DAY_S, Chooser, after_review, graduating
from studycards.scheduling.leech import is_leech
from studycards.scheduling.studyday import study_day

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Outcome:
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
    return _Sitting(memory, now, card_id, settings, load).outcome(rating)


def preview(
    memory: Memory | None, now: datetime, card_id: str, settings: Settings, load: Load | None = None
) -> dict[Rating, Outcome]:
    """What each of the four buttons would do; the one that is pressed is recorded as it was shown."""
    sitting = _Sitting(memory, now, card_id, settings, load)
    return {rating: sitting.outcome(rating) for rating in Rating}


class _Sitting:
    """One card at one moment: what its four answers share."""

    __slots__ = (
        "chooser",
        "day",
        "factor",
        "gap",
        "kernel",
        "memory",
        "moment",
        "offset",
        "pair",
        "settings",
        "stable",
    )

    def __init__(
        self, memory: Memory | None, now: datetime, card_id: str, settings: Settings, load: Load | None
    ) -> None:
        self.memory, self.settings = memory, settings
        self.kernel = kernel_of(settings.parameters)
        self.factor = self.kernel.interval_factor(settings.desired_retention)
        self.day = study_day(now, settings.day_start)
        self.offset = now.utcoffset() or timedelta()
        self.moment = now.astimezone(UTC)
        self.moment = self.moment.replace(microsecond=self.moment.microsecond // 1000 * 1000)
        self.pair: Pair | None = None
        self.gap, number = 0, 1
        if memory is None:
            self.stable = tuple(self.kernel.step(None, rating, 0)[0] for rating in (1, 2, 3, 4))
        else:
            number = memory.reps + 1
            self.day = max(self.day, memory.last_day)
            self.gap = self.day - memory.last_day
            self.moment = max(self.moment, memory.last_review + _MILLISECOND)
            self.pair = memory.stability, memory.difficulty
            self.stable = self.kernel.stabilities(memory.stability, memory.difficulty, self.gap)
        self.chooser = Chooser(settings, card_id, number, self.day, load)

    def outcome(self, rating: Rating) -> Outcome:
        memory = self.memory
        stability, difficulty = self.kernel.step(self.pair, rating, self.gap)
        state, step, scheduled = self._next(rating)
        lapsed = rating == 1 and memory is not None and memory.state == State.REVIEW
        lapses = (memory.lapses if memory else 0) + lapsed
        due_day, due = self._due(scheduled)
        after = Memory(
            state=state,
            step=step,
            stability=stability,
            difficulty=difficulty,
            due_day=due_day,
            due=due,
            last_day=self.day,
            last_review=self.moment,
            reps=self.chooser.number,
            lapses=lapses,
            interval=scheduled,
        )
        predicted = self.kernel.retrievability(self.gap, memory.stability) if memory and self.gap > 0 else None
        return Outcome(after, scheduled, predicted, lapsed and is_leech(lapses, self.settings.leech_threshold))

    def _next(self, rating: Rating) -> tuple[State, int | None, int]:
        """State, step and what is scheduled."""
        memory = self.memory
        if memory is not None and memory.state == State.REVIEW:
            if rating > 1:
                return State.REVIEW, None, self._review_days(rating, memory.interval)
            if self.settings.relearning_steps:
                return State.RELEARNING, 0, _scheduled(steps.again(self.settings.relearning_steps))
            return State.REVIEW, None, self._lapse_days()
        return self._on_steps(rating)

    def _on_steps(self, rating: Rating) -> tuple[State, int | None, int]:
        state = self.memory.state if self.memory else State.LEARNING
        ladder = self.settings.relearning_steps if state == State.RELEARNING else self.settings.learning_steps
        at = min((self.memory.step or 0) if self.memory else 0, max(len(ladder) - 1, 0))
        step, seconds = steps.after(ladder, at, rating)
        if seconds is not None:
            return state, step, _scheduled(seconds)
        return State.REVIEW, None, self._graduating_days(rating, ladder, at)

    def _review_days(self, rating: Rating, previous: int) -> int:
        raw = tuple(stability * self.factor for stability in self.stable[1:rating])
        return after_review(raw, previous, self.chooser)[-1]

    def _lapse_days(self) -> int:
        return max(1, min(rounded(self.stable[0] * self.factor), self.settings.maximum_interval))

    def _graduating_days(self, rating: Rating, ladder: tuple[int, ...], at: int) -> int:
        """Days of a card that leaves its steps, or has none."""
        if rating == Rating.AGAIN:
            return self._lapse_days()
        if not ladder:
            least = graduating(self.stable[1] * self.factor, 1, self.chooser)
            if rating == Rating.HARD:
                return least
        else:
            least = steps.hard(ladder, at) // DAY_S
        good = graduating(self.stable[2] * self.factor, least, self.chooser)
        if rating == Rating.GOOD:
            return good
        return graduating(self.stable[3] * self.factor, good + 1, self.chooser)

    def _due(self, scheduled: int) -> tuple[int, datetime | None]:
        return due_of(self.day, self.moment, self.offset, self.settings.day_start, scheduled)


def _scheduled(seconds: int) -> int:
    return seconds // DAY_S if seconds >= DAY_S else -seconds


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
