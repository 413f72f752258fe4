"""`remind now`: what the scheduler calls: the guard, then at most one message a study day."""

from __future__ import annotations

import contextlib
import sys
from datetime import UTC, datetime, time
from pathlib import Path

import click
from sqlite_utils import Database

from studycards.cli.context import Context
from studycards.cli.remind.setting import (
    addresses_of,
    due_of,
    language_of,
    machine_of,
    moment_of,
    plan_of,
    tell,
    writer,
    zone_of,
)
from studycards.errors import StudycardsError, UsageError
from studycards.remind.guard import ATTEMPTS, Act, Decision, Today, decide, study_day_called
from studycards.remind.message import Due, line
from studycards.remind.notify import Delivery, deliver, due_file
from studycards.remind.plan import Plan, parse_quiet
from studycards.scheduling.studyday import study_day
from studycards.store import plans
from studycards.store import reminder as rows
from studycards.store.counts import answered

LOG_BYTES = 64 * 1024


@click.command("now", epilog="Example: studycards remind now --dry-run")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send and write nothing.")
@click.pass_obj
def now(context: Context, dry_run: bool) -> None:
    """Send the reminder if it is time and something is due; this is what the scheduler calls."""
    _trim(machine_of(context).log)
    if not (context.db.exists() and context.has_store()):
        tell(f"{_stamp(context.now())}: there is no database at {context.db}, so nothing can be due.")
        return
    if dry_run:
        _rehearse(context)
        return
    with context.opened() as db:
        plan = plan_of(db)
        if plan is None:
            _explain("no reminder is set; `studycards remind at 08:00` sets one")
            return
        _call(context, db, plan)


def _rehearse(context: Context) -> None:
    """Show the message as it would be now."""
    with context.opened_reading() as db:
        due = due_of(db, context, context.now())
        plan = plan_of(db)
        decision = _decide(context, db, plan, due)[0] if plan else Decision(Act.QUIET, "no reminder is set")
    message = writer(context, due)(True)
    click.echo(message.title + (f"\n{message.body}" if message.body else ""))
    if decision.act not in (Act.SEND, Act.TEST):
        tell(f"It would stay quiet: {decision.why}.")


def _call(context: Context, db: Database, plan: Plan) -> None:
    due = due_of(db, context, context.now())
    decision, called = _decide(context, db, plan, due)
    _refresh(context, plan, due)
    moment = moment_of(context.now())
    if decision.act is Act.TEST:
        _test(context, db, plan, due)
    elif decision.act is Act.SEND and called is not None:
        if rows.claim(db, called, moment, ATTEMPTS):
            _send(context, db, plan, due, called)
    else:
        _explain(decision.why)
        if decision.act is not Act.QUIET and called is not None:
            rows.settle(db, called, decision.act.value, moment)


def _decide(context: Context, db: Database, plan: Plan, due: Due) -> tuple[Decision, int | None]:
    """What to do, and the study day whose reminder it is about."""
    now, day_start = context.now(), context.config.settings().day_start
    called = study_day_called(plan, now, day_start, zone_of(context, now))
    row = rows.on_day(db, called) if called is not None else None
    today = Today(
        now=now,
        study_day=called,
        outcome=row.outcome if row else "",
        attempts=row.attempts if row else 0,
        has_studied=any(count.total for count in answered(db, study_day(now, day_start)).values()),
        due=due.cards,
        is_away=plans.back_on(db, study_day(now, day_start)) is not None,
    )
    asked = rows.test_asked(db)
    test = datetime.fromtimestamp(asked.asked_ms / 1000, UTC) if asked and not asked.outcome else None
    return decide(plan, today, _quiet(context), test), called


def _quiet(context: Context) -> tuple[time, time] | None:
    try:
        return parse_quiet(context.config.text("remind.quiet"))
    except UsageError as error:
        tell(error.sentence)
        return None


def _send(context: Context, db: Database, plan: Plan, due: Due, called: int) -> None:
    delivery = deliver(machine_of(context), addresses_of(context), plan.channels, writer(context, due))
    rows.finish(db, called, _outcome(delivery), ",".join(delivery.sent), "; ".join(delivery.notes))
    _report(context, delivery)


def _test(context: Context, db: Database, plan: Plan, due: Due) -> None:
    if not rows.claim_test(db):
        return
    write = writer(context, due, is_test=True)
    delivery = deliver(machine_of(context), addresses_of(context), plan.channels, write)
    rows.finish_test(db, _outcome(delivery), "; ".join(delivery.notes))
    _refresh(context, plan, due)
    _report(context, delivery)


def _outcome(delivery: Delivery) -> str:
    return rows.SENT if delivery.sent else rows.FAILED


def _report(context: Context, delivery: Delivery) -> None:
    tell(f"{_stamp(context.now())} {_outcome(delivery)}: {'; '.join(delivery.notes)}")
    if not delivery.sent:
        raise StudycardsError("The reminder reached nobody; `studycards remind status` says more.")


def _refresh(context: Context, plan: Plan, due: Due) -> None:
    """Bring the line for shells up to date where one is kept."""
    path = machine_of(context).due_file
    if "file" in plan.channels or path.exists():
        try:
            due_file.write(path, line(due, language_of(context)))
        except StudycardsError as error:
            tell(error.sentence)


def _explain(why: str) -> None:
    """To a person, not to a log: why nothing was sent."""
    if sys.stderr.isatty():
        tell(f"Quiet: {why}.")


def _stamp(now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M}"


def _trim(log: Path) -> None:
    """Keep the end of a log that has grown; in place, since the scheduler holds it open."""
    with contextlib.suppress(OSError):
        if log.stat().st_size > LOG_BYTES:
            with log.open("r+b") as file:
                tail = file.read()[-LOG_BYTES // 2 :].partition(b"\n")[2]
                file.seek(0)
                file.write(tail)
                file.truncate()
