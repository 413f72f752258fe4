"""`doctor`: the database looked over, mended, or made anew."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context, file_system
from studycards.errors import StoreError, UsageError
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.doctor import Report, Surroundings

_WORDS = {"note": "  ", "problem": "! ", "unusable": "!!"}


@click.command(epilog="Example: studycards doctor && studycards doctor --repair")
@click.option("--repair", is_flag=True, help="Say what would be mended, back up, mend it.")
@click.option("--rebuild", is_flag=True, help="Make the database anew from its log's copy and the deck files.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(context: Context, repair: bool, rebuild: bool, yes: bool) -> None:
    """Look the database over; without an option nothing is written.

    Checked are its pages and indexes, every row of the log, memory against the replay of the log, the log's copy, the
    backups, and the place where it lies. Exit code 0: all is well, 1: problems, 3: it cannot be used.
    """
    if repair and rebuild:
        raise UsageError("Repair or rebuild: --repair mends what is there, --rebuild makes the database anew.")
    if rebuild:
        _rebuild(context, yes)
        return
    if not context.has_store():
        click.echo(clean(f"There is no database at {context.db} yet; `studycards generate` or `review` makes one."))
        return
    report = _look(context)
    _print(report)
    if repair:
        _mend(context, report, yes)
    elif report.exit_code:
        raise click.exceptions.Exit(report.exit_code)


def _look(context: Context) -> Report:
    from studycards.doctor import examine

    try:
        with context.opened_reading() as db:
            return examine(db, _around(context))
    except StoreError as error:
        raise StoreError(f"{error.sentence} {_newest(context)}") from error


def _newest(context: Context) -> str:
    from studycards.backup import listing

    backups = listing(context.db)
    if not backups:
        return "There is no backup."
    return f"The newest backup is {backups[0].name} with {backups[0].contents}."


def _around(context: Context) -> Surroundings:
    from studycards.backup import listing
    from studycards.doctor import Surroundings

    store = Path(os.path.realpath(context.db))
    made = [backup.made for backup in listing(store)]
    return Surroundings(store, context.now(), made, file_system(store))


def _print(report: Report) -> None:
    for finding in report.findings:
        click.echo(clean(f"{_WORDS[finding.level]} {finding.code}: {finding.message}"))
    if not report.exit_code:
        click.echo("All is well.")
    elif any(finding.repair for finding in report.findings):
        click.echo("`studycards doctor --repair` says what it would mend, and does it.", err=True)


def _mend(context: Context, report: Report, yes: bool) -> None:
    from studycards import backup, merge
    from studycards.doctor import mend, plan

    steps = plan(report)
    if not steps:
        raise click.exceptions.Exit(report.exit_code)
    for step in steps:
        click.echo(clean(f"would mend: {step}"))
    if not _confirmed("Do this, after a backup?", yes):
        raise click.exceptions.Exit(1)
    codes = {finding.code for finding in report.findings}
    with context.opened() as db:
        _keep(context, codes)
        done = mend(db, _around(context), report)
        if "copy-beyond" in codes:
            taken = merge.from_file(db, _copy(context), int(context.now().timestamp() * 1000))
            done.append(f"Took {taken.reviews} answers and {taken.acts} other acts from the log's copy.")
    for line in done:
        click.echo(clean(line))
    backup.rotate(context.db, context.now())
    after = _look(context)
    if after.exit_code:
        click.echo("This is left:")
        _print(after)
        raise click.exceptions.Exit(after.exit_code)


def _keep(context: Context, codes: Iterable[str]) -> None:
    """Back up before mending; pages or indexes that do not fit are kept byte for byte instead."""
    from studycards import backup

    if "pages" in codes:
        kept = backup.set_aside(context.db, context.now())
    else:
        kept = backup.make(context.db, context.now(), "before-repair").path
    click.echo(clean(f"Backed up to {kept}."))


def _rebuild(context: Context, yes: bool) -> None:
    from studycards import backup, files, merge, tuning
    from studycards.collection import Collection
    from studycards.inbox import decisions
    from studycards.store.opening import open_store

    store, copy = Path(os.path.realpath(context.db)), _copy(context)
    if not copy.exists():
        raise StoreError(f"There is no copy of the log at {copy}, so the database cannot be made anew from it.")
    if not _confirmed(f"Make {store} anew from {copy} and the deck files? What is there is kept.", yes):
        raise click.exceptions.Exit(1)
    now = context.now()
    now_ms = int(now.timestamp() * 1000)
    temp = store.with_name(f"{files.PREFIX}rebuild-{store.name}")
    try:
        _remove(temp)
        db = open_store(temp, device=str(store), now_ms=now_ms)
        taken = merge.from_file(db, copy, now_ms, as_indexed=True)
        tuning.restore(db, context.config)
        decisions.restore(db)
        report = Collection(db, day_start=context.config.settings().day_start).sync(_decks(context, db), now)
        db.close()
        kept = backup.exchange(store, temp, now)
    finally:
        _remove(temp)
    with context.opened():
        pass  # the copy takes what the rebuilding itself has logged
    click.echo(clean(f"Made {store} anew: {taken.reviews} answers, {taken.acts} other acts, {taken.cards} cards."))
    if kept:
        click.echo(clean(f"What was there is kept in {kept}."))
    if taken.unread:
        click.echo(clean(f"{taken.unread} lines of {copy} could not be read; they were left as they are."), err=True)
    for problem in report.problems:
        click.echo(clean(str(problem)), err=True)
    click.echo("Proposals that wait come back with `studycards generate`; set the reminder again.", err=True)


def _decks(context: Context, db: Database) -> list[Path]:
    """The folders of the deck files that the log knows of, and the config's, as far as they are there."""
    from studycards.store.intake import deck_paths

    folders = {Path(path).parent for path in deck_paths(db)} | {Path(context.config.text("decks")).absolute()}
    return sorted(folder for folder in folders if folder.is_dir())


def _copy(context: Context) -> Path:
    from studycards.store.places import log_copy

    return log_copy(Path(os.path.realpath(context.db)))


def _remove(temp: Path) -> None:
    from studycards.store import places

    for path in (temp, places.journal(temp), places.reserve(temp)):
        path.unlink(missing_ok=True)


def _confirmed(question: str, yes: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("This changes the database: say --yes where there is no terminal to ask on.")
    return click.confirm(clean(question))
