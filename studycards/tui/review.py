"""The review page: a question, its answer, a rating; every answer stored before the next card is painted."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult

from studycards import history
from studycards.collection.rewording import reword
from studycards.errors import StoreError, StudycardsError
from studycards.history import Stamp
from studycards.language import say
from studycards.model import Card
from studycards.session import Showing
from studycards.store import sitting
from studycards.tui import drafts, lines, sides
from studycards.tui.cardview import CardView
from studycards.tui.conduct import RATINGS, Conduct
from studycards.tui.keys import normalise
from studycards.tui.page import Line, Page, Separator
from studycards.tui.program import Desk
from studycards.tui.themes import by_name, ink_of
from studycards.tui.words import state_name

_FLAGS = tuple("01234567")


class ReviewPage(Page):
    """One sitting on the screen; at its end the summary follows."""

    page: ClassVar[str] = "review"
    DEFAULT_CSS = """
    ReviewPage #context { color: $quiet; }
    ReviewPage #message { color: $warm; }
    ReviewPage #buttons { text-style: bold; }
    ReviewPage #legend { color: $quiet; }
    """

    def __init__(self, desk: Desk, conduct: Conduct) -> None:
        look = desk.look
        super().__init__(look)
        self.desk, self.conduct, self.reach = desk, conduct, desk.reach
        self.session = conduct.session
        self._revealed = False
        self._message, conduct.carry = conduct.carry, ""
        self._asked_at = look.monotonic()
        self._painted_at = 0.0
        self._pressed_at = 0.0
        self._wants_flag = False

    @property
    def when(self) -> str:
        return "answer" if self._revealed else "question"

    def body(self) -> ComposeResult:
        yield Line(id="header")
        yield Separator(self.look)
        yield Line(id="context")
        yield CardView(ink_of(by_name(self.look.theme)), self.look.ascii)
        yield Line(id="message")
        yield Separator(self.look)
        yield Line(id="buttons")
        yield Line(id="legend")

    @property
    def card_view(self) -> CardView:
        """The card."""
        return self.query_one(CardView)

    def fill(self) -> None:
        """Paint the card that the session is at."""
        showing = self.session.current
        if showing is None:
            self.post_message(self.Leave("summary"))
            return
        self.card_view.show(showing.card, self._revealed)
        self._frame(showing)

    def _frame(self, showing: Showing) -> None:
        """Everything around the card."""
        width = self.size.width
        self.write("header", self._header(width))
        self.write("context", self._where(showing, width))
        shown = self.conduct.offered() if self._revealed else {}
        self.write(
            "buttons", lines.buttons(shown, self.look.intervals and not self.conduct.cram, width) if shown else ""
        )
        self.write("legend", self.legend())
        self._tell_rest()
        self.call_after_refresh(self._painted)

    def _header(self, width: int) -> str:
        progress = self.session.progress
        bar = lines.bar(progress.done, progress.total, 10, self.look.ascii)
        return lines.header(
            say("cram: memory stays as it is") if self.conduct.cram else "studycards",
            [
                f"{bar} {progress.done}/{progress.total}",
                lines.minutes_left(progress.minutes_left),
                lines.kinds(progress.new, progress.review, progress.learning),
            ],
            width,
        )

    def _where(self, showing: Showing, width: int) -> str:
        card, marks = showing.card, showing.marks
        place = sides.place(card, self._revealed)
        chips = [state_name(showing.state_name)]
        chips += [say("marked")] * marks.marked + [say("flag {number}", number=marks.flag)] * bool(marks.flag)
        chips += [say("leech")] * marks.leech + [f"#{tag}" for tag in card.tags[:4]]
        return lines.sides(sides.capped(" > ".join(place)), sides.capped("  ".join(chips)), width)

    def _tell_rest(self) -> None:
        """The message, or how much of the card is out of sight."""
        below = self.card_view.lines_below
        text = self._message
        if not text and below:
            text = lines.more(below)
        self.write("message", f" {text}" if text else "")

    def _painted(self) -> None:
        self._painted_at = self.look.monotonic()

    def on_mount(self) -> None:
        """Tell anew how much is out of sight whenever the card or what is seen of it changes."""
        super().on_mount()
        for name in ("virtual_size", "scroll_y"):
            self.watch(self.card_view, name, self._tell_rest, init=False)

    def on_card_view_resized(self) -> None:
        """The card has another room."""
        self._tell_rest()

    # Keys

    def on_key(self, event: events.Key) -> None:
        """A number after `f` is the flag; everything else is looked up."""
        if not self._wants_flag:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        self._flag(normalise(event.key, event.character))

    def perform(self, action: str, pressed: str) -> None:
        """Do one action, unless the key came too soon after another or after the reveal to be meant."""
        now = self.look.monotonic()
        since, self._pressed_at = now - self._pressed_at, now
        rates = self._revealed and (action in RATINGS or (action == "forward" and self.card_view.ends_in_sight))
        guard = self.look.guard_ms / 1000
        if rates and (since < guard or now - self._painted_at < guard):
            return
        try:
            self._do(action, pressed)
        except StoreError as error:
            self._say(error.sentence)

    def _do(self, action: str, pressed: str) -> None:
        if action in RATINGS:
            self._rate(action)
        elif action == "reason":
            self._say(self.conduct.reason(int(pressed)))
        elif action in ("bury", "bury_all", "suspend", "suspend_all", "retire", "skip", "undo", "redo"):
            self._next(getattr(self.conduct, action)())
        else:
            super().perform(action, pressed)

    def do_forward(self) -> None:
        """Show the answer; page through it; at its end it means Good."""
        if not self._revealed:
            self._reveal()
        elif self.card_view.ends_in_sight:
            self._rate("good")
        else:
            self.do_page_down()

    def _reveal(self) -> None:
        self.conduct.forget_retired()
        if not self.card_view.ends_in_sight:
            self.do_page_down()
            return
        self._revealed, self._message = True, ""
        self.fill()

    def _rate(self, action: str) -> None:
        took = round((self.look.monotonic() - self._asked_at) * 1000)
        self._next(self.conduct.rate(action, took))
        if self.conduct.leech is not None:
            self._show_leech(self.conduct.leech)

    def _show_leech(self, card: Card) -> None:
        from studycards.tui.leech import LeechPanel

        state = sitting.state(self.desk.collection.db, card.id)
        lapses = state.memory.lapses if state and state.memory else 0
        self.app.push_screen(LeechPanel(self.look, card, lapses), partial(self._do_with_leech, card))

    def _do_with_leech(self, card: Card, chosen: str | None) -> None:
        if chosen == "edit":
            self._edit(card)
        elif chosen == "split":
            self._open_deck(card)
        elif chosen == "note":
            self._say(self.reach.open(self.app, self.look, card))
        elif chosen == "suspend":
            stamp = Stamp.of(self.desk.clock(), self.desk.config.settings().day_start)
            history.mark(self.desk.collection.db, stamp, "suspend", 1, [card.id])
            self._next(say("Suspended: it is not asked until you say so."))

    def _next(self, message: str) -> None:
        self._revealed, self._message = False, message
        self._asked_at = self.look.monotonic()
        self.fill()

    def _say(self, message: str) -> None:
        self._message = message
        showing = self.session.current
        if showing is not None:
            self._frame(showing)

    def do_mark(self) -> None:
        """Mark or unmark the card."""
        self._say(self.conduct.mark())

    def do_flag(self) -> None:
        """Wait for the number of the flag."""
        self._wants_flag = True
        self._say(say("Flag 1-7, 0 takes it away: "))

    def _flag(self, pressed: str) -> None:
        self._wants_flag = False
        self._say(self.conduct.flag(int(pressed)) if pressed in _FLAGS else "")

    def do_hint(self) -> None:
        """Show the first letters."""
        self._say(self.conduct.hint())

    def do_quit(self) -> None:
        """Stop; all is stored."""
        self.post_message(self.Leave("summary"))

    # Scrolling

    def _scroll(self, by: float) -> None:
        self.card_view.scroll_relative(y=by, animate=False, immediate=True)

    def do_down(self) -> None:
        """A line down."""
        self._scroll(1)

    def do_up(self) -> None:
        """A line up."""
        self._scroll(-1)

    def do_page_down(self) -> None:
        """A page down, its last line staying in sight."""
        self._scroll(max(1, self.card_view.size.height - 1))

    def do_page_up(self) -> None:
        """A page up."""
        self._scroll(-max(1, self.card_view.size.height - 1))

    def do_top(self) -> None:
        """To the first line."""
        self._scroll(-self.card_view.max_scroll_y)

    def do_end(self) -> None:
        """To the last line."""
        self._scroll(self.card_view.max_scroll_y)

    # The note

    def do_note(self) -> None:
        """Open the note at the card's line, or the deck file where there is no note."""
        showing = self.session.current
        if showing is not None:
            self._say(self.reach.open(self.app, self.look, showing.card))

    def do_edit(self) -> None:
        """Edit the card here."""
        showing = self.session.current
        if showing is not None:
            self._edit(showing.card)

    def _edit(self, card: Card) -> None:
        from studycards.tui.editing import EditPanel

        db, front_first = self.desk.collection.db, card.id != f"{card.block}-r"
        sides = (card.front, card.back) if front_first else (card.back, card.front)
        draft, keep = drafts.kept(db, card.block), drafts.keeper(db, card.block)
        panel = EditPanel(self.look, say("edit; what was learned stays"), sides, draft, keep)
        self.app.push_screen(panel, partial(self._edited, card))

    def _edited(self, card: Card, sides: tuple[str, str] | None) -> None:
        if sides is None:
            return
        try:
            changed = reword(self.desk.collection, card, sides, self.desk.clock())
        except StudycardsError as error:
            self._say(error.sentence)
            return
        drafts.keeper(self.desk.collection.db, card.block)(None)
        self.session.refresh()
        self._message = say("Saved; what was learned stays.") if changed else ""
        self.fill()

    def do_editor(self) -> None:
        """Open the deck file at the card; what was changed there is asked anew."""
        showing = self.session.current
        if showing is not None:
            self._open_deck(showing.card)

    def _open_deck(self, card: Card) -> None:
        message = self.reach.open_deck(self.app, self.look, card)
        self.desk.look_again()
        self.session.refresh()
        self._message = message
        self.fill()

    def do_peek(self) -> None:
        """Show the lines around the card's source."""
        showing = self.session.current
        if showing is not None:
            self.app.push_screen(self.reach.peek(self.look, showing.card))

    def do_info(self) -> None:
        """Show what is known of the card."""
        showing = self.session.current
        if showing is not None:
            self.app.push_screen(self.reach.info(self.look, showing.card, showing.memory))
