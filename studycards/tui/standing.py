"""What home says beside the cards: the next reminder, how old the backup is, whether a sitting was broken off."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from studycards import backup
from studycards.language import count, say, weekday
from studycards.remind.plan import local, plan_from
from studycards.session.due import Due
from studycards.store import plans, reminder
from studycards.store.opening import path_of


def next_reminder(db: Database, now: datetime, today: int) -> str:
    """`next reminder Mon 08:00`; empty where none is set."""
    payload = reminder.load_plan(db)
    if payload is None:
        return ""
    try:
        plan = plan_from(payload)
    except (KeyError, ValueError):
        return ""
    back = plans.back_on(db, today) or 0
    for n in range(372):
        day = now.date() + timedelta(days=n)
        moment = local(day, plan.at, now.tzinfo).astimezone(now.tzinfo)
        if day.weekday() in plan.days and moment > now and day.toordinal() >= back:
            return say("next reminder {day} {time}", day=weekday(day), time=f"{plan.at:%H:%M}")
    return ""


def backup_age(db: Database, now: datetime) -> str:
    """`backup 12 min ago`; empty where there is none yet."""
    made = backup.listing(path_of(db))
    if not made:
        return ""
    minutes = max(0, round((now - made[0].made).total_seconds() / 60))
    if minutes < 60:
        return count("backup {n} min ago", "backup {n} min ago", minutes)
    if minutes < 48 * 60:
        return count("backup {n} h ago", "backup {n} h ago", round(minutes / 60))
    return count("backup {n} day ago", "backup {n} days ago", round(minutes / 1440))


def unfinished(due: Due) -> str:
    """`Continue? 17 left from today: Enter`, where today's cards were begun and not ended."""
    if not (due.answered and due.total):
        return ""
    return count("Continue? {n} left from today: Enter", "Continue? {n} left from today: Enter", due.total)
