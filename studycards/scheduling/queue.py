"""The order in which a sitting asks: learning cards, then reviews with new cards between, within the day's limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple, Protocol

from studycards.model import Memory, State


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that may be asked. `position` orders new cards; `buried` (suspended, retired) is passed over."""

    card_id: str
    block: str
    deck: str = ""
    memory: Memory | None = None
    passage: str = ""
    position: int = 0
    buried: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """How many new cards and reviews may still be asked on this study day, by deck; "" is for decks without their own.

    A deck counts against its nearest parent (itself first) that has an entry; where none has, there is no limit.
    """

    new: Mapping[str, int] = field(default_factory=dict)
    review: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes a day's queue.

    `answered` holds the blocks and passages of the cards answered on this study day: their siblings wait until
    tomorrow. `ahead_days` also asks what comes due within so many days, once nothing waits behind the limit.
    """

    today: int
    room: Room = field(default_factory=Room)
    answered: Collection[str] = ()
    bury_siblings: bool = True
    ahead_days: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """`learning` by due time (asked as they come due), then `main` in its order; `ahead` follows when both are empty.

    `backlog` counts reviews that are due but beyond the limit, `buried` siblings put off until tomorrow.
    """

    learning: tuple[Candidate, ...]
    main: tuple[Candidate, ...]
    ahead: tuple[Candidate, ...] = ()
    backlog: int = 0
    buried: int = 0


class Lanes(NamedTuple):
    """The same while it is asked: what is left of each part, in its order."""

    learning: Iterable[Candidate]
    main: Iterable[Candidate]
    ahead: Iterable[Candidate] = ()


class Recall(Protocol):
    """The chance of recall after `gap` days at a stability, as the kernel gives it."""

    def __call__(self, gap: float, stability: float, /) -> float: ...


def build(candidates: Iterable[Candidate], plan: Plan, recall: Recall) -> Queue:
    """The queue of a study day. Pure: the same candidates in any order give the same queue."""
    learning, due, ahead, new = _gather(candidates, plan)
    due = by_recall(due, plan.today, recall) if _overflows(due, plan.room) else by_due_day(due, plan.today)
    asked = due
    if plan.bury_siblings:
        taken = set(plan.answered).union(*(families(candidate) for candidate in learning))
        asked = _first_of_family(due, taken)
        new, ahead = _first_of_family(new, taken), _first_of_family(ahead, taken)
    within = _within(asked, plan.room.review)
    backlog = len(asked) - len(within)
    return Queue(
        learning=tuple(learning),
        main=tuple(mixed(within, _within(new, plan.room.new))),
        ahead=() if backlog else tuple(ahead),
        backlog=backlog,
        buried=len(due) - len(asked),
    )


def pick(queue: Queue | Lanes, now: datetime, learn_ahead_s: int, last: Candidate | None = None) -> Candidate | None:
    """The card to ask at `now`: learning cards whose time has come, the main queue, those due soon, those ahead.

    `last` is the card just shown: neither it nor a sibling of it comes next while there is anything else to ask.
    `now` is the moment of the last answer, so that coming back to the screen never swaps the card on it.
    """
    soon = now + timedelta(seconds=learn_ahead_s)
    ready = [c for c in queue.learning if _is_due(c, now)]
    later = [c for c in queue.learning if _is_due(c, soon) and not _is_due(c, now)]
    first: Candidate | None = None
    for candidate in chain(ready, queue.main, later, queue.ahead):
        if last is None or not _related(candidate, last):
            return candidate
        first = first or candidate
    return first


def cram(candidates: Iterable[Candidate], today: int) -> tuple[Candidate, ...]:
    """Every card that is not buried, in an order that belongs to the study day."""
    return tuple(sorted((c for c in candidates if not c.buried), key=lambda c: shuffled(today, c.card_id)))


def by_due_day(candidates: Iterable[Candidate], today: int) -> list[Candidate]:
    """The longest overdue first; cards of one due day in an order that belongs to the study day."""
    return sorted(candidates, key=lambda c: (c.memory.due_day if c.memory else 0, shuffled(today, c.card_id)))


def by_recall(candidates: Iterable[Candidate], today: int, recall: Recall) -> list[Candidate]:
    """The best remembered first: what a day with too much due saves the most with."""

    def key(candidate: Candidate) -> tuple[float, bytes]:
        memory = candidate.memory
        chance = recall(max(0, today - memory.last_day), memory.stability) if memory else 1.0
        return -chance, shuffled(today, candidate.card_id)

    return sorted(candidates, key=key)


def mixed(reviews: Sequence[Candidate], new: Sequence[Candidate]) -> list[Candidate]:
    """Both in their own order, the new ones spread evenly between the others."""
    placed = [((2 * n + 1) * len(new), 0, c) for n, c in enumerate(reviews)]
    placed += [((2 * n + 1) * len(reviews), 1, c) for n, c in enumerate(new)]
    return [candidate for _, _, candidate in sorted(placed, key=lambda place: place[:2])]


def shuffled(day: int, card_id: str) -> bytes:
    """A card's place among its equals on a study day: the same after every restart, another one the next day."""
    return blake2b(f"{day}/{card_id}".encode(), digest_size=8).digest()


def families(candidate: Candidate) -> tuple[str, ...]:
    """What a card shares with its siblings: its block and, where known, its passage."""
    return (candidate.block, candidate.passage) if candidate.passage else (candidate.block,)


def budget(deck: str, limits: Mapping[str, int]) -> str | None:
    """The deck whose limit a deck counts against: itself, its nearest parent, "" for all, None for no limit."""
    while deck and deck not in limits:
        deck = deck.rpartition("::")[0]
    return deck if deck in limits else None


def _gather(
    candidates: Iterable[Candidate], plan: Plan
) -> tuple[list[Candidate], list[Candidate], list[Candidate], list[Candidate]]:
    learning, due, ahead, new = [], [], [], []
    for candidate in candidates:
        memory = candidate.memory
        if candidate.buried:
            continue
        if memory is None:
            new.append(candidate)
        elif memory.due is not None and memory.due_day >= plan.today:
            learning.append(candidate)
        elif memory.due_day <= plan.today:
            due.append(candidate)
        elif memory.due_day <= plan.today + plan.ahead_days:
            ahead.append(candidate)
    learning.sort(key=lambda c: (_due_ms(c), c.card_id))
    new.sort(key=lambda c: (c.position, c.card_id))
    return learning, due, by_due_day(ahead, plan.today), new


def _overflows(due: Iterable[Candidate], room: Room) -> bool:
    counts = Counter(budget(c.deck, room.review) for c in due if _is_review(c))
    return any(scope is not None and count > room.review[scope] for scope, count in counts.items())


def _within(candidates: Iterable[Candidate], limits: Mapping[str, int]) -> list[Candidate]:
    """The first ones that the limits leave room for; cards on a step always have room."""
    used: Counter[str] = Counter()
    kept = []
    for candidate in candidates:
        scope = budget(candidate.deck, limits)
        if scope is not None and not _is_on_step(candidate):
            if used[scope] >= limits[scope]:
                continue
            used[scope] += 1
        kept.append(candidate)
    return kept


def _first_of_family(candidates: Iterable[Candidate], taken: set[str]) -> list[Candidate]:
    """Without those whose sibling was taken before; grows `taken`. Cards on a step are never put off."""
    kept = []
    for candidate in candidates:
        own = families(candidate)
        if _is_on_step(candidate) or taken.isdisjoint(own):
            kept.append(candidate)
            taken.update(own)
    return kept


def _related(one: Candidate, other: Candidate) -> bool:
    return not set(families(one)).isdisjoint(families(other))


def _is_review(candidate: Candidate) -> bool:
    return candidate.memory is not None and candidate.memory.state == State.REVIEW


def _is_on_step(candidate: Candidate) -> bool:
    return candidate.memory is not None and candidate.memory.state != State.REVIEW


def _is_due(candidate: Candidate, moment: datetime) -> bool:
    memory = candidate.memory
    return memory is not None and memory.due is not None and memory.due <= moment


def _due_ms(candidate: Candidate) -> float:
    memory = candidate.memory
    return memory.due.timestamp() if memory and memory.due else 0.0
