"""The end of a sitting: what was done, what was missed, what comes tomorrow; undo still reaches back from here."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from studycards.language import say
from studycards.tui.conduct import Conduct
from studycards.tui.page import Line, Page, Separator
from studycards.tui.program import Desk
from studycards.tui.summing import summary_lines

MORE_NEW = 10


class SummaryPage(Page):
    """Shows how the sitting went."""

    page: ClassVar[str] = "summary"
    DEFAULT_CSS = """
    SummaryPage VerticalScroll { height: 1fr; padding: 1 1; scrollbar-size-vertical: 0; }
    SummaryPage #message { color: $warm; }
    SummaryPage #legend { color: $quiet; }
    """

    def __init__(self, desk: Desk, conduct: Conduct) -> None:
        super().__init__(desk.look)
        self.desk, self.conduct = desk, conduct

    def body(self) -> ComposeResult:
        yield Line(id="header")
        yield Separator(self.look)
        with VerticalScroll(can_focus=False):
            yield Static(markup=False, id="told")
        yield Line(id="message")
        yield Separator(self.look)
        yield Line(id="legend")

    def fill(self) -> None:
        """Write the summary."""
        told = summary_lines(self.conduct.session.summary(), self.conduct.missed)
        self.write("header", " studycards")
        self.query_one("#told", Static).update(Text("\n\n".join(told)))
        self.write("legend", self.legend())

    def do_undo(self) -> None:
        """Take the last answer back and show its card again."""
        told = self.conduct.undo()
        if self.conduct.session.current is not None:
            self.conduct.carry = told
            self.post_message(self.Review(self.conduct))
            return
        self.write("message", f" {told}")

    def do_redo(self) -> None:
        """Do again what was taken back."""
        self.write("message", f" {self.conduct.redo()}")
        self.fill()

    def do_more_new(self) -> None:
        """Ten new cards beyond today's limit."""
        options = replace(self.conduct.options, limit=None, minutes=None)
        self._go_on(self.desk.conduct(options, more_new=MORE_NEW), say("There are no more new cards."))

    def do_ahead(self) -> None:
        """What comes due by tomorrow."""
        options = replace(self.conduct.options, limit=None, minutes=None, ahead=self.conduct.options.ahead + 1)
        self._go_on(self.desk.conduct(options), say("Nothing comes due by then."))

    def _go_on(self, conduct: Conduct, nothing: str) -> None:
        if conduct.session.current is None:
            self.write("message", f" {nothing}")
            return
        self.post_message(self.Review(conduct))

    def do_quit(self) -> None:
        """Leave."""
        self.post_message(self.Leave("home"))

    def do_down(self) -> None:
        """A line down."""
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def do_up(self) -> None:
        """A line up."""
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def do_page_down(self) -> None:
        """A page down."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def do_page_up(self) -> None:
        """A page up."""
        self.query_one(VerticalScroll).scroll_page_up(animate=False)

    def do_top(self) -> None:
        """To the first line."""
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def do_end(self) -> None:
        """To the last line."""
        self.query_one(VerticalScroll).scroll_end(animate=False)
