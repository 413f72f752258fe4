"""One sitting at the inbox in line mode."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from studycards.cli.context import Context
from studycards.cli.curate.acts import ACTS, KEYS
from studycards.cli.curate.talking import Stop, ask, many, say, shown, tell
from studycards.errors import StudycardsError

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.collection import Collection
    from studycards.inbox.decisions import Inbox
    from studycards.inbox.showing import Showing
    from studycards.store.proposals import Row

PROMPT = (
    "[y keep, n drop, e edit, s split, m merge, c switch, r both ways, l later, h refused, u undo, ? keys, q stop] "
)
_DONE = {"keep": "kept", "drop": "dropped", "later": "put off", "merge": "merged"}


class Sitting:
    """The proposals one after the other, and what was decided so far."""

    def __init__(self, context: Context, db: Database, collection: Collection) -> None:
        self.db = db
        self._context = context
        self._collection = collection
        self._done: Counter[str] = Counter()
        self._next = ""

    def run(self) -> None:
        """Show one proposal after the other until none is left or the person stops."""
        try:
            while row := self._pick():
                self._one(row)
        except Stop:
            pass
        waiting = f"{many(len(self.inbox().waiting()))} in the inbox."
        done = ", ".join(f"{count} {name}" for name, count in self._done.items() if count > 0)
        say(f"{done[:1].upper()}{done[1:]}. {waiting}" if done else waiting)

    def inbox(self) -> Inbox:
        """The decisions there are to make, at this moment."""
        from studycards.inbox.decisions import Inbox

        return Inbox(self.db, self._context.now(), self._day_start(), shown)

    def section(self, showing: Showing) -> list[Row]:
        """What waits in the section of what is shown."""
        from studycards.inbox.showing import place

        return [row for row in self.inbox().waiting() if place(row) == place(showing.row)]

    def decided(self, name: str, said: str, *, by: int = 1) -> bool:
        """Count a decision and say it; the next proposal comes."""
        self._done[name] += by
        self._collection.sync([], self._context.now())
        say(said)
        return True

    def show_next(self, name: str) -> None:
        """Show this proposal next, if it waits."""
        self._next = name

    def deck_of(self, name: str) -> str:
        """The deck file of a proposal."""
        from studycards.store import proposals

        return shown(proposals.of_ids(self.db, [name])[name].deck_path)

    def undo(self) -> bool:
        """Take the last decision back and show what it was about."""
        from studycards.history import Stamp, undo
        from studycards.inbox.decisions import REVERSERS
        from studycards.store import steps

        step = steps.last_step(self.db)
        if step is None or step.kind not in REVERSERS:
            say("There is no decision to take back.")
            return False
        undone = undo(self.db, Stamp.of(self._context.now(), self._day_start()), REVERSERS)
        if undone is None or undone.refused:
            say(undone.refused if undone else "There is no decision to take back.")
            return False
        self.show_next(undone.cards[0] if undone.cards else "")
        return self.decided(_DONE.get(undone.kind, undone.kind), "Undone.", by=-1)

    def _day_start(self) -> int:
        return self._context.config.settings().day_start

    def _pick(self) -> Row | None:
        """The proposal that is to be shown next, else the first."""
        waiting = self.inbox().waiting()
        again, self._next = self._next, ""
        return next((row for row in waiting if row.proposal.id == again), waiting[0] if waiting else None)

    def _one(self, row: Row) -> None:
        from studycards.inbox.showing import show

        waiting = self.inbox().waiting()
        showing = show(self.db, row, waiting)
        tell(showing, len(waiting))
        while True:
            line = ask(PROMPT)
            try:
                if self._act(line, showing):
                    return
            except StudycardsError as error:
                say(error.sentence)

    def _act(self, line: str, showing: Showing) -> bool:
        """Do what a line asks for; whether the next proposal comes."""
        key, rest = (line[:1] or "y"), line[1:].strip()
        if key == "q":
            raise Stop
        if key in ACTS:
            return ACTS[key](self, showing, rest)
        say(KEYS)
        return False
