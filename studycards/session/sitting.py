"""The sitting itself: one card at a time, each act committed before the method returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from studycards import history
from studycards.config import Config
from studycards.history import Reverser, Stamp, Undone
from studycards.model import Card, Memory, Rating, Review, Settings, State
from studycards.scheduling import queue
from studycards.scheduling.answer import Outcome, answer, preview
from studycards.scheduling.balance import Load
from studycards.scheduling.queue import Candidate, Queue
from studycards.session import day as days
from studycards.session.tally import Tally
from studycards.session.values import Options, Progress, Result, Showing, Summary
from studycards.store import counts, log, presets, reviews, sitting
from studycards.store import marks as marks_rows
from studycards.store import memory as memory_rows
from studycards.store.logcopy import LogCopy
from studycards.store.memory import to_ms
from studycards.store.opening import reading, writing

SKIP = 10


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
        self._db, self._cards, self._config, self._clock = db, cards, config, clock
        self._options = options or Options()
        self._reversers = dict(reversers or {})
        now = self._stamp()
        self._began = now.moment
        self._cutoff = now.moment
        self.day = now.day
        self._skipped: list[tuple[int, Candidate]] = []
        self._last: Candidate | None = None
        self._on_screen: Showing | None = None
        self._first: str = ""
        self._copy = LogCopy(db)
        self._tally = Tally(seconds=counts.seconds_per_answer(db))
        self._load_queue()

    @property
    def current(self) -> Showing | None:
        """The card on screen; None when nothing is left. It stays the same until something is done with it."""
        if self._on_screen is None:
            self._on_screen = self._next()
        return self._on_screen

    def refresh(self) -> bool:
        """Read the text of the card on screen anew, as before it is turned over; whether it has changed."""
        showing = self.current
        if showing is None:
            return False
        card = self._text(showing.card)
        if card == showing.card:
            return False
        self._on_screen = replace(showing, card=card)
        return True

    def answer(self, rating: Rating, duration_ms: int) -> Result:
        """Write the answer to the card on screen and go on."""
        showing, stamp = self._shown(), self._stamp()
        settings = self._config.settings(showing.card.deck)
        outcome = answer(showing.memory, rating, stamp.moment, showing.card.id, settings, self._load(showing))
        if self._options.cram:
            outcome = Outcome(outcome.memory, 0, outcome.predicted, False)
        with writing(self._db):
            known = sitting.bump(self._db, showing.card.id, showing.version)
            if known:
                self._log_answer(showing, rating, outcome, stamp, settings, duration_ms)
        if not known:
            return self._elsewhere(showing, rating)
        self._copy.follow()
        self._tally.answered(showing, rating, outcome)
        self._leave(showing, stamp)
        self._return(showing, rating, outcome)
        return Result(showing.card, rating, outcome.scheduled, outcome.leech, new_day=self._new_day(stamp))

    def undo(self) -> Undone | None:
        """Take back the newest step of the log, also one of an earlier sitting; None when there is none."""
        return self._turn(history.undo)

    def redo(self) -> Undone | None:
        """Bring back the step undone last, if nothing was done since; None when there is none."""
        return self._turn(history.redo)

    def bury(self, siblings: bool = False) -> int:
        """Put the card (and its siblings) off until tomorrow; how many cards."""
        return self._act("bury", self.day, siblings)

    def suspend(self, siblings: bool = False) -> int:
        """Ask the card (and its siblings) no more until it is taken back; how many cards."""
        return self._act("suspend", 1, siblings)

    def retire(self, reason: int = 0) -> int:
        """Never ask the card again and keep all of it; `reason` is a number of the person's, 0 for none."""
        return self._act("retire", 1 + reason)

    def mark(self) -> bool:
        """Mark the card, or take the mark off; whether it is marked now."""
        showing = self._shown()
        self._set("mark", 0 if showing.marks.marked else 1)
        return not showing.marks.marked

    def flag(self, number: int) -> int:
        """Give the card a flag, 1 to 7, 0 for none; the flag it has now."""
        self._set("flag", number)
        return number

    def skip(self) -> None:
        """Ask the card again about ten cards later; nothing is written."""
        showing = self._shown()
        candidate = self._candidate(showing)
        self._leave(showing, self._stamp())
        self._skipped.append((SKIP, candidate))

    def close(self) -> None:
        """End the sitting: nothing is left to store, the log's copy is made durable."""
        self._copy.close()

    @property
    def warning(self) -> str:
        """What the person should know and that stops nothing, such as a log copy that cannot be written."""
        return self._copy.trouble

    @property
    def progress(self) -> Progress:
        """How far the sitting is."""
        new, learning, review = self._left()
        left = new + learning + review
        done = self._tally.answers
        return Progress(done, done + left, new, learning, review, left * self._tally.seconds / 60)

    def summary(self) -> Summary:
        """The sitting so far, and what tomorrow brings."""
        due = self._tomorrow()
        goal = self._config.settings().desired_retention
        return self._tally.summary(
            seconds=(self._stamp().moment - self._began).total_seconds(),
            goal=goal,
            tomorrow=due,
            backlog=self._queue.backlog,
            buried=self._queue.buried,
        )

    # The queue

    def _load_queue(self) -> None:
        self._queue: Queue = days.gather(self._db, self._config, self._options, self.day)
        if self._options.limit is not None:
            room = max(0, self._options.limit - self._tally.begun)
            self._queue = replace(self._queue, main=self._queue.main[:room], ahead=self._queue.ahead[:room])
        self._due = memory_rows.due_per_day(self._db) if self._config.settings().balance else {}
        self._changes = sitting.foreign_changes(self._db)

    def _next(self) -> Showing | None:
        if sitting.foreign_changes(self._db) != self._changes:
            self._load_queue()
        if self._is_over():
            return None
        while True:
            candidate = self._pick()
            if candidate is None:
                return None
            state = self._state(candidate.card_id)
            if state is not None and self._may_ask(candidate, state):
                return self._paint(state)
            self._drop(candidate)

    def _is_over(self) -> bool:
        minutes = self._options.minutes
        return minutes is not None and (self._clock() - self._began).total_seconds() >= minutes * 60

    def _pick(self) -> Candidate | None:
        if self._first:
            first, self._first = self._first, ""
            return Candidate(card_id=first, block="")
        due_back = next((pair for pair in self._skipped if pair[0] <= 0), None)
        if due_back:
            self._skipped.remove(due_back)
            return due_back[1]
        ahead = self._config.settings().learn_ahead_s
        candidate = queue.pick(self._queue, self._cutoff, ahead, self._last)
        if candidate is None and self._skipped:
            return self._skipped.pop(0)[1]
        return candidate

    def _state(self, card_id: str) -> sitting.State | None:
        with reading(self._db):
            return sitting.state(self._db, card_id)

    def _may_ask(self, candidate: Candidate, state: sitting.State) -> bool:
        """Whether the card still is what the queue was made of; one brought back by undo is asked in any case."""
        if not candidate.block:
            return True
        marks = state.marks
        put_off = marks.suspended or marks.retired or (marks.buried_day or 0) >= self.day
        return not (state.gone or put_off) and (self._options.cram or candidate.memory == state.memory)

    def _paint(self, state: sitting.State) -> Showing:
        card = self._text(state.card)
        showing = Showing(card, state.memory, state.marks, state.version, {}, _state_name(state.memory))
        if self._options.cram:
            return showing
        settings = self._config.settings(card.deck)
        moment = self._stamp().moment
        buttons = preview(state.memory, moment, card.id, settings, self._load(showing))
        return replace(showing, buttons=buttons)

    def _text(self, card: Card) -> Card:
        fresh = self._cards(card.id) if self._cards else None
        return fresh or card

    def _load(self, showing: Showing) -> Load | None:
        if not self._due:
            return None
        return Load(self._due, sitting.sibling_due_days(self._db, showing.card.id))

    def _candidate(self, showing: Showing) -> Candidate:
        card = showing.card
        return Candidate(card.id, card.block, card.deck, showing.memory, card.passage)

    def _leave(self, showing: Showing, stamp: Stamp) -> None:
        """Take the card on screen out of the queue; the moment is what "due now" means until the next one."""
        self._last = self._candidate(showing)
        self._drop(self._last)
        self._cutoff = max(self._cutoff, stamp.moment)
        self._skipped = [(n - 1, candidate) for n, candidate in self._skipped if candidate.card_id != showing.card.id]
        self._on_screen = None

    def _drop(self, candidate: Candidate) -> None:
        queued = self._queue
        self._queue = replace(
            queued,
            learning=tuple(c for c in queued.learning if c.card_id != candidate.card_id),
            main=tuple(c for c in queued.main if c.card_id != candidate.card_id),
            ahead=tuple(c for c in queued.ahead if c.card_id != candidate.card_id),
        )

    def _return(self, showing: Showing, rating: Rating, outcome: Outcome) -> None:
        """What an answer does to the queue: a step comes back today, siblings wait, a failed crammed card returns."""
        if self._options.cram:
            if rating == Rating.AGAIN:
                self._skipped.append((SKIP, self._candidate(showing)))
            return
        self._count_due(showing.memory, -1)
        self._count_due(outcome.memory, +1)
        candidate = replace(self._candidate(showing), memory=outcome.memory)
        if self._config.settings(showing.card.deck).bury_siblings:
            self._put_siblings_off(candidate)
        if outcome.memory.due is not None and outcome.memory.due_day <= self.day:
            learning = sorted((*self._queue.learning, candidate), key=_due_ms)
            self._queue = replace(self._queue, learning=tuple(learning))

    def _put_siblings_off(self, answered: Candidate) -> None:
        own = set(queue.families(answered))

        def stays(candidate: Candidate) -> bool:
            on_step = candidate.memory is not None and candidate.memory.state != State.REVIEW
            return on_step or own.isdisjoint(queue.families(candidate))

        main = tuple(c for c in self._queue.main if stays(c))
        ahead = tuple(c for c in self._queue.ahead if stays(c))
        buried = self._queue.buried + len(self._queue.main) - len(main)
        self._queue = replace(self._queue, main=main, ahead=ahead, buried=buried)

    def _count_due(self, memory: Memory | None, by: int) -> None:
        if memory is not None and memory.state == State.REVIEW and self._due:
            self._due[memory.due_day] = self._due.get(memory.due_day, 0) + by

    def _left(self) -> tuple[int, int, int]:
        """New cards, cards on a step that come today, and reviews that are left, the one on screen included."""
        waiting = [*self._queue.learning, *self._queue.main, *(c for _, c in self._skipped)]
        seen = {c.card_id: c for c in waiting}
        if self._on_screen is not None:
            seen[self._on_screen.card.id] = self._candidate(self._on_screen)
        new = sum(c.memory is None for c in seen.values())
        review = sum(c.memory is not None and c.memory.state == State.REVIEW for c in seen.values())
        return new, len(seen) - new - review, review

    def _new_day(self, stamp: Stamp) -> int:
        if stamp.day <= self.day:
            return 0
        self.day = stamp.day
        before = sum(self._left())
        self._load_queue()
        return max(0, sum(self._left()) - before)

    # Writing

    def _stamp(self) -> Stamp:
        stamp = Stamp.of(self._clock(), self._config.settings().day_start)
        return replace(stamp, day=max(stamp.day, getattr(self, "day", 0)))

    def _shown(self) -> Showing:
        showing = self.current
        if showing is None:
            raise LookupError("nothing is on screen")
        return showing

    def _log_answer(
        self,
        showing: Showing,
        rating: Rating,
        outcome: Outcome,
        stamp: Stamp,
        settings: Settings,
        duration_ms: int,
    ) -> None:
        memory, cram = outcome.memory, self._options.cram
        at = max(stamp.ms, log.newest_ms(self._db, showing.card.id) + 1) if cram else to_ms(memory.last_review)
        review = Review(
            card_id=showing.card.id,
            rating=rating,
            state=showing.memory.state if showing.memory else None,
            reviewed_at=at,
            utc_offset_min=stamp.offset_min,
            study_day=stamp.day if cram else memory.last_day,
            duration_ms=duration_ms,
            device="",
            seq=0,
            kind="cram" if cram else "review",
            scheduled=outcome.scheduled,
            predicted=outcome.predicted,
            day_start=settings.day_start,
            settings=presets.preset_id(self._db, settings, stamp.ms),
        )
        after = None if cram else (memory.stability, memory.difficulty)
        log.append_review(self._db, review, clock_ms=stamp.ms, memory=after)
        if not cram:
            memory_rows.save(self._db, showing.card.id, memory)
            if outcome.leech:
                marks_rows.save(self._db, showing.card.id, replace(showing.marks, leech=True))

    def _elsewhere(self, showing: Showing, rating: Rating) -> Result:
        rows = reviews.of_card(self._db, showing.card.id)
        found = "changed"
        if rows and (showing.memory is None or rows[-1].reviewed_at > to_ms(showing.memory.last_review)):
            local = memory_rows.from_ms(rows[-1].reviewed_at).astimezone(self._clock().tzinfo)
            found = f"{rows[-1].rating.name.capitalize()} {local:%H:%M}"
        self._leave(showing, self._stamp())
        self._load_queue()
        return Result(showing.card, rating, 0, elsewhere=found)

    def _set(self, kind: str, value: int) -> None:
        showing = self._shown()
        history.mark(self._db, self._stamp(), kind, value, [showing.card.id])
        self._copy.follow()
        self._reread(showing.card.id)

    def _act(self, kind: str, value: int, siblings: bool = False) -> int:
        showing = self._shown()
        ids = sitting.siblings(self._db, showing.card.id) if siblings else [showing.card.id]
        history.mark(self._db, self._stamp(), kind, value, ids)
        self._copy.follow()
        self._leave(showing, self._stamp())
        for card_id in ids:
            self._drop(Candidate(card_id, ""))
        return len(ids)

    def _reread(self, card_id: str) -> None:
        state = self._state(card_id)
        if state is not None and self._on_screen is not None:
            self._on_screen = replace(self._on_screen, marks=state.marks, version=state.version)

    def _turn(self, back_or_forth: Callable[..., Undone | None]) -> Undone | None:
        undone = back_or_forth(self._db, self._stamp(), self._reversers)
        if undone is None or undone.refused:
            return undone
        self._copy.follow()
        self._tally.turned(undone)
        self._on_screen = None
        self._last = None
        self._load_queue()
        if undone.cards and not undone.redone:
            self._first = undone.cards[0]
        return undone

    def _tomorrow(self) -> int:
        chosen = sitting.Selection(self._options.decks, self._options.paths, self._options.tags)
        return sitting.due_on(self._db, chosen, self.day + 1)


def _state_name(memory: Memory | None) -> str:
    return "NEW" if memory is None else memory.state.name


def _due_ms(candidate: Candidate) -> int:
    memory = candidate.memory
    return to_ms(memory.due) if memory and memory.due else 0
