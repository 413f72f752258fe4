"""The review page: a question, its answer, a rating; every answer stored before the next card is painted."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual import events
from textual.app import ComposeResult

from studycards import history
from studycards.errors import StoreError
from studycards.language import say
from studycards.model import Card, Memory
from studycards.session import Showing
from studycards.store import sitting
from studycards.tui import drafts, lines, sides
from studycards.tui.answerline import AnswerLine, compared
from studycards.tui.cardview import CardView
from studycards.tui.conduct import RATINGS, Conduct
from studycards.tui.keys import normalise
from studycards.tui.oncard import OnCard
from studycards.tui.page import Line, Moving, Separator
from studycards.tui.paint import items
from studycards.tui.program import Desk
from studycards.tui.themes import by_name, ink_of
from studycards.tui.words import state_name

_FLAGS = tuple("01234567")
_AWAY = ("bury", "bury_all", "suspend", "suspend_all", "retire", "skip", "undo", "redo")


class ReviewPage(OnCard):
    """One sitting on the screen; at its end the summary follows."""

    page: ClassVar[str] = "review"
    DEFAULT_CSS = """
    ReviewPage #context { color: $quiet; }
    ReviewPage #message { color: $warm; }
    ReviewPage #buttons { text-style: bold; }
    ReviewPage #legend { color: $quiet; }
    """

    def __init__(self, desk: Desk, conduct: Conduct) -> None:
        super().__init__(desk)
        self.conduct, self.session = conduct, conduct.session
        self._ink = ink_of(by_name(self.look.theme))
        self._revealed = False
        self._steps: int | None = None
        self._typed: RenderableType | None = None
        self._is_new = True
        self._message, conduct.carry = conduct.carry, ""
        self._asked_at = self.look.monotonic()
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
        yield CardView(self._ink, self.look.ascii)
        self.answer_line = AnswerLine()
        yield self.answer_line
        yield Line(id="message")
        yield Separator(self.look)
        yield Line(id="buttons")
        yield Line(id="legend")

    @property
    def card_view(self) -> CardView:
        """The card."""
        return self.query_one(CardView)

    def moving(self) -> Moving:
        return self.card_view

    def under_hand(self) -> tuple[Card, Memory | None] | None:
        showing = self.session.current
        return (showing.card, showing.memory) if showing else None

    def on_mount(self) -> None:
        """Begin; the clock is looked at each second only where it is shown or turns the card over."""
        super().on_mount()
        if self.look.timer or self.look.advance_s:
            self.set_interval(1, self._tick)

    def fill(self) -> None:
        """Paint the card that the session is at."""
        showing = self.session.current
        if showing is None:
            self.post_message(self.Leave("summary"))
            return
        card, view = showing.card, self.card_view
        if "[" in card.front + card.back:
            view.find_pictures_in(self.reach.folders(card))
        if self._revealed:
            view.answer(card, self._typed, self._steps)
        else:
            view.ask(card)
        self._frame(showing)
        if self._is_new:
            self._is_new = False
            if self.conduct.is_typed(card):
                self.do_type()

    def _frame(self, showing: Showing) -> None:
        """Everything around the card."""
        width = self.size.width
        self._tell_progress()
        self.write("context", self._where(showing, width))
        shown = self.conduct.offered() if self._revealed else {}
        self.write(
            "buttons", lines.buttons(shown, self.look.intervals and not self.conduct.cram, width) if shown else ""
        )
        self.write("legend", self.legend())
        self._tell_rest()
        self.call_after_refresh(self._painted, showing.card)

    def _tell_progress(self) -> None:
        progress = self.session.progress
        bar = lines.bar(progress.done, progress.total, 10, self.look.ascii)
        told = [
            f"{bar} {progress.done}/{progress.total}",
            lines.minutes_left(progress.minutes_left),
            lines.kinds(progress.new, progress.review, progress.learning),
        ]
        if self.look.timer:
            told.insert(1, say("{s} s", s=int(self.look.monotonic() - self._asked_at)))
        title = say("cram: memory stays as it is") if self.conduct.cram else "studycards"
        self.write("header", lines.header(title, told, self.size.width))

    def _tick(self) -> None:
        if self.look.timer:
            self._tell_progress()
        waited = self.look.monotonic() - self._asked_at
        if self.look.advance_s and waited >= self.look.advance_s and not self._revealed and self.is_current:
            self._reveal(None)

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
        text = self._message or (lines.more(below) if below else "")
        self.write("message", f" {text}" if text else "")

    def on_sheet_moved(self) -> None:
        """Other lines of the card are in sight."""
        self._tell_rest()

    def _painted(self, card: Card) -> None:
        """The screen has been painted; the answer is drawn while the question is read."""
        self._painted_at = self.look.monotonic()
        if not self._revealed:
            self.card_view.prepare(card)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """A number after `f` is the flag; what is typed as an answer is no key; everything else is looked up."""
        if self.answer_line.is_open and event.key in ("enter", "escape"):
            event.stop()
            event.prevent_default()
            self._leave_typing() if event.key == "escape" else self._submit()
            return
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
        rates = self._revealed and (action in RATINGS or (action == "forward" and self._is_at_end))
        guard = self.look.guard_ms / 1000
        if rates and (since < guard or now - self._painted_at < guard):
            return
        try:
            self._do(action, pressed)
        except StoreError as error:
            self.tell(error.sentence)

    def _do(self, action: str, pressed: str) -> None:
        if action in RATINGS:
            self._rate(action)
        elif action == "reason":
            self.tell(self.conduct.reason(int(pressed)))
        elif action in _AWAY:
            self._leave_typing()
            self._next(getattr(self.conduct, action)())
        else:
            super().perform(action, pressed)

    @property
    def _is_at_end(self) -> bool:
        return self._steps is None and self.card_view.ends_in_sight

    def do_forward(self) -> None:
        """Show the answer; page through it, or through its list; at its end it means Good."""
        if self._revealed and self._is_at_end:
            self._rate("good")
        elif not self.card_view.ends_in_sight and self._steps is None:
            self.card_view.move_to("page_down")
        elif self._revealed or self._goes_by_steps():
            self.do_item()
        else:
            self._reveal(None)

    def _goes_by_steps(self) -> bool:
        found = self.under_hand()
        return bool(found and self.conduct.way(found[0]).one_by_one and items(found[0]))

    def do_item(self) -> None:
        """Show the next item of the answer's list; where there is none, all of it."""
        found = self.under_hand()
        if found is None or (self._revealed and self._steps is None):
            return
        steps, most = (self._steps or 0) + 1, items(found[0])
        self._reveal(steps if steps < most else None)

    def _reveal(self, steps: int | None) -> None:
        """Turn the card over; of a list so many items."""
        if not self._revealed:
            self.conduct.forget_retired()
        self.answer_line.close()
        self._revealed, self._steps, self._message = True, steps, ""
        self.fill()

    def _rate(self, action: str) -> None:
        took = round((self.look.monotonic() - self._asked_at) * 1000)
        self._next(self.conduct.rate(action, took))
        if self.conduct.leech is not None:
            self._show_leech(self.conduct.leech)

    def _next(self, message: str) -> None:
        self._revealed, self._steps, self._typed, self._message = False, None, None, message
        self._asked_at = self.look.monotonic()
        self._is_new = True
        self.outside.hush()
        self.fill()

    def tell(self, message: str) -> None:
        self._message = message
        showing = self.session.current
        if showing is not None:
            self._frame(showing)

    def reread(self, message: str) -> None:
        self.session.refresh()
        self._message = message
        self.fill()

    def do_flag(self) -> None:
        """Wait for the number of the flag."""
        self._wants_flag = True
        self.tell(say("Flag 1-7, 0 takes it away: "))

    def _flag(self, pressed: str) -> None:
        self._wants_flag = False
        self.tell(self.conduct.flag(int(pressed)) if pressed in _FLAGS else "")

    def do_mark(self) -> None:
        """Mark or unmark the card."""
        self.tell(self.conduct.mark())

    def do_hint(self) -> None:
        """Show the first letters."""
        self.tell(self.conduct.hint())

    def do_quit(self) -> None:
        """Stop; all is stored."""
        self.post_message(self.Leave("summary"))

    # A typed answer

    def do_type(self) -> None:
        """Type the answer; what is right is shown beside it."""
        found = self.under_hand()
        if found and not self._revealed:
            draft = drafts.kept(self.desk.collection.db, _draft(found[0]))
            self.answer_line.begin(draft[0] if draft else "")

    def _submit(self) -> None:
        """Compare, and turn the card over."""
        found = self.under_hand()
        if found is None or self._revealed:
            return
        if self.answer_line.value.strip():
            self._typed = compared(self.conduct.compare(found[0], self.answer_line.value), self._ink)
        drafts.keeper(self.desk.collection.db, _draft(found[0]))(None)
        self._reveal(None)

    def _leave_typing(self) -> None:
        """Close the line; what was typed is a draft."""
        found = self.under_hand()
        if found and self.answer_line.is_open:
            text = self.answer_line.value
            drafts.keeper(self.desk.collection.db, _draft(found[0]))((text, "") if text.strip() else None)
            self.answer_line.close()

    def on_unmount(self) -> None:
        """The program may end over a half-typed answer."""
        super().on_unmount()
        self._leave_typing()

    # A leech

    def _show_leech(self, card: Card) -> None:
        from studycards.tui.leech import LeechPanel

        state = sitting.state(self.desk.collection.db, card.id)
        lapses = state.memory.lapses if state and state.memory else 0
        self.app.push_screen(LeechPanel(self.look, card, lapses), partial(self._do_with_leech, card))

    def _do_with_leech(self, card: Card, chosen: str | None) -> None:
        if chosen == "edit":
            self.edit(card)
        elif chosen == "split":
            self.open_deck(card)
        elif chosen == "note":
            self.tell(self.reach.open(self.app, self.look, card))
        elif chosen == "suspend":
            history.mark(self.desk.collection.db, self.stamp, "suspend", 1, [card.id])
            self._next(say("Suspended: it is not asked until you say so."))


def _draft(card: Card) -> str:
    return f"typed:{card.id}"
