"""`catchup`: a plan for more due than a day has room for, shown before it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context

if TYPE_CHECKING:
    from studycards.planning import Plan


@click.command(epilog="Example: studycards catchup --minutes 10")
@click.option("--minutes", type=click.FloatRange(0, 600), metavar="M", help="So many minutes more a day.")
@click.option("--no-new", is_flag=True, help="No new cards meanwhile.")
@click.option("--dry-run", is_flag=True, help="Show the plan and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(context: Context, minutes: float | None, no_new: bool, dry_run: bool, yes: bool) -> None:
    """Say how and when older cards that wait will be done, and start a plan that does it sooner.

    No due day moves: the best remembered come first, and each day asks no more than its limit. `studycards undo` ends
    the plan.
    """
    from studycards import planning
    from studycards.history import Stamp

    with context.opened() as db:
        stamp = Stamp.of(context.now(), context.config.settings().day_start)
        seen = planning.outlook(db, context.config, stamp.day)
        if not planning.backlog(seen):
            click.echo("Nothing waits beyond today's limit.")
            return
        usual = planning.plan(seen, 0, no_new=no_new)
        click.echo("Nothing is lost; the best remembered come first.")
        click.echo(f"  as it is: today {usual.reviews} reviews, about {usual.minutes:.0f} min; {_when(usual)}")
        for extra in (minutes,) if minutes is not None else (5, 10, 20):
            chosen = planning.plan(seen, extra, no_new=no_new)
            click.echo(f"  {extra:g} min more a day: today {chosen.reviews} reviews; {_when(chosen)}")
        if minutes is None:
            click.echo("`studycards catchup --minutes M` starts a plan.")
            return
        if dry_run or not (yes or click.confirm("Start this plan?", default=True, err=True)):
            click.echo("Nothing was changed.")
            return
        planning.begin(db, stamp, seen, chosen)
    click.echo("Started. `studycards undo` ends it.")


def _when(plan: Plan) -> str:
    return "the backlog would not end" if plan.days is None else f"done in {plan.days} days"
