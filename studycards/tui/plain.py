"""The review line by line: for screen readers, pipes and tests. Same engine, same keys plus Enter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from studycards.errors import StoreError
from studycards.language import say
from studycards.scheduling import intervals
from studycards.session import Showing
from studycards.tui import sides
from studycards.tui.conduct import RATINGS, Conduct
from studycards.tui.formula import formulas
from studycards.tui.keys import normalise
from studycards.tui.look import Look
from studycards.tui.summing import summary_lines
from studycards.tui.words import rating_name, state_name


class Lines(Protocol):
    """Where lines come from and go to."""

    def ask(self, prompt: str) -> str | None:
        """One line without its end; None when there are no more."""

    def tell(self, text: str) -> None:
        """Write one line or several."""


class PlainReview:
    """A sitting from its first card to its summary."""

    def __init__(self, conduct: Conduct, look: Look, lines: Lines) -> None:
        self._conduct, self._look, self._lines = conduct, look, lines
        self._session = conduct.session
        self._stopped = False

    def run(self) -> None:
        """Ask until nothing is left, the person stops, or the input ends; then say how it went."""
        while not self._stopped and (showing := self._session.current) is not None:
            self._card(showing)
        for line in summary_lines(self._session.summary(), self._conduct.missed):
            self._lines.tell(line)

    def _card(self, showing: Showing) -> None:
        began = self._look.monotonic()
        self._tell_question(showing)
        if self._until("question", say("[Enter shows the answer, ? lists keys]"), showing) != "forward":
            return
        self._conduct.forget_retired()
        self._lines.tell(say("Answer: {text}", text=formulas(sides.answer(showing.card))))
        while True:
            action = self._until("answer", self._choices(), showing)
            action = "good" if action == "forward" else action
            if action not in RATINGS:
                return
            took = round((self._look.monotonic() - began) * 1000)
            if self._try(partial(self._conduct.rate, action, took)):
                return

    def _tell_question(self, showing: Showing) -> None:
        progress = self._session.progress
        head = say(
            "{n} of {total}. {state}. {place}",
            n=progress.done + 1,
            total=progress.total,
            state=state_name(showing.state_name),
            place=", ".join(sides.place(showing.card, revealed=False)),
        )
        self._lines.tell(sides.capped(head))
        self._lines.tell(say("Question: {text}", text=formulas(sides.question(showing.card))))

    def _choices(self) -> str:
        offered = self._conduct.offered()
        told = []
        for rating, scheduled in offered.items():
            interval = intervals.say(scheduled).removeprefix("<") if scheduled and self._look.intervals else ""
            told.append(f"{int(rating)} {rating_name(rating)} {interval}".rstrip())
        return ", ".join(told) + ": "

    def _until(self, when: str, prompt: str, showing: Showing) -> str:
        """Ask for a key until one leaves this half of the card; what it was, empty when the card is gone."""
        while True:
            line = self._lines.ask(prompt)
            if line is None:
                self._stopped = True
                return ""
            action = self._look.keys.action("review", _pressed(line), when)
            if action in ("quit", "leave"):
                self._stopped = True
                return ""
            if action == "forward" or action in RATINGS:
                return action
            self._other(action, line)
            now = self._session.current
            if now is None or now.card != showing.card or action == "undo":
                return ""

    def _other(self, action: str, line: str) -> None:
        if action == "keys" or not action:
            self._tell_keys(known=bool(action))
        elif action == "flag":
            number = self._lines.ask(say("Flag 1-7, 0 takes it away: ")) or ""
            if number.strip() in tuple("01234567") and number.strip():
                self._try(partial(self._conduct.flag, int(number)))
        elif action == "reason":
            self._try(partial(self._conduct.reason, int(_pressed(line))))
        elif hasattr(self._conduct, action):
            self._try(getattr(self._conduct, action))
        else:
            self._lines.tell(say("That needs the full screen."))

    def _try(self, act: Callable[[], str]) -> bool:
        """Do it and say what happened; False where the store could not take it."""
        try:
            told = act()
        except StoreError as error:
            self._lines.tell(error.sentence)
            return False
        if told:
            self._lines.tell(told)
        return True

    def _tell_keys(self, *, known: bool) -> None:
        if not known:
            self._lines.tell(say("That key does nothing here. The keys are:"))
        for keys, meaning in self._look.keys.help("review"):
            self._lines.tell(f"{keys}: {meaning}")


def _pressed(line: str) -> str:
    bare = line.strip()
    if not bare:
        return "enter"
    if len(bare) == 1:
        return normalise(bare, bare)
    return bare.lower()
