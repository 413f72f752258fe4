"""The guard: at most one message a study day, at its time, and only when it helps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from studycards.errors import UsageError
from studycards.remind.guard import Act, Today, decide, study_day_called
from studycards.remind.plan import (
    EVERY_DAY,
    Plan,
    is_quiet,
    parse_days,
    parse_hour,
    parse_quiet,
    plan_from,
    say_days,
    swallowed_in_a_year,
)

SUNDAY = date(2026, 11, 22)
DAY = SUNDAY.toordinal()


def plan(at: str = "08:00", days: frozenset[int] = EVERY_DAY) -> Plan:
    return Plan(parse_hour(at), days, ("desktop",), "systemd")


def at(hour: str, day: date = SUNDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), UTC)


def today(hour: str = "08:00", **more: object) -> Today:
    fields: dict[str, object] = {
        "now": at(hour),
        "study_day": DAY,
        "outcome": "",
        "attempts": 0,
        "has_studied": False,
        "due": 3,
        **more,
    }
    return Today(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hour", "now", "called"),
    [
        ("08:00", "07:59:59", None),
        ("08:00", "08:00", DAY),
        ("08:00", "23:59:59", DAY),
        ("08:00", "00:00", None),
        ("23:30", "23:29", None),
        ("23:30", "23:30", DAY),
        ("23:30", "00:10", None),
        ("00:30", "00:29", None),
        ("00:30", "00:30", DAY - 1),
        ("00:30", "03:59", DAY - 1),
        ("00:30", "04:00", None),
        ("03:59", "03:59", DAY - 1),
        ("04:00", "04:00", DAY),
        ("04:00", "03:59", None),
    ],
)
def test_the_window_runs_from_the_hour_to_midnight_or_the_day_start(hour: str, now: str, called: int | None) -> None:
    assert study_day_called(plan(hour), at(now), 4, UTC) == called


def test_only_the_chosen_days_have_a_window() -> None:
    working = plan(days=parse_days("mon-fri"))

    called = [study_day_called(working, at("09:00", SUNDAY + timedelta(days=n)), 4, UTC) for n in range(8)]

    assert called == [None, DAY + 1, DAY + 2, DAY + 3, DAY + 4, DAY + 5, None, None]


def changes_of_clocks(zone: ZoneInfo) -> list[datetime]:
    """Two days before each change of a year."""
    noons = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(366)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    return [noons[n] - timedelta(days=2) for n in range(1, 366) if offsets[n] != offsets[n - 1]]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Europe/Helsinki", "America/Nuuk", "Africa/Cairo", "Australia/Lord_Howe"]
)
@pytest.mark.parametrize("half_hour", range(48))
def test_no_study_day_of_a_year_lacks_its_reminder_where_clocks_change(zone: str, half_hour: int) -> None:
    place = ZoneInfo(zone)
    wanted = plan(f"{half_hour // 2:02}:{half_hour % 2 * 30:02}")
    called = []
    for first in changes_of_clocks(place):
        half_hours = (first + timedelta(minutes=30 * n) for n in range(48 * 4))
        called.append({study_day_called(wanted, moment.astimezone(place), 4, place) for moment in half_hours} - {None})

    assert called
    assert all(max(days) - min(days) + 1 == len(days) >= 4 for days in called)


def test_an_hour_that_a_zone_jumps_over_is_known_beforehand() -> None:
    assert swallowed_in_a_year(SUNDAY, time(2, 30), ZoneInfo("Europe/Berlin"))
    assert not swallowed_in_a_year(SUNDAY, time(3, 30), ZoneInfo("Europe/Berlin"))
    assert swallowed_in_a_year(SUNDAY, time(3, 30), ZoneInfo("Europe/Helsinki"))
    assert swallowed_in_a_year(SUNDAY, time(23, 30), ZoneInfo("America/Nuuk"))
    assert not swallowed_in_a_year(SUNDAY, time(2, 30), UTC)


@pytest.mark.parametrize(
    ("known", "act"),
    [
        ({}, Act.SEND),
        ({"study_day": None}, Act.QUIET),
        ({"outcome": "sent", "attempts": 1}, Act.QUIET),
        ({"outcome": "studied"}, Act.QUIET),
        ({"outcome": "nothing due"}, Act.QUIET),
        ({"outcome": "skipped"}, Act.QUIET),
        ({"outcome": "sending", "attempts": 1}, Act.QUIET),
        ({"outcome": "failed", "attempts": 1}, Act.SEND),
        ({"outcome": "failed", "attempts": 2}, Act.SEND),
        ({"outcome": "failed", "attempts": 3}, Act.QUIET),
        ({"has_studied": True}, Act.STUDIED),
        ({"has_studied": True, "due": 0}, Act.STUDIED),
        ({"due": 0}, Act.NOTHING_DUE),
        ({"outcome": "failed", "attempts": 1, "due": 0}, Act.NOTHING_DUE),
        ({"outcome": "sent", "due": 0, "has_studied": True}, Act.QUIET),
    ],
)
def test_the_first_rule_that_applies_decides(known: dict[str, object], act: Act) -> None:
    decision = decide(plan(), today(**known), None, None)

    assert decision.act is act
    assert bool(decision.why) == (act is not Act.SEND)


@pytest.mark.parametrize(
    ("seconds", "act"), [(-1, Act.QUIET), (0, Act.TEST), (89, Act.TEST), (90, Act.QUIET), (86400, Act.QUIET)]
)
def test_a_test_asked_for_within_90_seconds_is_sent_whatever_else_holds(seconds: int, act: Act) -> None:
    done = today("03:00", study_day=None, outcome="sent", due=0, has_studied=True)

    assert decide(plan(), done, parse_quiet("02:00-05:00"), done.now - timedelta(seconds=seconds)).act is act


@pytest.mark.parametrize(
    ("quiet", "hour", "is_silent"),
    [
        ("22:00-07:00", "21:59", False),
        ("22:00-07:00", "22:00", True),
        ("22:00-07:00", "00:00", True),
        ("22:00-07:00", "07:00", False),
        ("12:00-13:00", "12:30", True),
        ("12:00-13:00", "13:00", False),
        ("", "03:00", False),
    ],
)
def test_quiet_hours_may_run_over_midnight(quiet: str, hour: str, is_silent: bool) -> None:
    assert is_quiet(time.fromisoformat(hour), parse_quiet(quiet)) is is_silent
    assert (decide(plan(), today(hour), parse_quiet(quiet), None).act is Act.QUIET) is is_silent


@pytest.mark.parametrize(
    ("text", "days", "said"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}, "mon-fri"),
        ("Mon, wed,SAT", {0, 2, 5}, "mon,wed,sat"),
        ("fri-mon", {0, 4, 5, 6}, "mon,fri-sun"),
        ("sunday", {6}, "sun"),
        ("sat-sun", {5, 6}, "sat,sun"),
        ("mon-sun", set(range(7)), "every day"),
    ],
)
def test_days_are_read_and_said_as_people_write_them(text: str, days: set[int], said: str) -> None:
    assert parse_days(text) == days
    assert say_days(parse_days(text)) == said
    assert said == "every day" or parse_days(said) == days


@pytest.mark.parametrize("text", ["", "mo", "x", "mon-", "-fri", "mon;tue", "1-5", "everyday"])
def test_what_names_no_days_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="mon-fri"):
        parse_days(text)


@pytest.mark.parametrize("text", ["", "8", "24:00", "08:60", "8.30", "08:00:00", "-1:00", "０８:00", "08:00\n00"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="08:00"):
        parse_hour(text)


def test_a_plan_survives_the_store() -> None:
    kept = Plan(time(8, 0, 7), frozenset({0, 3}), ("desktop", "file"), "cron")

    assert plan_from(kept.payload()) == kept
