"""`undo`: the last thing that was done to memory or inbox, also after a restart."""

from __future__ import annotations

import click

from studycards.cli.context import Context


@click.command(epilog="Example: studycards undo --steps 3")
@click.option("--steps", type=click.IntRange(1, 1000), default=1, metavar="N", help="How many steps back.")
@click.pass_obj
def command(context: Context, steps: int) -> None:
    """Take back the last answer, bury, suspend, flag, mark, retire, decision, import or bulk action.

    The text of a card is never changed by it; an import taken back leaves what was edited since. Nothing is deleted:
    `studycards redo` walks the same way forth.
    """
    from studycards.cli.turning import walk
    from studycards.history import undo

    walk(context, steps, undo, "There is nothing to undo.")
