"""`browse`: find cards on the screen and act on one or many."""

from __future__ import annotations

import sys
import time

import click

from studycards import language
from studycards.cli.context import Context
from studycards.errors import StudycardsError


@click.command(epilog="Example: studycards browse 'is:due lapses>3'")
@click.argument("query", nargs=-1)
@click.pass_obj
def command(context: Context, query: tuple[str, ...]) -> None:
    """Find cards as you type, and bury, suspend, retire, mark or flag one or many of them.

    A query is made of words and of deck: tag: note: rule: id: is: flag: lapses>3 due<7; a leading - means not.
    """
    from studycards.tui.look import look_of, wants_lines

    if wants_lines(context.environment, terminal=sys.stdin.isatty() and sys.stdout.isatty()):
        raise StudycardsError("browse needs a terminal; `studycards search QUERY` prints what is found.")
    from studycards.collection import Collection
    from studycards.inbox.decisions import REVERSERS
    from studycards.tui.app import show
    from studycards.tui.browse import BrowsePage
    from studycards.tui.program import Desk

    language.use(language.pick(context.config.text("language"), context.environment))
    look = look_of(context.config, context.environment, time.monotonic)
    with context.opened() as db:
        collection = Collection(db, day_start=context.config.settings().day_start)
        collection.sync([], context.now())
        desk = Desk(collection, context.config, context.now, look, REVERSERS)
        show(desk, first=BrowsePage(desk, " ".join(query)))
