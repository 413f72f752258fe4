"""What is decided on a proposal, each decision stored before the next is shown; painted by the page above this."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rich.console import Group, RenderableType
from rich.text import Text

from studycards import history
from studycards.errors import StudycardsError
from studycards.history import Stamp, Undone
from studycards.inbox.decisions import REVERSERS, Inbox
from studycards.inbox.showing import Showing, place, show
from studycards.inbox.values import switched, text_of
from studycards.language import count, say
from studycards.model import Card
from studycards.store.proposals import Row
from studycards.text import clean
from studycards.tui.asking import AskPanel
from studycards.tui.editing import EditPanel, Sides, SplitPanel
from studycards.tui.page import Page
from studycards.tui.paint import paint
from studycards.tui.program import Desk
from studycards.tui.themes import by_name, ink_of

DECIDING = frozenset({"keep", "drop", "both_ways", "later", "keep_rest", "drop_rest"})


class Deciding(Page):
    """The proposal at hand and what is done with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self.desk = desk
        self._ink = ink_of(by_name(desk.look.theme))
        self.showing: Showing | None = None
        self._waiting: list[Row] = []
        self._passed: set[str] = set()
        self._next = ""
        self._dropped = ""
        self._kept = 0
        self._message = ""
        self._pressed_at = self._painted_at = 0.0
        self._asks_rest = False
        self._put_off = False

    @property
    def inbox(self) -> Inbox:
        """Decisions at this moment."""
        return Inbox(self.desk.collection.db, self.desk.clock(), self.desk.config.settings().day_start)

    def _load(self) -> None:
        """Find the next proposal: the one brought back by undo, else the first not passed over."""
        self._waiting = [row for row in self.inbox.waiting() if row.proposal.id not in self._passed]
        back = next((row for row in self._waiting if row.proposal.id == self._next), None)
        row = back or (self._waiting[0] if self._waiting else None)
        self._next = ""
        self.showing = show(self.desk.collection.db, row, self._waiting) if row else None
        self.fill()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self._painted_at = self.look.monotonic()

    def perform(self, action: str, pressed: str) -> None:
        """Do one action, unless the key came too soon after the last one or after the painting to be meant."""
        now = self.look.monotonic()
        since, self._pressed_at = now - self._pressed_at, now
        guard = self.look.guard_ms / 1000
        if action in DECIDING and (since < guard or now - self._painted_at < guard):
            return
        if action != "keep_rest":
            self._asks_rest = False
        try:
            if action == "reason":
                self._reason(int(pressed))
            else:
                super().perform(action, pressed)
        except StudycardsError as error:
            self._say(error.sentence)

    def _say(self, message: str) -> None:
        self._message = message
        self.fill()

    def _decided(self, message: str = "", kept: int = 0) -> None:
        self._kept += kept
        self._put_off = False
        self._message = message
        self.desk.look_again()
        self._load()

    def _keep(self, sides: Sides | None = None, *, reverse: bool = False) -> None:
        if self.showing is not None:
            self.inbox.keep(self.showing.row.proposal.id, sides, reverse=reverse)
            self._dropped = ""
            self._decided(kept=1)

    def do_keep(self) -> None:
        """Keep the card as it stands."""
        self._keep()

    def do_both_ways(self) -> None:
        """Keep it, and ask it back to front too."""
        self._keep(reverse=True)

    def do_drop(self) -> None:
        """Never propose it again; a digit may follow for the reason."""
        if self.showing is not None:
            self._dropped = self.showing.row.proposal.id
            self.inbox.drop(self._dropped)
            self._decided(say("Dropped. Why? 1 wrong 2 trivial 3 vague 4 tells the answer 5 not mine"))

    def _reason(self, number: int) -> None:
        if not self._dropped:
            return
        dropped, self._dropped = self._dropped, ""
        undone = self._walk(redo=False)
        if undone is not None and undone.kind == "drop" and undone.cards == (dropped,):
            self.inbox.drop(dropped, number)
            self._say(say("Dropped, with the reason {number}.", number=number))
        elif undone is not None and not undone.refused:
            self._walk(redo=True)

    def _walk(self, *, redo: bool) -> Undone | None:
        stamp = Stamp.of(self.desk.clock(), self.desk.config.settings().day_start)
        way = history.redo if redo else history.undo
        return way(self.desk.collection.db, stamp, {**self.desk.reversers, **REVERSERS})

    def do_later(self) -> None:
        """Ask again on the next study day."""
        if self.showing is not None:
            self.inbox.later(self.showing.row.proposal.id)
            self._decided(say("Later: asked again tomorrow."))
            self._put_off = True

    def do_edit(self) -> None:
        """Edit, then keep."""
        if self.showing is not None:
            sides = text_of(self.showing.row.proposal)
            self.app.push_screen(EditPanel(self.look, say("edit, then keep"), sides), self._edited)

    def _edited(self, sides: Sides | None) -> None:
        if sides is not None and self.showing is not None:
            name = self.showing.row.proposal.id
            self._try(lambda: self.inbox.keep(name, sides), "", kept=1)

    def _section(self) -> list[Row]:
        showing = self.showing
        return [row for row in self._waiting if showing and place(row) == place(showing.row)]

    def do_keep_rest(self) -> None:
        """Keep the rest of the section, asked once; what has a warning is left."""
        db = self.desk.collection.db
        section = self._section()
        chosen = [row for row in section if not show(db, row, section).warnings]
        if not self._asks_rest:
            self._asks_rest = True
            ask = say("Keep {n} of {total} in this section? A again keeps them.", n=len(chosen), total=len(section))
            self._say(ask)
            return
        self._asks_rest = False
        for row in chosen:
            self.inbox.keep(row.proposal.id)
        self._decided(kept=len(chosen))

    def do_drop_rest(self) -> None:
        """Drop the rest of the section."""
        section = self._section()
        for row in section:
            self.inbox.drop(row.proposal.id)
        self._decided(count("{n} dropped.", "{n} dropped.", len(section)))

    # Other forms of it

    def do_split(self) -> None:
        """Two cards instead of one, both edited first."""
        if self.showing is not None:
            panel = SplitPanel(self.look, say("split: two cards"), text_of(self.showing.row.proposal))
            self.app.push_screen(panel, self._split)

    def _split(self, parts: list[Sides] | None) -> None:
        if parts and self.showing is not None:
            name = self.showing.row.proposal.id
            self._try(lambda: self.inbox.split(name, parts), say("Split into two cards."), kept=2)

    def do_switch(self) -> None:
        """A hole in a sentence instead of a question, or the other way; edited, then kept."""
        showing = self.showing
        if showing is None:
            return
        other = switched(showing.row.proposal, [text for _, text in showing.lines])
        if other is None:
            self._say(say("It has no other form; edit or split it."))
            return
        self.app.push_screen(EditPanel(self.look, say("edit, then keep"), other), self._edited)

    def do_merge(self) -> None:
        """Compare with the card it is like; keep one of them, or join both."""
        showing = self.showing
        if showing is None or showing.similar is None:
            self._say(say("No card is like this one."))
            return
        card = showing.similar.card
        front, back = text_of(showing.row.proposal)
        shown = Group(
            Text(say("1  the card"), self._ink.quiet),
            paint(card.front, self._ink),
            paint(card.back, self._ink),
            Text(""),
            Text(say("2  this proposal"), self._ink.quiet),
            paint(front, self._ink),
            paint(back, self._ink),
        )
        choices = {"1": say("keep the card"), "2": say("take this text"), "3": say("join")}
        panel = AskPanel(self.look, say("card {id}", id=card.block), shown, choices)
        self.app.push_screen(panel, partial(self._merge, showing.row.proposal.id, card))

    def _merge(self, name: str, card: Card, chosen: str | None) -> None:
        front, back = text_of(self.showing.row.proposal) if self.showing else ("", "")
        if chosen == "3":
            both = (card.front, "\n".join(dict.fromkeys(filter(None, (card.back, back)))))
            self.app.push_screen(EditPanel(self.look, say("join"), both), partial(self._merged, name, card))
        elif chosen in ("1", "2"):
            self._merged(name, card, (front, back) if chosen == "2" else None, is_chosen=True)

    def _merged(self, name: str, card: Card, sides: Sides | None, *, is_chosen: bool = False) -> None:
        if sides is not None or is_chosen:
            told = say("Merged with card {id}.", id=card.block)
            self._try(lambda: self.inbox.merge(name, card.block, sides), told)

    def do_refused(self) -> None:
        """What was refused in this section, with the reason; a number rescues it."""
        showing = self.showing
        rows = self.inbox.refused(showing.row)[:9] if showing else []
        if showing is None or not rows:
            self._say(say("Nothing was refused in this section."))
            return
        parts: list[RenderableType] = []
        for number, row in enumerate(rows, 1):
            front, back = text_of(row.proposal)
            reason = say("refused: {reason}", reason=clean(row.proposal.reason))
            parts += [Text(f"{number}  {reason}", self._ink.quiet), paint(front, self._ink), paint(back, self._ink)]
            parts.append(Text(""))
        choices = {"y": say("rescue the first"), **{str(n): "" for n in range(1, len(rows) + 1)}}
        panel = AskPanel(self.look, say("refused"), Group(*parts), choices)
        self.app.push_screen(panel, partial(self._rescue, rows, showing.row))

    def _rescue(self, rows: list[Row], beside: Row, chosen: str | None) -> None:
        if chosen:
            name = rows[0 if chosen == "y" else int(chosen) - 1].proposal.id
            self._next = beside.proposal.id
            self._try(lambda: self.inbox.rescue(name, beside), say("Rescued."), kept=1)

    def _try(self, act: Callable[[], object], told: str, kept: int = 0) -> None:
        """Decide, or say what stands against it."""
        try:
            act()
        except StudycardsError as error:
            self._say(error.sentence)
            return
        self._dropped = ""
        self._decided(told, kept)

    def do_back(self) -> None:
        """Back to the proposal that was put off just now."""
        if self._put_off:
            self._turn(redo=False)
        else:
            self._say(say("u takes the last decision back."))

    def do_undo(self) -> None:
        """Take the last decision back and show its proposal again."""
        self._turn(redo=False)

    def do_redo(self) -> None:
        """Decide again what was taken back."""
        self._turn(redo=True)

    def _turn(self, *, redo: bool) -> None:
        done = self._walk(redo=redo)
        if done is None:
            self._say(say("There is nothing to redo.") if redo else say("There is nothing to undo."))
            return
        if done.refused:
            self._say(clean(done.refused))
            return
        self._kept = max(0, self._kept + ((1 if redo else -1) if done.kind == "keep" else 0))
        self._next, self._dropped = (done.cards[0] if done.cards else ""), ""
        self._decided(say("Redid the last step.") if redo else say("Undid the last step."))
