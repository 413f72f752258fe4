"""What both faces of the review do with a sitting, and the sentence that says what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from studycards.history import Undone
from studycards.language import count, later, say
from studycards.model import Card, Rating, State
from studycards.scheduling import intervals
from studycards.session import Options, Result, Session, Summary
from studycards.text import clean
from studycards.tui import sides, typed
from studycards.tui.words import next_time, rating_name, short

HINT_AT = 4
RATINGS = {"again": Rating.AGAIN, "hard": Rating.HARD, "good": Rating.GOOD, "easy": Rating.EASY}

_UNDID = {
    "bury": later('Undid bury on "{card}"'),
    "suspend": later('Undid suspend on "{card}"'),
    "retire": later('Undid retire on "{card}"'),
    "mark": later('Undid mark on "{card}"'),
    "flag": later('Undid flag on "{card}"'),
}
_REDID = {
    "bury": later('Redid bury on "{card}"'),
    "suspend": later('Redid suspend on "{card}"'),
    "retire": later('Redid retire on "{card}"'),
    "mark": later('Redid mark on "{card}"'),
    "flag": later('Redid flag on "{card}"'),
}


@dataclass(frozen=True, slots=True)
class Ways:
    """How the cards of a deck are asked: answers typed, with case counting; lists shown item by item."""

    typed: bool = False
    exact: bool = False
    one_by_one: bool = False


class Conduct:
    """Carries out what a person asks of a sitting. Every method returns the sentence to show, empty for none.

    `ways` says how a deck is asked; more than `idle_s` seconds at one card are no study. `carry` is a sentence that
    the next page shows.
    """

    def __init__(
        self,
        session: Session,
        buttons: int = 4,
        options: Options | None = None,
        ways: Callable[[str], Ways] | None = None,
        idle_s: int = 60,
    ) -> None:
        self.session, self.options = session, options or Options()
        self._ways, self._most_ms = ways, 1000 * idle_s
        self.idle_ms = 0
        self.cram = self.options.cram
        self.two_buttons = buttons < 4
        self._missed: dict[str, str] = {}
        self._seen: dict[str, str] = {}
        self._retired = ""
        self.carry = ""
        self.leech: Card | None = None

    @property
    def missed(self) -> tuple[str, ...]:
        """The questions answered Again, each once."""
        return tuple(self._missed.values())

    @property
    def missed_ids(self) -> tuple[str, ...]:
        """The cards answered Again, each once."""
        return tuple(self._missed)

    def offered(self) -> dict[Rating, int]:
        """The ratings on offer, each with what it would schedule (nothing is scheduled in a cram)."""
        showing = self.session.current
        outcomes = showing.buttons if showing else {}
        chosen = (Rating.AGAIN, Rating.GOOD) if self.two_buttons else tuple(Rating)
        return {rating: outcomes[rating].scheduled if outcomes else 0 for rating in chosen}

    def way(self, card: Card) -> Ways:
        """How this card is asked."""
        return self._ways(card.deck) if self._ways else Ways()

    def is_typed(self, card: Card) -> bool:
        """Whether its answer is typed: as its deck says, or by its tag."""
        return typed.is_typed(card, self.way(card).typed)

    def compare(self, card: Card, text: str) -> tuple[typed.Piece, ...]:
        """What was typed beside the right answer."""
        return typed.compare(text, sides.said(card), exact=self.way(card).exact)

    def summary(self) -> Summary:
        """How it went; time in which nobody studied is not counted."""
        told = self.session.summary()
        return replace(told, seconds=max(0.0, told.seconds - self.idle_ms / 1000))

    def rate(self, action: str, duration_ms: int) -> str:
        """Answer with the rating of that action; with two buttons everything but Again is Good."""
        rating = RATINGS[action]
        if self.two_buttons and rating is not Rating.AGAIN:
            rating = Rating.GOOD
        self._note()
        hint = self._forgotten_often(rating)
        result = self.session.answer(rating, min(duration_ms, self._most_ms))
        self.idle_ms += max(0, duration_ms - self._most_ms)
        self.leech = result.card if result.leech else None
        if result.elsewhere:
            return _elsewhere(result)
        if rating is Rating.AGAIN:
            self._missed[result.card.id] = self._seen[result.card.id]
        return " ".join([*_answered(result), *([hint] if hint and not result.leech else [])])

    def _forgotten_often(self, rating: Rating) -> str:
        """A quiet hint long before a card is a leech."""
        showing = self.session.current
        memory = showing.memory if showing else None
        if self.cram or memory is None or rating is not Rating.AGAIN or memory.state is not State.REVIEW:
            return ""
        return say("Forgotten {n} times now; perhaps edit it.", n=HINT_AT) if memory.lapses + 1 == HINT_AT else ""

    def undo(self) -> str:
        """Take the last thing back."""
        self._note()
        undone = self.session.undo()
        if undone is None:
            return say("There is nothing to undo.")
        if undone.rating is Rating.AGAIN and not undone.refused:
            self._missed.pop(undone.cards[0], None)
        return self._turned(undone)

    def redo(self) -> str:
        """Do again what was taken back."""
        self._note()
        redone = self.session.redo()
        if redone is None:
            return say("There is nothing to redo.")
        if redone.rating is Rating.AGAIN and not redone.refused:
            self._missed[redone.cards[0]] = self._named(redone)
        return self._turned(redone)

    def bury(self) -> str:
        """Until tomorrow."""
        self.session.bury()
        return say("Buried until tomorrow.")

    def bury_all(self) -> str:
        """With its siblings."""
        n = self.session.bury(siblings=True)
        return count("{n} card buried until tomorrow.", "{n} cards buried until tomorrow.", n)

    def suspend(self) -> str:
        """Until it is taken back."""
        self.session.suspend()
        return say("Suspended: it is not asked until you say so.")

    def suspend_all(self) -> str:
        """With its siblings."""
        n = self.session.suspend(siblings=True)
        return count("{n} card suspended.", "{n} cards suspended.", n)

    def retire(self) -> str:
        """For good, with all its history; a reason may follow."""
        card = self._note()
        self.session.retire()
        self._retired = card.id if card else ""
        return say("Retired: never asked again. Why? 1 wrong 2 trivial 3 vague 4 tells the answer 5 not mine")

    def reason(self, number: int) -> str:
        """Why the card was retired that was retired just now: the same step, with its reason."""
        if not self._retired:
            return ""
        undone = self.session.undo()
        if undone is None or undone.refused:
            return ""
        if undone.kind != "retire" or undone.cards != (self._retired,):
            self.session.redo()
            return ""
        self.session.retire(number)
        self._retired = ""
        return say("Retired, with the reason {number}.", number=number)

    def skip(self) -> str:
        """Come back to it later in this session."""
        self.session.skip()
        return say("Skipped: it comes back in this session.")

    def mark(self) -> str:
        """On or off."""
        return say("Marked.") if self.session.mark() else say("Mark taken off.")

    def flag(self, number: int) -> str:
        """1 to 7, 0 for none."""
        self.session.flag(number)
        return say("Flag {number}.", number=number) if number else say("Flag taken off.")

    def hint(self) -> str:
        """The first letters of the answer."""
        showing = self.session.current
        return say("Hint: {hint}", hint=sides.hint(showing.card)) if showing else ""

    def forget_retired(self) -> None:
        """From here on a digit is no reason any more."""
        self._retired = ""

    def _note(self) -> Card | None:
        showing = self.session.current
        self._retired = ""
        if showing is None:
            return None
        self._seen[showing.card.id] = short(sides.question(showing.card))
        return showing.card

    def _named(self, undone: Undone) -> str:
        card_id = undone.cards[0] if undone.cards else ""
        showing = self.session.current
        if showing is not None and showing.card.id == card_id:
            return short(sides.question(showing.card))
        return self._seen.get(card_id, card_id)

    def _turned(self, undone: Undone) -> str:
        return turned(undone, self._named(undone))


def turned(undone: Undone, named: str) -> str:
    """What was taken back or done again, with the card (or the number of cards) named."""
    if undone.refused:
        return clean(undone.refused)
    card = clean(short(named))
    if undone.rating is None:
        told = (_REDID if undone.redone else _UNDID).get(undone.kind)
        if told is None:
            return say("Redid the last step.") if undone.redone else say("Undid the last step.")
        return say(told, card=card)
    rating, was = rating_name(undone.rating), intervals.say(undone.scheduled)
    if undone.redone:
        return say('Redid {rating} on "{card}"', rating=rating, card=card)
    if undone.kind == "cram":
        return say('Undid {rating} on "{card}"', rating=rating, card=card)
    return say('Undid {rating} on "{card}" (was {was})', rating=rating, card=card, was=was)


def _answered(result: Result) -> list[str]:
    rating = rating_name(result.rating)
    if result.scheduled:
        told = [say("{rating}. {next}", rating=rating, next=next_time(result.scheduled))]
    else:
        told = [say("{rating}. Cram: memory untouched.", rating=rating)]
    if result.leech:
        told.append(say("A leech: forgotten again and again. Edit it, split it or suspend it."))
    if result.new_day:
        told.append(count("New day: {n} more card.", "New day: {n} more cards.", result.new_day))
    return told


def _elsewhere(result: Result) -> str:
    if result.elsewhere == "changed":
        return say("The card changed elsewhere meanwhile; nothing was written.")
    name, _, moment = result.elsewhere.partition(" ")
    rating = rating_name(Rating[name.upper()])
    return say("Answered elsewhere: {answer}", answer=f"{rating} {moment}")
