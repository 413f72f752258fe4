"""`curate`: the inbox, one proposal after the other."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.errors import StudycardsError
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.collection import Collection
    from studycards.inbox.decisions import Inbox
    from studycards.inbox.showing import Showing
    from studycards.store.proposals import Row

REASONS = ("wrong", "trivial", "vague", "gives the answer away", "not mine")
PROMPT = (
    "[y keep, n drop, e edit, s split, m merge, c switch, r both ways, l later, h refused, u undo, ? keys, q stop] "
)
KEYS = """y or Enter  keep: written to its deck file
n           drop for good; `n 1` to `n 5` says why: 1 wrong, 2 trivial, 3 vague, 4 gives the answer away, 5 not mine
e           edit, then keep
s           split into several cards
m           merge with the card it is like
c           cloze to question or question to cloze, then edit and keep
r           keep, and ask back to front too
l           later: ask again tomorrow
A, N        keep, drop the rest of this section (A leaves those with a ! for you)
h           what was refused in this section, and why; a number rescues it
u           undo the last decision
q           stop; everything is saved"""


@click.command(epilog="Example: studycards curate --plain")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.pass_obj
def command(context: Context, plain: bool) -> None:
    """Decide on the proposals that wait in the inbox: keep, drop, edit, split, merge, later, undo.

    Every decision is stored before the next proposal is shown; stop whenever you like.
    """
    with context.opened() as db:
        from studycards.collection import Collection

        collection = Collection(db, day_start=context.config.settings().day_start, show=_shown)
        collection.sync([], context.now())
        if not plain and _on_screen(context, collection):
            return
        try:
            _Curation(context, db, collection).run()
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - nobody reads on: end quietly


def _on_screen(context: Context, collection: Collection) -> bool:
    """Show the page where there is a terminal for it; whether there was."""
    import time

    from studycards import language
    from studycards.tui.look import look_of, wants_lines

    if wants_lines(context.environment, terminal=sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    from studycards.inbox.decisions import REVERSERS
    from studycards.tui.app import show
    from studycards.tui.curate import CuratePage
    from studycards.tui.program import Desk

    language.use(language.pick(context.config.text("language"), context.environment))
    look = look_of(context.config, context.environment, time.monotonic)
    desk = Desk(collection, context.config, context.now, look, REVERSERS)
    show(desk, first=CuratePage(desk))
    return True


class _Stop(Exception):  # noqa: N818 - the person's wish or the end of the input, no error
    """No more is to be decided now."""


class _Curation:
    """One sitting at the inbox."""

    def __init__(self, context: Context, db: Database, collection: Collection) -> None:
        self._context = context
        self._db = db
        self._collection = collection
        self._done: Counter[str] = Counter()
        self._passed: set[str] = set()
        self._next = ""

    def run(self) -> None:
        """Show one proposal after the other until none is left or the person stops."""
        try:
            while row := self._pick():
                self._one(row)
        except _Stop:
            pass
        waiting = len(self._inbox().waiting())
        done = ", ".join(f"{count} {name}" for name, count in self._done.items() if count > 0)
        _say(
            f"{done[:1].upper()}{done[1:]}. {_many(waiting)} in the inbox."
            if done
            else f"{_many(waiting)} in the inbox."
        )

    def _inbox(self) -> Inbox:
        from studycards.inbox.decisions import Inbox

        return Inbox(self._db, self._context.now(), self._day_start(), _shown)

    def _day_start(self) -> int:
        return self._context.config.settings().day_start

    def _pick(self) -> Row | None:
        """The proposal brought back by an undo, else the first that was not passed over."""
        waiting = self._inbox().waiting()
        again, self._next = self._next, ""
        rest = [row for row in waiting if row.proposal.id not in self._passed]
        return next((row for row in rest if row.proposal.id == again), rest[0] if rest else None)

    def _one(self, row: Row) -> None:
        from studycards.inbox.showing import show

        waiting = self._inbox().waiting()
        showing = show(self._db, row, waiting)
        _tell(showing, len(waiting))
        while True:
            line = _ask(PROMPT)
            try:
                if self._act(line, showing):
                    return
            except StudycardsError as error:
                _say(error.sentence)

    def _act(self, line: str, showing: Showing) -> bool:
        """Do what a line asks for; whether the next proposal comes."""
        key, rest = (line[:1] or "y"), line[1:].strip()
        acts: dict[str, Callable[[], bool]] = {
            "y": lambda: self._keep(showing),
            "r": lambda: self._keep(showing, reverse=True),
            "n": lambda: self._drop(showing, rest),
            "e": lambda: self._edit(showing),
            "c": lambda: self._switch(showing),
            "s": lambda: self._split(showing),
            "m": lambda: self._merge(showing),
            "l": lambda: self._later(showing),
            "h": lambda: self._refused(showing),
            "u": self._undo,
            "A": lambda: self._rest(showing, keep=True),
            "N": lambda: self._rest(showing, keep=False),
        }
        if key == "q":
            raise _Stop
        if key in acts:
            return acts[key]()
        _say(KEYS)
        return False

    def _keep(self, showing: Showing, sides: tuple[str, str] | None = None, *, reverse: bool = False) -> bool:
        self._inbox().keep(showing.row.proposal.id, sides, reverse=reverse)
        return self._decided("kept", f"Kept, in {_shown(self._deck_of(showing))}.")

    def _drop(self, showing: Showing, rest: str) -> bool:
        reason = int(rest) if rest in ("1", "2", "3", "4", "5") else 0
        self._inbox().drop(showing.row.proposal.id, reason)
        return self._decided("dropped", f"Dropped: {REASONS[reason - 1]}." if reason else "Dropped.")

    def _later(self, showing: Showing) -> bool:
        self._inbox().later(showing.row.proposal.id)
        return self._decided("put off", "Later: asked again tomorrow.")

    def _edit(self, showing: Showing) -> bool:
        from studycards.inbox.values import text_of

        sides = _sides(*text_of(showing.row.proposal))
        return self._keep(showing, sides)

    def _switch(self, showing: Showing) -> bool:
        from studycards.inbox.values import switched

        other = switched(showing.row.proposal, [text for _, text in showing.lines])
        if other is None:
            _say("This card has no other form; edit or split it.")
            return False
        return self._keep(showing, _sides(*other))

    def _split(self, showing: Showing) -> bool:
        _say("Write the cards one after the other; an empty question ends.")
        parts: list[tuple[str, str]] = []
        while question := _ask(f"Question {len(parts) + 1}: "):
            parts.append((_breaks(question), _breaks(_ask(f"Answer {len(parts) + 1}: "))))
        if len(parts) < 2:
            _say("Two cards at least; nothing was split.")
            return False
        self._inbox().split(showing.row.proposal.id, parts)
        return self._decided("split", f"Split into {len(parts)} cards.")

    def _merge(self, showing: Showing) -> bool:
        from studycards.inbox.values import text_of

        if showing.similar is None:
            _say("No card is like this one.")
            return False
        card = showing.similar.card
        _say(f"Card:     {card.front}\n          {card.back}")
        choice = _ask("[1 keep the card as it is, 2 take this text for it, 3 join them, Enter back] ")
        sides = {"2": lambda: text_of(showing.row.proposal), "3": lambda: _sides(card.front, card.back)}
        if choice not in ("1", *sides):
            return False
        self._inbox().merge(showing.row.proposal.id, card.block, sides[choice]() if choice in sides else None)
        return self._decided("merged", f"Merged with card {card.block}.")

    def _refused(self, showing: Showing) -> bool:
        """Show what was refused in this section with the reason; a number rescues one, y the first."""
        from studycards.inbox.values import text_of

        rows = self._inbox().refused(showing.row)
        if not rows:
            _say("Nothing was refused in this section.")
            return False
        for number, row in enumerate(rows, 1):
            front, back = text_of(row.proposal)
            _say(f"{number}. {front}{f' / {_flat(back)}' if back else ''}\n   refused: {row.proposal.reason}")
        choice = _ask("[y rescue the first, 1, 2, … that one, Enter back] ").lower()
        number = 1 if choice == "y" else int(choice) if choice.isdecimal() and len(choice) < 5 else 0
        if not 1 <= number <= len(rows):
            return False
        self._inbox().rescue(rows[number - 1].proposal.id, showing.row)
        self._next = showing.row.proposal.id
        return self._decided("rescued", f"Rescued, in {_shown(self._deck_of(showing))}.")

    def _rest(self, showing: Showing, *, keep: bool) -> bool:
        """Keep or drop what is left of the section; keeping asks once and leaves what has a warning."""
        from studycards.inbox.showing import place, show

        waiting = [row for row in self._inbox().waiting() if place(row) == place(showing.row)]
        chosen = [row for row in waiting if not (keep and show(self._db, row, waiting).warnings)]
        if keep and _ask(f"Keep {len(chosen)} of {len(waiting)} here? [y] ").lower() not in ("y", "yes"):
            return False
        for row in chosen:
            if keep:
                self._inbox().keep(row.proposal.id)
            else:
                self._inbox().drop(row.proposal.id)
        self._done["kept" if keep else "dropped"] += len(chosen) - 1
        return self._decided("kept" if keep else "dropped", f"{'Kept' if keep else 'Dropped'} {len(chosen)}.")

    def _undo(self) -> bool:
        from studycards.history import Stamp, undo
        from studycards.inbox.decisions import REVERSERS
        from studycards.store import log

        step = log.last_step(self._db)
        if step is None or step.kind not in REVERSERS:
            _say("There is no decision to take back.")
            return False
        undone = undo(self._db, Stamp.of(self._context.now(), self._day_start()), REVERSERS)
        if undone is None or undone.refused:
            _say(undone.refused if undone else "There is no decision to take back.")
            return False
        self._next = undone.cards[0] if undone.cards else ""
        self._passed.discard(self._next)
        name = {"keep": "kept", "drop": "dropped", "later": "put off", "merge": "merged"}.get(undone.kind, undone.kind)
        return self._decided(name, "Undone.", by=-1)

    def _decided(self, name: str, said: str, *, by: int = 1) -> bool:
        self._done[name] += by
        self._collection.sync([], self._context.now())
        _say(said)
        return True

    def _deck_of(self, showing: Showing) -> str:
        from studycards.store import proposals

        name = showing.row.proposal.id
        return proposals.of_ids(self._db, [name])[name].deck_path


def _tell(showing: Showing, total: int) -> None:
    from studycards.inbox.values import text_of

    p = showing.row.proposal
    headings = " > ".join(p.source.headings)
    where = f"{_shown(p.source.path)}:{p.source.line}{f', {headings}' if headings else ''}"
    _say(f"\n{_many(total)} in the inbox, {showing.nth} of {showing.here} in this section. {where}")
    for _, text in showing.lines:
        _say(f"> {text}")
    if not showing.lines:
        _say("> (the note is no longer there)")
    front, back = text_of(p)
    _say(f"Text:     {front}" if p.text else f"Question: {front}")
    if back:
        _say("Answer:   " + back.replace("\n", "\n          "))
    _say(f"{p.rule} {p.confidence:.2f}" + "".join(f"    ! {warning}" for warning in showing.warnings))


def _sides(front: str, back: str) -> tuple[str, str]:
    """Both sides edited; an empty line leaves a side as it is, `\\n` stands for a line break."""
    _say(f"Empty leaves it as it is; \\n is a line break.\nQuestion: {_flat(front)}")
    new_front = _breaks(_ask("Question: ")) or front
    if not back:
        return new_front, ""
    _say(f"Answer:   {_flat(back)}")
    new_back = _breaks(_ask("Answer:   ")) or back
    return new_front, new_back


def _flat(text: str) -> str:
    return text.replace("\n", "\\n")


def _breaks(line: str) -> str:
    return line.replace("\\n", "\n").strip()


def _ask(prompt: str) -> str:
    """One line, its width made plain; the end of the input stops."""
    click.echo(prompt, nl=False)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not sys.stdin.isatty() or not line:
        click.echo()
    if not line:
        raise _Stop
    line = line.rstrip("\r\n")
    first = unicodedata.normalize("NFKC", line[:1])
    return f"{first}{line[1:]}".strip()


def _many(number: int) -> str:
    return "1 proposal waits" if number == 1 else f"{number} proposals wait"


def _say(text: str) -> None:
    click.echo(clean(text))


def _shown(path: str) -> str:
    near = os.path.relpath(path)
    return path if near.startswith("..") else near
