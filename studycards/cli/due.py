"""`due`: what is due, for people, prompts and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.cli.prompt import Prompt, say
from studycards.errors import StoreError
from studycards.text import clean

if TYPE_CHECKING:
    from datetime import datetime

    from studycards.session.due import Due


@click.command(epilog="Example: studycards due --oneline")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--oneline", is_flag=True, help="One short line; nothing at all when nothing is due.")
@click.option("--exit-code", is_flag=True, help="Exit with 0 if something is due, with 1 if nothing is.")
@click.pass_obj
def command(context: Context, as_json: bool, oneline: bool, exit_code: bool) -> None:
    """Say what is due now, within today's limits."""
    now = context.now()
    said = say(read_due(context, now), now)
    asked = {"--json": as_json, "--oneline": oneline, "--exit-code": exit_code}
    words = [word for word, given in asked.items() if given]
    click.echo(said.text(words), nl=False)
    if code := said.exit_code(words):
        raise click.exceptions.Exit(code)


def read_due(context: Context, now: datetime) -> Due:
    """What is due in the collection, its deck files looked at; nothing where there is no database yet."""
    from studycards.collection import Collection
    from studycards.scheduling.studyday import study_day
    from studycards.session.due import due_now, nothing

    day_start = context.config.settings().day_start
    if not context.has_store():
        return nothing(study_day(now, day_start))
    prompt = Prompt(context.db, context.config, context.environment, now)
    with context.opened_reading() as db:
        prompt.watch(db)
        if not Collection(db, day_start=day_start).is_behind(prompt.folders):
            due = due_now(db, context.config, now)
            prompt.keep(due)
            return due
    try:
        with context.opened() as db:
            Collection(db, day_start=day_start).sync(prompt.folders, now)
            return due_now(db, context.config, now)
    except StoreError as error:  # a database that can only be read still says what it knows
        click.echo(clean(error.sentence), err=True)
        with context.opened_reading() as db:
            return due_now(db, context.config, now)
