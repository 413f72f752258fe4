"""Replay: a card's rows of the log → its memory, bit for bit the same whatever order the rows arrived in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from studycards.model import Memory, Settings, State
from studycards.scheduling.answer import due_of, kernel_of
from studycards.scheduling.fsrs import Kernel, Pair
from studycards.scheduling.intervals import respread
from studycards.scheduling.steps import follow

_REVIEW, _RELEARNING = State.REVIEW, State.RELEARNING
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Answered(NamedTuple):
    """One standing answer, as plain values in this order; the first four decide its place in the replay."""

    study_day: int
    reviewed_at: int
    device: str
    seq: int
    rating: int
    scheduled: int
    settings: int
    utc_offset_min: int
    day_start: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something else that changes memory, standing: what `kind` says, at its place among the answers.

    `reset` begins anew; `due` sets `due_day` by hand; `redue` schedules anew with `settings`, a card in review whose
    day was not set by hand; `anchor` puts `memory` in place of all that came before.
    """

    study_day: int
    at_ms: int
    device: str
    seq: int
    kind: str
    due_day: int = 0
    settings: Settings | None = None
    memory: Memory | None = None

    @property
    def place(self) -> tuple[int, int, str, int]:
        """What decides its place in the replay."""
        return self.study_day, self.at_ms, self.device, self.seq


class Rules:
    """What replay depends on beside the rows: the settings by their number, and the kernel in force."""

    __slots__ = ("counts", "kernel", "settings")

    def __init__(self, settings: Mapping[int, Settings], kernel: Kernel | None = None) -> None:
        """Without a kernel, that of the default parameters."""
        self.settings, self.kernel = settings, kernel or kernel_of(())
        self.counts = {n: (len(s.learning_steps), len(s.relearning_steps)) for n, s in settings.items()}


def replay(
    card_id: str, answers: Iterable[Sequence[object]], rules: Rules, events: Sequence[Event] = ()
) -> Memory | None:
    """The memory that a card's standing rows lead to; None for a new card. Rows may come in any order.

    `answers` hold the values of `Answered`; what stands behind them is not looked at. Stability and difficulty follow
    from study days and ratings, state and step from the settings of each row; what was scheduled is as recorded.
    """
    rows: list[Answered] = sorted(answers)  # type: ignore[arg-type]  # plain tuples come from the store
    memory: Memory | None = None
    by_hand = False
    start = 0
    for event in sorted(events, key=lambda e: e.place):
        end = start
        while end < len(rows) and rows[end][:4] < event.place:
            end += 1
        if end > start:
            memory, by_hand = _through(memory, rows[start:end], rules), False
        if event.kind == "redue":
            memory = memory if by_hand else _redue(memory, card_id, event, (rows[:end], rules, events))
        else:
            memory, by_hand = _happened(memory, event)
        start = end
    return _through(memory, rows[start:], rules) if start < len(rows) else memory


def _through(memory: Memory | None, rows: Sequence[Answered], rules: Rules) -> Memory:
    """Memory after some answers more, in their order; there is at least one."""
    step_of, counts = rules.kernel.step, rules.counts
    pair: Pair | None = None
    day, state, step, lapses, reps = 0, State.LEARNING, 0, 0, len(rows)
    if memory is not None:
        pair, day, state = (memory.stability, memory.difficulty), memory.last_day, memory.state
        step, lapses, reps = memory.step or 0, memory.lapses, memory.reps + len(rows)
    for row in rows:
        today, rating = row[0], row[4]
        pair = step_of(pair, rating, today - day)
        day = today
        if state == _REVIEW:
            if rating > 1:
                continue
            lapses += 1
            state, following = _RELEARNING, 0 if counts[row[6]][1] else None
        else:
            following = follow(counts[row[6]][state == _RELEARNING], step, rating)
        if following is None:
            state, step = _REVIEW, 0
        else:
            step = following
    assert pair is not None
    return _standing(rows[-1], pair, (state, step), (reps, lapses))


def _standing(row: Answered, pair: Pair, place: tuple[State, int], counts: tuple[int, int]) -> Memory:
    """The memory whose last answer is `row`."""
    day, at_ms, _, _, _, scheduled, _, offset, day_start = row[:9]
    moment = _EPOCH + timedelta(milliseconds=at_ms)
    due_day, due = due_of(day, moment, timedelta(minutes=offset), day_start, scheduled)
    state, step = place
    return Memory(
        state=state,
        step=None if state == State.REVIEW else step,
        stability=pair[0],
        difficulty=pair[1],
        due_day=due_day,
        due=due,
        last_day=day,
        last_review=moment,
        reps=counts[0],
        lapses=counts[1],
        interval=scheduled,
    )


def _happened(memory: Memory | None, event: Event) -> tuple[Memory | None, bool]:
    """Memory after a reset, an anchor or a day set by hand, and whether the day is now one set by hand."""
    if event.kind == "reset":
        return None, False
    if event.kind == "anchor":
        return event.memory, False
    if event.kind == "due" and memory is not None:
        return replace(memory, due_day=event.due_day, due=None), True
    return memory, False


def _redue(
    memory: Memory | None,
    card_id: str,
    event: Event,
    before: tuple[Sequence[Answered], Rules, Sequence[Event]],
) -> Memory | None:
    """Due anew, by the stability that the parameters of that time gave, so that later ones move no day."""
    if memory is None or event.settings is None:
        return memory
    rows, rules, events = before
    kernel = kernel_of(event.settings.parameters)
    stability = memory.stability
    if kernel.parameters != rules.kernel.parameters:
        earlier = [e for e in events if e.place < event.place]
        then = replay(card_id, rows, Rules(rules.settings, kernel), earlier)
        stability = then.stability if then is not None else stability
    return redue(memory, card_id, event.settings, stability)


def redue(memory: Memory, card_id: str, settings: Settings, stability: float | None = None) -> Memory:
    """Due as the settings would have it since the last answer; a card on a step stays as it is.

    The lot is that of the last answer and the load is left out, so that replay finds the same day again.
    """
    if memory.state != State.REVIEW:
        return memory
    raw = kernel_of(settings.parameters).interval(settings.desired_retention, stability or memory.stability)
    days = respread(raw, settings, (card_id, memory.reps))
    return replace(memory, due_day=memory.last_day + days, due=None, interval=days)
