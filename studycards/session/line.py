"""Who comes next: the day's queue as it shrinks and grows with each act of the sitting."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from studycards.model import State
from studycards.scheduling import queue
from studycards.scheduling.queue import Candidate, Lanes, Queue
from studycards.store.memory import to_ms

SKIP = 10


class Lane:
    """Candidates in their order, of which any one, and all siblings of a card, are found and taken out at once."""

    __slots__ = ("_families", "cards")

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self.cards = {candidate.card_id: candidate for candidate in candidates}
        self._families: dict[str, list[str]] = {}
        for card_id, candidate in self.cards.items():
            for name in queue.families(candidate):
                self._families.setdefault(name, []).append(card_id)

    def take(self, card_id: str) -> bool:
        """Take a card out; whether it was there."""
        return self.cards.pop(card_id, None) is not None

    def take_siblings(self, of: Candidate) -> int:
        """Take the siblings of a card out, but for those on a step; how many."""
        ids = [card_id for name in queue.families(of) for card_id in self._families.get(name, ())]
        kept = (self.cards.get(card_id) for card_id in ids)
        return sum(self.take(c.card_id) for c in kept if c is not None and not _is_on_step(c))


@dataclass(slots=True)
class Line:
    """The queue of a sitting. `cutoff` is what "due now" means, the moment of the last act; `last` the card before;
    `first` a card that undo has brought back, asked before all others; `backlog` and `buried` are the queue's."""

    cutoff: datetime
    learn_ahead_s: int
    last: Candidate | None = None
    first: str = ""
    backlog: int = 0
    buried: int = 0
    _learning: list[Candidate] = field(default_factory=list)
    _main: Lane = field(default_factory=Lane)
    _ahead: Lane = field(default_factory=Lane)
    _skipped: list[tuple[int, Candidate]] = field(default_factory=list)

    def fill(self, built: Queue, limit: int | None) -> None:
        """Take a queue that was made anew; at most `limit` cards of it begin (None: all)."""
        room = None if limit is None else max(0, limit)
        waiting = {candidate.card_id for _, candidate in self._skipped}
        self._learning = list(built.learning)
        self._main = Lane(c for c in built.main[:room] if c.card_id not in waiting)
        self._ahead = Lane(built.ahead[:room])
        self.backlog, self.buried = built.backlog, built.buried

    def pick(self) -> Candidate | None:
        """The card to ask now; it stays in line until it leaves. One without a block was brought back by undo."""
        if self.first:
            first, self.first = self.first, ""
            return Candidate(card_id=first, block="")
        for place, (cards, skipped) in enumerate(self._skipped):
            if cards <= 0:
                del self._skipped[place]
                return skipped
        lanes = Lanes(self._learning, self._main.cards.values(), self._ahead.cards.values())
        candidate = queue.pick(lanes, self.cutoff, self.learn_ahead_s, self.last)
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
        self._main.take(card_id)
        self._ahead.take(card_id)
        self._learning = [c for c in self._learning if c.card_id != card_id]

    def postpone(self, candidate: Candidate) -> None:
        """Ask the card about ten cards later."""
        self._skipped.append((SKIP, candidate))

    def come_back(self, candidate: Candidate) -> None:
        """Put a card on a step into line, at the time of its step."""
        insort(self._learning, candidate, key=_due_ms)

    def put_siblings_off(self, answered: Candidate) -> None:
        """The card's siblings wait until tomorrow, but for those on a step."""
        self.buried += self._main.take_siblings(answered)
        self._ahead.take_siblings(answered)

    def left(self, on_screen: Candidate | None) -> tuple[int, int, int]:
        """New cards, cards on a step that come today, and reviews that are left, the one on screen included."""
        seen = self._main.cards | {c.card_id: c for c in self._learning} | {c.card_id: c for _, c in self._skipped}
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
