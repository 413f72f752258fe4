"""The home page: what today costs in cards and minutes, the decks, and one key to everything."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult

from studycards.language import day, later, say
from studycards.session import Options
from studycards.session.due import due_now
from studycards.store import overview, proposals
from studycards.text import clean
from studycards.tui import lines, standing, telling
from studycards.tui.page import Line, Moving, Page, Separator
from studycards.tui.program import Desk
from studycards.tui.rows import Rows
from studycards.tui.tree import DeckRow, tree

_HEAD = (later("new"), later("learning"), later("review"), later("next"))


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
        start = self.desk.config.settings().day_start
        self.write("today", f" {telling.today(due, now, start, has_cards=bool(self._rows))}")
        self.write("inbox", f" {telling.inbox(proposals.count_waiting(db, due.study_day))}")
        self.write("older", f" {telling.older(due)}")
        for id in ("inbox", "older"):
            line = self.query_one(f"#{id}", Line)
            line.display = bool(line.text.strip())
        self.write("head", self._head())
        self.write("week", f" {telling.week(db, due, now)}")
        self.write("message", f" {self._message or standing.unfinished(due)}".rstrip())
        self.write("legend", self.legend())
        rows = self.query_one(Rows)
        rows.load(len(self._rows), self._row, rows.cursor)

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

    def moving(self) -> Moving:
        return self.query_one(Rows)

    def do_quit(self) -> None:
        """Quit."""
        self.post_message(self.Leave(""))


def _columns(cells: list[str]) -> str:
    widths = (5, 9, 7, 7)
    return "".join(" " * max(0, width - cell_len(cell)) + cell for cell, width in zip(cells, widths, strict=True))


def _when(next_day: int | None) -> str:
    if next_day is None:
        return ""
    return f"{date.fromordinal(next_day):%m-%d}"
