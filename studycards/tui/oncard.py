"""A page with a card under the hand: its note, its deck file, its text, its pictures and sounds."""

from __future__ import annotations

from functools import partial

from studycards import history
from studycards.collection.editing import is_other_fact, sides_of
from studycards.collection.rewording import reword
from studycards.errors import StudycardsError
from studycards.history import Stamp
from studycards.language import say
from studycards.model import Card, Memory
from studycards.tui import drafts, media
from studycards.tui.media import Outside
from studycards.tui.page import Page
from studycards.tui.program import Desk

Sides = tuple[str, str]


class OnCard(Page):
    """What a person does with one card, the same on every page that shows one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self.desk, self.reach = desk, desk.reach
        self.outside = Outside(desk.look.player, desk.look.viewer)

    def under_hand(self) -> tuple[Card, Memory | None] | None:
        """The card that the keys mean, with its memory."""
        raise NotImplementedError

    def tell(self, message: str) -> None:
        """Show a sentence."""
        raise NotImplementedError

    def reread(self, message: str) -> None:
        """The text of cards may be another now."""
        raise NotImplementedError

    @property
    def stamp(self) -> Stamp:
        """This moment."""
        return Stamp.of(self.desk.clock(), self.desk.config.settings().day_start)

    def on_unmount(self) -> None:
        """No sound plays on when the page is gone."""
        self.outside.hush()

    def do_note(self) -> None:
        """Open the note at the card's line, or the deck file where there is no note."""
        if found := self.under_hand():
            self.tell(self.reach.open(self.app, self.look, found[0]))

    def do_editor(self) -> None:
        """Open the deck file at the card; what was changed there holds at once."""
        if found := self.under_hand():
            self.open_deck(found[0])

    def open_deck(self, card: Card) -> None:
        """Open the deck file at a card."""
        message = self.reach.open_deck(self.app, self.look, card)
        self.desk.look_again()
        self.reread(message)

    def do_peek(self) -> None:
        """Show the lines around the card's source."""
        if found := self.under_hand():
            self.app.push_screen(self.reach.peek(self.look, found[0]))

    def do_info(self) -> None:
        """Show what is known of the card; a digit brings an earlier text back."""
        if found := self.under_hand():
            card, memory = found
            self.app.push_screen(self.reach.info(self.look, card, memory), partial(self._bring_back, card))

    def _bring_back(self, card: Card, chosen: str | None) -> None:
        earlier = self.reach.earlier(card)
        if chosen and int(chosen) <= len(earlier):
            _, front, back = earlier[int(chosen) - 1]
            self._save(card, (front, back))

    # The text

    def do_edit(self) -> None:
        """Edit the card here."""
        if found := self.under_hand():
            self.edit(found[0])

    def edit(self, card: Card) -> None:
        """Both sides in text areas."""
        from studycards.tui.editing import EditPanel

        db = self.desk.collection.db
        draft, keep = drafts.kept(db, card.block), drafts.keeper(db, card.block)
        panel = EditPanel(self.look, say("edit; what was learned stays"), sides_of(card), draft, keep)
        self.app.push_screen(panel, partial(self._edited, card))

    def _edited(self, card: Card, sides: Sides | None) -> None:
        if sides is None:
            return
        if is_other_fact(sides_of(card), sides):
            from studycards.tui.asking import AskPanel

            question = say("The answer is quite another one. Is it the same fact?")
            choices = {"y": say("keep the history"), "n": say("start anew"), "e": say("edit on")}
            panel = AskPanel(self.look, say("edited"), question, choices)
            self.app.push_screen(panel, partial(self._settled, card, sides))
            return
        self._save(card, sides)

    def _settled(self, card: Card, sides: Sides, chosen: str | None) -> None:
        if chosen in ("y", "n"):
            self._save(card, sides, anew=chosen == "n")
        else:
            drafts.keeper(self.desk.collection.db, card.block)(sides)
            self.edit(card)

    def _save(self, card: Card, sides: Sides, *, anew: bool = False) -> None:
        try:
            changed = reword(self.desk.collection, card, sides, self.desk.clock())
            if anew:
                history.reset(self.desk.collection.db, self.stamp, [card.id])
        except StudycardsError as error:
            self.tell(error.sentence)
            return
        drafts.keeper(self.desk.collection.db, card.block)(None)
        saved = say("Saved; it is learned anew.") if anew else say("Saved; what was learned stays.")
        self.reread(saved if changed else "")

    # Pictures and sounds

    def do_view(self) -> None:
        """Show the card's pictures large, here or in the system's viewer."""
        found = self.under_hand()
        paths = self.reach.media(found[0], media.PICTURES) if found else []
        if not paths:
            self.tell(say("The card has no picture that is there."))
            return
        from studycards.tui.viewing import ViewPanel, can_draw

        if can_draw(paths[0]) and not self.look.viewer:
            self.app.push_screen(ViewPanel(self.look, paths))
        else:
            self.tell(self.outside.view(paths[0]))

    def do_replay(self) -> None:
        """Play the card's first sound, from its beginning."""
        found = self.under_hand()
        paths = self.reach.media(found[0], media.SOUNDS) if found else []
        self.tell(self.outside.play(paths[0]) if paths else say("The card has no sound that is there."))
