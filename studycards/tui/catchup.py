"""The catch-up page: ways to get through what waits beyond the limit, shown before one is started."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from studycards import history, planning
from studycards.history import Stamp
from studycards.language import count, say
from studycards.planning import Outlook, Plan
from studycards.tui import lines
from studycards.tui.page import Line, Moving, Page, Separator
from studycards.tui.program import Desk
from studycards.tui.rows import Rows

EXTRA = (0.0, 5.0, 10.0, 20.0)
AWAY_DAYS = 7


class CatchUpPage(Page):
    """Each line is a plan with the day on which it ends; Enter starts the one under the cursor, `u` ends it."""

    page: ClassVar[str] = "catchup"
    DEFAULT_CSS = """
    CatchUpPage #message { color: $warm; }
    CatchUpPage #legend { color: $quiet; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self.desk = desk
        self._no_new = False
        self._plans: dict[tuple[float, bool], Plan] = {}
        self._seen: Outlook | None = None
        self._message = ""

    def body(self) -> ComposeResult:
        yield Line(id="header")
        yield Separator(self.look)
        yield Line(id="calm")
        yield Rows(id="plans")
        yield Line(id="new", classes="quiet")
        yield Line(id="message")
        yield Separator(self.look)
        yield Line(id="legend")

    def on_mount(self) -> None:
        """Look ahead once."""
        self._seen = planning.outlook(self.desk.collection.db, self.desk.config, self._stamp().day)
        rows = self.query_one(Rows)
        rows.load(len(EXTRA) if planning.backlog(self._seen) else 0, self._row, 0)
        super().on_mount()

    def _stamp(self) -> Stamp:
        return Stamp.of(self.desk.clock(), self.desk.config.settings().day_start)

    def fill(self) -> None:
        """Everything around the plans."""
        if self._seen is None:
            return
        waiting = planning.backlog(self._seen)
        older = count("{n} older card", "{n} older cards", waiting) if waiting else ""
        self.write("header", lines.sides(say("catch-up"), older, self.size.width))
        self.write("calm", f" {_calm(waiting)}")
        new = say("New cards meanwhile: none") if self._no_new else say("New cards meanwhile: as usual")
        self.write("new", f" {new}" if waiting else "")
        self.write("message", f" {self._message}" if self._message else "")
        self.write("legend", self.legend())
        self.query_one(Rows).refresh()

    def _plan(self, extra: float) -> Plan:
        assert self._seen is not None
        key = (extra, self._no_new)
        if key not in self._plans:
            self._plans[key] = planning.plan(self._seen, extra, no_new=self._no_new)
        return self._plans[key]

    def _row(self, number: int, width: int) -> str:
        chosen = self._plan(EXTRA[number])
        how = count("{n} min more a day", "{n} min more a day", round(chosen.extra_minutes))
        today = say("today {reviews} reviews, {minutes} min", reviews=chosen.reviews, minutes=round(chosen.minutes))
        return f"{how if chosen.extra_minutes else say('as it is')}:  {today};  {_end(chosen)}"

    # Keys

    def do_start(self) -> None:
        """Start the plan under the cursor."""
        rows = self.query_one(Rows)
        if self._seen is None or not rows.count:
            return
        chosen = self._plan(EXTRA[rows.cursor])
        if chosen.extra_minutes or chosen.no_new:
            planning.begin(self.desk.collection.db, self._stamp(), self._seen, chosen)
            self._say(say("Started; no due day moved. u ends the plan."))
        else:
            self._say(say("Nothing to start: it goes on as it is."))

    def do_without_new(self) -> None:
        """New cards meanwhile, or none."""
        self._no_new = not self._no_new
        self._message = ""
        self.fill()

    def do_away(self) -> None:
        """A week without reminders."""
        planning.go_away(self.desk.collection.db, self._stamp(), AWAY_DAYS)
        self._say(
            count("No reminder for {n} day; u takes it back.", "No reminder for {n} days; u takes it back.", AWAY_DAYS)
        )

    def _say(self, message: str) -> None:
        self._message = message
        self.fill()

    def do_undo(self) -> None:
        """Take the last thing back."""
        self._turn(redo=False)

    def do_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(redo=True)

    def _turn(self, *, redo: bool) -> None:
        way = history.redo if redo else history.undo
        done = way(self.desk.collection.db, self._stamp(), self.desk.reversers)
        if done is None:
            self._say(say("There is nothing to redo.") if redo else say("There is nothing to undo."))
            return
        self._say(done.refused or (say("Redid the last step.") if redo else say("Undid the last step.")))

    def moving(self) -> Moving:
        return self.query_one(Rows)

    def do_quit(self) -> None:
        """Back."""
        self.post_message(self.Leave("home"))


def _calm(waiting: int) -> str:
    if waiting:
        return say("Nothing is lost; the best remembered come first, and no due day moves.")
    return say("Nothing waits beyond today's limit.")


def _end(chosen: Plan) -> str:
    if chosen.days is None:
        return say("it would not end")
    return count("done in {n} day", "done in {n} days", chosen.days)
