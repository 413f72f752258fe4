"""A calendar program of the machine takes the event: khal, from an empty home."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from studycards.remind import ics
from studycards.remind.plan import EVERY_DAY, Plan, parse_days

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TODAY = NOW.date()
SETTINGS = """[calendars]
[[mine]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}.db
"""


@pytest.mark.parametrize(
    ("days", "shown"), [(EVERY_DAY, [0, 1, 2, 3, 4, 5, 6]), (parse_days("mon,wed"), [0, 2]), (parse_days("sun"), [6])]
)
def test_khal_shows_it_on_each_chosen_day_and_twice_imported_once(
    tmp_path: Path, days: frozenset[int], shown: list[int]
) -> None:
    if shutil.which("khal") is None:
        pytest.skip("needs khal")
    (tmp_path / "calendar").mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(SETTINGS.format(folder=tmp_path / "calendar"))
    event = tmp_path / "reminder.ics"
    event.write_bytes(ics.event(Plan(time(8, 10), days, ("desktop",), "cron"), NOW, "复习卡片：studycards"))

    for _ in range(2):
        khal(tmp_path, config, "import", "--batch", "-a", "mine", str(event))
    listed = khal(
        tmp_path, config, "list", "--format", "{start-date} {start-time} {title}", "--day-format", "", str(TODAY), "7d"
    )

    lines = [line for line in listed.splitlines() if line]
    assert [line[:16] for line in lines] == [f"{TODAY + timedelta(n)} 08:10" for n in shown]
    assert all("复习" in line for line in lines)


def khal(home: Path, config: Path, *words: str) -> str:
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}
    done = subprocess.run(
        ["khal", "-c", str(config), *words], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout
