"""A card on the screen: its question, and its answer below a rule once it is revealed."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from studycards.language import say
from studycards.model import Card
from studycards.tui.inline import Ink
from studycards.tui.paint import needs_answer_part, paint_answer, paint_question

_GUTTER = 4


class Labelled:
    """Something drawn beside a letter in the margin."""

    def __init__(self, label: str, content: RenderableType, style: str) -> None:
        self.label, self.content, self.style = label, content, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(1, options.max_width - _GUTTER)
        margin = Segment(" " * _GUTTER)
        first = Segment(f" {self.label}  ", Style.parse(self.style or "none"))
        for n, line in enumerate(console.render_lines(self.content, options.update_width(width), pad=False)):
            yield first if n == 0 else margin
            yield from line
            yield Segment.line()


class AnswerRule:
    """The rule between question and answer, with the word near its end."""

    def __init__(self, sign: str, style: str) -> None:
        self.sign, self.style = sign, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        word = say("answer")
        dashes = max(0, options.max_width - cell_len(word) - 2)
        yield Text(f" {self.sign * dashes} {word}"[: options.max_width], style=self.style, no_wrap=True)


class CardView(VerticalScroll):
    """The card, scrolled by the page that holds it."""

    DEFAULT_CSS = """
    CardView { height: 1fr; scrollbar-size-vertical: 0; }
    CardView > Static { width: 1fr; height: auto; padding: 0 1 0 0; }
    """

    class Resized(Message):
        """There is another room for the card."""

    def __init__(self, ink: Ink, ascii_only: bool) -> None:
        super().__init__(can_focus=False)
        self._ink, self._sign = ink, "-" if ascii_only else "─"

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def on_resize(self) -> None:
        """Tell the page."""
        self.post_message(self.Resized())

    def show(self, card: Card, revealed: bool) -> None:
        """Paint the card; the next card starts at the top."""
        parts: list[RenderableType] = [Labelled("Q", paint_question(card, revealed, self._ink), self._ink.quiet)]
        if revealed:
            parts.append(AnswerRule(self._sign, self._ink.quiet))
            if needs_answer_part(card):
                parts.append(Labelled("A", paint_answer(card, self._ink), self._ink.quiet))
        self.query_one(Static).update(Group(*parts))
        if not revealed:
            self.scroll_home(animate=False, immediate=True)

    def clear(self) -> None:
        """Show nothing."""
        self.query_one(Static).update("")

    @property
    def lines_below(self) -> int:
        """How many lines are out of sight below."""
        return max(0, round(self.max_scroll_y - self.scroll_offset.y))

    @property
    def ends_in_sight(self) -> bool:
        """Whether the end of the card is on the screen."""
        return self.lines_below == 0
