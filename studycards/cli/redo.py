"""`redo`: what `undo` took back, unless something was done since."""

from __future__ import annotations

import click

from studycards.cli.context import Context


@click.command(epilog="Example: studycards redo")
@click.option("--steps", type=click.IntRange(1, 1000), default=1, metavar="N", help="How many steps forth.")
@click.pass_obj
def command(context: Context, steps: int) -> None:
    """Do again what was undone last. After a new answer there is nothing to do again."""
    from studycards.cli.turning import walk
    from studycards.history import redo

    walk(context, steps, redo, "There is nothing to do again.", redo=True)
