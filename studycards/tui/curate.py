"""The inbox, one proposal a screen: its source above, the card below, one key to decide."""

from __future__ import annotations

import os
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from studycards import history
from studycards.errors import StudycardsError
from studycards.history import Stamp, Undone
from studycards.inbox.decisions import REVERSERS, Inbox
from studycards.inbox.showing import Showing, place, show
from studycards.inbox.values import text_of
from studycards.language import count, say
from studycards.model import Kind
from studycards.store.proposals import Row
from studycards.text import clean
from studycards.tui import lines
from studycards.tui.cardview import Labelled
from studycards.tui.editing import EditPanel, Sides
from studycards.tui.page import Line, Moving, Page, Separator
from studycards.tui.paint import paint
from studycards.tui.panel import Panel
from studycards.tui.program import Desk
from studycards.tui.sheet import Sheet
from studycards.tui.themes import by_name, ink_of

DECIDING = frozenset({"keep", "drop", "both_ways", "later", "keep_rest", "drop_rest"})


class CuratePage(Page):
    """Every decision is stored before the next proposal is painted; stop and go on whenever you like."""

    page: ClassVar[str] = "curate"
    DEFAULT_CSS = """
    CuratePage #source { color: $quiet; height: auto; max-height: 8; padding: 0 1; }
    CuratePage #warnings { color: $warm; }
    CuratePage #message { color: $warm; }
    CuratePage #legend { color: $quiet; }
    CuratePage Sheet { padding: 0 1 0 0; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self.desk = desk
        self._ink = ink_of(by_name(desk.look.theme))
        self._showing: Showing | None = None
        self._waiting: list[Row] = []
        self._passed: set[str] = set()
        self._next = ""
        self._dropped = ""
        self._kept = 0
        self._message = ""
        self._pressed_at = self._painted_at = 0.0
        self._asks_rest = False

    def body(self) -> ComposeResult:
        yield Line(id="header")
        yield Separator(self.look)
        yield Line(id="place", classes="quiet")
        yield Static(markup=False, id="source")
        yield Separator(self.look)
        yield Sheet()
        yield Line(id="warnings")
        yield Line(id="message")
        yield Separator(self.look)
        yield Line(id="legend")

    @property
    def inbox(self) -> Inbox:
        """Decisions at this moment."""
        return Inbox(self.desk.collection.db, self.desk.clock(), self.desk.config.settings().day_start)

    def on_mount(self) -> None:
        """Show the first proposal."""
        self._load()

    def _load(self) -> None:
        """Find the next proposal: the one brought back by undo, else the first not passed over."""
        self._waiting = [row for row in self.inbox.waiting() if row.proposal.id not in self._passed]
        back = next((row for row in self._waiting if row.proposal.id == self._next), None)
        row = back or (self._waiting[0] if self._waiting else None)
        self._next = ""
        self._showing = show(self.desk.collection.db, row, self._waiting) if row else None
        self.fill()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._painted_at = self.look.monotonic()

    def fill(self) -> None:
        """Paint the proposal, or say that the inbox is empty."""
        self.write("message", f" {self._message or self._cost()}")
        self.write("legend", self.legend())
        showing = self._showing
        if showing is None:
            self.write("header", lines.sides(say("curate"), "", self.size.width))
            self.write("place", "")
            self.write("warnings", "")
            self.query_one("#source", Static).update("")
            self.query_one(Sheet).show(Text(say(" The inbox is empty.")))
            return
        left = say(
            "{nth}/{here} in this section    {waiting} in the inbox",
            nth=showing.nth,
            here=showing.here,
            waiting=len(self._waiting),
        )
        self.write("header", lines.sides(say("curate"), left, self.size.width))
        self.write("place", " " + " > ".join(self._place(showing)))
        self.query_one("#source", Static).update(self._source(showing))
        self.query_one(Sheet).show(self._card(showing))
        told = "    ".join(f"! {clean(warning)}" for warning in showing.warnings)
        p = showing.row.proposal
        self.write("warnings", f" {clean(p.rule)} {p.confidence:.2f}    {told}".rstrip())

    def _place(self, showing: Showing) -> list[str]:
        p = showing.row.proposal
        path = os.path.relpath(p.source.path)
        shown = p.source.path if path.startswith("..") else path
        return [clean(part).replace("\n", " ") for part in (f"{shown}:{p.source.line}", *p.source.headings)]

    def _source(self, showing: Showing) -> Text:
        if not showing.lines:
            return Text(say("(the note is no longer there)"))
        return Text("\n".join(clean(line.expandtabs(4)) for _, line in showing.lines)[:2_000])

    def _card(self, showing: Showing) -> RenderableType:
        front, back = text_of(showing.row.proposal)
        hole = 1 if showing.row.proposal.kind is Kind.CLOZE else None
        parts: list[RenderableType] = [Labelled("Q", paint(front, self._ink, hole), self._ink.quiet)]
        if back:
            parts += [Text(""), Labelled("A", paint(back, self._ink), self._ink.quiet)]
        return Group(*parts)

    def _cost(self) -> str:
        if not self._kept:
            return ""
        return count(
            "{n} kept: about {minutes} min a day more from next week",
            "{n} kept: about {minutes} min a day more from next week",
            self._kept,
            minutes=max(1, round(self._kept / 7)),
        )

    # Deciding

    def perform(self, action: str, pressed: str) -> None:
        """Do one action, unless the key came too soon after the last one or after the painting to be meant."""
        now = self.look.monotonic()
        since, self._pressed_at = now - self._pressed_at, now
        guard = self.look.guard_ms / 1000
        if action in DECIDING and (since < guard or now - self._painted_at < guard):
            return
        if action != "keep_rest":
            self._asks_rest = False
        try:
            if action == "reason":
                self._reason(int(pressed))
            else:
                super().perform(action, pressed)
        except StudycardsError as error:
            self._say(error.sentence)

    def _say(self, message: str) -> None:
        self._message = message
        self.fill()

    def _decided(self, message: str = "", kept: int = 0) -> None:
        self._kept += kept
        self._message = message
        self.desk.look_again()
        self._load()

    def _keep(self, sides: Sides | None = None, *, reverse: bool = False) -> None:
        if self._showing is not None:
            self.inbox.keep(self._showing.row.proposal.id, sides, reverse=reverse)
            self._dropped = ""
            self._decided(kept=1)

    def do_keep(self) -> None:
        """Keep the card as it stands."""
        self._keep()

    def do_both_ways(self) -> None:
        """Keep it, and ask it back to front too."""
        self._keep(reverse=True)

    def do_drop(self) -> None:
        """Never propose it again; a digit may follow for the reason."""
        if self._showing is not None:
            self._dropped = self._showing.row.proposal.id
            self.inbox.drop(self._dropped)
            self._decided(say("Dropped. Why? 1 wrong 2 trivial 3 vague 4 tells the answer 5 not mine"))

    def _reason(self, number: int) -> None:
        if not self._dropped:
            return
        dropped, self._dropped = self._dropped, ""
        undone = self._walk(redo=False)
        if undone is not None and undone.kind == "drop" and undone.cards == (dropped,):
            self.inbox.drop(dropped, number)
            self._say(say("Dropped, with the reason {number}.", number=number))
        elif undone is not None and not undone.refused:
            self._walk(redo=True)

    def _walk(self, *, redo: bool) -> Undone | None:
        stamp = Stamp.of(self.desk.clock(), self.desk.config.settings().day_start)
        way = history.redo if redo else history.undo
        return way(self.desk.collection.db, stamp, {**self.desk.reversers, **REVERSERS})

    def do_later(self) -> None:
        """Ask again on the next study day."""
        if self._showing is not None:
            self.inbox.later(self._showing.row.proposal.id)
            self._decided(say("Later: asked again tomorrow."))

    def do_edit(self) -> None:
        """Edit, then keep."""
        if self._showing is not None:
            sides = text_of(self._showing.row.proposal)
            self.app.push_screen(EditPanel(self.look, say("edit, then keep"), sides), self._edited)

    def _edited(self, sides: Sides | None) -> None:
        if sides is not None:
            self._guarded(sides)

    def _guarded(self, sides: Sides) -> None:
        try:
            self._keep(sides)
        except StudycardsError as error:
            self._say(error.sentence)

    def _section(self) -> list[Row]:
        showing = self._showing
        return [row for row in self._waiting if showing and place(row) == place(showing.row)]

    def do_keep_rest(self) -> None:
        """Keep the rest of the section, asked once; what has a warning is left."""
        db = self.desk.collection.db
        section = self._section()
        chosen = [row for row in section if not show(db, row, section).warnings]
        if not self._asks_rest:
            self._asks_rest = True
            ask = say("Keep {n} of {total} in this section? A again keeps them.", n=len(chosen), total=len(section))
            self._say(ask)
            return
        self._asks_rest = False
        for row in chosen:
            self.inbox.keep(row.proposal.id)
        self._decided(kept=len(chosen))

    def do_drop_rest(self) -> None:
        """Drop the rest of the section."""
        section = self._section()
        for row in section:
            self.inbox.drop(row.proposal.id)
        self._decided(count("{n} dropped.", "{n} dropped.", len(section)))

    def do_merge(self) -> None:
        """Compare with the card it is like."""
        similar = self._showing.similar if self._showing else None
        if similar is None:
            self._say(say("No card is like this one."))
            return
        shown = Group(paint(similar.card.front, self._ink), Text(""), paint(similar.card.back, self._ink))
        self.app.push_screen(Panel(self.look, say("card {id}", id=similar.card.block), shown))

    def do_note(self) -> None:
        """Open the note at the proposal's line."""
        if self._showing is not None:
            source = self._showing.row.proposal.source
            self._say(self.desk.reach.open_place(self.app, self.look, source.path, source.line))

    def do_undo(self) -> None:
        """Take the last decision back and show its proposal again."""
        self._turn(redo=False)

    def do_redo(self) -> None:
        """Decide again what was taken back."""
        self._turn(redo=True)

    def _turn(self, *, redo: bool) -> None:
        done = self._walk(redo=redo)
        if done is None:
            self._say(say("There is nothing to redo.") if redo else say("There is nothing to undo."))
            return
        if done.refused:
            self._say(clean(done.refused))
            return
        self._kept = max(0, self._kept + ((1 if redo else -1) if done.kind == "keep" else 0))
        self._next, self._dropped = (done.cards[0] if done.cards else ""), ""
        self._decided(say("Redid the last step.") if redo else say("Undid the last step."))

    def moving(self) -> Moving:
        return self.query_one(Sheet)

    def do_quit(self) -> None:
        """Stop; everything is stored."""
        self.post_message(self.Leave("home"))
