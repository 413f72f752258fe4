"""What every page is: keys looked up in the one map, a notice when the terminal is too small."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from studycards.language import say
from studycards.tui.conduct import Conduct
from studycards.tui.keys import normalise
from studycards.tui.lines import legend
from studycards.tui.look import Look

LEAST = (40, 12)
MOVES = ("down", "up", "page_down", "page_up", "top", "end")
SHELL = ("leave", "suspend_process", "repaint")


class Line(Static):
    """One line of our own or outside text, never parsed as markup."""

    DEFAULT_CSS = "Line { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__("", markup=False, id=id, classes=classes)
        self.text = ""

    def write(self, text: str) -> None:
        """Show another text, if it is another: a line never changes the layout."""
        if text != self.text:
            self.text = text
            self.update(text, layout=False)


class Moving(Protocol):
    """What the keys of moving and scrolling move."""

    def move_to(self, name: str) -> None:
        """One of MOVES."""


class Separator(Widget):
    """A thin rule from edge to edge, with a word near its end if there is one."""

    DEFAULT_CSS = "Separator { height: 1; color: $quiet; }"

    def __init__(self, look: Look, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sign = "-" if look.ascii else "─"

    def render(self) -> str:
        return self._sign * self.size.width


class Page(Screen[None]):
    """One page; a subclass has a method `do_ACTION` for every action that the map gives its `page`."""

    page: ClassVar[str] = ""
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    Page { background: $background; color: $foreground; }
    Page > #notice { display: none; }
    Page.-small > * { display: none; }
    Page.-small > #notice { display: block; }
    Page .quiet { color: $quiet; }
    Page .warm { color: $warm; }
    """

    class Leave(Message):
        """The page has nothing more to do."""

        def __init__(self, where: str) -> None:
            self.where = where
            super().__init__()

    class Review(Message):
        """Go on with this sitting."""

        def __init__(self, conduct: Conduct) -> None:
            self.conduct = conduct
            super().__init__()

    class Shell(Message):
        """An action of the program as a whole: leave, suspend_process, repaint."""

        def __init__(self, action: str) -> None:
            self.action = action
            super().__init__()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look

    @property
    def when(self) -> str:
        """Which half of the map holds: before the reveal or after."""
        return "question"

    def compose(self) -> ComposeResult:
        """The page's own widgets, and the notice that takes their place when there is no room."""
        yield from self.body()
        notice = Static(markup=False, id="notice")
        yield notice

    def body(self) -> ComposeResult:
        """What the page shows."""
        yield from ()

    def fill(self) -> None:
        """Write into the widgets what holds now; called when shown and after every change of size."""

    def on_mount(self) -> None:
        """Fill the page as soon as it has a size."""
        self.fill()

    def on_screen_resume(self) -> None:
        """Fill the page anew when what lay over it is gone."""
        self.fill()

    def on_resize(self, event: events.Resize) -> None:
        """Fit into the new size, or say that it is too small."""
        width, height = event.size
        small = width < LEAST[0] or height < LEAST[1]
        self.set_class(small, "-small")
        if small:
            words = say("The terminal is {width}x{height}; studycards needs 40x12.", width=width, height=height)
            self.query_one("#notice", Static).update(words)
        else:
            self.fill()

    def on_key(self, event: events.Key) -> None:
        """Do what the map says; a key without an action has no effect."""
        pressed = normalise(event.key, event.character)
        action = self.look.keys.action(self.page, pressed, self.when)
        if not action:
            return
        event.stop()
        event.prevent_default()
        self.perform(action, pressed)

    def perform(self, action: str, pressed: str) -> None:
        """Do one action of the page."""
        if action in SHELL:
            self.post_message(self.Shell(action))
        elif action in MOVES:
            self.moving().move_to(action)
        else:
            getattr(self, f"do_{action}")()

    def moving(self) -> Moving:
        """What the keys of moving move."""
        raise NotImplementedError

    def do_keys(self) -> None:
        """Show the map in force."""
        from studycards.tui.panel import KeysPanel

        self.app.push_screen(KeysPanel(self.look, self.page))

    def write(self, id: str, text: str) -> None:
        """Put text into a line."""
        self.query_one(f"#{id}", Line).write(text)

    def legend(self) -> str:
        """The page's legend, as much as fits."""
        return legend(self.look.keys.legend(self.page, self.when), self.size.width, self.look.ascii)
