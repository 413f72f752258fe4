"""The study day: the local calendar day, shifted by the hour at which it begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def study_day(moment: datetime, day_start: int) -> int:
    """The number of the study day (proleptic ordinal) that an aware moment falls on, by its own wall clock."""
    return moment.toordinal() - (moment.hour < day_start)


def study_day_of(utc_ms: int, offset_min: int, day_start: int) -> int:
    """The same from UTC milliseconds and the offset in force at that moment, as they are stored."""
    return 719_163 + (utc_ms + (offset_min * 60 - day_start * 3600) * 1000) // 86_400_000


def day_begins(day: int, day_start: int, zone: tzinfo | None) -> datetime:
    """The first instant (in UTC) of a study day in a zone; None is the zone of the system.

    Looked up in the zone, so that days of 23, 24.5 or 25 hours come out right. A day that the zone skips begins when
    the next one does.
    """
    wall = datetime.combine(date.fromordinal(day), time(day_start))
    late, early = _instant(wall, zone), _instant(wall.replace(fold=1), zone)
    if early >= late:
        return late
    return _first_within(early, late, day, day_start, zone)


def _instant(wall: datetime, zone: tzinfo | None) -> datetime:
    """The moment of a wall time; one that the clock jumps over is read with the offset before (fold 1: after) it."""
    if zone is None:  # the naive form's own astimezone() reads both folds of a jump alike
        return datetime.fromtimestamp(wall.timestamp(), UTC)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _first_within(early: datetime, late: datetime, day: int, day_start: int, zone: tzinfo | None) -> datetime:
    """The second, between the two readings of a wall time that the clock jumps over, at which the day begins."""
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if study_day(middle.astimezone(zone), day_start) >= day:
            late = middle
        else:
            early = middle
    return late
