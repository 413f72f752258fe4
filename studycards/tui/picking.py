"""A list that narrows as one types: letters of a deck's name in their order are enough."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Input

from studycards.language import say
from studycards.text import clean, fold
from studycards.tui.look import Look
from studycards.tui.page import Line, Separator
from studycards.tui.rows import Rows


class PickPanel(ModalScreen[str | None]):
    """Gives the name chosen with Enter, or None after Esc."""

    DEFAULT_CSS = """
    PickPanel { background: $background; color: $foreground; }
    PickPanel .quiet { color: $quiet; }
    PickPanel Input, PickPanel Input:focus { border: none; height: 1; padding: 0 1; background: $background; }
    PickPanel Input > .input--placeholder { color: $quiet; text-style: none; }
    PickPanel Input > .input--cursor { color: $background; background: $foreground; text-style: none; }
    """

    def __init__(self, look: Look, title: str, names: Sequence[str]) -> None:
        super().__init__()
        self._look, self._title, self._names = look, title, tuple(names)
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
        self.query_one("#title", Line).update(f" {self._title}")
        self.query_one("#hint", Line).update(say(" Enter choose   Esc back"))
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
        if self._found:
            self.dismiss(self._found[self.query_one(Rows).cursor])

    def on_key(self, event: events.Key) -> None:
        """Move, or go back."""
        if event.key in ("down", "up"):
            event.stop()
            self.query_one(Rows).move(1 if event.key == "down" else -1)
        elif event.key == "escape":
            event.stop()
            self.dismiss(None)


def best(names: Sequence[str], typed: str) -> tuple[str, ...]:
    """The names in which the typed letters stand in their order, the closest together first."""
    letters = "".join(fold(typed).split())
    ranked = [(span, n) for n, name in enumerate(names) if (span := _span(fold(name), letters)) is not None]
    return tuple(names[n] for _, n in sorted(ranked))


def _span(name: str, letters: str) -> int | None:
    """How many characters of a name the letters stretch over; None where they do not stand in it."""
    spans = []
    for start in (n for n, sign in enumerate(name) if not letters or sign == letters[0]):
        at = start - 1
        for letter in letters:
            at = name.find(letter, at + 1)
            if at < 0:
                break
        else:
            spans.append(at - start)
    return min(spans, default=None)
