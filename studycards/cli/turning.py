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
    "keep": "keeping a proposal",
    "drop": "dropping a proposal",
    "later": "putting off a proposal",
    "split": "splitting a proposal",
    "merge": "merging a proposal",
    "fit": "taking over fitted parameters",
    "catchup": "the catch-up plan",
    "break": "the break",
}


def walk(context: Context, steps: int, turn: Turn, nothing: str) -> None:
    """Turn some steps, a line each; ends with exit code 1 where one is refused."""
    from studycards import planning, tuning
    from studycards.history import Stamp
    from studycards.inbox.decisions import REVERSERS

    reversers = {**REVERSERS, **tuning.REVERSERS, **planning.REVERSERS}

    with context.opened() as db:
        for step in range(steps):
            undone = turn(db, Stamp.of(context.now(), context.config.settings().day_start), reversers)
            if undone is None:
                click.echo(nothing if step == 0 else "That was the last step.")
                return
            if undone.refused:
                click.echo(clean(undone.refused), err=True)
                raise click.exceptions.Exit(1)
            click.echo(clean(say(db, undone)))


def say(db: Database, undone: Undone) -> str:
    """What was turned: `Undid Good on "…" (was 8d)`."""
    verb = "Did again" if undone.redone else "Undid"
    what = undone.rating.name.capitalize() if undone.rating else _NAMES.get(undone.kind, undone.kind)
    return f"{verb} {what}{_on(db, undone)}{_was(undone)}"


def _on(db: Database, undone: Undone) -> str:
    from studycards.store import sitting

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
