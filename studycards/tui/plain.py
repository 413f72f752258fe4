"""The review line by line: for screen readers, pipes and tests. Same engine, same keys plus Enter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from studycards.errors import StoreError
from studycards.language import say
from studycards.model import Card
from studycards.scheduling import intervals
from studycards.session import Showing
from studycards.tui import sides, typed
from studycards.tui.blocks import Block, parse, top_items
from studycards.tui.conduct import RATINGS, Conduct
from studycards.tui.formula import formulas
from studycards.tui.keys import normalise
from studycards.tui.look import Look
from studycards.tui.plaincard import ACTIONS, Lines, PlainCard
from studycards.tui.summing import summary_lines
from studycards.tui.words import rating_name, state_name

_MOVES = ("down", "up", "page_down", "page_up", "top", "end", "repaint", "suspend_process")


class PlainReview:
    """A sitting from its first card to its summary. Without `acts` there is nothing to do with a card but answer."""

    def __init__(self, conduct: Conduct, look: Look, lines: Lines, acts: PlainCard | None = None) -> None:
        self._conduct, self._look, self._lines, self._acts = conduct, look, lines, acts
        self._session = conduct.session
        self._stopped = False

    def run(self) -> None:
        """Ask until nothing is left, the person stops, or the input ends; then say how it went."""
        while not self._stopped and (showing := self._session.current) is not None:
            self._card(showing)
        for line in summary_lines(self._conduct.summary(), self._conduct.missed, self._conduct.idle_ms):
            self._lines.tell(line)

    def _card(self, showing: Showing) -> None:
        began = self._look.monotonic()
        self._tell_question(showing)
        card = showing.card
        if self._conduct.is_typed(card):
            action = self._type(showing)
        else:
            action = self._until("question", say("[Enter shows the answer, ? lists keys]"), showing)
            action = self._type(showing) if action == "type" else action
        if action not in ("forward", "item"):
            return
        self._conduct.forget_retired()
        by_steps = action == "item" or self._conduct.way(card).one_by_one
        if by_steps and not self._tell_items(card):
            return
        if not by_steps or not _items(card):
            self._lines.tell(say("Answer: {text}", text=formulas(sides.answer(card))))
        self._rate(showing, began)

    def _rate(self, showing: Showing, began: float) -> None:
        while True:
            action = self._until("answer", self._choices(), showing)
            action = "good" if action in ("forward", "item") else action
            if action not in RATINGS:
                return
            took = round((self._look.monotonic() - began) * 1000)
            if self._try(partial(self._conduct.rate, action, took)):
                return

    def _type(self, showing: Showing) -> str:
        """Ask for the answer and compare it; a line that begins with `/` is a key. What to do next."""
        while True:
            line = self._lines.ask(say("[type the answer; Enter alone shows it, / and a key does what the key does] "))
            if line is None:
                self._stopped = True
                return ""
            if line.startswith("/") and len(line) > 1:
                action = self._one("question", line[1:], showing)
                if action is not None:
                    return action
                continue
            if line.strip():
                pieces = self._conduct.compare(showing.card, line)
                right = say("Right: {text}") if typed.is_right(pieces) else say("Compared: {text}")
                self._lines.tell(right.format(text=typed.written(pieces)))
            return "forward"

    def _tell_items(self, card: Card) -> bool:
        """The answer's list, an item after each line; False where the input ends."""
        shown = _items(card)
        for number, text in enumerate(shown):
            self._lines.tell(formulas(text))
            if number < len(shown) - 1 and self._lines.ask(say("[Enter shows the next]")) is None:
                self._stopped = True
                return False
        return True

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
            action = self._one(when, line, showing)
            if action is not None:
                return action

    def _one(self, when: str, line: str, showing: Showing) -> str | None:
        """Do what one line asks for; the action if it leaves this half of the card, None if the card stays."""
        action = self._look.keys.action("review", pressed(line), when)
        if action in ("quit", "leave"):
            self._stopped = True
            return ""
        if action in ("forward", "item", "type") or action in RATINGS:
            return action
        self._other(action, line, showing)
        now = self._session.current
        return "" if now is None or now.card != showing.card or action == "undo" else None

    def _other(self, action: str, line: str, showing: Showing) -> None:
        if action == "keys" or not action:
            self._tell_keys(known=bool(action))
        elif action == "flag":
            number = self._lines.ask(say("Flag 1-7, 0 takes it away: ")) or ""
            if number.strip() in tuple("01234567") and number.strip():
                self._try(partial(self._conduct.flag, int(number)))
        elif action == "reason":
            self._try(partial(self._conduct.reason, int(pressed(line))))
        elif hasattr(self._conduct, action):
            self._try(getattr(self._conduct, action))
        elif action in ACTIONS and self._acts is not None:
            self._acts.do(action, showing.card, showing.memory)
            self._session.refresh()
        elif action in _MOVES:
            self._lines.tell(say("All of it stands above."))
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


def pressed(line: str) -> str:
    """The key that a line names: its one character, or a word like `right`; an empty line is Enter."""
    bare = line.strip()
    if not bare:
        return "enter"
    if len(bare) == 1:
        return normalise(bare, bare)
    return bare.lower()


def _items(card: Card) -> list[str]:
    """The answer in pieces, one for each item of its list; what stands before it goes with the first, what stands
    after it with the last. Empty where there is no list."""
    lines = sides.capped(card.back)
    blocks = parse(lines)
    top = top_items(blocks)
    if not top:
        return []
    starts = [0, *top[1:], len(blocks)]
    return ["\n".join(told for block in blocks[start:end] if (told := _line(block))) for start, end in pairwise(starts)]


def _line(block: Block) -> str:
    rows = "\n".join(" | ".join(row) for row in block.rows)
    return f"{' ' * block.indent}{block.mark} {block.text}".strip() or rows
