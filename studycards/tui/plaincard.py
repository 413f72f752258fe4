"""What a person does with one card, line by line: its note, its deck file, its text, its pictures and sounds."""

from __future__ import annotations

from typing import Protocol

from studycards import history
from studycards.collection.editing import is_other_fact, sides_of
from studycards.collection.rewording import reword
from studycards.errors import StudycardsError
from studycards.history import Stamp
from studycards.language import say
from studycards.model import Card, Memory
from studycards.text import clean
from studycards.tui import editor, media
from studycards.tui.media import Outside
from studycards.tui.program import Desk

ACTIONS = ("note", "editor", "peek", "info", "edit", "view", "replay")


class Lines(Protocol):
    """Where lines come from and go to."""

    def ask(self, prompt: str) -> str | None:
        """One line without its end; None when there are no more."""

    def tell(self, text: str) -> None:
        """Write one line or several."""


class PlainCard:
    """Carries out one of ACTIONS and says what came of it."""

    def __init__(self, desk: Desk, lines: Lines) -> None:
        self._desk, self._lines, self._reach = desk, lines, desk.reach
        self._outside = Outside(desk.look.player, desk.look.viewer)

    def do(self, action: str, card: Card, memory: Memory | None) -> None:
        """Do it; a sentence says what could not be done."""
        try:
            told = getattr(self, f"_{action}")(card, memory)
        except StudycardsError as error:
            told = error.sentence
        if told:
            self._lines.tell(told)

    def _open(self, place: tuple[object, int] | None, missing: str) -> str:
        if place is None:
            return missing
        failed = editor.run(self._desk.look.editor, *place)  # type: ignore[arg-type]
        return say("The editor did not end well: {what}", what=clean(failed)) if failed else ""

    def _note(self, card: Card, memory: Memory | None) -> str:
        place = self._reach.note(card) or self._reach.deck(card)
        return self._open(place, say("Neither the note nor the deck file is there any more."))

    def _editor(self, card: Card, memory: Memory | None) -> str:
        told = self._open(self._reach.deck(card), say("The deck file is not there any more."))
        self._desk.look_again()
        return told

    def _peek(self, card: Card, memory: Memory | None) -> str:
        title, text = self._reach.around(card)
        return f"{clean(title)}\n{text.plain.rstrip()}"

    def _info(self, card: Card, memory: Memory | None) -> str:
        for name, value in self._reach.facts(card, memory):
            self._lines.tell(f"{name}: {clean(value)}")
        earlier = self._reach.earlier(card)[:9]
        if not earlier:
            return ""
        chosen = self._lines.ask(say("[a number brings that text back, Enter goes on] ")) or ""
        if not (chosen.strip().isdecimal() and 1 <= int(chosen) <= len(earlier)):
            return ""
        return self._save(card, earlier[int(chosen) - 1][1:])

    def _edit(self, card: Card, memory: Memory | None) -> str:
        self._lines.tell(say("An empty line leaves a side as it is; \\n is a line break."))
        before = sides_of(card)
        front = self._side(say("Question: {text}", text=_flat(before[0])), say("New question: "), before[0])
        back = before[1] and self._side(say("Answer: {text}", text=_flat(before[1])), say("New answer: "), before[1])
        if (front, back) != before and is_other_fact(before, (front, back)):
            self._lines.tell(say("The answer is quite another one. Is it the same fact?"))
            chosen = (self._lines.ask(say("[y keeps the history, n starts anew, Enter back] ")) or "").strip().lower()
            if chosen not in ("y", "n"):
                return say("Nothing was written.")
            return self._save(card, (front, back), anew=chosen == "n")
        return self._save(card, (front, back))

    def _side(self, shown: str, prompt: str, before: str) -> str:
        self._lines.tell(shown)
        return (self._lines.ask(prompt) or "").replace("\\n", "\n").strip() or before

    def _save(self, card: Card, sides: tuple[str, str], *, anew: bool = False) -> str:
        if not reword(self._desk.collection, card, sides, self._desk.clock()):
            return ""
        if not anew:
            return say("Saved; what was learned stays.")
        stamp = Stamp.of(self._desk.clock(), self._desk.config.settings().day_start)
        history.reset(self._desk.collection.db, stamp, [card.id])
        return say("Saved; it is learned anew.")

    def _view(self, card: Card, memory: Memory | None) -> str:
        paths = self._reach.media(card, media.PICTURES)
        return self._outside.view(paths[0]) if paths else say("The card has no picture that is there.")

    def _replay(self, card: Card, memory: Memory | None) -> str:
        paths = self._reach.media(card, media.SOUNDS)
        return self._outside.play(paths[0]) if paths else say("The card has no sound that is there.")


def _flat(text: str) -> str:
    return clean(text).replace("\n", "\\n")
