"""What the sub-commands of `remind` share: this machine, the addresses, the plan, what is due."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path

import click
from sqlite_utils import Database

from studycards.cli.context import Context
from studycards.config import default_state
from studycards.errors import StudycardsError
from studycards.language import pick
from studycards.remind.machine import Machine
from studycards.remind.message import Due, Message, compose
from studycards.remind.notify.addresses import Addresses
from studycards.remind.plan import Plan, plan_from
from studycards.session.due import due_now
from studycards.store import reminder as rows
from studycards.text import clean


def machine_of(context: Context) -> Machine:
    """This user on this machine."""
    uid = os.getuid() if hasattr(os, "getuid") else 0
    return Machine(sys.platform, Path.home(), uid, context.environment, default_state())


def addresses_of(context: Context) -> Addresses:
    """Where the config says a reminder may be sent."""
    config = context.config
    return Addresses(
        email_to=config.text("remind.email_to"),
        email_from=config.text("remind.email_from"),
        smtp_host=config.text("remind.smtp_host"),
        smtp_user=config.text("remind.smtp_user"),
        smtp_password=config.text("remind.smtp_password"),
        webhook_url=config.text("remind.webhook_url"),
    )


def language_of(context: Context) -> str:
    """The language of messages."""
    return pick(context.config.text("language"), context.environment)


def zone_of(context: Context, now: datetime) -> tzinfo | None:
    """The zone of wall clocks: the system's own, or that of a clock that was set."""
    return now.tzinfo if context.environment.get("STUDYCARDS_NOW") else None


def plan_of(db: Database) -> Plan | None:
    """What the person chose, None where nothing is set."""
    payload = rows.load_plan(db)
    if payload is None:
        return None
    try:
        return plan_from(payload)
    except (KeyError, ValueError):
        return None


def due_of(db: Database, context: Context, now: datetime) -> Due:
    """What `studycards due` would say."""
    due = due_now(db, context.config, now)
    return Due(due.total, round(due.minutes), due.first)


def writer(context: Context, due: Due, *, is_test: bool = False) -> Callable[[bool], Message]:
    """Gives the message for what is due, with its deck where the channel stays on the person's own machine."""
    language, names_decks = language_of(context), context.config.flag("remind.deck_names")

    def write(is_private: bool) -> Message:
        return compose(due, language, is_test=is_test, with_deck=is_private or names_decks)

    return write


def moment_of(now: datetime) -> rows.Moment:
    """A moment as the store keeps it."""
    offset = now.utcoffset()
    return rows.Moment(int(now.timestamp() * 1000), int(offset.total_seconds() // 60) if offset else 0)


def tell(sentence: str) -> None:
    """Say something on stderr."""
    click.echo(clean(sentence), err=True)


@contextmanager
def explained() -> Iterator[None]:
    """A file that cannot be written, as one sentence."""
    try:
        yield
    except OSError as error:
        where = error.filename or "the disk"
        raise StudycardsError(f"{where} cannot be written ({error.strerror}): allow it, then try again.") from error
