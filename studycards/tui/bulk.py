"""What is done with one card or many that were found: one step of undo each, and the sentence that says what."""

from __future__ import annotations

from collections.abc import Sequence

from studycards import backup, history
from studycards.cloze import plain
from studycards.errors import StoreError
from studycards.history import Stamp
from studycards.language import count, later, say
from studycards.store import search
from studycards.store.opening import path_of
from studycards.text import clean
from studycards.tui.conduct import turned
from studycards.tui.program import Desk

MANY = 20  # cards, from which on a backup is made first

_DONE = {
    "bury": later("buried"),
    "suspend": later("suspended"),
    "retire": later("retired"),
    "mark": later("marked"),
}
_TAKEN_OFF = {"suspend": later("asked again"), "retire": later("asked again"), "mark": later("mark taken off")}


class Bulk:
    """Acts on cards by their ids; whether a mark is set or taken off is as the first of them says."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._db = desk, desk.collection.db

    @property
    def _stamp(self) -> Stamp:
        return Stamp.of(self._desk.clock(), self._desk.config.settings().day_start)

    @property
    def today(self) -> int:
        """The study day."""
        return self._stamp.day

    def do(self, action: str, cards: Sequence[str], first: search.Line | None = None) -> str:
        """Bury, suspend, retire, mark or reset; `first` is the card under the cursor."""
        if refused := self._unkept(cards):
            return refused
        if action == "reset":
            history.reset(self._db, self._stamp, cards)
            return _told(cards, say("learned anew; u takes it back"))
        if action == "bury":
            return self._mark("bury", self.today, cards, say(_DONE["bury"]))
        first = first or next(iter(search.lines(self._db, list(cards[:1]))), None)
        has = {"suspend": "suspended", "retire": "retired", "mark": "marked"}[action]
        off = first is not None and bool(getattr(first, has))
        return self._mark(action, 0 if off else 1, cards, say((_TAKEN_OFF if off else _DONE)[action]))

    def flag(self, number: int, cards: Sequence[str]) -> str:
        """1 to 7, 0 for none."""
        return self._unkept(cards) or self._mark("flag", number, cards, say("flag {number}", number=number))

    def _unkept(self, cards: Sequence[str]) -> str:
        """Back up before many cards are changed; why that failed, and then nothing is to be done."""
        if len(cards) > MANY:
            try:
                backup.before(path_of(self._db), self._desk.clock(), "before-bulk")
            except StoreError as error:
                return error.sentence
        return ""

    def _mark(self, kind: str, value: int, cards: Sequence[str], told: str) -> str:
        history.mark(self._db, self._stamp, kind, value, cards)
        return _told(cards, told)

    def move(self, deck: str, cards: Sequence[str]) -> str:
        """To the deck file of another deck; what was learned stays."""
        from studycards.collection.moving import move

        if refused := self._unkept(cards):
            return refused
        moved = move(self._desk.collection, cards, deck, self._desk.clock())
        return count("{n} card moved to {deck}.", "{n} cards moved to {deck}.", moved, deck=clean(deck))

    def turn(self, *, redo: bool) -> str:
        """Take the last step back, or do it again."""
        way = history.redo if redo else history.undo
        done = way(self._db, self._stamp, self._desk.reversers)
        if done is None:
            return say("There is nothing to redo.") if redo else say("There is nothing to undo.")
        named = search.lines(self._db, list(done.cards[:1]))
        more = count("{n} card", "{n} cards", len(done.cards)) if len(done.cards) > 1 else ""
        return turned(done, more or (plain(named[0].front) if named else ""))


def _told(cards: Sequence[str], what: str) -> str:
    return count("{n} card: {what}", "{n} cards: {what}", len(cards), what=what)
