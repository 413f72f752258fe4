"""When and how a person wants to be called, and what a scheduler is asked to run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from studycards.errors import UsageError

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = frozenset(range(7))
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person chose: the local hour, the weekdays (0 is Monday), the channels in order, the back end."""

    at: time
    days: frozenset[int]
    channels: tuple[str, ...]
    via: str

    def payload(self) -> dict[str, object]:
        """The plan as the store keeps it."""
        return {
            "at": self.at.isoformat(),
            "days": sorted(self.days),
            "channels": list(self.channels),
            "via": self.via,
        }


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a back end installs: `argv` at the hour on the days, with `environment`, its output kept in `log`.

    `day_start` is the hour at which the study day begins; `is_swallowed` says that a change of clocks removes this
    hour from some day of the coming year.
    """

    at: time
    days: frozenset[int]
    argv: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    log: Path
    day_start: int = 4
    is_swallowed: bool = False

    @property
    def last_hour(self) -> int:
        """The last clock hour in which the reminder may still come that day."""
        return closing_hour(self.at, self.day_start) - 1


def plan_from(payload: Mapping[str, object]) -> Plan:
    """The plan that `Plan.payload` gave. Raises ValueError or KeyError where it is none."""
    days, channels = payload["days"], payload["channels"]
    if not isinstance(days, list) or not isinstance(channels, list):
        raise ValueError("not a plan")
    at = time.fromisoformat(str(payload["at"]))
    return Plan(at, frozenset(int(day) for day in days), tuple(str(name) for name in channels), str(payload["via"]))


def parse_hour(text: str) -> time:
    """`HH:MM` as an hour of the day. Raises UsageError."""
    match = _HOUR.match(text.strip())
    if match is None:
        raise UsageError(f"{text!r} is no hour of the day: write it like 08:00 or 21:30.")
    return time(int(match[1]), int(match[2]))


def parse_days(text: str) -> frozenset[int]:
    """`mon-fri` or `mon,wed,sat` as weekdays, 0 is Monday; a range may run over the weekend. Raises UsageError."""
    days: set[int] = set()
    for part in text.lower().split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        begin = _day(first, text)
        end = _day(last, text) if dash else begin
        days |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return frozenset(days)


def _day(word: str, text: str) -> int:
    for number, name in enumerate(_FULL):
        if len(word) >= 3 and name.startswith(word):
            return number
    raise UsageError(f"{text!r} names no weekdays: write them like mon-fri or mon,wed,sat.")


_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_quiet(text: str) -> tuple[time, time] | None:
    """`22:00-07:00` as two hours; None for an empty text. Raises UsageError."""
    if not text.strip():
        return None
    first, dash, last = text.partition("-")
    if not dash:
        raise UsageError(f'quiet under [remind] is {text!r}: write it like "22:00-07:00".')
    return parse_hour(first), parse_hour(last)


def is_quiet(moment: time, quiet: tuple[time, time] | None) -> bool:
    """Whether the hour lies in the quiet hours, which may run over midnight."""
    if quiet is None:
        return False
    first, last = quiet
    if first <= last:
        return first <= moment < last
    return moment >= first or moment < last


def runs(days: Iterable[int]) -> list[tuple[int, int]]:
    """Weekdays as runs of neighbours, first and last, in the order of the week."""
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def say_days(days: frozenset[int]) -> str:
    """Weekdays as `--days` takes them."""
    if days == EVERY_DAY:
        return "every day"
    return ",".join(_say_run(first, last) for first, last in runs(days))


def _say_run(first: int, last: int) -> str:
    if last - first < 2:
        return ",".join(DAY_NAMES[first : last + 1])
    return f"{DAY_NAMES[first]}-{DAY_NAMES[last]}"


def say_hour(at: time) -> str:
    """The hour as `HH:MM`, with seconds only where it has any."""
    return at.isoformat("seconds" if at.second else "minutes")


def closing_hour(at: time, day_start: int) -> int:
    """The clock hour at which that day's window ends: 24, or the day start where it comes first."""
    return day_start if at.hour < day_start else 24


def local(day: date, at: time, zone: tzinfo | None) -> datetime:
    """The instant (in UTC) of a wall-clock hour; one that a change of clocks removed lies as far behind the gap.

    `zone` None is the system's own zone.
    """
    wall = datetime.combine(day, at)
    return (wall if zone is None else wall.replace(tzinfo=zone)).astimezone(UTC)


def is_swallowed(day: date, at: time, zone: tzinfo | None) -> bool:
    """Whether a change of clocks removes this hour from the day."""
    seen = local(day, at, zone).astimezone(zone)
    return seen.replace(tzinfo=None) != datetime.combine(day, at)


def swallowed_in_a_year(today: date, at: time, zone: tzinfo | None) -> bool:
    """Whether any of the coming 366 days lacks this hour."""
    return any(is_swallowed(today + timedelta(days=n), at, zone) for n in range(367))
