"""The browse page: a query, the cards it names, and what can be done with one or many of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from studycards import history
from studycards.cloze import plain
from studycards.errors import StudycardsError
from studycards.history import Stamp
from studycards.language import count, later, say
from studycards.model import State
from studycards.store import search, sitting
from studycards.text import clean
from studycards.tui import lines
from studycards.tui.conduct import turned
from studycards.tui.keys import normalise
from studycards.tui.page import Line, Page, Separator
from studycards.tui.program import Desk
from studycards.tui.rows import Rows
from studycards.tui.words import state_name, state_of

CHUNK = 200
_HEAD = (later("due"), later("lapses"), later("state"))
_BULK = {"bury": later("buried"), "suspend": later("suspended"), "retire": later("retired"), "mark": later("marked")}


class BrowsePage(Page):
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
        super().__init__(desk.look)
        self.desk = desk
        self._first_query = query
        self._ids: list[str] = []
        self._chunks: dict[int, dict[str, search.Line]] = {}
        self._chosen: dict[str, None] = {}
        self._message = ""
        self._wants_flag = False

    @property
    def today(self) -> int:
        """The study day."""
        return Stamp.of(self.desk.clock(), self.desk.config.settings().day_start).day

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
        self._ids = search.find(db, self.query_one(Input).value, self.today)
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
        due = "" if line.due_day is None else _day(line.due_day, self.today)
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
            if pressed in tuple("01234567"):
                self._act("flag", int(pressed), say("flag {number}", number=int(pressed)))
            return
        super().on_key(event)

    def on_input_submitted(self) -> None:
        """Enter leads back to the list."""
        self.set_focus(None)

    def perform(self, action: str, pressed: str) -> None:
        """Do one action; what the store refuses is said."""
        try:
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

    def _act(self, kind: str, value: int, told: str) -> None:
        targets = self._targets()
        if not targets:
            return
        stamp = Stamp.of(self.desk.clock(), self.desk.config.settings().day_start)
        history.mark(self.desk.collection.db, stamp, kind, value, targets)
        self._message = count("{n} card: {what}", "{n} cards: {what}", len(targets), what=told)
        self._chosen = {}
        self._search()

    def do_bury(self) -> None:
        """Bury until tomorrow."""
        self._act("bury", self.today, say(_BULK["bury"]))

    def do_suspend(self) -> None:
        """Suspend, or bring back what is suspended."""
        line = self._line(self.query_one(Rows).cursor) if self._ids else None
        asked_again = line is not None and line.suspended
        self._act("suspend", 0 if asked_again else 1, say("asked again") if asked_again else say(_BULK["suspend"]))

    def do_retire(self) -> None:
        """Retire, or bring back what is retired."""
        line = self._line(self.query_one(Rows).cursor) if self._ids else None
        asked_again = line is not None and line.retired
        self._act("retire", 0 if asked_again else 1, say("asked again") if asked_again else say(_BULK["retire"]))

    def do_mark(self) -> None:
        """Mark, or take the mark off."""
        line = self._line(self.query_one(Rows).cursor) if self._ids else None
        marked = line is not None and line.marked
        self._act("mark", 0 if marked else 1, say("mark taken off") if marked else say(_BULK["mark"]))

    def do_flag(self) -> None:
        """Wait for the number of the flag."""
        self._wants_flag = True
        self._message = say("Flag 1-7, 0 takes it away: ")
        self.fill()

    def do_undo(self) -> None:
        """Take the last thing back."""
        self._turn(redo=False)

    def do_redo(self) -> None:
        """Do again what was taken back."""
        self._turn(redo=True)

    def _turn(self, *, redo: bool) -> None:
        stamp = Stamp.of(self.desk.clock(), self.desk.config.settings().day_start)
        way = history.redo if redo else history.undo
        done = way(self.desk.collection.db, stamp, self.desk.reversers)
        if done is None:
            self._message = say("There is nothing to redo.") if redo else say("There is nothing to undo.")
        else:
            named = search.lines(self.desk.collection.db, list(done.cards[:1]))
            more = count("{n} card", "{n} cards", len(done.cards)) if len(done.cards) > 1 else ""
            self._message = turned(done, more or (clean(named[0].front) if named else ""))
        self._search()

    def _current(self) -> sitting.State | None:
        if not self._ids:
            return None
        return sitting.state(self.desk.collection.db, self._ids[self.query_one(Rows).cursor])

    def do_open(self) -> None:
        """Show the card with its answer."""
        from studycards.tui.panel import CardPanel

        state = self._current()
        if state is not None:
            self.app.push_screen(CardPanel(self.look, state.card))

    def do_peek(self) -> None:
        """Show the lines around the card's source."""
        state = self._current()
        if state is not None:
            self.app.push_screen(self.desk.reach.peek(self.look, state.card))

    def do_info(self) -> None:
        """Show what is known of the card."""
        state = self._current()
        if state is not None:
            self.app.push_screen(self.desk.reach.info(self.look, state.card, state.memory))

    def do_note(self) -> None:
        """Open the note at the card's line."""
        state = self._current()
        if state is not None:
            self._message = self.desk.reach.open(self.app, self.look, state.card)
            self.fill()

    def do_editor(self) -> None:
        """Open the deck file at the card."""
        state = self._current()
        if state is not None:
            self._message = self.desk.reach.open_deck(self.app, self.look, state.card)
            self._search()

    def do_down(self) -> None:
        """The next card."""
        self.query_one(Rows).move(1)

    def do_up(self) -> None:
        """The card before."""
        self.query_one(Rows).move(-1)

    def do_page_down(self) -> None:
        """A page on."""
        self.query_one(Rows).move(self.query_one(Rows).page_rows)

    def do_page_up(self) -> None:
        """A page back."""
        self.query_one(Rows).move(-self.query_one(Rows).page_rows)

    def do_top(self) -> None:
        """The first card."""
        self.query_one(Rows).go(0)

    def do_end(self) -> None:
        """The last card."""
        self.query_one(Rows).go(len(self._ids) - 1)

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
