"""A list that narrows as one types: letters of a deck's name in their order are enough."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Input

from studycards.language import say
from studycards.text import clean
from studycards.tui.finding import best
from studycards.tui.look import Look
from studycards.tui.page import Line, Separator
from studycards.tui.rows import Rows


class PickPanel(ModalScreen[str | None]):
    """Gives the name chosen with Enter, or None after Esc; with `own`, also one that no name is like."""

    DEFAULT_CSS = """
    PickPanel { background: $background; color: $foreground; }
    PickPanel .quiet { color: $quiet; }
    PickPanel Input, PickPanel Input:focus { border: none; height: 1; padding: 0 1; background: $background; }
    PickPanel Input > .input--placeholder { color: $quiet; text-style: none; }
    PickPanel Input > .input--cursor { color: $background; background: $foreground; text-style: none; }
    """

    def __init__(self, look: Look, title: str, names: Sequence[str], *, own: bool = False) -> None:
        super().__init__()
        self._look, self._title, self._names, self._own = look, title, tuple(names), own
        self._found = self._names

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Input(placeholder=say("letters of its name"), id="typed")
        yield Separator(self._look)
        yield Rows(id="found")
        yield Separator(self._look)
        yield Line(id="hint", classes="quiet")

    def on_mount(self) -> None:
        """Show all of them."""
        self.query_one("#title", Line).write(f" {self._title}")
        self.query_one("#hint", Line).write(say(" Enter choose   Esc back"))
        self.set_focus(self.query_one(Input))
        self._narrow()

    def on_input_changed(self) -> None:
        """Narrow with every key."""
        if self.is_mounted:
            self._narrow()

    def _narrow(self) -> None:
        self._found = best(self._names, self.query_one(Input).value)
        self.query_one(Rows).load(len(self._found), lambda n, width: " ".join(clean(self._found[n]).split()))

    def on_input_submitted(self) -> None:
        """Choose what is under the cursor."""
        typed = self.query_one(Input).value.strip()
        if self._found:
            self.dismiss(self._found[self.query_one(Rows).cursor])
        elif self._own and typed:
            self.dismiss(typed)

    def on_key(self, event: events.Key) -> None:
        """Move, or go back."""
        if event.key in ("down", "up"):
            event.stop()
            self.query_one(Rows).move(1 if event.key == "down" else -1)
        elif event.key == "escape":
            event.stop()
            self.dismiss(None)
