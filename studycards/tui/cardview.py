"""A card on the screen: its question, and its answer below a rule once it is revealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from studycards.language import say
from studycards.model import Card
from studycards.tui.inline import Ink
from studycards.tui.media import find
from studycards.tui.paint import needs_answer_part, paint_answer, paint_question
from studycards.tui.picture import picture
from studycards.tui.sheet import Sheet

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


class CardView(Sheet):
    """The card, moved by the page that holds it. `steps` items of the answer's list are shown (None: all of it)."""

    DEFAULT_CSS = "CardView { padding: 0 1 0 0; }"

    def __init__(self, ink: Ink, ascii_only: bool) -> None:
        super().__init__()
        self._ink, self._sign = ink, "-" if ascii_only else "─"
        self._ahead: tuple[Card, int, list[Strip]] | None = None

    def find_pictures_in(self, folders: Sequence[Path]) -> None:
        """Where the pictures of the card on screen lie."""

        def drawn(address: str) -> RenderableType | None:
            path = find(address, folders)
            return picture(path) if path else None

        self._ink = replace(self._ink, picture=drawn if folders else None)

    def ask(self, card: Card) -> None:
        """Show the question from its first line on."""
        self.show(Group(self._question(card, revealed=False)))

    def answer(self, card: Card, above: RenderableType | None = None, steps: int | None = None) -> None:
        """Show the answer below the question, which stays where it is; `above` it what was typed."""
        self.show(self._whole(card, above, steps), top=None)
        if steps is not None and self.lines_below:
            self._bring_in_sight(self._whole(card, above, steps, left=False))
        if self._ahead and above is None and steps is None and self._ahead[:2] == (card, self.size.width):
            self._drawn = {self._ahead[1]: self._ahead[2]}

    def prepare(self, card: Card) -> None:
        """Draw the answer while the question is being read."""
        width = self.size.width
        if width and (self._ahead is None or self._ahead[:2] != (card, width)):
            self._ahead = (card, width, self.draw(self._whole(card, None, None), width))

    def _bring_in_sight(self, part: RenderableType) -> None:
        """Move so far that the last line of a part from the top is seen."""
        self.move(max(0, len(self.draw(part, self.size.width)) - self.top - self.size.height))

    def _whole(
        self, card: Card, above: RenderableType | None, steps: int | None, *, left: bool = True
    ) -> RenderableType:
        parts: list[RenderableType] = [self._question(card, revealed=True), AnswerRule(self._sign, self._ink.quiet)]
        if above is not None:
            parts.append(above)
        if needs_answer_part(card):
            parts.append(Labelled("A", paint_answer(card, self._ink, steps, left=left), self._ink.quiet))
        return Group(*parts)

    def _question(self, card: Card, *, revealed: bool) -> Labelled:
        return Labelled("Q", paint_question(card, revealed, self._ink), self._ink.quiet)

    @property
    def ends_in_sight(self) -> bool:
        """Whether the end of the card is on the screen."""
        return self.lines_below == 0
