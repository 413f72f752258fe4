"""Two text areas over a card: its question and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import TextArea

from studycards.language import say
from studycards.text import clean
from studycards.tui.look import Look
from studycards.tui.page import Line, Separator

Sides = tuple[str, str]


class EditPanel(ModalScreen[Sides | None]):
    """Gives both sides as they were left by Ctrl+S, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("escape", "cancel", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    EditPanel { background: $background; color: $foreground; }
    EditPanel TextArea, EditPanel TextArea:focus { border: none; padding: 0 1; background: $background; height: 1fr; }
    EditPanel .quiet { color: $quiet; }
    """

    def __init__(
        self,
        look: Look,
        title: str,
        sides: Sides,
        draft: Sides | None = None,
        keep: Callable[[Sides | None], None] | None = None,
    ) -> None:
        super().__init__()
        self._look, self._title, self._sides = look, title, sides
        self._draft, self._keep, self._left = draft, keep, False
        self._now = sides

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Separator(self._look)
        yield Line(id="front-label", classes="quiet")
        yield _area(self._sides[0], "front")
        yield Line(id="back-label", classes="quiet")
        yield _area(self._sides[1], "back")
        yield Separator(self._look)
        yield Line(id="hint", classes="quiet")

    def on_mount(self) -> None:
        """Write the labels; the cursor begins at the question's end."""
        for id, text in (
            ("title", self._title),
            ("front-label", say("question")),
            ("back-label", say("answer")),
            ("hint", say("Ctrl+S save   Tab other side   Ctrl+Z undo here   Esc cancel")),
        ):
            self.query_one(f"#{id}", Line).write(f" {text}")
        if self._draft is not None and self._draft != self._sides:
            self._bring_back(self._draft)
        area = self.query_one("#front", TextArea)
        area.move_cursor(area.document.end)
        self.set_focus(area)

    def _bring_back(self, draft: Sides) -> None:
        """Put the draft over the text, so that the area's own undo leads back to it."""
        for selector, text in zip(("#front", "#back"), draft, strict=True):
            area = self.query_one(selector, TextArea)
            area.replace(clean(text), (0, 0), area.document.end)
        self.query_one("#title", Line).write(f" {say('your draft is back; Ctrl+Z undoes it')}")

    def on_text_area_changed(self) -> None:
        """Remember what stands there: at the end of the program the areas are gone first."""
        self._now = self._side("#front", self._sides[0]), self._side("#back", self._sides[1])

    def _leave(self) -> None:
        """Keep what differs from the text as a draft, until it is saved."""
        if not self._left and self._keep is not None:
            self._keep(self._now if self._now != self._sides else None)
        self._left = True

    def on_unmount(self) -> None:
        """The program ends over a half-made edit."""
        self._leave()

    def action_save(self) -> None:
        """Done."""
        self.on_text_area_changed()
        self._leave()
        self.dismiss(self._now)

    def _side(self, selector: str, before: str) -> str:
        """What stands in an area; a side that was not touched is given back with what cannot be shown in it."""
        text = self.query_one(selector, TextArea).text
        return before if text == clean(before) else text

    def action_cancel(self) -> None:
        """Leave the card as it was; what was typed is kept as a draft."""
        self.on_text_area_changed()
        self._leave()
        self.dismiss(None)


class SplitPanel(ModalScreen[list[Sides] | None]):
    """Gives the two cards as they were left by Ctrl+S, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = EditPanel.BINDINGS
    DEFAULT_CSS = EditPanel.DEFAULT_CSS.replace("EditPanel", "SplitPanel")

    def __init__(self, look: Look, title: str, sides: Sides) -> None:
        super().__init__()
        self._look, self._title, self._sides = look, title, sides

    def compose(self) -> ComposeResult:
        yield Line(id="title")
        yield Separator(self._look)
        for n in (1, 2):
            yield Line(id=f"label-{n}", classes="quiet")
            yield _area(self._sides[0], f"front-{n}")
            yield Line(id=f"between-{n}", classes="quiet")
            yield _area(self._sides[1], f"back-{n}")
        yield Separator(self._look)
        yield Line(id="hint", classes="quiet")

    def on_mount(self) -> None:
        """Write the labels; the cursor begins at the first question's end."""
        self.query_one("#title", Line).write(f" {self._title}")
        for n in (1, 2):
            self.query_one(f"#label-{n}", Line).write(f" {n}  {say('question')}")
            self.query_one(f"#between-{n}", Line).write(f" {n}  {say('answer')}")
        self.query_one("#hint", Line).write(f" {say('Ctrl+S save   Tab other side   Ctrl+Z undo here   Esc cancel')}")
        area = self.query_one("#front-1", TextArea)
        area.move_cursor(area.document.end)
        self.set_focus(area)

    def action_save(self) -> None:
        """Done."""
        sides = [
            (self.query_one(f"#front-{n}", TextArea).text, self.query_one(f"#back-{n}", TextArea).text) for n in (1, 2)
        ]
        self.dismiss(sides)

    def action_cancel(self) -> None:
        """Leave the proposal as it was."""
        self.dismiss(None)


def _area(text: str, id: str) -> TextArea:
    return TextArea(clean(text), id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", theme="css")
