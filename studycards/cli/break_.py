"""`break`: days away, with what can be done before and what waits after."""

from __future__ import annotations

from datetime import date

import click

from studycards.cli.context import Context

_MOST = 365


def _days(_context: click.Context, _option: click.Parameter, text: str) -> int:
    digits = text.removesuffix("d")
    if not digits.isdigit() or not 1 <= int(digits) <= _MOST:
        raise click.BadParameter(f"a number of days from 1 to {_MOST}, like 7 or 7d")
    return int(digits)


@click.command(epilog="Example: studycards break 7d")
@click.argument("days", callback=_days)
@click.option("--dry-run", is_flag=True, help="Show what it would do and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(context: Context, days: int, dry_run: bool, yes: bool) -> None:
    """Say that you are away for so many DAYS: no reminder until then, and a plan for coming back.

    No due day moves. `studycards undo` ends the break.
    """
    from studycards import planning
    from studycards.history import Stamp

    with context.opened() as db:
        stamp = Stamp.of(context.now(), context.config.settings().day_start)
        seen = planning.outlook(db, context.config, stamp.day)
        back = stamp.day + days
        click.echo(f"Away until {date.fromordinal(back).isoformat()}: no reminder until then.")
        click.echo(f"{planning.due_by(seen, back)} reviews come due by then.")
        click.echo(
            f"`studycards review --ahead {days}` asks them before you go; afterwards `studycards catchup` helps."
        )
        if dry_run or not (yes or click.confirm("Start the break?", default=True, err=True)):
            click.echo("Nothing was changed.")
            return
        planning.go_away(db, stamp, days)
    click.echo("Have a good time. `studycards undo` ends the break.")
