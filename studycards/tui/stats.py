"""The statistics page: today, recall against what was predicted, what is coming, the year, decks and rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult

from studycards.history import Stamp
from studycards.language import count, day, say, weekday
from studycards.model import Rating
from studycards.stats import Recall, Stats, summarise
from studycards.store.tallies import tallies
from studycards.text import clean
from studycards.tui import lines
from studycards.tui.page import Line, Moving, Page, Separator
from studycards.tui.program import Desk
from studycards.tui.sheet import Sheet
from studycards.tui.words import rating_name

PERIODS = (30, 90, 365)
HORIZON = 30
SHADES = ".:+#"
_BARS = 40


class StatsPage(Page):
    """Figures of the last 30, 90 or 365 days; the same as `stats --json`."""

    page: ClassVar[str] = "stats"
    DEFAULT_CSS = """
    StatsPage Sheet { padding: 0 1; }
    StatsPage #legend { color: $quiet; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self.desk = desk
        self._period = 0

    def body(self) -> ComposeResult:
        yield Line(id="header")
        yield Separator(self.look)
        yield Sheet()
        yield Separator(self.look)
        yield Line(id="legend")

    def fill(self) -> None:
        """Read the log and write the figures."""
        days = PERIODS[self._period]
        today = Stamp.of(self.desk.clock(), self.desk.config.settings().day_start).day
        stats = summarise(tallies(self.desk.collection.db, today, days=days, horizon=HORIZON), HORIZON)
        goal = self.desk.config.settings().desired_retention
        told = count("{n} day", "{n} days", days)
        self.write("header", lines.sides(say("stats"), told, self.size.width))
        text = "\n".join(figures(stats, today, goal, max(20, self.size.width - 2)))
        self.query_one(Sheet).show(Text(clean(text)), top=None)
        self.write("legend", self.legend())

    def do_longer(self) -> None:
        """A longer period."""
        self._period = min(self._period + 1, len(PERIODS) - 1)
        self.fill()

    def do_shorter(self) -> None:
        """A shorter period."""
        self._period = max(self._period - 1, 0)
        self.fill()

    def moving(self) -> Moving:
        return self.query_one(Sheet)

    def do_quit(self) -> None:
        """Back."""
        self.post_message(self.Leave("home"))


def figures(stats: Stats, today: int, goal: float, width: int) -> list[str]:
    """All of the page, as lines of at most that many cells (names may be cut by the terminal)."""
    bars = min(_BARS, width - 24)
    return [
        *_today(stats),
        "",
        *_recall(stats.recall, goal),
        "",
        say("What is coming"),
        *_bars([(_coming(today + n), cards) for n, cards in enumerate(stats.forecast[:14])], bars),
        "",
        say("The year"),
        *_calendar(stats, today, min(53, width - 6)),
        "",
        say("Answers"),
        *_bars([(rating_name(Rating(n)), cards) for n, cards in stats.ratings.items()], bars),
        "",
        say("Hours"),
        *_bars([(f"{hour:02}:00", cards) for hour, cards in enumerate(stats.hours) if cards], bars),
        *_decks(stats),
        *_rules(stats),
    ]


def _today(stats: Stats) -> list[str]:
    one, cards = stats.today, stats.cards
    told = [
        count("Today {n} answer", "Today {n} answers", one.reviews),
        say("{minutes} min", minutes=round(one.minutes)),
    ]
    if one.recalled is not None:
        told.append(say("{share} recalled", share=_percent(one.recalled)))
    if one.seconds_per_card is not None:
        told.append(say("{seconds} s a card", seconds=f"{one.seconds_per_card:.1f}"))
    states = say(
        "{total} cards: {new} new, {learning} learning, {review} in review, {leeches} leeches",
        total=cards["total"],
        new=cards["new"],
        learning=cards["learning"] + cards["relearning"],
        review=cards["review"],
        leeches=cards["leeches"],
    )
    return ["    ".join(told), states]


def _recall(recall: Recall, goal: float) -> list[str]:
    if recall.true is None:
        return [say("Recall is not measured yet; the goal is {goal}.", goal=_percent(goal))]
    return [
        say(
            "Recall {true} (predicted {predicted}, goal {goal}) of {reviews} reviews",
            true=_percent(recall.true),
            predicted=_percent(recall.predicted),
            goal=_percent(goal),
            reviews=recall.reviews,
        ),
        say("young {young}    mature {mature}", young=_percent(recall.young), mature=_percent(recall.mature)),
    ]


def _bars(rows: list[tuple[str, int]], width: int) -> list[str]:
    most = max((cards for _, cards in rows), default=0) or 1
    label = max((cell_len(name) for name, _ in rows), default=0)
    return [
        f"  {name}{' ' * (label - cell_len(name))}  {'#' * round(cards / most * max(1, width))} {cards}"
        for name, cards in rows
    ]


def _coming(number: int) -> str:
    return day(date.fromordinal(number))


def _calendar(stats: Stats, today: int, weeks: int) -> list[str]:
    counts = {one.study_day: one.reviews for one in stats.calendar}
    most = max(counts.values(), default=0) or 1
    last = date.fromordinal(today)
    monday = last - timedelta(days=last.weekday(), weeks=weeks - 1)
    rows = []
    for n in range(7):
        days = [monday.toordinal() + 7 * week + n for week in range(weeks)]
        marks = "".join(_shade(counts.get(one, 0), most) if one <= today else "" for one in days)
        rows.append(f"  {weekday(monday + timedelta(days=n))} {marks}")
    return rows


def _shade(cards: int, most: int) -> str:
    return SHADES[min(3, (4 * cards - 1) // most)] if cards else " "


def _decks(stats: Stats) -> list[str]:
    if not stats.decks:
        return []
    told = [
        f"  {_wide(recall.true)}  "
        + say("{cards} cards, {new} new, {due} due", cards=deck.cards, new=deck.new, due=deck.due)
        + f"  {' '.join(deck.deck.split())}"
        for deck, recall in stats.decks
    ]
    return ["", say("Decks"), *told]


def _rules(stats: Stats) -> list[str]:
    rows = [(rule, recall) for rule, recall in stats.rules if rule.rule]
    if not rows:
        return []
    told = [
        f"  {_wide(recall.true)}  "
        + say(
            "{cards} cards, {leeches} leeches, {retired} retired", cards=r.cards, leeches=r.leeches, retired=r.retired
        )
        + f"  {r.rule}"
        for r, recall in rows
    ]
    return ["", say("Rules"), *told]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.1f} %"


def _wide(share: float | None) -> str:
    return _percent(share).rjust(7)
