"""A private systemd user manager really fires the reminder, hands on odd arguments, and is left without a trace."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from remind_stubs import Stubs, daily, everything_under
from test_remind_quoting import AWKWARD

from studycards.errors import StudycardsError
from studycards.remind import entry
from studycards.remind.machine import Machine
from studycards.remind.plan import EVERY_DAY, Plan, Reminder, parse_days
from studycards.remind.quoting import systemd_command, systemd_variable
from studycards.remind.systemd import SERVICE, TIMER, UNIT, Systemd, calendar
from studycards.store.opening import open_store
from studycards.store.reminder import save_plan

MANAGER = Path("/lib/systemd/systemd")
BOOTED = Path("/run/systemd/system")


def wait_for(what: Callable[[], object], seconds: float = 8) -> bool:
    """Look every 20 ms until it is so."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def manager(home: Path, stubs: Stubs, tmp_path: Path) -> Iterator[Machine]:
    """A user manager of its own, in a home of its own."""
    if not MANAGER.exists() or shutil.which("systemctl") is None:
        pytest.skip("needs systemd")
    if os.getuid() != 0:
        pytest.skip("another user than root needs a delegated cgroup")
    was_booted = BOOTED.exists()
    BOOTED.mkdir(parents=True, exist_ok=True)
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    stubs.make("notify-send")
    path = f"{stubs.folder}:/usr/bin:/bin"
    environment = {"HOME": str(home), "USER": "root", "PATH": path, "XDG_RUNTIME_DIR": str(runtime)}
    argv = [str(MANAGER), "--user", "--log-target=null"]
    process = subprocess.Popen(argv, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    made = Machine("linux", home, 0, environment, home / ".local/state/studycards", ())
    try:
        if not wait_for(lambda: made.run("systemctl", "--user", "is-system-running").out.strip() == b"running"):
            pytest.skip("no user manager starts here")
        made.run("systemctl", "--user", "set-environment", f"PATH={path}")
        yield made
    finally:
        made.run("systemctl", "--user", "exit")
        process.wait(10)
        if not was_booted:
            BOOTED.rmdir()


@pytest.fixture
def db(home: Path) -> Path:
    """A store with one new card and a plan that holds every hour of the day."""
    config = home / ".config/studycards/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[review]\nday_start = 0\n")
    path = home / "cards.db"
    database = open_store(path, device="test", now_ms=0)
    database.conn.execute(
        "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position, first_seen_ms,"
        " changed_ms) VALUES ('a', 'a', 'basic', 'Q', 'A', '历史::古埃及', 'x.md', 1, 2, 'q', 1, 0, 0)"
    )
    save_plan(database, Plan(datetime.min.time(), EVERY_DAY, ("desktop",), "systemd").payload())
    database.close()
    return path


def rows(db: Path) -> list[tuple[str, int]]:
    """Outcome and attempts of every day."""
    connection = sqlite3.connect(db)
    try:
        return connection.execute("SELECT outcome, attempts FROM reminder").fetchall()
    finally:
        connection.close()


def real(home: Path, db: Path, seconds: float) -> Reminder:
    """The reminder as the command installs it, some seconds from now."""
    moment = datetime.now().astimezone() + timedelta(seconds=seconds)
    return Reminder(
        at=moment.time().replace(microsecond=0),
        days=EVERY_DAY,
        argv=entry.argv(sys.executable, "linux"),
        environment=(("STUDYCARDS_DB", str(db)), ("LANG", "zh_CN.UTF-8")),
        log=home / "remind.log",
    )


def test_a_timer_seconds_away_fires_once_and_off_leaves_no_trace(
    manager: Machine, db: Path, stubs: Stubs, home: Path
) -> None:
    backend, before = Systemd(manager), everything_under(home)
    reminder = real(home, db, 3)

    assert backend.available()
    backend.install(reminder)
    following = backend.next_run(datetime.now().astimezone())
    fired = wait_for(lambda: rows(db) == [("sent", 1)])
    calls = [call for call in stubs.calls() if call.startswith("notify-send")]
    backend.run_now(lambda seconds: wait_for(lambda: b"inactive" in show(manager, SERVICE)))
    again = [call for call in stubs.calls() if call.startswith("notify-send")]
    backend.remove()

    assert following is not None
    assert following.time() == reminder.at
    assert fired
    assert calls == ["notify-send -a studycards -- 1 张卡片到期，约 1 分钟 先复习：历史::古埃及"]
    assert again == []
    assert json.loads(manager.run("systemctl", "--user", "list-timers", "--all", "--output=json", f"{UNIT}*").out) == []
    assert {path for path in everything_under(home) if not path.startswith("cards.")} == {
        path for path in before if not path.startswith("cards.")
    }


def show(manager: Machine, unit: str) -> bytes:
    return manager.run("systemctl", "--user", "show", "-p", "ActiveState", unit).out


def test_another_hour_takes_hold_at_once(manager: Machine, db: Path, home: Path) -> None:
    backend = Systemd(manager)
    backend.install(real(home, db, 3600))

    backend.install(real(home, db, 2))

    assert wait_for(lambda: rows(db) == [("sent", 1)])
    backend.remove()


def test_missed_while_off_it_comes_once_at_the_next_start(manager: Machine, db: Path, stubs: Stubs, home: Path) -> None:
    backend = Systemd(manager)
    backend.install(real(home, db, -3600))
    stamp = next((home / ".local/share/systemd/timers").iterdir())
    assert rows(db) == []
    two_days_ago = time.time() - 2 * 86400

    manager.run("systemctl", "--user", "stop", TIMER)
    os.utime(stamp, (two_days_ago, two_days_ago))
    manager.run("systemctl", "--user", "start", TIMER)
    caught_up = wait_for(lambda: rows(db) == [("sent", 1)])
    manager.run("systemctl", "--user", "restart", TIMER)
    wait_for(lambda: b"inactive" in show(manager, SERVICE))
    backend.remove()

    assert caught_up
    assert len([call for call in stubs.calls() if call.startswith("notify-send")]) == 1


def test_two_hundred_odd_argvs_and_variables_arrive_as_they_were(manager: Machine, home: Path) -> None:
    cases: list[tuple[str, list[str], str]] = []
    word = st.text(st.sampled_from(AWKWARD), min_size=1, max_size=12)

    @settings(max_examples=200, database=None, derandomize=True)
    @given(word, st.lists(word, max_size=4), word)
    def collect(folder: str, argv: list[str], value: str) -> None:
        cases.append((folder.replace("/", "-"), argv, value))

    collect()
    heard = home / "heard"
    lines = []
    for number, (folder, argv, value) in enumerate(cases):
        program = home / f"{number} {folder}" / "program"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nprintf "%s\\0" "$V{number}" "$@" END >>"{heard}"\n')
        program.chmod(0o755)
        command = systemd_command((str(program), *argv))
        lines += [f"Environment={systemd_variable(f'V{number}', value)}", f"ExecStart={command}"]
    units = home / ".config/systemd/user"
    units.mkdir(parents=True)
    (units / "odd.service").write_text("[Service]\nType=oneshot\n" + "\n".join(lines) + "\n")

    manager.run("systemctl", "--user", "daemon-reload")
    done = manager.run("systemctl", "--user", "start", "odd.service")

    assert done.code == 0, done.err
    expected = [part for _, argv, value in cases for part in (value, *argv, "END")]
    assert heard.read_bytes().decode().split("\0")[:-1] == expected


def test_systemd_has_no_complaint_about_the_units_of_any_hour(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    environment = {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    machine = Machine("linux", tmp_path, 0, environment, tmp_path, ())
    reminder = replace(
        daily(tmp_path, days=parse_days("mon,wed-fri"), environment=(("A", 'x "y" %h $HOME \\ é'),)),
        argv=(sys.executable, "-P", "a $b %c"),
    )
    (tmp_path / "systemd/user").mkdir(parents=True)
    for path, data in Systemd(machine).draft(reminder).files:
        path.write_bytes(data)
        ran = machine.run("systemd-analyze", "--user", "--man=no", "verify", str(path))
        assert (ran.code, ran.err, ran.out) == (0, b"", b"")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Helsinki", "America/Nuuk"])
def test_systemd_finds_a_start_on_every_day_of_the_spring_change(zone: str, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    machine = Machine("linux", tmp_path, 0, {"PATH": os.environ["PATH"], "TZ": zone}, tmp_path, ())
    for half_hour in range(48):
        at = (datetime.min + timedelta(minutes=30 * half_hour)).time()
        lines = calendar(daily(tmp_path, at, is_swallowed=True))
        ran = machine.run("systemd-analyze", "calendar", "--base-time=2026-03-26 00:00:00", "--iterations=5", *lines)
        days = set(re.findall(r"(?:Next elapse|Iter\. #\d|Iteration #\d): \S+ (\S+)", ran.out.decode()))
        assert {"2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30"} <= days, (at, ran.out.decode())


def test_what_the_manager_refuses_is_not_left_installed(manager: Machine, home: Path) -> None:
    before = everything_under(home)

    with pytest.raises(StudycardsError, match="nothing is left of it"):
        Systemd(manager).install(daily(home))

    assert everything_under(home) == before
