"""The sitting itself: one card at a time, each act committed before the method returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from studycards import history, language
from studycards.config import Config
from studycards.errors import StoreError
from studycards.history import Reverser, Stamp, Undone
from studycards.model import Card, Rating, Settings
from studycards.scheduling.answer import Outcome, answer
from studycards.scheduling.queue import Candidate
from studycards.session import day as days
from studycards.session.asking import Asker
from studycards.session.line import Line
from studycards.session.tally import Tally
from studycards.session.values import Options, Progress, Result, Showing, Summary
from studycards.session.writing import Given, Pen, found_elsewhere
from studycards.store import askable, counts, presets, sitting
from studycards.store.logcopy import LogCopy
from studycards.store.opening import path_of
from studycards.store.selection import Selection
from studycards.store.trouble import explained

DOUBT = "The memory of {n} cards is not what their log gives; the log was followed. `studycards doctor` says more."


class Session:
    """One sitting; every act is committed before the method returns.

    Raises StoreBusyError when another program holds the database too long: nothing was written, and the same call
    may be repeated. `cards` gives the text of a card as its deck file has it now (None: take the store's);
    `reversers` take back what other rooms logged, by the kind of act.
    """

    def __init__(
        self,
        db: Database,
        cards: Callable[[str], Card | None] | None,
        config: Config,
        clock: Callable[[], datetime],
        options: Options | None = None,
        reversers: Mapping[str, Reverser] | None = None,
    ) -> None:
        self._db, self._config, self._clock = db, config, clock
        self._path = path_of(db)
        self._options = options or Options()
        self._reversers = dict(reversers or {})
        parameters = config.settings().parameters or presets.fitted(db)
        history.adopt(db, parameters)
        self._asker, self._pen = Asker(db, config, parameters, cards), Pen(db)
        self._copy = LogCopy(db)
        self.day = 0
        stamp = self._stamp()
        self.day, self._began = stamp.day, stamp.moment
        self._line = Line(stamp.moment, config.settings().learn_ahead_s)
        self._tally = Tally(seconds=counts.seconds_per_answer(db))
        self._on_screen: Showing | None = None
        self._stale = False
        self._fill()

    @property
    def current(self) -> Showing | None:
        """The card on screen; None when nothing is left. It stays the same until something is done with it."""
        if self._on_screen is None:
            with explained(self._path):
                self._on_screen = self._next()
        return self._on_screen

    def refresh(self) -> bool:
        """Read the text of the card on screen anew, as before it is turned over; whether it has changed."""
        showing = self.current
        if showing is None:
            return False
        card = self._asker.worded(showing.card)
        self._on_screen = replace(showing, card=card)
        return card != showing.card

    def answer(self, rating: Rating, duration_ms: int) -> Result:
        """Write the answer to the card on screen and go on."""
        showing, stamp = self._shown(), self._stamp()
        card, settings = showing.card, self._asker.settings(showing.card.deck)
        outcome = answer(showing.memory, rating, stamp.moment, card.id, settings, self._asker.load)
        if self._options.cram:
            outcome = Outcome(outcome.memory, 0, outcome.predicted, False)
        given = Given(showing, rating, outcome, stamp, duration_ms, self._options.cram)
        if not self._pen.write(given, settings):
            return self._answered_elsewhere(showing, rating, stamp)
        self._copy.follow()
        self._tally.answered(showing, rating, outcome)
        self._go_on(given, settings)
        return Result(card, rating, outcome.scheduled, outcome.leech, new_day=self._new_day(stamp))

    def undo(self) -> Undone | None:
        """Take back the newest step of the log, also one of an earlier sitting; None when there is none."""
        return self._turned(history.undo(self._db, self._stamp(), self._reversers))

    def redo(self) -> Undone | None:
        """Bring back the step undone last, if nothing was done since; None when there is none."""
        return self._turned(history.redo(self._db, self._stamp(), self._reversers))

    def bury(self, siblings: bool = False) -> int:
        """Put the card (and its siblings) off until tomorrow; how many cards."""
        return self._put_away("bury", self.day, siblings)

    def suspend(self, siblings: bool = False) -> int:
        """Ask the card (and its siblings) no more until it is taken back; how many cards."""
        return self._put_away("suspend", 1, siblings)

    def retire(self, reason: int = 0) -> int:
        """Never ask the card again and keep all of it; `reason` is a number of the person's, 0 for none."""
        return self._put_away("retire", 1 + reason)

    def mark(self) -> bool:
        """Mark the card, or take the mark off; whether it is marked now."""
        marked = not self._shown().marks.marked
        self._set("mark", int(marked))
        return marked

    def flag(self, number: int) -> int:
        """Give the card a flag, 1 to 7, 0 for none; the flag it has now."""
        self._set("flag", number)
        return number

    def skip(self) -> None:
        """Ask the card again about ten cards later; nothing is written."""
        candidate = _candidate(self._shown())
        self._leave(candidate, self._stamp())
        self._line.postpone(candidate)

    def close(self) -> None:
        """End the sitting: nothing is left to store, the log's copy is made durable."""
        self._copy.close()

    @property
    def warning(self) -> str:
        """What the person should know and that stops nothing, such as a log copy that cannot be written."""
        if self._asker.doubtful:
            return language.say(DOUBT, n=len(self._asker.doubtful))
        return self._copy.trouble

    @property
    def progress(self) -> Progress:
        """How far the sitting is."""
        if self._stale:
            with explained(self._path):
                self._fill()
        new, learning, review = self._left()
        left, done = new + learning + review, self._tally.answers
        return Progress(done, done + left, new, learning, review, left * self._tally.seconds / 60)

    def summary(self) -> Summary:
        """The sitting so far, and what tomorrow brings."""
        chosen = Selection(self._options.decks, self._options.paths, self._options.tags)
        with explained(self._path):
            due = askable.count_due(self._db, chosen, self.day + 1)
        return self._tally.summary(
            seconds=(self._stamp().moment - self._began).total_seconds(),
            goal=self._asker.settings("").desired_retention,
            tomorrow=due,
            backlog=self._line.backlog,
            buried=self._line.buried,
        )

    # What comes next

    def _fill(self) -> None:
        limit = self._options.limit
        built = days.gather(self._db, self._config, self._options, self.day)
        self._line.fill(built, None if limit is None else limit - self._tally.begun)
        self._asker.begin(self.day)
        self._changes = sitting.foreign_changes(self._db)
        self._stale = False

    def _next(self) -> Showing | None:
        if self._stale or sitting.foreign_changes(self._db) != self._changes:
            self._fill()
        minutes = self._options.minutes
        if minutes is not None and (self._clock() - self._began).total_seconds() >= minutes * 60:
            return None
        while candidate := self._line.pick():
            state = self._asker.state(candidate.card_id)
            if state is not None and self._may_ask(candidate, state):
                return (
                    self._asker.bare(state) if self._options.cram else self._asker.painted(state, self._stamp().moment)
                )
            self._line.drop(candidate.card_id)
        return None

    def _may_ask(self, candidate: Candidate, state: sitting.State) -> bool:
        """Whether the card still is what the queue was made of; one brought back by undo is asked in any case."""
        if not candidate.block:
            return True
        marks = state.marks
        put_off = marks.suspended or marks.retired or (marks.buried_day or 0) >= self.day
        return not (state.gone or put_off) and (
            self._options.cram or candidate.memory == state.memory or state.card.id in self._asker.doubtful
        )

    def _left(self) -> tuple[int, int, int]:
        return self._line.left(_candidate(self._on_screen) if self._on_screen else None)

    # What was done

    def _stamp(self) -> Stamp:
        """The present moment; the study day never goes back within a sitting."""
        stamp = Stamp.of(self._clock(), self._asker.settings("").day_start)
        return stamp if stamp.day >= self.day else replace(stamp, day=self.day)

    def _shown(self) -> Showing:
        showing = self.current
        if showing is None:
            raise LookupError("nothing is on screen")
        return showing

    def _leave(self, candidate: Candidate, stamp: Stamp) -> None:
        self._line.leave(candidate, stamp.moment)
        self._on_screen = None

    def _go_on(self, given: Given, settings: Settings) -> None:
        """What an answer does to the line: a step comes back today, siblings wait, a failed crammed card returns."""
        candidate = _candidate(given.showing)
        self._leave(candidate, given.stamp)
        if given.cram:
            if given.rating == Rating.AGAIN:
                self._line.postpone(candidate)
            return
        memory = given.outcome.memory
        self._asker.count(given.showing.memory, memory)
        candidate = replace(candidate, memory=memory)
        if settings.bury_siblings:
            self._line.put_siblings_off(candidate)
        if memory.due is not None and memory.due_day <= self.day:
            self._line.come_back(candidate)

    def _new_day(self, stamp: Stamp) -> int:
        """Make the queue anew if a study day has begun; how many cards it brings."""
        if stamp.day <= self.day:
            return 0
        self.day = stamp.day
        before = sum(self._left())
        self._stale = True
        with suppress(StoreError), explained(self._path):  # the answer is stored; the queue can wait for the lock
            self._fill()
        return max(0, sum(self._left()) - before)

    def _answered_elsewhere(self, showing: Showing, rating: Rating, stamp: Stamp) -> Result:
        with explained(self._path):
            found = found_elsewhere(self._db, showing, stamp)
        self._leave(_candidate(showing), stamp)
        self._stale = True
        return Result(showing.card, rating, 0, elsewhere=found)

    def _set(self, kind: str, value: int) -> None:
        card_id = self._shown().card.id
        history.mark(self._db, self._stamp(), kind, value, [card_id])
        self._copy.follow()
        self._on_screen, before = None, self._on_screen
        state = self._asker.state(card_id)
        if state is not None and before is not None:
            self._on_screen = replace(before, marks=state.marks, version=state.version)

    def _put_away(self, kind: str, value: int, siblings: bool = False) -> int:
        showing, stamp = self._shown(), self._stamp()
        with explained(self._path):
            ids = sitting.siblings(self._db, showing.card.id) if siblings else [showing.card.id]
        history.mark(self._db, stamp, kind, value, ids)
        self._copy.follow()
        self._leave(_candidate(showing), stamp)
        for card_id in ids:
            self._line.drop(card_id)
        return len(ids)

    def _turned(self, undone: Undone | None) -> Undone | None:
        if undone is None or undone.refused:
            return undone
        self._copy.follow()
        self._tally.turned(undone)
        self._on_screen = self._line.last = None
        self._stale = True
        if undone.cards and not undone.redone:
            self._line.first = undone.cards[0]
        return undone


def _candidate(showing: Showing) -> Candidate:
    card = showing.card
    return Candidate(card.id, card.block, card.deck, showing.memory, card.passage)
