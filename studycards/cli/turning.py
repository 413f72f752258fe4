"""What `undo` and `redo` share: walking the steps and saying each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.history import Reverser, Stamp, Undone

    Turn = Callable[[Database, Stamp, Mapping[str, Reverser]], Undone | None]

SHOWN = 40
_NAMES = {
    "bury": "burying",
    "suspend": "suspending",
    "flag": "the flag",
    "mark": "the mark",
    "retire": "retiring",
    "reset": "the reset",
    "due": "the due day",
    "redue": "rescheduling",
    "anchor": "the import",
    "import": "the import",
    "keep": "keeping a proposal",
    "drop": "dropping a proposal",
    "later": "putting off a proposal",
    "split": "splitting a proposal",
    "merge": "merging a proposal",
    "fit": "taking over fitted parameters",
    "catchup": "the catch-up plan",
    "break": "the break",
}


def walk(context: Context, steps: int, turn: Turn, nothing: str, *, redo: bool = False) -> None:
    """Turn some steps, a line each; ends with exit code 1 where one is refused."""
    with context.opened() as db:
        for step in range(steps):
            undone, more = _turned(context, db, turn, redo)
            if undone is None:
                click.echo(nothing if step == 0 else "That was the last step.")
                return
            if undone.refused:
                click.echo(clean(undone.refused), err=True)
                raise click.exceptions.Exit(1)
            click.echo(clean(say(db, undone)))
            if more:
                click.echo(clean(more))


def _turned(context: Context, db: Database, turn: Turn, redo: bool) -> tuple[Undone | None, str]:
    """Turn one step; where it is an import its deck files too, and a sentence on them."""
    from studycards import landing, planning, tuning
    from studycards.collection import Collection
    from studycards.history import Stamp
    from studycards.inbox.decisions import REVERSERS
    from studycards.store import steps

    now, day_start = context.now(), context.config.settings().day_start
    collection = Collection(db, day_start=day_start)
    landing.settle(db)
    reversal = landing.Reversal(lambda paths: collection.sync_inside([], now, let_go=paths))
    stamp = Stamp.of(now, day_start)
    reversal.announce(db, steps.last_undone(db) if redo else steps.last_step(db), stamp.ms, redo=redo)
    reversers: dict[str, Reverser] = {**REVERSERS, **tuning.REVERSERS, **planning.REVERSERS, landing.KIND: reversal}
    try:
        undone = turn(db, stamp, reversers)
    finally:
        landing.settle(db)  # nothing is open any more where all went well
    return undone, reversal.said


def say(db: Database, undone: Undone) -> str:
    """What was turned: `Undid Good on "…" (was 8d)`."""
    verb = "Did again" if undone.redone else "Undid"
    what = undone.rating.name.capitalize() if undone.rating else _NAMES.get(undone.kind, undone.kind)
    return f"{verb} {what}{_on(db, undone)}{_was(undone)}"


def _on(db: Database, undone: Undone) -> str:
    from studycards.store import sitting

    if undone.kind == "import":
        return ""
    if len(undone.cards) > 1:
        return f" on {len(undone.cards)} cards"
    state = sitting.state(db, undone.cards[0]) if undone.cards else None
    if state is None:
        return ""
    front = " ".join(state.card.front.split())
    return f' on "{front[:SHOWN]}{"…" if len(front) > SHOWN else ""}"'


def _was(undone: Undone) -> str:
    from studycards.scheduling.intervals import say as say_interval

    return f" (was {say_interval(undone.scheduled)})" if undone.rating and undone.scheduled else ""
