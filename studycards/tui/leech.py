"""A card forgotten again and again: what can be done about it; nothing happens by itself."""

from __future__ import annotations

from rich.console import Group
from rich.text import Text
from textual import events

from studycards.language import count, say
from studycards.model import Card
from studycards.tui.keys import normalise
from studycards.tui.look import Look
from studycards.tui.paint import paint_answer, paint_question
from studycards.tui.panel import Panel
from studycards.tui.themes import by_name, ink_of

_CHOICES = {"e": "edit", "f2": "edit", "s": "split", "@": "suspend", "f9": "suspend", "o": "note", "f3": "note"}


class LeechPanel(Panel):
    """Gives `edit`, `split`, `suspend` or `note`; any other key goes on with the review."""

    def __init__(self, look: Look, card: Card, lapses: int) -> None:
        ink = ink_of(by_name(look.theme))
        advice = say("A shorter question, one fact a card, or a picture helps more than one more repetition.")
        shown = Group(paint_question(card, True, ink), Text(""), paint_answer(card, ink), Text(""), Text(advice))
        title = count("a leech: forgotten {n} time", "a leech: forgotten {n} times", lapses)
        super().__init__(look, title, shown)

    def way_back(self) -> str:
        """What can be done."""
        return say(" e edit   s split   @ suspend   o note   any other key: go on")

    def on_key(self, event: events.Key) -> None:
        """Choose, scroll, or go on."""
        chosen = _CHOICES.get(normalise(event.key, event.character))
        if chosen is None:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.dismiss(chosen)
