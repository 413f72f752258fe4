"""`browse`: find cards on the screen, or line by line, and act on one or many."""

from __future__ import annotations

import sys
import time

import click

from studycards import language
from studycards.cli.context import Context
from studycards.cli.lines import by_line


@click.command(epilog="Example: studycards browse 'is:due lapses>3'")
@click.argument("query", nargs=-1)
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.pass_obj
def command(context: Context, query: tuple[str, ...], plain: bool) -> None:
    """Find cards as you type, and edit, bury, suspend, retire, reset, move, mark or flag one or many of them.

    A query is made of words and of deck: tag: note: rule: id: is: flag: lapses>3 due<7; a leading - means not.
    """
    from studycards.collection import Collection
    from studycards.inbox.decisions import REVERSERS
    from studycards.tui.look import look_of, wants_lines
    from studycards.tui.program import Desk

    language.use(language.pick(context.config.text("language"), context.environment))
    look = look_of(context.config, context.environment, time.monotonic)
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    with context.opened() as db:
        collection = Collection(db, day_start=context.config.settings().day_start)
        collection.sync([], context.now())
        desk = Desk(collection, context.config, context.now, look, REVERSERS)
        if plain or wants_lines(context.environment, terminal=terminal):
            from studycards.tui.plainbrowse import PlainBrowse

            by_line(lambda lines: PlainBrowse(desk, lines).run(" ".join(query)))
            return
        from studycards.tui.app import show
        from studycards.tui.browse import BrowsePage

        show(desk, first=BrowsePage(desk, " ".join(query)))
