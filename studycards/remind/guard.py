"""Whether a call of the scheduler becomes a message: at most one a study day, and only when it helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from studycards.remind.plan import Plan, closing_hour, is_quiet, local, say_days, say_hour

ATTEMPTS = 3
TEST_SECONDS = 90
_DONE = {
    "sent": "today's reminder has been sent",
    "studied": "you had studied already when it was time",
    "nothing due": "nothing was due when it was time",
    "skipped": "it was set after its hour today",
    "sending": "an earlier run was cut off while it was sending; it is not sent twice",
}


class Act(StrEnum):
    """What to do now. STUDIED and NOTHING_DUE are written down as the day's outcome, QUIET is not."""

    TEST = "test"
    QUIET = "quiet"
    STUDIED = "studied"
    NOTHING_DUE = "nothing due"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, and why, as half a sentence."""

    act: Act
    why: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """What is known of the day when the scheduler calls.

    `study_day` is the one that `study_day_called` gave (None: outside the window); `outcome` and `attempts` are its
    row's (empty and 0: none yet); `due` counts what `studycards due` would say; `is_away`: a break holds.
    """

    now: datetime
    study_day: int | None
    outcome: str
    attempts: int
    has_studied: bool
    due: int
    is_away: bool = False


def study_day_called(plan: Plan, now: datetime, day_start: int, zone: tzinfo | None) -> int | None:
    """The study day whose reminder may come now, None outside every window.

    A window runs from the hour to the next midnight or day start, whichever comes first. Where a change of clocks
    removes the hour and all of its window, the window is the hour behind the gap, and it still belongs to the study
    day of the hour as written. `zone` None is the system's own.
    """
    wall = now.astimezone(zone)
    for day in (wall.date(), wall.date() - timedelta(days=1)):
        if day.weekday() in plan.days:
            begin, end = _window(day, plan.at, day_start, zone)
            if begin <= now < end:
                return day.toordinal() - (plan.at.hour < day_start)
    return None


def _window(day: date, at: time, day_start: int, zone: tzinfo | None) -> tuple[datetime, datetime]:
    hour = closing_hour(at, day_start)
    last = day + timedelta(days=hour == 24)
    begin, end = local(day, at, zone), local(last, time(hour % 24), zone)
    if end <= begin:
        end = begin + timedelta(hours=1)
    return begin, end


def decide(plan: Plan, today: Today, quiet: tuple[time, time] | None, test_asked: datetime | None) -> Decision:
    """What to do, by the first rule that applies."""
    if test_asked is not None and timedelta() <= today.now - test_asked < timedelta(seconds=TEST_SECONDS):
        return Decision(Act.TEST)
    if today.study_day is None:
        return Decision(Act.QUIET, f"it is not the time: {say_hour(plan.at)}, {say_days(plan.days)}")
    if is_quiet(today.now.timetz().replace(tzinfo=None), quiet):
        return Decision(Act.QUIET, "these are your quiet hours")
    if today.is_away:
        return Decision(Act.QUIET, "you are on a break; `studycards undo` ends it")
    if today.outcome in _DONE:
        return Decision(Act.QUIET, _DONE[today.outcome])
    if today.attempts >= ATTEMPTS:
        return Decision(Act.QUIET, f"sending failed {ATTEMPTS} times today")
    if today.has_studied:
        return Decision(Act.STUDIED, "you have studied today")
    if today.due < 1:
        return Decision(Act.NOTHING_DUE, "nothing is due")
    return Decision(Act.SEND)
