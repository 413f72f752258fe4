"""Who comes next: the day's queue as it shrinks and grows with each act of the sitting."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from studycards.model import State
from studycards.scheduling import queue
from studycards.scheduling.queue import Candidate, Queue
from studycards.store.memory import to_ms

SKIP = 10


@dataclass(slots=True)
class Line:
    """The queue of a sitting. `cutoff` is what "due now" means, the moment of the last act; `last` the card before;
    `first` a card that undo has brought back, asked before all others; `limit` the most cards that may begin."""

    cutoff: datetime
    learn_ahead_s: int
    queued: Queue = field(default_factory=lambda: Queue((), ()))
    last: Candidate | None = None
    first: str = ""
    _skipped: list[tuple[int, Candidate]] = field(default_factory=list)

    def fill(self, built: Queue, limit: int | None) -> None:
        """Take a queue that was made anew; at most `limit` cards of it begin (None: all)."""
        if limit is not None:
            room = max(0, limit)
            built = replace(built, main=built.main[:room], ahead=built.ahead[:room])
        waiting = {candidate.card_id for _, candidate in self._skipped}
        self.queued = replace(built, main=tuple(c for c in built.main if c.card_id not in waiting))

    def pick(self) -> Candidate | None:
        """The card to ask now; it stays in line until it leaves. One without a block was brought back by undo."""
        if self.first:
            first, self.first = self.first, ""
            return Candidate(card_id=first, block="")
        for place, (cards, skipped) in enumerate(self._skipped):
            if cards <= 0:
                del self._skipped[place]
                return skipped
        candidate = queue.pick(self.queued, self.cutoff, self.learn_ahead_s, self.last)
        if candidate is None and self._skipped:
            return self._skipped.pop(0)[1]
        return candidate

    def leave(self, candidate: Candidate, moment: datetime) -> None:
        """The card was dealt with."""
        self.drop(candidate.card_id)
        self.last = candidate
        self.cutoff = max(self.cutoff, moment)
        self._skipped = [(cards - 1, c) for cards, c in self._skipped if c.card_id != candidate.card_id]

    def drop(self, card_id: str) -> None:
        """The card is not asked any more."""
        built = self.queued
        self.queued = replace(
            built,
            learning=tuple(c for c in built.learning if c.card_id != card_id),
            main=tuple(c for c in built.main if c.card_id != card_id),
            ahead=tuple(c for c in built.ahead if c.card_id != card_id),
        )

    def postpone(self, candidate: Candidate) -> None:
        """Ask the card about ten cards later."""
        self._skipped.append((SKIP, candidate))

    def come_back(self, candidate: Candidate) -> None:
        """Put a card on a step into line, at the time of its step."""
        learning = sorted((*self.queued.learning, candidate), key=_due_ms)
        self.queued = replace(self.queued, learning=tuple(learning))

    def put_siblings_off(self, answered: Candidate) -> None:
        """The card's siblings wait until tomorrow, but for those on a step."""
        own = set(queue.families(answered))
        main = tuple(c for c in self.queued.main if _is_on_step(c) or own.isdisjoint(queue.families(c)))
        ahead = tuple(c for c in self.queued.ahead if _is_on_step(c) or own.isdisjoint(queue.families(c)))
        buried = self.queued.buried + len(self.queued.main) - len(main)
        self.queued = replace(self.queued, main=main, ahead=ahead, buried=buried)

    def left(self, on_screen: Candidate | None) -> tuple[int, int, int]:
        """New cards, cards on a step that come today, and reviews that are left, the one on screen included."""
        waiting = [*self.queued.learning, *self.queued.main, *(c for _, c in self._skipped)]
        seen = {c.card_id: c for c in waiting}
        if on_screen is not None:
            seen[on_screen.card_id] = on_screen
        new = sum(c.memory is None for c in seen.values())
        steps = sum(_is_on_step(c) for c in seen.values())
        return new, steps, len(seen) - new - steps


def _is_on_step(candidate: Candidate) -> bool:
    return candidate.memory is not None and candidate.memory.state != State.REVIEW


def _due_ms(candidate: Candidate) -> int:
    memory = candidate.memory
    return to_ms(memory.due) if memory and memory.due else 0
