"""`simulate`: what a desired retention or a number of new cards a day would cost and bring."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context

if TYPE_CHECKING:
    from studycards.planning import Outlook
    from studycards.simulate import Forecast

_WIDTH = 30


@click.command(epilog="Example: studycards simulate --days 180 --new 10 --new 20")
@click.option("--days", type=click.IntRange(1, 3650), default=365, metavar="N", help="How many days to play.")
@click.option("--new", "new", type=click.IntRange(0, 9999), multiple=True, metavar="N", help="New cards a day; repeat.")
@click.option(
    "--retention",
    "wanted",
    type=click.FloatRange(0.7, 0.99),
    multiple=True,
    metavar="R",
    help="A desired retention; repeat for several.",
)
@click.option("--seed", type=int, default=0, metavar="N", help="Another course of chance.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_obj
def command(
    context: Context, days: int, new: tuple[int, ...], wanted: tuple[float, ...], seed: int, as_json: bool
) -> None:
    """Play the days to come from your own cards, for a range of desired retentions or of new cards a day.

    It shows what each costs and brings; it recommends none.
    """
    from studycards.planning import outlook
    from studycards.scheduling.studyday import study_day

    with context.opened_reading() as db:
        seen = outlook(db, context.config, study_day(context.now(), context.config.settings().day_start))
    if not seen.start.cards and not seen.start.waiting:
        click.echo("There are no cards yet: `studycards generate NOTES --into decks` makes them from your notes.")
        return
    rows = _rows(seen, days, new, wanted, seed)
    if as_json:
        click.echo(json.dumps({"days": days, "seed": seed, "rows": [_document(*row) for row in rows]}))
        return
    _table(seen, rows, days)


def _rows(
    seen: Outlook, days: int, new: tuple[int, ...], wanted: tuple[float, ...], seed: int
) -> list[tuple[float, int, Forecast]]:
    from studycards.simulate import RETENTIONS, simulate

    present = seen.settings.desired_retention
    retentions = sorted(wanted or ((present,) if new else {*RETENTIONS, present}))
    rows = []
    for retention in retentions:
        for count in sorted(new) or [seen.settings.new_per_day]:
            settings = replace(seen.settings, desired_retention=retention, new_per_day=count)
            rows.append((retention, count, simulate(seen.start, settings, days, seen.habits, seed)))
    return rows


def _document(retention: float, new: int, forecast: Forecast) -> dict[str, object]:
    return {
        "retention": retention,
        "new_a_day": new,
        "reviews": forecast.reviews,
        "minutes_a_day": round(forecast.minutes_a_day, 2),
        "remembered": round(forecast.remembered, 1),
        "recalled": round(forecast.recalled, 4),
        "clear_after": forecast.clear_after,
        "reviews_by_day": [day.reviews for day in forecast.days],
    }


def _table(seen: Outlook, rows: list[tuple[float, int, Forecast]], days: int) -> None:
    click.echo(f"{len(seen.start.cards)} cards begun, {seen.start.waiting} new ones wait; {days} days from today.\n")
    click.echo(f"  {'retention':>9}{'new a day':>11}{'reviews':>10}{'min a day':>11}{'remembered':>12}")
    most = max(forecast.minutes_a_day for _, _, forecast in rows) or 1
    for retention, new, forecast in rows:
        is_present = (retention, new) == (seen.settings.desired_retention, seen.settings.new_per_day)
        bar = "#" * round(forecast.minutes_a_day / most * _WIDTH)
        click.echo(
            f"{'>' if is_present else ' '} {retention:>9.2f}{new:>11}{forecast.reviews:>10}"
            f"{forecast.minutes_a_day:>11.1f}{forecast.remembered:>12.0f}  {bar}"
        )
    click.echo("\n> is the present setting. More retention costs ever more reviews for ever fewer cards remembered.")
