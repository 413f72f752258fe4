"""`curate`: the inbox, one proposal after the other."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context

if TYPE_CHECKING:
    from studycards.collection import Collection


@click.command(epilog="Example: studycards curate --plain")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.pass_obj
def command(context: Context, plain: bool) -> None:
    """Decide on the proposals that wait in the inbox: keep, drop, edit, split, merge, later, undo.

    Every decision is stored before the next proposal is shown; stop whenever you like.
    """
    with context.opened() as db:
        from studycards.cli.curate.sitting import Sitting
        from studycards.cli.curate.talking import shown
        from studycards.collection import Collection

        collection = Collection(db, day_start=context.config.settings().day_start, show=shown)
        collection.sync([], context.now())
        if not plain and _on_screen(context, collection):
            return
        try:
            Sitting(context, db, collection).run()
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
