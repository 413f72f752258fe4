"""The end of a sitting: what was done, what was missed, what comes tomorrow; undo still reaches back from here."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult

from studycards.language import say
from studycards.session import Options
from studycards.store import choices, overview
from studycards.tui.conduct import Conduct
from studycards.tui.page import Line, Moving, Page, Separator
from studycards.tui.program import Desk
from studycards.tui.sheet import Sheet
from studycards.tui.summing import summary_lines

MORE_NEW = 10


class SummaryPage(Page):
    """Shows how the sitting went."""

    page: ClassVar[str] = "summary"
    DEFAULT_CSS = """
    SummaryPage Sheet { padding: 1 1; }
    SummaryPage #message { color: $warm; }
    SummaryPage #legend { color: $quiet; }
    """

    def __init__(self, desk: Desk, conduct: Conduct) -> None:
        super().__init__(desk.look)
        self.desk, self.conduct = desk, conduct
        self._offered: str | None = None

    def body(self) -> ComposeResult:
        yield Line(id="header")
        yield Separator(self.look)
        yield Sheet()
        yield Line(id="message")
        yield Separator(self.look)
        yield Line(id="legend")

    def fill(self) -> None:
        """Write the summary."""
        told = summary_lines(self.conduct.summary(), self.conduct.missed, self.conduct.idle_ms)
        self.write("header", " studycards")
        if self._offered is None:
            self._offered = self._offer()
            self.write("message", f" {self._offered}".rstrip())
        self.query_one(Sheet).show(Text("\n\n".join(told)), top=None)
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

    def do_drill(self) -> None:
        """Ask the misses of this sitting again, without touching memory."""
        self._drill(self.conduct.missed_ids, say("Nothing was missed."))

    def do_weak(self) -> None:
        """Ask what was forgotten most often, without touching memory."""
        self._drill(tuple(overview.weak(self.desk.collection.db)), say("No card was ever forgotten."))

    def _drill(self, cards: tuple[str, ...], nothing: str) -> None:
        if not cards:
            self.write("message", f" {nothing}")
            return
        self._go_on(self.desk.conduct(Options(cram=True, cards=cards)), nothing)

    def do_catchup(self) -> None:
        """Ways through what waits beyond today's limit."""
        self.post_message(self.Leave("catchup"))

    def do_two_buttons(self) -> None:
        """Again and Good alone from now on."""
        self._choose_buttons("2", say("Two buttons from now on: Again and Good."))

    def do_four_buttons(self) -> None:
        """All four from now on."""
        self._choose_buttons("4", say("Four buttons from now on."))

    def _choose_buttons(self, number: str, told: str) -> None:
        if "review.buttons" in self.desk.config.given:
            self.write("message", f" {say('The config says how many buttons there are.')}")
            return
        choices.put(self.desk.collection.db, choices.BUTTONS, number)
        self.write("message", f" {told}")

    def _offer(self) -> str:
        """What is offered once: two buttons; and parameters of the person's own when that pays."""
        db = self.desk.collection.db
        if "review.buttons" not in self.desk.config.given and not choices.get(db, choices.BUTTONS):
            choices.put(db, choices.BUTTONS, str(self.desk.buttons))
            return say("Two buttons are enough for many: 2 leaves Again and Good, 4 keeps all four.")
        from studycards import tuning

        if not self.conduct.cram and tuning.pays(db):
            return say("`studycards optimize` can fit the intervals to your own memory now.")
        return ""

    def _go_on(self, conduct: Conduct, nothing: str) -> None:
        if conduct.session.current is None:
            self.write("message", f" {nothing}")
            return
        self.post_message(self.Review(conduct))

    def do_quit(self) -> None:
        """Leave."""
        self.post_message(self.Leave("home"))

    def moving(self) -> Moving:
        return self.query_one(Sheet)
