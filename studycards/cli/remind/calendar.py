"""`remind ics`: the reminder as an event for people who live in a calendar."""

from __future__ import annotations

import click

from studycards.cli.context import Context
from studycards.cli.remind.setting import language_of, plan_of
from studycards.errors import StudycardsError
from studycards.remind.ics import event
from studycards.remind.message import LANGUAGES


@click.command("ics", epilog="Example: studycards remind ics > studycards.ics")
@click.pass_obj
def ics(context: Context) -> None:
    """Print the reminder as a calendar file; importing it again changes the event, and adds none."""
    plan = None
    if context.db.exists() and context.has_store():
        with context.opened_reading() as db:
            plan = plan_of(db)
    if plan is None:
        raise StudycardsError("No reminder is set that a calendar could show: `studycards remind at 08:00` sets one.")
    click.echo(event(plan, context.now(), LANGUAGES[language_of(context)].event), nl=False)
