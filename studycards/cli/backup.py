"""`backup`: a checked copy of the database, and the list of those there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.text import clean

if TYPE_CHECKING:
    from studycards.backup import Backup


@click.command(epilog="Example: studycards backup && studycards backup --list")
@click.option("--list", "listed", is_flag=True, help="Only list the backups, newest first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array on stdout.")
@click.pass_obj
def command(context: Context, listed: bool, as_json: bool) -> None:
    """Copy the database, look the copy over, keep it beside the database.

    Backups are also made by themselves: before an upgrade, import, merge, repair, restore or bulk change, and after
    half an hour of use. All are kept for 2 days, then 12 daily, 10 weekly and 9 monthly ones.
    """
    from studycards import backup

    if not listed:
        with context.opened():
            made = backup.make(context.db, context.now(), "by-hand")
        backup.rotate(context.db, context.now())
        click.echo(clean(f"Backed up to {made.path}: {made.contents}."), err=as_json)
    if listed or as_json:
        _show(backup.listing(context.db), as_json)


def _show(backups: list[Backup], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([document(b) for b in backups], ensure_ascii=False))
    elif not backups:
        click.echo("There is no backup yet; `studycards backup` makes one.")
    else:
        for one in backups:
            click.echo(clean(str(one)))


def document(one: Backup) -> dict[str, object]:
    """A backup for `--json`."""
    return {
        "name": one.name,
        "path": str(one.path),
        "made": one.made.isoformat(),
        "reason": one.reason,
        "cards": one.cards,
        "reviews": one.reviews,
    }
