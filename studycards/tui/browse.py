"""The browse page: a query, the cards it names, and what can be done with one or many of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from studycards.cloze import plain
from studycards.errors import StudycardsError
from studycards.language import count, later, say
from studycards.model import Card, Memory, State
from studycards.store import cards, search, sitting
from studycards.text import clean
from studycards.tui import lines
from studycards.tui.bulk import Bulk
from studycards.tui.keys import normalise
from studycards.tui.oncard import OnCard
from studycards.tui.page import Line, Moving, Separator
from studycards.tui.program import Desk
from studycards.tui.rows import Rows
from studycards.tui.words import state_name, state_of

CHUNK = 200
_HEAD = (later("due"), later("lapses"), later("state"))
BULK = ("bury", "suspend", "retire", "mark", "reset")


class BrowsePage(OnCard):
    """Finds cards as the query is typed; acts on the chosen ones, or on the one under the cursor."""

    page: ClassVar[str] = "browse"
    DEFAULT_CSS = """
    BrowsePage #head { color: $quiet; }
    BrowsePage #message { color: $warm; }
    BrowsePage #legend { color: $quiet; }
    BrowsePage Input, BrowsePage Input:focus { border: none; height: 1; padding: 0 1; background: $background; }
    BrowsePage Input > .input--placeholder { color: $quiet; text-style: none; }
    BrowsePage Input > .input--cursor { color: $background; background: $foreground; text-style: none; }
    """

    def __init__(self, desk: Desk, query: str = "") -> None:
        super().__init__(desk)
        self._first_query, self._bulk = query, Bulk(desk)
        self._ids: list[str] = []
        self._chunks: dict[int, dict[str, search.Line]] = {}
        self._chosen: dict[str, None] = {}
        self._message = ""
        self._wants_flag = False

    def body(self) -> ComposeResult:
        yield Line(id="header")
        yield Input(self._first_query, placeholder=say("deck: tag: note: is:due lapses>3 words"), id="query")
        yield Separator(self.look)
        yield Line(id="head")
        yield Rows(id="found")
        yield Line(id="message")
        yield Separator(self.look)
        yield Line(id="legend")

    def on_mount(self) -> None:
        """Search at once."""
        self._search()

    def fill(self) -> None:
        """Everything around the list."""
        chosen = count("{n} chosen", "{n} chosen", len(self._chosen)) if self._chosen else ""
        found = count("{n} card", "{n} cards", len(self._ids))
        self.write("header", lines.sides(say("browse"), f"{found}  {chosen}".rstrip(), self.size.width))
        self.write("head", "    " + _columns([say(word) for word in _HEAD]) + f"  {say('question')}")
        self.write("message", f" {self._message}" if self._message else "")
        self.write("legend", self.legend())

    def _search(self) -> None:
        db = self.desk.collection.db
        self._ids = search.find(db, self.query_one(Input).value, self._bulk.today)
        self._chunks = {}
        rows = self.query_one(Rows)
        rows.load(len(self._ids), self._row, min(rows.cursor, max(0, len(self._ids) - 1)))
        self.fill()

    def on_input_changed(self) -> None:
        """Search with every key."""
        if self.is_mounted:
            self._search()

    def _row(self, number: int, width: int) -> str:
        line = self._line(number)
        if line is None:
            return ""
        sign = "*" if line.id in self._chosen else " "
        due = "" if line.due_day is None else _day(line.due_day, self._bulk.today)
        cells = [due, str(line.lapses or ""), self._state(line)]
        return f"{sign} {_columns(cells)}  {_flat(plain(line.front))}  {_flat(line.deck)}"

    def _line(self, number: int) -> search.Line | None:
        chunk = number // CHUNK
        if chunk not in self._chunks:
            ids = self._ids[chunk * CHUNK : (chunk + 1) * CHUNK]
            self._chunks[chunk] = {line.id: line for line in search.lines(self.desk.collection.db, ids)}
        return self._chunks[chunk].get(self._ids[number])

    def _state(self, line: search.Line) -> str:
        if line.gone:
            return say("no text")
        if line.retired:
            return say("retired")
        if line.suspended:
            return say("suspended")
        return state_name(state_of(State(line.state) if line.state else None)).lower()

    # Keys

    def on_key(self, event: events.Key) -> None:
        """In the query, letters are letters; Enter, Esc and Down lead back to the list."""
        if self.focused is not None:
            if event.key in ("enter", "escape", "down"):
                event.stop()
                event.prevent_default()
                self.set_focus(None)
            return
        if self._wants_flag:
            event.stop()
            self._wants_flag = False
            pressed = normalise(event.key, event.character)
            if pressed in tuple("01234567") and self._targets():
                self._done(self._bulk.flag(int(pressed), self._targets()))
            else:
                self.tell("")
            return
        super().on_key(event)

    def on_input_submitted(self) -> None:
        """Enter leads back to the list."""
        self.set_focus(None)

    def perform(self, action: str, pressed: str) -> None:
        """Do one action; what the store refuses is said."""
        try:
            if action in BULK:
                self._act(action)
            elif action in ("undo", "redo"):
                self._done(self._bulk.turn(redo=action == "redo"))
            else:
                super().perform(action, pressed)
        except StudycardsError as error:
            self._message = error.sentence
            self.fill()

    def do_query(self) -> None:
        """Type a query."""
        self.set_focus(self.query_one(Input))

    def do_choose(self) -> None:
        """Choose the card under the cursor, or let it go; go on to the next."""
        rows = self.query_one(Rows)
        if self._ids:
            card_id = self._ids[rows.cursor]
            if card_id in self._chosen:
                del self._chosen[card_id]
            else:
                self._chosen[card_id] = None
            rows.move(1)
            self.fill()

    def do_choose_all(self) -> None:
        """Choose all that were found, or none."""
        self._chosen = {} if self._chosen else dict.fromkeys(self._ids)
        self.query_one(Rows).refresh()
        self.fill()

    def _targets(self) -> list[str]:
        if self._chosen:
            return list(self._chosen)
        return [self._ids[self.query_one(Rows).cursor]] if self._ids else []

    def _act(self, action: str) -> None:
        """Act on what is chosen, as one step; the mark of the card under the cursor says which way."""
        targets = self._targets()
        if targets:
            self._done(self._bulk.do(action, targets, self._line(self.query_one(Rows).cursor)))

    def _done(self, message: str) -> None:
        self._message = message
        self._chosen = {}
        self._search()

    def do_move(self) -> None:
        """Choose the deck to which they go."""
        from studycards.tui.picking import PickPanel

        if self._targets():
            names = sorted(cards.decks(self.desk.collection.db))
            title = say("move to which deck? A new name makes a new one")
            self.app.push_screen(PickPanel(self.look, title, names, own=True), self._moved)

    def _moved(self, deck: str | None) -> None:
        if deck:
            try:
                self._done(self._bulk.move(deck, self._targets()))
            except StudycardsError as error:
                self.tell(error.sentence)

    def do_flag(self) -> None:
        """Wait for the number of the flag."""
        self._wants_flag = True
        self.tell(say("Flag 1-7, 0 takes it away: "))

    def _current(self) -> sitting.State | None:
        if not self._ids:
            return None
        return sitting.state(self.desk.collection.db, self._ids[self.query_one(Rows).cursor])

    def under_hand(self) -> tuple[Card, Memory | None] | None:
        state = self._current()
        return (state.card, state.memory) if state else None

    def tell(self, message: str) -> None:
        self._message = message
        self.fill()

    def reread(self, message: str) -> None:
        self._message = message
        self._search()

    def do_open(self) -> None:
        """Show the card with its answer."""
        from studycards.tui.panel import CardPanel

        state = self._current()
        if state is not None:
            self.app.push_screen(CardPanel(self.look, state.card))

    def moving(self) -> Moving:
        return self.query_one(Rows)

    def do_quit(self) -> None:
        """Back."""
        self.post_message(self.Leave("home"))


def _columns(cells: list[str]) -> str:
    widths = (8, 7, 11)
    return "".join(" " * max(0, width - cell_len(cell)) + cell for cell, width in zip(cells, widths, strict=True))


def _day(due_day: int, today: int) -> str:
    if due_day <= today:
        return say("now")
    moment = date.fromordinal(due_day)
    return f"{moment:%m-%d}" if due_day - today < 300 else f"{moment:%Y-%m}"


def _flat(text: str) -> str:
    return " ".join(clean(text).split())
