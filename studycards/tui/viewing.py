"""Pictures as large as the terminal allows: by its own graphics where it has some, else in half cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Group
from rich.text import Text
from textual.app import ComposeResult, SuspendNotSupported
from textual.widget import Widget

from studycards.text import clean
from studycards.tui.look import Look
from studycards.tui.panel import Panel
from studycards.tui.picture import picture
from studycards.tui.sheet import Sheet

_HIGHEST = 200


def can_draw(path: Path) -> bool:
    """Whether a picture can be shown here at all."""
    return picture(path) is not None


class ViewPanel(Panel):
    """All pictures of a card, one below the other."""

    def __init__(self, look: Look, paths: Sequence[Path]) -> None:
        super().__init__(look, " | ".join(path.name for path in paths), Text(""))
        self._paths = paths

    def content(self) -> ComposeResult:
        """A widget of the terminal's graphics if there is only one picture, else half cells."""
        graphic = self._graphic() if len(self._paths) == 1 else None
        if graphic is not None:
            yield graphic
            return
        shown = [picture(path, max(4, self.app.size.height - 4)) or Text(clean(path.name)) for path in self._paths]
        yield Sheet(Group(*shown))

    def _graphic(self) -> Widget | None:
        """Sixel or kitty. The terminal is asked what it knows while the program is away from it: else it could not."""
        if self.app.is_headless or self.app.is_web:
            return None
        try:
            with self.app.suspend():
                from textual_image.renderable.sixel import Image as Sixel
                from textual_image.renderable.tgp import Image as Kitty
                from textual_image.widget import AutoImage, SixelImage
                from textual_image.widget import Image as Best
        except (ImportError, SuspendNotSupported):
            return None
        if not (issubclass(Best, SixelImage) or (issubclass(Best, AutoImage) and _renders(Best) in (Sixel, Kitty))):
            return None
        shown: Widget = Best(str(self._paths[0]))
        shown.styles.width = "auto"
        shown.styles.height = "1fr"
        return shown


def _renders(widget: type[object]) -> object:
    return getattr(widget, "_Renderable", None)
