"""`reschedule`: due days as a new retention or new parameters would have them, shown before it is done."""

from __future__ import annotations

import click

from studycards.cli.context import Context


@click.command(epilog="Example: studycards reschedule --dry-run")
@click.option("--dry-run", is_flag=True, help="Show what would move and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(context: Context, dry_run: bool, yes: bool) -> None:
    """Move due days to what the present settings would have given since each card's last answer.

    Without it a new desired retention takes effect as cards come up. Cards on a step, suspended cards, and due days
    set by hand stay. `studycards undo` takes all of it back.
    """
    from studycards import backup, history, rescheduling, tuning
    from studycards.history import Stamp

    with context.opened() as db:
        stamp = Stamp.of(context.now(), context.config.settings().day_start)
        history.adopt(db, tuning.wanted(db, context.config))
        seen = rescheduling.look(db, context.config, tuning.wanted(db, context.config), stamp.day)
        click.echo(f"{len(seen.moves)} of {seen.cards} cards in review move.")
        if not seen.moves:
            return
        earlier = sum(move.due_after < move.due_before for move in seen.moves)
        click.echo(f"{earlier} come earlier, {len(seen.moves) - earlier} later.")
        click.echo(f"Due by today: {seen.due_before} before, {seen.due_after} after.")
        if dry_run or not (yes or click.confirm("Move them?", default=False, err=True)):
            click.echo("Nothing was changed.")
            return
        backup.before(context.db, context.now(), "before-reschedule")
        rescheduling.apply(db, stamp, seen)
    click.echo("Moved. `studycards undo` takes it back.")
