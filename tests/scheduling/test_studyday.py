"""The study day against the slow way, over clock changes and travel; the full counts run in tests/soak."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from studycards.scheduling.studyday import day_begins, study_day, study_day_of
from tests.scheduling.days import ZONES, by_hand, moments, wrong_beginnings


def test_the_study_day_is_the_local_date_less_the_day_start() -> None:
    wrong = [
        (instant, zone.key, start)
        for instant, zone, start in moments(20_000)
        if study_day(instant.astimezone(zone), start) != by_hand(instant, zone, start)
    ]

    assert wrong == []


def test_what_is_stored_of_a_moment_gives_its_study_day_whatever_the_zone_does_later() -> None:
    for instant, zone, start in moments(5_000):
        local = instant.astimezone(zone)
        ms, offset = int(instant.timestamp()) * 1000, (local.utcoffset() or timedelta()) // timedelta(minutes=1)

        assert study_day_of(ms, offset, start) == study_day(local, start)


@pytest.mark.parametrize("name", ZONES)
def test_a_day_begins_at_the_first_moment_that_belongs_to_it(name: str) -> None:
    assert wrong_beginnings(name, changes=4) == []


def test_days_of_23_24_and_a_half_and_25_hours_have_their_length() -> None:
    def hours(year: int, month: int, day: int, zone: str) -> float:
        number = date(year, month, day).toordinal()
        begins = [day_begins(n, 0, ZoneInfo(zone)) for n in (number, number + 1)]
        return (begins[1] - begins[0]) / timedelta(hours=1)

    assert hours(2026, 3, 29, "Europe/Berlin") == 23
    assert hours(2026, 10, 25, "Europe/Berlin") == 25
    assert hours(2026, 4, 5, "Australia/Lord_Howe") == 24.5


def test_a_day_that_the_zone_skips_begins_with_the_next_one() -> None:
    apia = ZoneInfo("Pacific/Apia")
    skipped = date(2011, 12, 30).toordinal()

    assert day_begins(skipped, 0, apia) == day_begins(skipped + 1, 0, apia)


def test_the_zone_of_the_system_is_looked_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Havana")
    time.tzset()
    try:
        begins = day_begins(date(2026, 3, 8).toordinal(), 0, None)
    finally:
        monkeypatch.undo()
        time.tzset()

    assert begins == datetime(2026, 3, 8, 5, 0, tzinfo=UTC)


def test_an_evening_and_the_night_after_it_are_one_study_day() -> None:
    evening = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    days = [study_day(evening + timedelta(hours=h), 4) - study_day(evening, 4) for h in (0, 4, 4.5)]

    assert days == [0, 0, 1]


def test_crossing_the_date_line_repeats_a_date_westward_and_skips_one_eastward() -> None:
    honolulu, tokyo = timezone(timedelta(hours=-10)), timezone(timedelta(hours=9))
    before = datetime(2026, 5, 2, 20, tzinfo=tokyo)

    assert study_day((before + timedelta(hours=8)).astimezone(honolulu), 4) - study_day(before, 4) == 0
    leaving = datetime(2026, 5, 2, 23, tzinfo=honolulu)
    assert study_day((leaving + timedelta(hours=19)).astimezone(tokyo), 4) - study_day(leaving, 4) == 2
