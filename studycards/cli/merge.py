"""`merge`: what was done on another machine, added to what was done here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.errors import UsageError
from studycards.text import clean

if TYPE_CHECKING:
    from studycards.merge import Taken


@click.command(epilog="Example: studycards merge --folder ~/Sync/studycards")
@click.argument("other", required=False, type=click.Path(path_type=Path), metavar="[OTHER.db]")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep a log file a machine in this folder, shared by git, Syncthing or any other means.",
)
@click.pass_obj
def command(context: Context, other: Path | None, folder: Path | None) -> None:
    """Add the answers and acts of another database, which is not changed; each at most once, in any order.

    With --folder each machine appends to a file of its own and reads those of the others, so that no two machines
    ever write one file.
    """
    from studycards import backup, merge

    if (other is None) == (folder is None):
        raise UsageError("Name the other database, or a shared folder with --folder.")
    now_ms = int(context.now().timestamp() * 1000)
    if other is not None and other.exists() and context.db.exists() and other.samefile(context.db):
        raise UsageError(f"{other} is this database itself; name the one of the other machine.")
    with context.opened() as db:
        backup.make(context.db, context.now(), "before-merge")
        if folder is not None:
            taken = merge.from_folder(db, folder, now_ms)
        else:
            taken = merge.from_store(db, other or Path(), now_ms)
    click.echo(clean(_say(taken)))
    if taken.unread:
        click.echo(
            f"{taken.unread} lines could not be read, as a file that is still being copied; run it again.", err=True
        )


def _say(taken: Taken) -> str:
    if not (taken.reviews or taken.acts or taken.cards):
        return "Nothing was new."
    told = f"Took {taken.reviews} answers, {taken.acts} other acts and {taken.cards} cards."
    if taken.joined:
        told += f" {taken.joined} cards were answered on both sides and are due anew."
    return told
