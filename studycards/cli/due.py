"""`due`: what is due, for people, prompts and scripts."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from studycards.cli.context import Context
from studycards.scheduling.studyday import study_day
from studycards.session.due import Due, due_now, nothing
from studycards.text import clean


@click.command(epilog="Example: studycards due --oneline")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--oneline", is_flag=True, help="One short line; nothing at all when nothing is due.")
@click.option("--exit-code", is_flag=True, help="Exit with 0 if something is due, with 1 if nothing is.")
@click.pass_context
def command(ctx: click.Context, as_json: bool, oneline: bool, exit_code: bool) -> None:
    """Say what is due now, within today's limits."""
    due = read_due(ctx.obj)
    if as_json:
        click.echo(json.dumps(document(due), ensure_ascii=False))
    elif not oneline:
        click.echo(clean("\n".join(lines(due, ctx.obj.now()))))
    elif due.total:
        click.echo(f"{due.total} due, {minutes(due)} min")
    if exit_code:
        ctx.exit(0 if due.total else 1)


def read_due(context: Context) -> Due:
    """What is due in the collection; nothing where there is no database yet."""
    now = context.now()
    if not context.db.exists():
        return nothing(study_day(now, context.config.settings().day_start))
    with context.opened_reading() as db:
        return due_now(db, context.config, now)


def document(due: Due) -> dict[str, object]:
    """The JSON object of `due --json`."""
    return {
        "study_day": date.fromordinal(due.study_day).isoformat(),
        "new": due.new,
        "learning": due.learning,
        "review": due.review,
        "due": due.total,
        "backlog": due.backlog,
        "answered": due.answered,
        "minutes": minutes(due),
        "next_due": due.next_due.isoformat() if due.next_due else None,
        "decks": [
            {"deck": deck.deck, "new": deck.new, "learning": deck.learning, "review": deck.review} for deck in due.decks
        ],
    }


def lines(due: Due, now: datetime) -> list[str]:
    """What `due` prints for a person."""
    if not due.total:
        return [_nothing(due, now)]
    head = f"{due.total} due, about {minutes(due)} min: {due.new} new, {due.learning} learning, {due.review} to review."
    decks = [f"  {deck.new + deck.learning + deck.review:>5}  {deck.deck}" for deck in due.decks]
    older = [f"{due.backlog} older ones wait beyond today's limit."] if due.backlog else []
    return [head, *decks, *older]


def minutes(due: Due) -> int:
    """Whole minutes, at least one where something is due."""
    return max(1, round(due.minutes)) if due.total else 0


def _nothing(due: Due, now: datetime) -> str:
    done = f" {due.answered} answered today." if due.answered else ""
    if due.next_due is None:
        return f"Nothing is due.{done}"
    moment = due.next_due.astimezone(now.tzinfo)
    when = f"{moment:%H:%M}" if moment.date() == now.date() else f"{moment:%Y-%m-%d}"
    return f"Nothing is due until {when}.{done}"
