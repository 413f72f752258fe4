"""What was learned, in figures: today, recall against what was predicted, what is coming, decks and rules."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from studycards.model import DayTally, DeckTally, RuleTally, Tallies

_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Recall:
    """Recall measured on `reviews` first answers of a study day, as shares 0..1; None where nothing was measured.

    `low` and `high` bound the true recall with 95 % (Wilson 1927). `young` cards came after less than 21 days,
    `mature` ones after more.
    """

    reviews: int
    true: float | None
    predicted: float | None
    low: float | None
    high: float | None
    young: float | None = None
    mature: float | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """This study day: answers, first answers among them, time, recall, and how long an answer takes."""

    reviews: int
    new: int
    minutes: float
    recalled: float | None
    seconds_per_card: float | None


@dataclass(frozen=True, slots=True)
class Stats:
    """Everything that `stats` shows. `forecast` counts the cards due today (with what is overdue), tomorrow, and so
    on; `calendar` holds the days with answers of the past year; `active_days` of the last seven had some."""

    today: Today
    cards: dict[str, int]
    recall: Recall
    forecast: tuple[int, ...]
    calendar: tuple[DayTally, ...]
    active_days: int
    hours: tuple[int, ...]
    ratings: dict[int, int]
    decks: tuple[tuple[DeckTally, Recall], ...]
    rules: tuple[tuple[RuleTally, Recall], ...]


def summarise(tallies: Tallies, horizon: int) -> Stats:
    """The statistics of a collection from the sums over its log."""
    days = {day.study_day: day for day in tallies.calendar}
    kept = tallies.retention
    measured = recall(kept.reviews, kept.passed, kept.predicted)
    return Stats(
        today=_today(days.get(tallies.today)),
        cards=tallies.cards,
        recall=Recall(
            measured.reviews,
            measured.true,
            measured.predicted,
            measured.low,
            measured.high,
            young=_share(kept.passed - kept.mature_passed, kept.reviews - kept.mature),
            mature=_share(kept.mature_passed, kept.mature),
        ),
        forecast=tuple(tallies.forecast.get(offset, 0) for offset in range(horizon)),
        calendar=tallies.calendar,
        active_days=sum(tallies.today - n in days for n in range(7)),
        hours=tuple(tallies.hours.get(hour, 0) for hour in range(24)),
        ratings={rating: tallies.ratings.get(rating, 0) for rating in (1, 2, 3, 4)},
        decks=tuple((deck, recall(deck.reviews, deck.passed, deck.predicted)) for deck in tallies.decks),
        rules=tuple((rule, recall(rule.reviews, rule.passed, None)) for rule in tallies.rules),
    )


def recall(reviews: int, passed: int, predicted: float | None) -> Recall:
    """Recall with its 95 % interval (Wilson 1927); `predicted` is the sum of the expected recalls."""
    if reviews == 0:
        return Recall(0, None, None, None, None)
    share = passed / reviews
    spread = _Z95 * sqrt(share * (1 - share) / reviews + _Z95**2 / (4 * reviews**2))
    scale = 1 + _Z95**2 / reviews
    middle = share + _Z95**2 / (2 * reviews)
    expected = None if predicted is None else predicted / reviews
    return Recall(reviews, share, expected, (middle - spread) / scale, (middle + spread) / scale)


def _today(day: DayTally | None) -> Today:
    if day is None:
        return Today(0, 0, 0.0, None, None)
    return Today(
        reviews=day.reviews,
        new=day.new,
        minutes=day.duration_ms / 60_000,
        recalled=_share(day.passed, day.measured),
        seconds_per_card=day.duration_ms / day.reviews / 1000,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
