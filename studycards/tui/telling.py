"""What home says of the day, in sentences for both of its faces."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from studycards.language import count, day, say
from studycards.scheduling.studyday import study_day
from studycards.session.due import Due
from studycards.store import overview
from studycards.tui import lines, standing


def today(due: Due, now: datetime, day_start: int, *, has_cards: bool) -> str:
    """What today costs in cards and minutes, or what to do where there is nothing."""
    if not has_cards:
        return say("There are no cards yet: `studycards generate NOTES --into decks` makes them from your notes.")
    if not due.total:
        return _done(due, now, day_start)
    spent = max(1, round(due.minutes))
    cards = count(
        "Today {n} card, about {minutes} min", "Today {n} cards, about {minutes} min", due.total, minutes=spent
    )
    return f"{cards}    {lines.kinds(due.new, due.review, due.learning)}"


def _done(due: Due, now: datetime, day_start: int) -> str:
    if due.next_due is None:
        return say("Nothing is due.")
    moment = due.next_due.astimezone(now.tzinfo)
    if study_day(moment, day_start) == due.study_day:
        return say("Nothing is due until {time}.", time=f"{moment:%H:%M}")
    return say("Nothing is due until {day}.", day=day(moment.date()))


def week(db: Database, due: Due, now: datetime) -> str:
    """Days answered, answers today, cards without a text, the next reminder, the last backup."""
    told = [
        say("{n} of 7 days", n=overview.days_answered(db, due.study_day)),
        count("{n} answered today", "{n} answered today", due.answered),
    ]
    gone = overview.orphaned(db)
    if gone:
        told.append(count("{n} card lost its text", "{n} cards lost their text", gone))
    told += [standing.next_reminder(db, now, due.study_day), standing.backup_age(db, now)]
    return "    ".join(word for word in told if word)


def older(due: Due) -> str:
    """That more is due than the day has room for; empty where it is not."""
    return say("Older cards wait beyond today's limit; nothing is lost. k catch-up") if due.backlog else ""


def inbox(waiting: int) -> str:
    """How many proposals wait; empty for none."""
    if not waiting:
        return ""
    return count(
        "Inbox {n} proposal waits, about {minutes} min",
        "Inbox {n} proposals wait, about {minutes} min",
        waiting,
        minutes=max(1, round(waiting / 6)),
    )
