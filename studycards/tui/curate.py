"""The inbox, one proposal a screen: its source above, the card below, one key to decide."""

from __future__ import annotations

import os
from typing import ClassVar

from rich.console import Group, RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from studycards.inbox.showing import Showing
from studycards.inbox.values import text_of
from studycards.language import count, say
from studycards.model import Kind
from studycards.text import clean
from studycards.tui import lines
from studycards.tui.cardview import Labelled
from studycards.tui.deciding import Deciding
from studycards.tui.page import Line, Moving, Separator
from studycards.tui.paint import paint
from studycards.tui.sheet import Sheet


class CuratePage(Deciding):
    """Every decision is stored before the next proposal is painted; stop and go on whenever you like."""

    page: ClassVar[str] = "curate"
    DEFAULT_CSS = """
    CuratePage #source { color: $quiet; height: auto; max-height: 8; padding: 0 1; }
    CuratePage #warnings { color: $warm; }
    CuratePage #message { color: $warm; }
    CuratePage #legend { color: $quiet; }
    CuratePage Sheet { padding: 0 1 0 0; }
    """

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

    def on_mount(self) -> None:
        """Show the first proposal."""
        self._load()

    def fill(self) -> None:
        """Paint the proposal, or say that the inbox is empty."""
        self.write("message", f" {self._message or self._cost()}")
        self.write("legend", self.legend())
        showing = self.showing
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

    def do_note(self) -> None:
        """Open the note at the proposal's line."""
        if self.showing is not None:
            source = self.showing.row.proposal.source
            self._say(self.desk.reach.open_place(self.app, self.look, source.path, source.line))

    def moving(self) -> Moving:
        return self.query_one(Sheet)

    def do_quit(self) -> None:
        """Stop; everything is stored."""
        self.post_message(self.Leave("home"))
