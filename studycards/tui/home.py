"""The home page: what today costs in cards and minutes, the decks, and one key to everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult

from studycards.language import count, day, later, say
from studycards.scheduling.studyday import study_day
from studycards.session import Options
from studycards.session.due import DeckDue, Due, due_now
from studycards.store import overview, proposals
from studycards.text import clean
from studycards.tui import lines, standing
from studycards.tui.page import Line, Page, Separator
from studycards.tui.program import Desk
from studycards.tui.rows import Rows

_HEAD = (later("new"), later("learning"), later("review"), later("next"))


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A deck of the tree: its full name (empty: all), its depth and what is due in it and below."""

    deck: str
    depth: int
    new: int
    learning: int
    review: int
    next_day: int | None


class HomePage(Page):
    """What is due, deck by deck; Enter reviews the deck under the cursor, the first line all of them."""

    page: ClassVar[str] = "home"
    DEFAULT_CSS = """
    HomePage #head { color: $quiet; }
    HomePage #message { color: $warm; }
    HomePage #legend { color: $quiet; }
    HomePage #today { text-style: bold; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self.desk = desk
        self._rows: list[DeckRow] = []
        self._message = ""

    def body(self) -> ComposeResult:
        yield Line(id="header")
        yield Separator(self.look)
        yield Line(id="today")
        yield Line(id="inbox")
        yield Line(id="older")
        yield Line(id="head")
        yield Rows(id="decks")
        yield Line(id="week", classes="quiet")
        yield Line(id="message")
        yield Separator(self.look)
        yield Line(id="legend")

    def fill(self) -> None:
        """Count anew and write it down."""
        now = self.desk.clock()
        db = self.desk.collection.db
        due = due_now(db, self.desk.config, now)
        self._rows = tree(due, overview.decks(db))
        width = self.size.width
        self.write("header", lines.sides("studycards", day(date.fromordinal(due.study_day)), width))
        self.write("today", f" {self._today(due)}")
        waiting = proposals.count_waiting(db, due.study_day)
        self.write("inbox", f" {_inbox(waiting)}" if waiting else "")
        self.write("older", _older() if due.backlog else "")
        for id in ("inbox", "older"):
            line = self.query_one(f"#{id}", Line)
            line.display = bool(str(line.content))
        self.write("head", self._head())
        self.write("week", f" {self._week(due)}")
        self.write("message", f" {self._message or standing.unfinished(due)}".rstrip())
        self.write("legend", self.legend())
        rows = self.query_one(Rows)
        rows.load(len(self._rows), self._row, rows.cursor)

    def _today(self, due: Due) -> str:
        if not self._rows:
            return say("There are no cards yet: `studycards generate NOTES --into decks` makes them from your notes.")
        if not due.total:
            return self._done(due)
        spent = max(1, round(due.minutes))
        cards = count(
            "Today {n} card, about {minutes} min", "Today {n} cards, about {minutes} min", due.total, minutes=spent
        )
        return f"{cards}    {lines.kinds(due.new, due.review, due.learning)}"

    def _done(self, due: Due) -> str:
        if due.next_due is None:
            return say("Nothing is due.")
        moment = due.next_due.astimezone(self.desk.clock().tzinfo)
        if study_day(moment, self.desk.config.settings().day_start) == due.study_day:
            return say("Nothing is due until {time}.", time=f"{moment:%H:%M}")
        return say("Nothing is due until {day}.", day=day(moment.date()))

    def _week(self, due: Due) -> str:
        db = self.desk.collection.db
        told = [
            say("{n} of 7 days", n=overview.days_answered(db, due.study_day)),
            count("{n} answered today", "{n} answered today", due.answered),
        ]
        gone = overview.orphaned(db)
        if gone:
            told.append(count("{n} card lost its text", "{n} cards lost their text", gone))
        now = self.desk.clock()
        told += [standing.next_reminder(db, now, due.study_day), standing.backup_age(db, now)]
        return "    ".join(word for word in told if word)

    def _head(self) -> str:
        return "  " + _columns([say(word) for word in _HEAD]) + f"  {say('deck')}"

    def _row(self, number: int, width: int) -> str:
        row = self._rows[number]
        due = row.new + row.learning + row.review
        when = say("now") if due else _when(row.next_day)
        cells = [str(n) if n else "" for n in (row.new, row.learning, row.review)]
        name = clean(row.deck.rpartition("::")[2]) if row.deck else say("all decks")
        return _columns([*cells, when]) + "  " + "  " * row.depth + name.replace("\n", " ")

    # Keys

    def do_review(self) -> None:
        """Review the deck under the cursor."""
        if not self._rows:
            return
        self._review(self._rows[self.query_one(Rows).cursor].deck)

    def _review(self, deck: str) -> None:
        conduct = self.desk.conduct(Options(decks=(deck,) if deck else ()))
        if conduct.session.current is None:
            self._say(say("Nothing is due there."))
            return
        self.post_message(self.Review(conduct))

    def _say(self, message: str) -> None:
        self._message = message
        self.fill()

    def do_find(self) -> None:
        """Find a deck by letters of its name and review it."""
        from studycards.tui.picking import PickPanel

        names = [row.deck for row in self._rows if row.deck]
        self.app.push_screen(PickPanel(self.look, say("review which deck?"), names), self._found)

    def _found(self, deck: str | None) -> None:
        if deck is not None:
            self._review(deck)

    def do_catchup(self) -> None:
        """Ways through what waits beyond today's limit."""
        self.post_message(self.Leave("catchup"))

    def do_curate(self) -> None:
        """Decide on what waits in the inbox."""
        self.post_message(self.Leave("curate"))

    def do_stats(self) -> None:
        """Statistics."""
        self.post_message(self.Leave("stats"))

    def do_browse(self) -> None:
        """Find cards."""
        self.post_message(self.Leave("browse"))

    def do_undo(self) -> None:
        """Take the last thing back."""
        self._say(self.desk.conduct(Options()).undo())

    def do_redo(self) -> None:
        """Do again what was taken back."""
        self._say(self.desk.conduct(Options()).redo())

    def do_down(self) -> None:
        """The next deck."""
        self.query_one(Rows).move(1)

    def do_up(self) -> None:
        """The deck before."""
        self.query_one(Rows).move(-1)

    def do_page_down(self) -> None:
        """A page of decks on."""
        self.query_one(Rows).move(self.query_one(Rows).page_rows)

    def do_page_up(self) -> None:
        """A page of decks back."""
        self.query_one(Rows).move(-self.query_one(Rows).page_rows)

    def do_top(self) -> None:
        """The first deck."""
        self.query_one(Rows).go(0)

    def do_end(self) -> None:
        """The last deck."""
        self.query_one(Rows).go(len(self._rows) - 1)

    def do_quit(self) -> None:
        """Quit."""
        self.post_message(self.Leave(""))


def tree(due: Due, decks: list[overview.DeckLine]) -> list[DeckRow]:
    """All decks with what is due in them, parents with the sum of what is below; the first row is everything."""
    counted = {one.deck: one for one in due.decks}
    known = {one.deck: one for one in decks}
    names = {"::".join(deck.split("::")[:n]) for deck in known for n in range(1, deck.count("::") + 2)}
    rows = [_sum(name, name.count("::"), counted, known) for name in sorted(names, key=lambda name: name.split("::"))]
    return [_sum("", 0, counted, known), *rows] if rows else []


def _sum(name: str, depth: int, counted: dict[str, DeckDue], known: dict[str, overview.DeckLine]) -> DeckRow:
    def below(deck: str) -> bool:
        return not name or deck == name or deck.startswith(name + "::")

    inside = [one for deck, one in counted.items() if below(deck)]
    days = [one.next_day for deck, one in known.items() if below(deck) and one.next_day is not None]
    return DeckRow(
        name,
        depth,
        sum(one.new for one in inside),
        sum(one.learning for one in inside),
        sum(one.review for one in inside),
        min(days, default=None),
    )


def _columns(cells: list[str]) -> str:
    widths = (5, 9, 7, 7)
    return "".join(" " * max(0, width - cell_len(cell)) + cell for cell, width in zip(cells, widths, strict=True))


def _when(next_day: int | None) -> str:
    if next_day is None:
        return ""
    return f"{date.fromordinal(next_day):%m-%d}"


def _older() -> str:
    return " " + say("Older cards wait beyond today's limit; nothing is lost. k catch-up")


def _inbox(waiting: int) -> str:
    return count(
        "Inbox {n} proposal waits, about {minutes} min",
        "Inbox {n} proposals wait, about {minutes} min",
        waiting,
        minutes=max(1, round(waiting / 6)),
    )
