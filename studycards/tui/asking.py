"""One question with a few answers, each one key."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import RenderableType
from rich.text import Text
from textual import events

from studycards.tui.keys import name, normalise
from studycards.tui.look import Look
from studycards.tui.panel import Panel


class AskPanel(Panel):
    """Gives the key that was chosen, or an empty text for going back."""

    def __init__(self, look: Look, title: str, content: RenderableType, choices: Mapping[str, str]) -> None:
        super().__init__(look, title, Text(content) if isinstance(content, str) else content)
        self._choices = choices

    def way_back(self) -> str:
        """What can be chosen."""
        chosen = (f"{name(key)} {word}" for key, word in self._choices.items() if word)
        return " " + "   ".join([*chosen, super().way_back().lstrip()])

    def on_key(self, event: events.Key) -> None:
        """Choose, scroll, or go back."""
        pressed = normalise(event.key, event.character)
        if pressed not in self._choices:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.dismiss(pressed)
