"""What is due right now, as a sitting begun at this moment would ask it: counts, minutes, decks, what comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from studycards.config import Config
from studycards.model import State
from studycards.scheduling.queue import Candidate
from studycards.scheduling.studyday import day_begins, study_day
from studycards.session.day import gather
from studycards.session.values import Options
from studycards.store.coming import next_due_day
from studycards.store.counts import answered, seconds_per_answer


@dataclass(frozen=True, slots=True)
class DeckDue:
    """One deck's share of what is due."""

    deck: str
    new: int
    learning: int
    review: int


@dataclass(frozen=True, slots=True)
class Due:
    """What is due within today's limits, `backlog` beyond them; `answered` counts this study day's answers.

    `next_due` is the moment at which the next card comes due that is not counted here; None: nothing is known to.
    `first` is the deck of the card that would be asked first.
    """

    study_day: int
    new: int
    learning: int
    review: int
    backlog: int
    answered: int
    minutes: float
    next_due: datetime | None
    decks: tuple[DeckDue, ...]
    first: str = ""

    @property
    def total(self) -> int:
        """All that a sitting begun now would ask."""
        return self.new + self.learning + self.review


def due_now(db: Database, config: Config, now: datetime) -> Due:
    """What a sitting over the whole collection would ask if it began now."""
    settings = config.settings()
    today = study_day(now, settings.day_start)
    queue = gather(db, config, Options(), today)
    soon = now + timedelta(seconds=settings.learn_ahead_s)
    ready = [card for card in queue.learning if _moment(card) <= soon]
    waiting = [card for card in queue.learning if _moment(card) > soon]
    asked = [*ready, *queue.main]
    counts = Counter((card.deck, _sort(card)) for card in asked)
    sorts = Counter(_sort(card) for card in asked)
    return Due(
        study_day=today,
        new=sorts["new"],
        learning=sorts["learning"],
        review=sorts["review"],
        backlog=queue.backlog,
        answered=sum(count.total for count in answered(db, today).values()),
        minutes=len(asked) * seconds_per_answer(db) / 60,
        next_due=_next(db, waiting, len(asked), settings.day_start, now),
        decks=tuple(
            DeckDue(deck, counts[deck, "new"], counts[deck, "learning"], counts[deck, "review"])
            for deck in sorted({card.deck for card in asked})
        ),
        first=asked[0].deck if asked else "",
    )


def _sort(card: Candidate) -> str:
    if card.memory is None:
        return "new"
    return "review" if card.memory.state == State.REVIEW else "learning"


def _moment(card: Candidate) -> datetime:
    assert card.memory is not None
    assert card.memory.due is not None
    return card.memory.due


def _next(db: Database, waiting: list[Candidate], asked: int, day_start: int, now: datetime) -> datetime | None:
    if waiting:
        return min(_moment(card) for card in waiting).astimezone(now.tzinfo)
    day = next_due_day(db, study_day(now, day_start), asked)
    return None if day is None else day_begins(day, day_start, None).astimezone(now.tzinfo)


def nothing(today: int) -> Due:
    """A study day without anything due, as before the first card."""
    return Due(today, 0, 0, 0, 0, 0, 0.0, None, ())
