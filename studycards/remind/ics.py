"""The reminder as an event for a calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from studycards.remind.plan import EVERY_DAY, Plan

UID = "daily-reminder@studycards"
_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WIDTH = 75


def event(plan: Plan, now: datetime, summary: str) -> bytes:
    """A calendar with one repeating event of ten minutes, in floating local time, with an alarm.

    The same plan always gives the same UID, so importing it again changes the event instead of adding one.
    """
    first = now.date()
    while first.weekday() not in plan.days:
        first += timedelta(days=1)
    begin = datetime.combine(first, plan.at)
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//studycards//reminder//EN",
        "BEGIN:VEVENT",
        f"UID:{UID}",
        f"DTSTAMP:{stamp}",
        f"DTSTART:{begin:%Y%m%dT%H%M%S}",
        "DURATION:PT10M",
        f"RRULE:{_rule(plan.days)}",
        f"SUMMARY:{_escape(summary)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escape(summary)}",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(fold(line) for line in lines)


def fold(line: str) -> bytes:
    """A content line ended by CRLF, folded at 75 octets, no character cut."""
    folded, width = bytearray(), 0
    for letter in line:
        octets = letter.encode()
        if width + len(octets) > _WIDTH:
            folded += b"\r\n "
            width = 1
        folded += octets
        width += len(octets)
    return bytes(folded + b"\r\n")


def _rule(days: frozenset[int]) -> str:
    if days == EVERY_DAY:
        return "FREQ=DAILY"
    return "FREQ=WEEKLY;BYDAY=" + ",".join(_NAMES[day] for day in sorted(days))


def _escape(text: str) -> str:
    for raw, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(raw, written)
    return text
