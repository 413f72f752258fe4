"""`remind status`: what is set, when it comes next as the scheduler tells it, and what became of the last one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import click

from studycards import remind
from studycards.cli.context import Context
from studycards.cli.remind.setting import addresses_of, machine_of, plan_of, tell
from studycards.errors import StudycardsError
from studycards.remind.entry import Standing
from studycards.remind.machine import Machine
from studycards.remind.notify import CHANNELS
from studycards.remind.plan import Plan, say_days, say_hour
from studycards.store import reminder as rows
from studycards.text import clean

Found = list[tuple[remind.Backend, Standing]]


@click.command("status", epilog="Example: studycards remind status")
@click.pass_context
def status(click_context: click.Context) -> None:
    """Show the reminder, its next time and its last outcome; exit 1 if anything about it is wrong."""
    context: Context = click_context.obj
    machine = machine_of(context)
    plan, last = _stored(context)
    wrong: list[str] = []
    found = _standing(machine, wrong)
    if plan is None and not found and not wrong:
        click.echo("No reminder is set; `studycards remind at 08:00` sets one.")
        return
    _show(plan, found, last)
    wrong += _mismatches(plan, found)
    for backend, standing in found:
        wrong += _dead(machine, standing) + _stopped(backend, context.now())
    if plan is not None:
        wrong += _lacking(context, machine, plan)
    wrong += _unsent(last)
    for sentence in wrong:
        tell(sentence)
    click_context.exit(1 if wrong else 0)


def _stored(context: Context) -> tuple[Plan | None, rows.Day | None]:
    if not (context.db.exists() and context.has_store()):
        return None, None
    with context.opened_reading() as db:
        return plan_of(db), rows.last_day(db)


def _standing(machine: Machine, wrong: list[str]) -> Found:
    found: Found = []
    for backend in remind.backends(machine):
        try:
            standing = backend.installed()
        except StudycardsError as error:
            wrong.append(error.sentence)
        else:
            if standing is not None:
                found.append((backend, standing))
    return found


def _show(plan: Plan | None, found: Found, last: rows.Day | None) -> None:
    if plan is not None:
        click.echo(f"Hour:     {say_hour(plan.at)}, {say_days(plan.days)}\nChannels: {', '.join(plan.channels)}")
    for backend, standing in found:
        click.echo(clean(f"Entry:    {backend.name}, {standing.where}"))
    if last is not None:
        how = f" ({last.detail})" if last.detail else ""
        click.echo(clean(f"Last:     {_local(last)}, {_OUTCOMES.get(last.outcome, last.outcome)}{how}"))


_OUTCOMES = {"sending": "unknown: it was cut off while sending"}


def _local(day: rows.Day) -> str:
    moment = datetime.fromtimestamp(day.at_ms / 1000, UTC)
    return f"{moment.astimezone(timezone(timedelta(minutes=day.utc_offset_min))):%a %Y-%m-%d %H:%M}"


def _mismatches(plan: Plan | None, found: Found) -> list[str]:
    if plan is None:
        return ["A scheduler has an entry, but this database knows of no reminder; `studycards remind off` removes it."]
    again = f"`studycards remind at {say_hour(plan.at)}` puts it right."
    if not found:
        return [f"No scheduler has the entry, so nothing will call you; {again}"]
    if [backend.name for backend, _ in found] != [plan.via]:
        return [f"The entry should stand with {plan.via} alone; {again}"]
    return []


def _dead(machine: Machine, standing: Standing) -> list[str]:
    """Whether the program in the entry still answers."""
    ran = machine.run(standing.program or "?", "-P", "-m", "studycards", "--version")
    if ran.code == 0:
        click.echo(clean(f"Program:  {standing.program}, {ran.out.decode(errors='replace').strip()}"))
        return []
    return [
        f"The entry starts {standing.program}, which does not answer ({ran.last_line}): "
        "set the reminder again with `studycards remind at`."
    ]


def _stopped(backend: remind.Backend, now: datetime) -> list[str]:
    if not backend.tells_next:
        return []
    following = backend.next_run(now)
    if following is None:
        return [
            f"{backend.name} has no next time for it, so it does not run; set it again with `studycards remind at`."
        ]
    click.echo(f"Next:     {following:%a %Y-%m-%d %H:%M}")
    return []


def _lacking(context: Context, machine: Machine, plan: Plan) -> list[str]:
    lacks = [
        (name, CHANNELS[name].missing(machine, addresses_of(context))) for name in plan.channels if name in CHANNELS
    ]
    return [f"The channel {name} cannot be used: {lack}." for name, lack in lacks if lack]


def _unsent(last: rows.Day | None) -> list[str]:
    if last is not None and last.outcome == rows.FAILED:
        return [f"The last reminder reached nobody, {last.attempts} times tried."]
    return []
