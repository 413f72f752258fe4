"""What lies over a page until any key is pressed: the key list, a look at the note, what is known of the card."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from studycards.language import say
from studycards.model import Card
from studycards.text import clean
from studycards.tui.keys import normalise
from studycards.tui.look import Look
from studycards.tui.page import Line, Separator
from studycards.tui.paint import needs_answer_part, paint_answer, paint_question
from studycards.tui.sheet import Sheet
from studycards.tui.themes import by_name, ink_of

_SCROLL = {
    "down": "down",
    "j": "down",
    "up": "up",
    "k": "up",
    "pagedown": "page_down",
    "space": "page_down",
    "pageup": "page_up",
    "g": "top",
    "home": "top",
    "G": "end",
    "end": "end",
}


class Panel(ModalScreen[str]):
    """A title, something to read, and the line that says how to go back."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    Panel { background: $background; color: $foreground; }
    Panel > Sheet { padding: 0 1; }
    Panel .quiet { color: $quiet; }
    """

    def __init__(self, look: Look, title: str, content: RenderableType) -> None:
        super().__init__()
        self._look, self._title, self._content = look, title, content

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Separator(self._look)
        yield from self.content()
        yield Separator(self._look)
        yield Line(id="back", classes="quiet")

    def content(self) -> ComposeResult:
        """What is between the lines."""
        yield Sheet(self._content)

    def on_mount(self) -> None:
        """Write the two lines."""
        self.query_one("#title", Line).write(f" {clean(self._title)}")
        self.query_one("#back", Line).write(self.way_back())

    def way_back(self) -> str:
        """The line that says which keys do what."""
        return say(" j k scroll   any other key: back")

    def on_key(self, event: events.Key) -> None:
        """Scroll, or go back."""
        event.stop()
        event.prevent_default()
        way = _SCROLL.get(normalise(event.key, event.character))
        if way is None:
            self.dismiss("")
            return
        for sheet in self.query(Sheet):
            sheet.move_to(way)


class KeysPanel(Panel):
    """The keys of one page."""

    def __init__(self, look: Look, page: str) -> None:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for keys, meaning in look.keys.help(page):
            table.add_row(Text(keys), Text(meaning))
        super().__init__(look, say("keys"), table)


class InfoPanel(Panel):
    """What is known of a card; gives the digit of an earlier text that is wanted back."""

    def __init__(self, look: Look, title: str, content: RenderableType, earlier: int) -> None:
        super().__init__(look, title, content)
        self._earlier = min(earlier, 9)

    def way_back(self) -> str:
        """Which digits bring a text back."""
        back = super().way_back()
        return f"{back}   {say('1-{n} bring that text back', n=self._earlier)}" if self._earlier else back

    def on_key(self, event: events.Key) -> None:
        """A digit chooses."""
        pressed = normalise(event.key, event.character)
        if pressed in "123456789"[: self._earlier] and pressed:
            event.stop()
            event.prevent_default()
            self.dismiss(pressed)
        else:
            super().on_key(event)


class CardPanel(Panel):
    """One card with its answer."""

    def __init__(self, look: Look, card: Card) -> None:
        ink = ink_of(by_name(look.theme))
        parts = [paint_question(card, True, ink), Rule(style=ink.quiet, characters="-" if look.ascii else "─")]
        if needs_answer_part(card):
            parts.append(paint_answer(card, ink))
        super().__init__(look, card.deck, Group(*parts))
