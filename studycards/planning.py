"""The days to come from the person's own cards: forecasts, catching up, days away; plans are rows of the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from studycards.config import Config
from studycards.history import Reverser, Stamp
from studycards.model import Settings
from studycards.simulate import Habits, Start, catch_up, habits_of, seconds_a_review
from studycards.store import histories, log, plans, presets
from studycards.store.log import Act
from studycards.store.opening import writing

_SLACK = 1.1


@dataclass(frozen=True, slots=True)
class Outlook:
    """What forecasts start from: the cards, how the person answers, the settings with the parameters in force."""

    start: Start
    habits: Habits
    settings: Settings


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to catch up: reviews and minutes of the first day, and after how many days nothing waits any more (None:
    not within some years)."""

    extra_minutes: float
    no_new: bool
    reviews: int
    minutes: float
    days: int | None


def outlook(db: Database, config: Config, today: int) -> Outlook:
    """Where the days to come begin."""
    settings = config.settings()
    parameters = settings.parameters or presets.fitted(db)
    return Outlook(
        start=Start(today, histories.numbers(db), histories.waiting(db)),
        habits=habits_of(histories.durations(db)),
        settings=replace(settings, parameters=parameters),
    )


def backlog(seen: Outlook) -> int:
    """How many reviews are due today beyond the limit."""
    due = sum(card[3] <= seen.start.today for card in seen.start.cards)
    return max(0, due - seen.settings.reviews_per_day)


def plan(seen: Outlook, extra_minutes: float, *, no_new: bool = False) -> Plan:
    """What so many minutes more a day come to; 0 is the way it is."""
    pace = seconds_a_review(seen.settings.desired_retention, seen.habits)
    reviews = seen.settings.reviews_per_day + _more(seen, extra_minutes)
    due = sum(card[3] <= seen.start.today for card in seen.start.cards)
    first = min(due, reviews)
    days = catch_up(seen.start, seen.settings, seen.habits, extra_minutes, 0 if no_new else None)
    return Plan(extra_minutes, no_new, first, first * pace / 60, days)


def begin(db: Database, stamp: Stamp, seen: Outlook, chosen: Plan) -> None:
    """Start a catch-up plan: no due day moves, the day's limit is higher while it holds. One step, can be undone."""
    days = chosen.days or 0
    payload = {
        "extra_reviews": _more(seen, chosen.extra_minutes),
        "no_new": chosen.no_new,
        "until_day": stamp.day + round(days * _SLACK) + 1,
    }
    _log(db, stamp, plans.CATCH_UP, payload)


def go_away(db: Database, stamp: Stamp, days: int) -> None:
    """Start a break of so many days: no reminder until then. One step, can be undone."""
    _log(db, stamp, plans.BREAK, {"until_day": stamp.day + days})


def due_by(seen: Outlook, day: int) -> int:
    """How many cards come due until before a study day, those that are due already among them."""
    return sum(card[3] < day for card in seen.start.cards)


def turn(_db: Database, _acts: Sequence[Act], _redo: bool) -> str:
    """Nothing but the row itself has to be taken back."""
    return ""


REVERSERS: Mapping[str, Reverser] = dict.fromkeys((plans.CATCH_UP, plans.BREAK), turn)


def _more(seen: Outlook, extra_minutes: float) -> int:
    return round(extra_minutes * 60 / seconds_a_review(seen.settings.desired_retention, seen.habits))


def _log(db: Database, stamp: Stamp, kind: str, payload: Mapping[str, object]) -> None:
    with writing(db):
        log.append_act(db, Act(kind, stamp.ms, stamp.offset_min, stamp.day, payload=payload))
