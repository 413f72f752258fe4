"""`remind test`: have the scheduler run the very entry now, and wait for what becomes of it."""

from __future__ import annotations

import time
from collections.abc import Callable

import click
from sqlite_utils import Database

from studycards import remind
from studycards.cli.context import Context
from studycards.cli.remind.setting import machine_of, moment_of, tell
from studycards.errors import StudycardsError
from studycards.store import reminder as rows
from studycards.text import clean

_LOOK_EVERY_S = 0.2


@click.command("test", epilog="Example: studycards remind test")
@click.pass_obj
def trial(context: Context) -> None:
    """Have the scheduler send a test message now, and say what became of it."""
    found = remind.standing(machine_of(context))
    if not found:
        raise StudycardsError("No reminder is set that could be tested: `studycards remind at 08:00` sets one.")
    backend = found[0][0]
    with context.opened() as db:
        rows.ask_test(db, moment_of(context.now()).at_ms)
        tell(f"Asking {backend.name} to run it; this may take a minute.")
        backend.run_now(_waiter(db))
        test = rows.test_asked(db)
    if test is None or test.outcome != rows.SENT:
        reason = test.detail if test and test.detail else f"nothing came back; see {machine_of(context).log}"
        raise StudycardsError(f"The test was not sent: {reason}")
    click.echo(clean(f"Sent by {backend.name}: {test.detail}"))


def _waiter(db: Database) -> Callable[[float], bool]:
    def until(seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            test = rows.test_asked(db)
            if test is None or test.outcome in (rows.SENT, rows.FAILED):
                return True
            time.sleep(_LOOK_EVERY_S)
        return False

    return until
