"""Browse line by line: a query, the cards it names by number, and a letter for what is done with them."""

from __future__ import annotations

from studycards.cloze import plain
from studycards.errors import StudycardsError
from studycards.language import count, say
from studycards.store import search, sitting
from studycards.text import clean
from studycards.tui import sides
from studycards.tui.bulk import Bulk
from studycards.tui.formula import formulas
from studycards.tui.plain import pressed
from studycards.tui.plaincard import ACTIONS, Lines, PlainCard
from studycards.tui.program import Desk

PAGE = 20
_BULK = ("bury", "suspend", "retire", "mark", "reset")
_MOVES = ("down", "up", "page_up", "top", "end", "repaint", "suspend_process")


class PlainBrowse:
    """Finds cards; numbers choose them, letters act on the chosen ones, or on the one named last."""

    def __init__(self, desk: Desk, lines: Lines) -> None:
        self._desk, self._lines = desk, lines
        self._bulk, self._acts = Bulk(desk), PlainCard(desk, lines)
        self._ids: list[str] = []
        self._chosen: dict[str, None] = {}
        self._query, self._from = "", 0

    def run(self, query: str = "") -> None:
        """Until the person stops or the input ends."""
        self._find(query)
        while True:
            line = self._lines.ask(say("[/words find, numbers choose, then a key; ? lists keys, q stops] "))
            if line is None or not self._do(line.strip()):
                return

    def _find(self, query: str) -> None:
        self._query, self._from = query, 0
        self._ids = search.find(self._desk.collection.db, query, self._bulk.today)
        self._tell()

    def _tell(self) -> None:
        self._lines.tell(count("{n} card", "{n} cards", len(self._ids)))
        shown = search.lines(self._desk.collection.db, self._ids[self._from : self._from + PAGE])
        for number, line in enumerate(shown, self._from + 1):
            sign = "*" if line.id in self._chosen else "."
            self._lines.tell(f"{number}{sign} {_flat(plain(line.front))}  ({_flat(line.deck)})")
        if len(self._ids) > self._from + PAGE:
            self._lines.tell(say("[pagedown shows more]"))

    def _do(self, line: str) -> bool:
        """Do what one line asks for; whether to go on."""
        if line.startswith("/"):
            self._find(line[1:].strip())
        elif line and all(word.isdecimal() for word in line.split()):
            self._choose([int(word) for word in line.split()])
        else:
            action = self._desk.look.keys.action("browse", pressed(line))
            if action in ("quit", "leave"):
                return False
            try:
                self._act(action)
            except StudycardsError as error:
                self._lines.tell(error.sentence)
        return True

    def _choose(self, numbers: list[int]) -> None:
        self._chosen = dict.fromkeys(self._ids[n - 1] for n in numbers if 1 <= n <= len(self._ids))
        self._lines.tell(count("{n} chosen", "{n} chosen", len(self._chosen)))

    def _act(self, action: str) -> None:
        targets = list(self._chosen) or self._ids[:1]
        if action == "choose_all":
            self._chosen = {} if self._chosen else dict.fromkeys(self._ids)
            self._lines.tell(count("{n} chosen", "{n} chosen", len(self._chosen)))
        elif action in ("undo", "redo"):
            self._lines.tell(self._bulk.turn(redo=action == "redo"))
        elif action in _BULK and targets:
            self._lines.tell(self._bulk.do(action, targets))
        elif action == "flag" and targets:
            number = (self._lines.ask(say("Flag 1-7, 0 takes it away: ")) or "").strip()
            if len(number) == 1 and number in "01234567":
                self._lines.tell(self._bulk.flag(int(number), targets))
        elif action == "move" and targets:
            self._move(targets)
        elif action == "page_down":
            self._from = self._from + PAGE if self._from + PAGE < len(self._ids) else 0
            self._tell()
        elif (action == "open" or action in ACTIONS) and targets:
            self._one(action, targets[0])
        elif action in ("query", *_MOVES):
            self._tell()
        else:
            for keys, meaning in self._desk.look.keys.help("browse"):
                self._lines.tell(f"{keys}: {meaning}")

    def _move(self, targets: list[str]) -> None:
        deck = (self._lines.ask(say("Move to which deck? ")) or "").strip()
        if deck:
            self._lines.tell(self._bulk.move(deck, targets))
            self._find(self._query)

    def _one(self, action: str, card_id: str) -> None:
        state = sitting.state(self._desk.collection.db, card_id)
        if state is None:
            return
        if action == "open":
            self._lines.tell(say("Question: {text}", text=formulas(sides.question(state.card))))
            self._lines.tell(say("Answer: {text}", text=formulas(sides.answer(state.card))))
        else:
            self._acts.do(action, state.card, state.memory)


def _flat(text: str) -> str:
    return " ".join(clean(text).split())
