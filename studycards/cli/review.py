"""`review`: ask what is due, on the whole screen or line by line."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studycards import language
from studycards.cli.context import Context
from studycards.cli.lines import by_line
from studycards.cli.names import complete_deck
from studycards.errors import StudycardsError

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.collection import Collection
    from studycards.session import Options


@click.command(epilog="Example: studycards review decks --limit 20")
@click.argument("what", nargs=-1, metavar="[DECK or PATH]…", shell_complete=complete_deck)
@click.option("--tag", "tags", multiple=True, metavar="T", help="Only cards with this tag; may be repeated.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most this many cards.")
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), metavar="M", help="Stop after this long.")
@click.option("--ahead", type=click.IntRange(0, 365), default=0, metavar="DAYS", help="Also what comes due by then.")
@click.option("--cram", is_flag=True, help="Every card, due or not; memory stays as it is.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.pass_obj
def command(context: Context, /, what: tuple[str, ...], plain: bool, **options: Any) -> None:
    """Ask what is due. Space shows the answer, 1 to 4 rate it; every answer is stored at once."""
    from studycards.tui.look import look_of, wants_lines

    language.use(language.pick(context.config.text("language"), context.environment))
    look = look_of(context.config, context.environment, time.monotonic)
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    with context.opened() as db:
        from studycards.collection import Collection
        from studycards.inbox.decisions import REVERSERS
        from studycards.tui.program import Desk

        collection = Collection(db, day_start=context.config.settings().day_start)
        chosen = _select(context, collection, what, options)
        desk = Desk(collection, context.config, context.now, look, REVERSERS)
        conduct = desk.conduct(chosen)
        if conduct.session.current is None:
            click.echo(_nothing(db, context))
        elif plain or wants_lines(context.environment, terminal=terminal):
            from studycards.tui.plain import PlainReview
            from studycards.tui.plaincard import PlainCard

            by_line(lambda lines: PlainReview(conduct, look, lines, PlainCard(desk, lines)).run())
        else:
            from studycards.tui.app import show

            show(desk, conduct)


def _select(context: Context, collection: Collection, what: tuple[str, ...], given: dict[str, Any]) -> Options:
    """Look at the deck files, and find what the person named among them."""
    from studycards.session import Options

    paths = [word for word in what if os.path.exists(word)]
    home = context.config.text("decks")
    looked_at = paths or ([home] if os.path.isdir(home) else [])
    report = collection.sync([Path(path) for path in looked_at], context.now())
    if report.problems:
        click.echo(_problems(len(report.problems)), err=True)
    chosen = collection.select(what, given.pop("tags"))
    for path in paths:
        _need_deck_files(collection.db, path)
    return Options(decks=chosen.decks, paths=chosen.paths, tags=chosen.tags, **given)


def _problems(n: int) -> str:
    return language.count(
        "{n} problem in the deck files; `studycards check` lists it.",
        "{n} problems in the deck files; `studycards check` lists them.",
        n,
    )


def _need_deck_files(db: Database, path: str) -> None:
    from studycards.store import filestat

    place = os.path.realpath(path)
    inside = place.rstrip(os.sep) + os.sep
    for known, stat in filestat.files(db).items():
        if stat.role == filestat.DECK and (known == place or known.startswith(inside)):
            return
    raise StudycardsError(
        language.say(
            "{path} has no deck file: a Markdown file with `deck:` in its front matter."
            " `studycards generate NOTES --into {path}` writes some from your notes.",
            path=path,
        )
    )


def _nothing(db: Database, context: Context) -> str:
    """Why there is nothing to ask, in one sentence."""
    from studycards.session.due import due_now

    if db.execute("SELECT 1 FROM cards WHERE orphaned_ms IS NULL LIMIT 1").fetchone() is None:
        return language.say(
            "There are no cards yet: `studycards generate NOTES --into decks` makes them from your notes."
        )
    now = context.now()
    due = due_now(db, context.config, now)
    if due.next_due is None:
        return language.say("Nothing is due.")
    moment = due.next_due.astimezone(now.tzinfo)
    if moment.date() == now.date():
        return language.say("Nothing is due until {time}.", time=f"{moment:%H:%M}")
    return language.say("Nothing is due until {day}.", day=language.day(moment.date()))
