"""`restore`: put a backup back; what it replaces is kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.errors import StoreError, UsageError
from studycards.text import clean

if TYPE_CHECKING:
    from studycards.backup import Backup


@click.command(epilog="Example: studycards restore --list && studycards restore")
@click.argument("name", required=False, metavar="[BACKUP]")
@click.option("--list", "listed", is_flag=True, help="Only list the backups, newest first.")
@click.option("--only-backup", is_flag=True, help="Leave out what the log copy has beyond the backup.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(context: Context, name: str | None, listed: bool, only_backup: bool, yes: bool) -> None:
    """Put a backup back, the newest one unless BACKUP names another, and add newer answers from the log's copy.

    The backup is looked over first. The database it replaces is kept.
    """
    from studycards import backup

    backups = backup.listing(context.db)
    if listed:
        click.echo(clean("\n".join(str(b) for b in backups) or "There is no backup yet."))
        return
    chosen = _choose(backups, name, context)
    question = f"Put back {chosen.name} ({chosen.contents}) in place of {context.db}?"
    if not yes and not _confirmed(question):
        raise click.exceptions.Exit(1)
    restored = backup.restore(context.db, chosen, context.now())
    click.echo(clean(f"Put back {chosen.name}: {chosen.contents}."))
    if restored.kept:
        click.echo(clean(f"What it replaced is kept in {restored.kept}."))
    if not only_backup:
        _add_newer(context)


def _choose(backups: list[Backup], name: str | None, context: Context) -> Backup:
    if not backups:
        raise StoreError(
            f"There is no backup of {context.db}; `studycards doctor --rebuild` makes it anew from its log."
        )
    if name is None:
        return backups[0]
    for one in backups:
        if name in (one.name, one.path.name, str(one.path)):
            return one
    raise UsageError(f"There is no backup called {name}; `studycards restore --list` shows them.")


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("This replaces the database: say --yes where there is no terminal to ask on.")
    return click.confirm(clean(question))


def _add_newer(context: Context) -> None:
    """Take from the log's copy the answers that are newer than the backup."""
    from studycards import merge
    from studycards.store import places

    copy = places.log_copy(context.db)
    if not copy.exists():
        return
    with context.opened() as db:
        taken = merge.from_file(db, copy, int(context.now().timestamp() * 1000))
    if taken.reviews or taken.acts:
        click.echo(f"Added {taken.reviews} newer answers and {taken.acts} other acts from the log's copy.")
    if taken.unread:
        click.echo(clean(f"{taken.unread} lines of {copy} could not be read; they were left as they are."), err=True)
