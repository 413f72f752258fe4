"""`remind at`: put the reminder into the scheduler, or change it there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
from sqlite_utils import Database

from studycards import remind
from studycards.cli.context import Context
from studycards.cli.remind.setting import (
    addresses_of,
    due_of,
    explained,
    language_of,
    machine_of,
    moment_of,
    tell,
    zone_of,
)
from studycards.errors import StudycardsError, UsageError
from studycards.remind import entry, shell
from studycards.remind.draft import Draft
from studycards.remind.folders import remove_empty
from studycards.remind.guard import study_day_called
from studycards.remind.machine import Machine
from studycards.remind.message import line
from studycards.remind.notify import CHANNELS, due_file
from studycards.remind.plan import (
    EVERY_DAY,
    Plan,
    Reminder,
    is_quiet,
    parse_days,
    parse_hour,
    parse_quiet,
    say_days,
    say_hour,
    swallowed_in_a_year,
)
from studycards.scheduling.studyday import study_day
from studycards.store import reminder as rows
from studycards.text import clean


@click.command("at", epilog="Example: studycards remind at 08:00 --days mon-fri --channel desktop")
@click.argument("hour", metavar="HH:MM")
@click.option("--days", help="Only on these weekdays: mon-fri, or mon,wed,sat. Every day if not given.")
@click.option("--via", type=click.Choice(("auto", *remind.NAMES)), default="auto", help="Which scheduler calls you.")
@click.option("--channel", "channels", type=click.Choice(tuple(CHANNELS)), multiple=True, help="How it reaches you.")
@click.option("--dry-run", is_flag=True, help="Print the exact files and commands, and touch nothing.")
@click.pass_context
def at(
    click_context: click.Context, hour: str, days: str | None, via: str, channels: tuple[str, ...], dry_run: bool
) -> None:
    """Install the daily reminder, or change it; running it again changes nothing twice."""
    context: Context = click_context.obj
    chosen = tuple(dict.fromkeys(channels)) or ("desktop",)
    plan = Plan(parse_hour(hour), parse_days(days) if days is not None else EVERY_DAY, chosen, via)
    _refuse_quiet(context, plan)
    machine, reminder = machine_of(context), _reminder(click_context, plan)
    if dry_run:
        _warn_of_throwaway()
        backend = remind.pick(machine, via) if via == "auto" else remind.named(machine, via)
        _print(backend.draft(reminder))
        return
    _set_up(context, machine, plan, reminder)


def _set_up(context: Context, machine: Machine, plan: Plan, reminder: Reminder) -> None:
    """Check everything that can be checked, install, then remember the plan."""
    _refuse_throwaway()
    _refuse_lacking(context, machine, plan)
    backend = remind.pick(machine, plan.via)
    draft = backend.draft(reminder)
    entry.check(machine, reminder.argv, reminder.environment)
    plan = replace(plan, via=backend.name)
    with context.opened() as db, explained():
        advice = _install(context, db, plan, lambda: remind.install(machine, backend, reminder))
        if "file" in plan.channels:
            due_file.write(machine.due_file, line(due_of(db, context, context.now()), language_of(context)))
    _say_set(machine, plan, draft, backend.next_run(context.now()))
    if advice:
        tell(advice)


def _install(context: Context, db: Database, plan: Plan, install: Callable[[], str]) -> str:
    """Remember the plan, then install: a scheduler may run the entry at once. Both or neither."""
    machine, before = machine_of(context), rows.load_plan(db)
    machine.state.mkdir(parents=True, exist_ok=True)
    rows.save_plan(db, plan.payload())
    _settle_today(context, db, plan)
    try:
        return install()
    except (StudycardsError, OSError):
        if before is None:
            rows.forget_plan(db)
        else:
            rows.save_plan(db, before)
        rows.unskip(db, study_day(context.now(), context.config.settings().day_start))
        remove_empty(machine.state, machine.home)
        raise


def _settle_today(context: Context, db: Database, plan: Plan) -> None:
    """Set after its hour, it comes tomorrow: no surprise a second after installing."""
    now, day_start = context.now(), context.config.settings().day_start
    called = study_day_called(plan, now, day_start, zone_of(context, now))
    if called is None:
        rows.unskip(db, study_day(now, day_start))
    else:
        rows.settle(db, called, rows.SKIPPED, moment_of(now))


def _say_set(machine: Machine, plan: Plan, draft: Draft, following: datetime | None) -> None:
    channels = ", ".join(plan.channels)
    click.echo(f"{plan.via} calls you at {say_hour(plan.at)}, {say_days(plan.days)}, by {channels}.")
    click.echo(clean("Written: " + ", ".join(str(path) for path, _ in draft.files)))
    if following is not None:
        click.echo(f"Next: {following:%a %Y-%m-%d %H:%M}")
    if "file" in plan.channels:
        click.echo(clean(f"For the start of your shell: {shell.line(_shell(machine), machine.due_file)}"))


def _shell(machine: Machine) -> str:
    name = Path(machine.environment.get("SHELL", "")).name
    return name if name in shell.SHELLS else "bash"


def _reminder(click_context: click.Context, plan: Plan) -> Reminder:
    context: Context = click_context.obj
    machine = machine_of(context)
    is_named = click_context.find_root().params.get("db") or context.environment.get("STUDYCARDS_DB")
    now = context.now()
    return Reminder(
        at=plan.at,
        days=plan.days,
        argv=entry.argv(sys.executable, machine.platform),
        environment=entry.carried(context.environment, str(context.db.absolute()) if is_named else ""),
        log=machine.log,
        day_start=context.config.settings().day_start,
        is_swallowed=swallowed_in_a_year(now.date(), plan.at, zone_of(context, now)),
    )


def _refuse_quiet(context: Context, plan: Plan) -> None:
    quiet = context.config.text("remind.quiet")
    if is_quiet(plan.at, parse_quiet(quiet)):
        raise UsageError(
            f"{say_hour(plan.at)} lies in your quiet hours ({quiet}, under [remind] in {context.config.path})."
        )


def _refuse_throwaway() -> None:
    refusal = entry.thrown_away(sys.prefix)
    if refusal:
        raise StudycardsError(refusal)
    if entry.in_temporary_folder(sys.prefix):
        tell(f"This studycards lies in the temporary folder ({sys.prefix}): the reminder ends when it is deleted.")


def _warn_of_throwaway() -> None:
    refusal = entry.thrown_away(sys.prefix)
    if refusal:
        tell(refusal)


def _refuse_lacking(context: Context, machine: Machine, plan: Plan) -> None:
    for name in plan.channels:
        lack = CHANNELS[name].missing(machine, addresses_of(context))
        if lack:
            raise StudycardsError(f"--channel {name} cannot be used yet: {lack}.")


def _print(draft: Draft) -> None:
    for path, data in draft.files:
        encoding = "utf-16" if data.startswith(b"\xff\xfe") else "utf-8"
        click.echo(f"# {path}\n{data.decode(encoding, 'surrogateescape')}")
    click.echo("# then:")
    for command in draft.commands:
        click.echo(f"#   {' '.join(command)}")
