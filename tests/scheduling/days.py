"""A study day worked out the slow way, in zones where clocks do odd things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

ZONES = (
    *("UTC", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Sao_Paulo"),
    *("America/Havana", "Africa/Casablanca", "Africa/Cairo", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu"),
    *("Asia/Shanghai", "Asia/Gaza", "Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Chatham"),
    *("Pacific/Apia", "Pacific/Kiritimati", "Antarctica/Troll"),
)
QUARTER = timedelta(minutes=15)


def by_hand(instant: datetime, zone: ZoneInfo, day_start: int) -> int:
    """The day number of the wall clock, set back by the day start."""
    wall = instant.astimezone(zone).replace(tzinfo=None)
    return (wall - timedelta(hours=day_start)).date().toordinal()


def moments(count: int, seed: int = 7) -> Iterator[tuple[datetime, ZoneInfo, int]]:
    """Instants of 2000 to 2040 with a zone and a day start; half of them within two days of a clock change."""
    rng = Random(seed)
    zones = [ZoneInfo(name) for name in ZONES]
    for number in range(count):
        zone = zones[number % len(zones)]
        changes = clock_changes(zone.key)
        if changes and rng.random() < 0.5:
            instant = rng.choice(changes) + timedelta(seconds=rng.randint(-172_800, 172_800))
        else:
            instant = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=rng.randint(0, 41 * 31_556_952))
        yield instant, zone, rng.randint(0, 23)


@cache
def clock_changes(name: str) -> tuple[datetime, ...]:
    """The quarter hours from 2000 to 2040 at which a zone's offset is another than before."""
    zone, changes = ZoneInfo(name), []
    day, last = timedelta(days=1), datetime(2041, 1, 1, tzinfo=UTC)
    start = datetime(2000, 1, 1, tzinfo=UTC)
    while start < last:
        if start.astimezone(zone).utcoffset() != (start + day).astimezone(zone).utcoffset():
            quarters = [start + n * QUARTER for n in range(97)]
            offsets = [q.astimezone(zone).utcoffset() for q in quarters]
            changes += [q for q, a, b in zip(quarters[1:], offsets, offsets[1:], strict=False) if a != b]
        start += day
    return tuple(changes)


def quarters_around(change: datetime, zone: ZoneInfo) -> list[tuple[datetime, int]]:
    """Every quarter hour from three days before to three days after, with the hours its wall clock has counted."""
    moments = [change + n * QUARTER for n in range(-288, 289)]
    walls = [m.astimezone(zone) for m in moments]
    return [(m, wall.toordinal() * 24 + wall.hour) for m, wall in zip(moments, walls, strict=True)]


def wrong_beginnings(name: str, changes: int | None = None) -> list[tuple[str, int, int]]:
    """Days around a zone's clock changes (the last few of them) whose beginning is not their first second."""
    from studycards.scheduling.studyday import day_begins, study_day

    zone, wrong = ZoneInfo(name), []
    for change in clock_changes(name)[-changes if changes else 0 :]:
        counted = quarters_around(change, zone)
        middle = change.astimezone(zone).toordinal()
        for day in (middle - 1, middle, middle + 1):
            for start in range(24):
                quarter = next(moment for moment, hours in counted if hours >= day * 24 + start)
                first = day_begins(day, start, zone)
                before = (first - timedelta(seconds=1)).astimezone(zone)
                is_first = study_day(first.astimezone(zone), start) >= day > study_day(before, start)
                if not (is_first and quarter - QUARTER < first <= quarter):
                    wrong.append((name, day, start))
    return wrong
