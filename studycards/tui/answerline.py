"""The line into which an answer is typed, and what was typed beside what is right."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import Input

from studycards.language import say
from studycards.tui.cardview import Labelled
from studycards.tui.inline import Ink
from studycards.tui.typed import Piece, is_right


class AnswerLine(Input):
    """There only while an answer is typed; Enter gives it, Esc leaves it as a draft."""

    DEFAULT_CSS = """
    AnswerLine, AnswerLine:focus { border: none; height: 1; padding: 0 4; background: $background; }
    AnswerLine > .input--placeholder { color: $quiet; text-style: none; }
    AnswerLine > .input--cursor { color: $background; background: $foreground; text-style: none; }
    """

    def __init__(self) -> None:
        super().__init__(placeholder=say("type the answer; Enter compares, Esc leaves"), id="typed")
        self.display = False

    @property
    def is_open(self) -> bool:
        """Whether it is there."""
        return self.display

    def begin(self, draft: str) -> None:
        """Show it with what was typed before, ready for typing."""
        self.value = draft
        self.display = True
        self.screen.set_focus(self)

    def close(self) -> None:
        """Take it away."""
        if self.is_open:
            self.display = False
            self.screen.set_focus(None)


def compared(pieces: Sequence[Piece], ink: Ink) -> Labelled:
    """The comparison with signs around what differs, so that no colour is needed to read it."""
    shown = Text()
    for piece in pieces:
        if piece.sign == "=":
            shown.append(piece.text)
        elif piece.sign == "-":
            shown.append(f"[-{piece.text}-]", f"strike {ink.quiet}".strip())
        else:
            shown.append(f"{{+{piece.text}+}}", ink.hole)
    return Labelled("=" if is_right(pieces) else "≠", shown, ink.quiet)
