"""A list of which only the lines in sight are made, with a cursor; as quick with 100,000 rows as with ten."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

Row = Callable[[int, int], str]
_BOLD = Style(bold=True)


class Rows(ScrollView):
    """Rows come from a function of number and width in cells; the one under the cursor begins with `>`."""

    DEFAULT_CSS = "Rows { height: 1fr; scrollbar-size-vertical: 0; scrollbar-size-horizontal: 0; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.can_focus = False
        self.count = 0
        self.cursor = 0
        self._row: Row = lambda number, width: ""

    def load(self, count: int, row: Row, cursor: int = 0) -> None:
        """Show other rows."""
        self.count, self._row = count, row
        self.virtual_size = Size(self.size.width, count)
        self.go(cursor)

    def go(self, number: int) -> None:
        """Put the cursor on a row and bring it in sight."""
        self.cursor = max(0, min(number, self.count - 1))
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, immediate=True, force=True)
        self.refresh()

    def move(self, by: int) -> None:
        """Move the cursor."""
        self.go(self.cursor + by)

    def on_resize(self) -> None:
        """Rows are as wide as there is room, and the cursor stays in sight."""
        self.go(self.cursor)

    def move_to(self, name: str) -> None:
        """Move by the name of an action: down, up, page_down, page_up, top or end."""
        page = max(1, self.size.height - 1)
        ways = {"down": 1, "up": -1, "page_down": page, "page_up": -page, "top": -self.count, "end": self.count}
        self.move(ways[name])

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        width, number = self.size.width, y + round(self.scroll_offset.y)
        if number >= self.count:
            return Strip.blank(width, self.rich_style)
        mark = ">" if number == self.cursor else " "
        text = set_cell_size(f"{mark} {self._row(number, max(0, width - 2))}", width)
        style = self.rich_style + _BOLD if number == self.cursor else self.rich_style
        return Strip([Segment(text, style)], cell_len(text))
