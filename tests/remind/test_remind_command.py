"""`studycards remind …` as a person and as a scheduler call it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import icalendar
import pytest
from remind_stubs import Run, Stubs, everything_under

from studycards.store.opening import open_store

MORNING = "2026-11-22T07:00:00+00:00"
EIGHT = "2026-11-22T08:00:00+00:00"
NOON = "2026-11-22T12:00:00+00:00"


@pytest.fixture
def db(home: Path) -> Path:
    """The usual store with three new cards."""
    path = home / ".local/share/studycards/studycards.db"
    database = open_store(path, device="test", now_ms=0)
    for name in "abc":
        database.conn.execute(
            "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position,"
            " first_seen_ms, changed_ms) VALUES (:n, :n, 'basic', 'Q', 'A', '历史::R&D <1>', 'x.md', 1, 2, :n, 1,"
            " 0, 0)",
            {"n": name},
        )
    database.close()
    return path


def ask(db: Path, statement: str) -> list[tuple[object, ...]]:
    """Rows of the store."""
    connection = sqlite3.connect(db)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def outcomes(db: Path) -> list[tuple[object, ...]]:
    """What became of every day."""
    return ask(db, "SELECT outcome, channel, attempts FROM reminder")


def shown(stubs: Stubs) -> list[str]:
    """The messages that were shown."""
    return [call for call in stubs.calls() if call.startswith("notify-send")]


def beside_the_store(home: Path) -> dict[str, bytes | None]:
    """Every file and folder but those of the store."""
    return {path: data for path, data in everything_under(home).items() if not path.startswith(".local/share/study")}


def settings(home: Path, text: str) -> None:
    """The person's config."""
    path = home / ".config/studycards/config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def at_eight(run: Run, stubs: Stubs, db: Path) -> Path:
    """A reminder for eight o'clock with cron, set an hour before."""
    stubs.make("crontab", "notify-send")
    done = run("remind", "at", "08:00", STUDYCARDS_NOW=MORNING)
    assert done.returncode == 0, done.stderr
    stubs.calls()
    return db


def test_the_day_of_a_reminder(run: Run, at_eight: Path, stubs: Stubs) -> None:
    early = run("remind", "now", STUDYCARDS_NOW=MORNING)
    sent = run("remind", "now", STUDYCARDS_NOW=EIGHT)
    later = run("remind", "now", STUDYCARDS_NOW=NOON)
    tomorrow = run("remind", "now", STUDYCARDS_NOW="2026-11-23T08:30:00+00:00")

    assert [done.returncode for done in (early, sent, later, tomorrow)] == [0, 0, 0, 0]
    assert early.stderr == later.stderr == ""
    assert sent.stderr == "2026-11-22 08:00 sent: desktop: notify-send\n"
    assert outcomes(at_eight) == [("sent", "desktop", 1), ("sent", "desktop", 1)]
    assert shown(stubs) == ["notify-send -a studycards -- 3 cards due, about 1 minute First: 历史::R＆D ＜1＞"] * 2


def test_twenty_calls_at_once_send_one_message(start: Run, at_eight: Path, stubs: Stubs) -> None:
    with ThreadPoolExecutor(20) as pool:
        done = list(pool.map(lambda _: start("remind", "now", STUDYCARDS_NOW=EIGHT), range(20)))

    assert [each.returncode for each in done] == [0] * 20
    assert len(shown(stubs)) == 1
    assert outcomes(at_eight) == [("sent", "desktop", 1)]


def test_after_a_review_it_stays_quiet(run: Run, at_eight: Path, stubs: Stubs) -> None:
    connection = sqlite3.connect(at_eight)
    connection.execute("INSERT INTO settings (id, model, payload, since_ms) VALUES (7, 'fsrs', '{}', 0)")
    connection.execute(
        "INSERT INTO reviews VALUES ('d', 1, 'a', 3, 'review', NULL, 1795330800000, NULL, 0, 4, 739942, 900, 7, NULL,"
        " 1, 1.0, 5.0)"
    )
    connection.commit()
    connection.close()

    run("remind", "now", STUDYCARDS_NOW=EIGHT)

    assert shown(stubs) == []
    assert outcomes(at_eight) == [("studied", "", 0)]


def test_with_nothing_due_it_stays_quiet(run: Run, at_eight: Path, stubs: Stubs, home: Path) -> None:
    settings(home, "[review]\nnew_per_day = 0\n")

    run("remind", "now", STUDYCARDS_NOW=EIGHT)

    assert shown(stubs) == []
    assert outcomes(at_eight) == [("nothing due", "", 0)]


def test_during_a_break_it_stays_quiet_and_afterwards_it_comes_again(run: Run, at_eight: Path, stubs: Stubs) -> None:
    assert run("break", "3", "--yes", STUDYCARDS_NOW=MORNING).returncode == 0

    during = run("remind", "now", STUDYCARDS_NOW=EIGHT)
    back = run("remind", "now", STUDYCARDS_NOW="2026-11-25T08:00:00+00:00")

    assert (during.returncode, during.stderr) == (0, "")
    assert "sent" in back.stderr
    assert len(shown(stubs)) == 1


def test_in_quiet_hours_it_waits_for_their_end(run: Run, at_eight: Path, stubs: Stubs, home: Path) -> None:
    settings(home, '[remind]\nquiet = "07:30-09:00"\n')

    run("remind", "now", STUDYCARDS_NOW=EIGHT)
    quiet = outcomes(at_eight)
    run("remind", "now", STUDYCARDS_NOW=NOON)

    assert quiet == []
    assert outcomes(at_eight) == [("sent", "desktop", 1)]


def test_what_reached_nobody_is_tried_three_times_a_day(run: Run, at_eight: Path, stubs: Stubs) -> None:
    stubs.make("notify-send", failing="notify-send*")

    tries = [run("remind", "now", STUDYCARDS_NOW=f"2026-11-22T{hour:02}:00:00+00:00") for hour in range(8, 13)]

    assert [done.returncode for done in tries] == [1, 1, 1, 0, 0]
    assert "stub: refused" in tries[0].stderr
    assert "Traceback" not in tries[0].stderr
    assert outcomes(at_eight) == [("failed", "", 3)]
    assert len(shown(stubs)) == 3
    assert run("remind", "status").returncode == 1


def test_cut_off_while_sending_it_is_never_sent_again_that_day(
    start: Run, run: Run, at_eight: Path, stubs: Stubs
) -> None:
    slow = stubs.folder / "notify-send"
    slow.write_text(f"#!/bin/sh\necho notify-send >>'{stubs.log}'\nkill -9 $PPID\n")

    killed = start("remind", "now", STUDYCARDS_NOW=EIGHT)
    run("remind", "now", STUDYCARDS_NOW=NOON)
    status = run("remind", "status", STUDYCARDS_NOW=NOON)

    assert killed.returncode == -9
    assert len(shown(stubs)) == 1
    assert "unknown" in status.stdout


def test_set_after_its_hour_it_begins_tomorrow(run: Run, db: Path, stubs: Stubs) -> None:
    stubs.make("crontab", "notify-send")

    run("remind", "at", "08:00", STUDYCARDS_NOW=NOON)
    run("remind", "now", STUDYCARDS_NOW=NOON)
    skipped = outcomes(db)
    run("remind", "at", "20:00", STUDYCARDS_NOW=NOON)
    run("remind", "now", STUDYCARDS_NOW="2026-11-22T20:00:00+00:00")

    assert skipped == [("skipped", "", 0)]
    assert outcomes(db) == [("sent", "desktop", 1)]


def test_without_a_database_nothing_is_sent_and_nothing_is_made(run: Run, home: Path) -> None:
    done = run("remind", "now", STUDYCARDS_NOW=EIGHT)

    assert done.returncode == 0
    assert done.stdout == ""
    assert "there is no database" in done.stderr
    assert everything_under(home) == {}


def test_a_broken_database_is_told_by_its_exit_code(run: Run, home: Path, stubs: Stubs) -> None:
    broken = home / "broken.db"
    broken.write_bytes(b"no database at all" * 100)
    stubs.make("crontab", "notify-send")

    called = run("--db", str(broken), "remind", "now")
    installed = run("--db", str(broken), "remind", "at", "08:00")

    assert called.returncode == 3
    assert installed.returncode == 1
    assert "A scheduler could not run studycards" in installed.stderr
    assert not stubs.crontab.exists()


def test_off_leaves_the_crontab_and_the_home_as_they_were(run: Run, db: Path, stubs: Stubs, home: Path) -> None:
    stubs.make("crontab", "notify-send", "systemctl", "loginctl")
    stubs.crontab.write_bytes(b"0 5 * * * mine\r\n# \xff no newline")
    before, crontab = beside_the_store(home), stubs.crontab.read_bytes()

    for via in ("cron", "systemd", "cron"):
        assert run("remind", "at", "08:00", "--via", via, "--channel", "file").returncode == 0
        assert b"# BEGIN studycards" in stubs.crontab.read_bytes() or via == "systemd"
    off = run("remind", "off")

    assert off.returncode == 0
    assert stubs.crontab.read_bytes() == crontab
    assert beside_the_store(home) == before
    assert ask(db, "SELECT * FROM reminder_plan") == []


def test_off_works_when_the_database_is_gone(run: Run, at_eight: Path, stubs: Stubs) -> None:
    shutil.rmtree(at_eight.parent)

    done = run("remind", "off")

    assert done.returncode == 0
    assert not stubs.crontab.exists()
    assert not at_eight.parent.exists()
    assert run("remind", "off").returncode == 0


@pytest.mark.parametrize("via", ["systemd", "cron", "launchd", "schtasks"])
def test_a_dry_run_writes_nothing_and_calls_nothing(run: Run, stubs: Stubs, home: Path, via: str) -> None:
    stubs.make("systemctl", "crontab", "launchctl", "schtasks", "notify-send", "loginctl")

    done = run("remind", "at", "08:00", "--via", via, "--dry-run")

    assert done.returncode == 0
    assert stubs.calls() == []
    assert everything_under(home) == {}
    assert done.stdout.splitlines()[0].startswith("# ")


def test_the_units_of_a_dry_run_pass_systemd(run: Run, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    printed = run("remind", "at", "08:00", "--via", "systemd", "--dry-run").stdout
    units = []
    for part in printed.split("# /")[1:]:
        name, _, text = part.partition("\n")
        units.append(tmp_path / Path(name).name)
        units[-1].write_text(text)

    environment = {"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path)}
    command = ["systemd-analyze", "--user", "--man=no", "verify", *map(str, units)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)

    assert len(units) == 2
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_setting_it_twice_writes_nothing_anew(run: Run, at_eight: Path, stubs: Stubs) -> None:
    crontab = stubs.crontab.read_bytes()

    again = run("remind", "at", "08:00", STUDYCARDS_NOW=MORNING)

    assert again.returncode == 0
    assert "crontab -" not in stubs.calls()
    assert stubs.crontab.read_bytes() == crontab


def test_the_places_and_the_language_of_now_are_carried_along(run: Run, stubs: Stubs, home: Path) -> None:
    stubs.make("crontab", "notify-send")
    data = home / "my 100% data"

    run("--db", "cards.db", "remind", "at", "08:00", LANG="zh_CN.UTF-8", XDG_DATA_HOME=str(data), TERM="xterm")

    line = stubs.crontab.read_text().splitlines()[1]
    assert f"STUDYCARDS_DB={home}/cards.db" in line
    assert "XDG_DATA_HOME='" + str(data).replace("%", "\\%") in line
    assert "LANG=zh_CN.UTF-8" in line
    assert "TERM" not in line


def test_a_home_that_shadows_modules_does_not_stop_it(run: Run, at_eight: Path, home: Path, stubs: Stubs) -> None:
    for name in ("random.py", "click.py", "studycards.py"):
        (home / name).write_text("raise SystemExit('shadowed')")
    line = stubs.crontab.read_text().splitlines()[1].split(" ", 5)[5]

    bare = {"HOME": str(home), "LOGNAME": "me", "PATH": f"{stubs.folder}:/usr/bin:/bin", "SHELL": "/bin/sh"}
    done = subprocess.run(
        ["/bin/sh", "-c", line], env={**bare, "STUDYCARDS_NOW": EIGHT}, cwd=home, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert outcomes(at_eight) == [("sent", "desktop", 1)]
    assert (home / ".local/state/studycards/remind.log").read_text() == "2026-11-22 08:00 sent: desktop: notify-send\n"


def test_what_a_scheduler_could_not_run_is_not_installed(run: Run, db: Path, stubs: Stubs, home: Path) -> None:
    stubs.make("crontab", "notify-send")
    home.chmod(0o700)
    broken = home / "config"
    (broken / "studycards").mkdir(parents=True)
    done = run("remind", "at", "08:00", STUDYCARDS_DB=str(broken))

    assert done.returncode == 1
    assert len(done.complaints) == 1
    assert "Nothing was installed" in done.stderr
    assert not stubs.crontab.exists()


@pytest.mark.parametrize(
    ("words", "config", "code", "sentence"),
    [
        (("8",), "", 2, "write it like 08:00"),
        (("08:00", "--days", "someday"), "", 2, "mon-fri"),
        (("08:00", "--via", "anacron"), "", 2, "anacron"),
        (("23:00",), '[remind]\nquiet = "22:00-07:00"\n', 2, "quiet hours"),
        (("08:00",), '[remind]\nquiet = "late"\n', 2, "22:00-07:00"),
        (("08:00", "--channel", "email"), "", 1, "email_to"),
        (("08:00", "--channel", "webhook"), "", 1, "webhook_url"),
        (("08:00", "--channel", "webhook"), '[remind]\nwebhook_url = "http://example.org/x"\n', 1, "https://"),
        (("08:00", "--via", "systemd"), "", 1, "--via cron"),
        (("08:00", "--via", "launchd"), "", 1, "no Mac"),
        (("08:00", "--via", "schtasks"), "", 1, "Windows"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_nothing_is_installed(
    run: Run, stubs: Stubs, home: Path, words: tuple[str, ...], config: str, code: int, sentence: str
) -> None:
    stubs.make("crontab", "notify-send")
    settings(home, config)
    before = everything_under(home)

    done = run("remind", "at", *words)

    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert everything_under(home) == before
    assert not stubs.crontab.exists()


def test_a_machine_without_programs_is_told_what_to_do(run: Run) -> None:
    no_desktop = run("remind", "at", "08:00")
    no_scheduler = run("remind", "at", "08:00", "--channel", "file")

    assert (no_desktop.returncode, no_scheduler.returncode) == (1, 1)
    assert "libnotify-bin" in no_desktop.stderr
    assert "shell-init" in no_scheduler.stderr


def test_a_crontab_that_is_refused_leaves_no_plan_behind(run: Run, db: Path, stubs: Stubs, home: Path) -> None:
    stubs.make("crontab", "notify-send", failing="'crontab -'")
    before = beside_the_store(home)

    done = run("remind", "at", "08:00", STUDYCARDS_NOW=NOON)

    assert done.returncode == 1
    assert "stub: refused" in done.stderr
    assert beside_the_store(home) == before
    assert ask(db, "SELECT * FROM reminder_plan") == []
    assert outcomes(db) == []


def test_a_change_that_is_refused_leaves_the_reminder_that_was(run: Run, at_eight: Path, stubs: Stubs) -> None:
    crontab, plan = stubs.crontab.read_bytes(), ask(at_eight, "SELECT payload FROM reminder_plan")
    stubs.make("crontab", failing="'crontab -'")

    done = run("remind", "at", "21:00", STUDYCARDS_NOW=MORNING)

    assert done.returncode == 1
    assert stubs.crontab.read_bytes() == crontab
    assert ask(at_eight, "SELECT payload FROM reminder_plan") == plan


def test_status_tells_hour_entry_program_and_the_last_outcome(run: Run, at_eight: Path) -> None:
    run("remind", "now", STUDYCARDS_NOW=EIGHT)

    done = run("remind", "status", STUDYCARDS_NOW=NOON)

    assert "Hour:     08:00, every day" in done.stdout
    assert "Entry:    cron, crontab" in done.stdout
    assert f"Program:  {sys.executable}, studycards, version 0.1.0" in done.stdout
    assert "Last:     Sun 2026-11-22 08:00, sent (desktop: notify-send)" in done.stdout


def test_status_with_systemd_has_nothing_to_complain_of(run: Run, db: Path, stubs: Stubs) -> None:
    stubs.make("systemctl", "loginctl", "notify-send")
    assert run("remind", "at", "08:00", STUDYCARDS_NOW=MORNING).returncode == 0

    done = run("remind", "status", STUDYCARDS_NOW=MORNING)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Next:     Sun 2026-11-29 08:00" in done.stdout


def test_status_without_a_reminder_is_no_fault(run: Run) -> None:
    done = run("remind", "status")

    assert done.returncode == 0
    assert "No reminder is set" in done.stdout


def test_status_notices_an_interpreter_that_is_gone(run: Run, at_eight: Path, stubs: Stubs) -> None:
    stubs.crontab.write_text(stubs.crontab.read_text().replace(sys.executable, "/gone/bin/python"))

    done = run("remind", "status")

    assert done.returncode == 1
    assert "/gone/bin/python, which does not answer" in done.stderr


@pytest.mark.parametrize("lost", ["crontab", "plan"])
def test_status_notices_when_only_one_half_is_left(run: Run, at_eight: Path, stubs: Stubs, lost: str) -> None:
    if lost == "crontab":
        stubs.crontab.unlink()
    else:
        at_eight.unlink()

    done = run("remind", "status")

    assert done.returncode == 1
    assert ("No scheduler has the entry" in done.stderr) is (lost == "crontab")
    assert ("remind off" in done.stderr) is (lost == "plan")


def test_a_test_without_a_reminder_says_how_to_set_one(run: Run) -> None:
    done = run("remind", "test")

    assert done.returncode == 1
    assert "remind at 08:00" in done.stderr


def test_a_test_runs_the_very_entry_and_leaves_the_day_alone(run: Run, at_eight: Path, stubs: Stubs) -> None:
    due = f"sed -n 's/^[*] [*] [*] [*] [*] //p' '{stubs.crontab}'"
    fire = f"-) cat >'{stubs.crontab}'; {due} | PATH='{stubs.folder}':$PATH sh;;"
    stub = stubs.folder / "crontab"
    stub.write_text(stub.read_text().replace(f"-) cat >'{stubs.crontab}';;", fire))
    crontab = stubs.crontab.read_bytes()

    done = run("remind", "test")

    assert done.returncode == 0, done.stderr
    assert done.stdout == "Sent by cron: desktop: notify-send\n"
    assert stubs.crontab.read_bytes() == crontab
    assert shown(stubs) == ["notify-send -a studycards -- Test: 3 cards due, about 1 minute First: 历史::R＆D ＜1＞"]
    assert outcomes(at_eight) == []


def test_a_test_leaves_the_line_for_the_shell_as_it_was(run: Run, at_eight: Path, home: Path) -> None:
    run("remind", "at", "08:00", "--channel", "file", STUDYCARDS_NOW=MORNING)
    connection = sqlite3.connect(at_eight)
    connection.execute("INSERT INTO meta VALUES ('reminder_test', '[1795330800000, \"\", \"\"]')")
    connection.commit()
    connection.close()

    run("remind", "now", STUDYCARDS_NOW=MORNING)

    assert (home / ".local/state/studycards/due").read_text() == "3 cards due, about 1 minute\n"
    assert ask(at_eight, "SELECT value FROM meta WHERE key = 'reminder_test'")[0][0].startswith(
        '[1795330800000, "sent"'
    )


def test_a_dry_call_says_what_would_come(run: Run, at_eight: Path, stubs: Stubs, home: Path) -> None:
    before = everything_under(home)

    done = run("remind", "now", "--dry-run", STUDYCARDS_NOW=MORNING, LANG="zh_CN.UTF-8")

    assert done.stdout == "3 张卡片到期，约 1 分钟\n先复习：历史::R＆D ＜1＞\n"
    assert "It would stay quiet" in done.stderr
    assert shown(stubs) == []
    assert everything_under(home) == before


def test_the_line_for_the_shell_follows_what_is_due(run: Run, db: Path, stubs: Stubs, home: Path) -> None:
    stubs.make("crontab")
    line = home / ".local/state/studycards/due"

    run("remind", "at", "08:00", "--channel", "file", STUDYCARDS_NOW=MORNING)
    at_once = line.read_text()
    settings(home, "[review]\nnew_per_day = 0\n")
    run("remind", "now", STUDYCARDS_NOW=EIGHT)

    assert at_once == "3 cards due, about 1 minute\n"
    assert line.read_text() == ""


def test_a_long_log_keeps_its_end(run: Run, home: Path) -> None:
    log = home / ".local/state/studycards/remind.log"
    log.parent.mkdir(parents=True)
    log.write_text("".join(f"line {n}\n" for n in range(20_000)))

    run("remind", "now")

    assert log.stat().st_size <= 64 * 1024
    assert log.read_text().startswith("line ")
    assert log.read_text().endswith("line 19999\n")


@pytest.mark.parametrize(
    ("days", "rule"), [((), {"FREQ": ["DAILY"]}), (("--days", "sat,mon"), {"FREQ": ["WEEKLY"], "BYDAY": ["MO", "SA"]})]
)
def test_a_calendar_takes_it_as_one_repeating_event(
    run: Run, db: Path, stubs: Stubs, days: tuple[str, ...], rule: dict[str, list[str]]
) -> None:
    stubs.make("crontab", "notify-send")
    run("remind", "at", "08:10", *days, STUDYCARDS_NOW=NOON)

    done = run("remind", "ics", STUDYCARDS_NOW=NOON, LANG="zh_CN.UTF-8")

    events = icalendar.Calendar.from_ical(done.stdout.replace("\n", "\r\n")).walk("VEVENT")
    assert len(events) == 1
    assert dict(events[0]["RRULE"]) == rule
    begin = events[0]["DTSTART"].dt
    assert (begin.hour, begin.minute, begin.tzinfo) == (8, 10, None)
    assert begin.isoformat()[:10] == ("2026-11-23" if days else "2026-11-22")
    assert len(events[0].walk("VALARM")) == 1
    assert "复习" in events[0]["SUMMARY"]


def test_a_calendar_of_nothing_is_refused(run: Run) -> None:
    assert run("remind", "ics").returncode == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_for_a_shell_shows_the_file(run: Run, home: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    state = home / "my \"state\" $HOME 'x' 状态"
    (state / "studycards").mkdir(parents=True)
    (state / "studycards/due").write_text("3 cards due\n")

    line = run("shell-init", shell, XDG_STATE_HOME=str(state)).stdout
    done = subprocess.run([shell, "-c", line], capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("3 cards due\n", "")


def test_tmux_shows_the_file(run: Run, home: Path, tmp_path: Path) -> None:
    if shutil.which("tmux") is None:
        pytest.skip("needs tmux")
    line = run("shell-init", "bash").stdout.splitlines()[-1].removeprefix("# ")
    config = tmp_path / "tmux.conf"
    config.write_text(f"{line}\n")
    (home / ".local/state/studycards").mkdir(parents=True)
    (home / ".local/state/studycards/due").write_text("3 cards due\n")
    tmux = ["tmux", "-S", str(tmp_path / "socket"), "-f", str(config)]

    try:
        subprocess.run([*tmux, "new-session", "-d", "sleep 60"], check=True)
        status = subprocess.run([*tmux, "show", "-gv", "status-right"], capture_output=True, text=True, check=True)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)

    assert status.stdout.strip().endswith(f"#(cat {home}/.local/state/studycards/due 2>/dev/null)")


def test_the_store_keeps_hour_days_channels_and_back_end(run: Run, db: Path, stubs: Stubs) -> None:
    stubs.make("crontab", "notify-send")
    run("remind", "at", "8:05", "--days", "mon-wed", "--channel", "file", "--channel", "desktop")

    (payload,) = ask(db, "SELECT payload FROM reminder_plan")[0]

    assert json.loads(str(payload)) == {
        "at": "08:05:00",
        "days": [0, 1, 2],
        "channels": ["file", "desktop"],
        "via": "cron",
    }


def test_a_read_only_state_folder_is_one_sentence(run: Run, db: Path, stubs: Stubs, home: Path) -> None:
    stubs.make("crontab", "notify-send")
    (home / ".local/state").write_text("in the way")

    done = run("remind", "at", "08:00")

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert len(done.complaints) == 1
    assert not stubs.crontab.exists()
    assert stat.S_ISREG((home / ".local/state").stat().st_mode)
