"""Something to read that may be longer than the screen: drawn once for its width, moved by whole lines."""

from __future__ import annotations

from itertools import zip_longest

from rich.console import RenderableType
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

_WHEEL = 3


class Sheet(Widget):
    """Shows lines that were drawn beforehand, so that moving and showing them again costs next to nothing."""

    DEFAULT_CSS = "Sheet { height: 1fr; }"

    class Moved(Message):
        """Other lines are in sight."""

    def __init__(self, content: RenderableType = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.can_focus = False
        self.content = content
        self.top = 0
        self._drawn: dict[int, list[Strip]] = {}
        self._blank = Strip([])

    def show(self, content: RenderableType, *, top: int | None = 0) -> None:
        """Show something else, from the line `top` on (None: from where it is)."""
        before = self._in_sight()
        self.content = content
        self._drawn = {}
        self.top = self.top if top is None else top
        self._paint(before)

    def _in_sight(self) -> list[Strip]:
        return self.lines[self.top : self.top + self.size.height] if self.is_attached else []

    def _paint(self, before: list[Strip]) -> None:
        """Paint the lines that are others now."""
        if not self.is_attached:
            return
        width, pairs = self.size.width, zip_longest(before, self._in_sight())
        changed = [Region(0, y, width, 1) for y, (old, new) in enumerate(pairs) if old != new]
        if changed:
            self.refresh(*changed)

    def draw(self, content: RenderableType, width: int) -> list[Strip]:
        """The lines of something at a width in cells."""
        console = self.app.console
        options = console.options.update(width=max(1, width), height=None, highlight=False)
        lines = console.render_lines(content, options, pad=False)
        style = self.rich_style
        self._blank = Strip.blank(width, style)
        return [Strip(Segment.apply_style(line, style)).adjust_cell_length(width, style) for line in lines]

    @property
    def lines(self) -> list[Strip]:
        """All lines at the width that there is."""
        width = self.size.width
        if width not in self._drawn:
            self._drawn = {width: self.draw(self.content, width) if width else []}
        return self._drawn[width]

    @property
    def lines_below(self) -> int:
        """How many lines are out of sight below."""
        return max(0, len(self.lines) - self.top - self.size.height)

    @property
    def page_lines(self) -> int:
        """A page is one line less than what is in sight."""
        return max(1, self.size.height - 1)

    def move(self, by: int) -> None:
        """Move by lines, as far as there are any."""
        furthest = max(0, len(self.lines) - self.size.height)
        top = max(0, min(self.top + by, furthest))
        if top != self.top:
            before, self.top = self._in_sight(), top
            self._paint(before)
            self.post_message(self.Moved())

    def move_to(self, name: str) -> None:
        """Move by the name of an action: down, up, page_down, page_up, top or end."""
        page, whole = self.page_lines, len(self.lines)
        ways = {"down": 1, "up": -1, "page_down": page, "page_up": -page, "top": -whole, "end": whole}
        self.move(ways[name])

    def on_resize(self) -> None:
        """Another width draws anew; another height may show more."""
        self.top = max(0, min(self.top, len(self.lines) - self.size.height))
        self.post_message(self.Moved())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves too."""
        event.stop()
        self.move(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves too."""
        event.stop()
        self.move(-_WHEEL)

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        lines, number = self.lines, self.top + y
        return lines[number] if number < len(lines) else self._blank
