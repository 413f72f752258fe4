"""Every back end: the exact files, the exact calls; installed twice, changed, failing at any step, taken out."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from remind_stubs import Stubs, daily, everything_under, machine_for

from studycards import remind
from studycards.errors import StudycardsError
from studycards.remind.cron import Cron
from studycards.remind.launchd import Launchd
from studycards.remind.machine import Machine
from studycards.remind.plan import EVERY_DAY, parse_days
from studycards.remind.schtasks import NAMESPACE, Schtasks
from studycards.remind.systemd import SERVICE, TIMER, Systemd, calendar

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WORKDAYS = parse_days("mon-fri")
ENVIRONMENT = (("STUDYCARDS_DB", '/home/me/100% "mine" $HOME/卡片.db'), ("LANG", "zh_CN.UTF-8"))
PROGRAMS = {
    "systemd": ("systemctl", "loginctl"),
    "launchd": ("launchctl",),
    "schtasks": ("schtasks",),
    "cron": ("crontab",),
}
PLATFORMS = {"systemd": "linux", "launchd": "darwin", "schtasks": "win32", "cron": "linux"}
CHANGING = ("daemon-reload", "able --now", "start", "clean", "boot", "kick", "/create", "/delete", "/run", "crontab -r")


@pytest.fixture(params=remind.NAMES)
def backend(request: pytest.FixtureRequest, stubs: Stubs, home: Path) -> remind.Backend:
    """Each back end on its own platform."""
    stubs.make(*PROGRAMS[request.param])
    return remind.named(machine_for(stubs, home, PLATFORMS[request.param]), request.param)


def changes(calls: list[str]) -> list[str]:
    """The calls that change something."""
    return [call for call in calls if call == "crontab -" or any(word in call for word in CHANGING)]


@pytest.mark.parametrize(
    ("make", "days", "golden"),
    [
        (Systemd, EVERY_DAY, "daily"),
        (Systemd, WORKDAYS, "workdays"),
        (Cron, EVERY_DAY, "daily"),
        (Cron, WORKDAYS, "workdays"),
        (Launchd, EVERY_DAY, "daily"),
        (Launchd, WORKDAYS, "workdays"),
        (Schtasks, EVERY_DAY, "daily"),
        (Schtasks, WORKDAYS, "workdays"),
    ],
)
def test_what_is_written_is_exactly_the_golden_file(
    make: Callable[[Machine], remind.Backend], days: frozenset[int], golden: str, machine: Machine
) -> None:
    backend = make(machine)
    environment = ENVIRONMENT if days == WORKDAYS else ()
    reminder = daily(Path("/home/me"), time(8, 10), days, environment=environment)

    for path, data in backend.draft(reminder).files:
        expected = GOLDEN / golden / path.name
        assert data == expected.read_bytes(), f"{expected} differs"


def test_a_plist_and_a_task_say_what_was_asked(machine: Machine) -> None:
    reminder = daily(Path("/home/me"), time(8, 10), WORKDAYS, environment=ENVIRONMENT)

    plist = plistlib.loads(Launchd(machine).draft(reminder).files[0][1])
    task = ElementTree.fromstring(Schtasks(machine).draft(reminder).files[0][1])

    assert plist["ProgramArguments"] == list(reminder.argv)
    assert plist["EnvironmentVariables"] == dict(ENVIRONMENT)
    assert [slot["Weekday"] for slot in plist["StartCalendarInterval"]] == [1, 2, 3, 4, 5]
    days = task.find(f".//{{{NAMESPACE}}}DaysOfWeek")
    assert days is not None
    assert [day.tag.partition("}")[2] for day in days] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert task.findtext(f".//{{{NAMESPACE}}}Command") == reminder.argv[0]


def test_installed_is_found_again_with_its_program(backend: remind.Backend, home: Path) -> None:
    assert backend.installed() is None

    backend.install(daily(home))

    standing = backend.installed()
    assert standing is not None
    assert standing.program == "/opt/studycards/bin/python"


def traces(stubs: Stubs, home: Path) -> tuple[dict[str, bytes | None], dict[str, bytes | None]]:
    """All that is written in the home and in the schedulers."""
    return everything_under(home), everything_under(stubs.state)


def test_installing_the_same_again_changes_nothing(backend: remind.Backend, home: Path, stubs: Stubs) -> None:
    backend.install(daily(home))
    before = traces(stubs, home)
    stubs.calls()

    backend.install(daily(home))

    assert changes(stubs.calls()) == []
    assert traces(stubs, home) == before


def test_another_hour_takes_the_place_of_the_first(backend: remind.Backend, home: Path, stubs: Stubs) -> None:
    backend.install(daily(home))
    backend.install(daily(home, time(21, 40)))
    changed = traces(stubs, home)
    backend.remove()
    backend.install(daily(home, time(21, 40)))

    assert changed == traces(stubs, home)


@pytest.mark.parametrize("crontab", [None, "# mine, no newline: 早".encode(), b"# mine\n"])
def test_taken_out_everything_is_as_it_was(
    backend: remind.Backend, home: Path, stubs: Stubs, crontab: bytes | None
) -> None:
    if crontab is not None:
        stubs.crontab.write_bytes(crontab)
    before = traces(stubs, home)

    backend.install(daily(home))
    backend.remove()

    assert backend.installed() is None
    assert traces(stubs, home) == before


@pytest.mark.parametrize("before", [False, True], ids=["first", "changed"])
@pytest.mark.parametrize(
    ("name", "failing"),
    [
        ("systemd", "*daemon-reload*"),
        ("systemd", "*enable*"),
        ("systemd", "systemd-analyze*"),
        ("launchd", "*bootstrap*"),
        ("launchd", "plutil*"),
        ("schtasks", "*/create*"),
        ("cron", "'crontab -'"),
    ],
)
def test_whatever_step_fails_leaves_what_was_there(
    name: str, failing: str, before: bool, stubs: Stubs, home: Path
) -> None:
    programs = (*PROGRAMS[name], "systemd-analyze", "plutil")
    stubs.make(*programs)
    backend = remind.named(machine_for(stubs, home, PLATFORMS[name], XDG_RUNTIME_DIR="/run/user/1"), name)
    if before:
        backend.install(daily(home))
    files = everything_under(home)
    crontab = stubs.crontab.exists() and stubs.crontab.read_bytes()
    stubs.make(*programs, failing=failing)

    with pytest.raises(StudycardsError) as caught:
        backend.install(daily(home, time(21, 40)))

    assert everything_under(home) == files
    assert (stubs.crontab.exists() and stubs.crontab.read_bytes()) == crontab
    assert "stub: refused" in caught.value.sentence


def test_a_unit_that_systemd_only_warns_of_is_not_installed(stubs: Stubs, home: Path) -> None:
    stubs.make("systemctl")
    warning = stubs.folder / "systemd-analyze"
    warning.write_text("#!/bin/sh\necho 'Unknown key name' >&2\n")
    warning.chmod(0o755)

    with pytest.raises(StudycardsError, match="Unknown key name"):
        Systemd(machine_for(stubs, home, "linux", XDG_RUNTIME_DIR="/run/user/1")).install(daily(home))

    assert everything_under(home) == {}


def test_a_read_only_home_is_one_sentence(stubs: Stubs, home: Path) -> None:
    stubs.make("systemctl")
    (home / ".config").write_text("a file in the way")

    with pytest.raises(StudycardsError, match=r"\.config.*--via cron"):
        Systemd(machine_for(stubs, home, "linux")).install(daily(home))


def test_systemd_is_called_in_this_order(stubs: Stubs, home: Path) -> None:
    stubs.make("systemctl", "loginctl")
    backend = Systemd(machine_for(stubs, home, "linux"))

    backend.install(daily(home))
    installed = stubs.calls()
    backend.remove()

    assert installed == [
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {TIMER}",
        "loginctl show-user 1000 -p Linger",
    ]
    assert stubs.calls() == [
        f"systemctl --user disable --now {TIMER}",
        f"systemctl --user clean --what=state {TIMER}",
        "systemctl --user daemon-reload",
    ]


def test_without_linger_the_person_is_told_and_nothing_is_switched_on(stubs: Stubs, home: Path) -> None:
    stubs.make("systemctl", "loginctl")
    (stubs.folder / "loginctl").write_text("#!/bin/sh\necho Linger=no\n")

    advice = Systemd(machine_for(stubs, home, "linux")).install(daily(home))

    assert "loginctl enable-linger" in advice
    assert not any("enable-linger" in call for call in stubs.calls())


def test_the_next_time_is_the_one_that_systemd_tells(stubs: Stubs, home: Path) -> None:
    stubs.make("systemctl", "loginctl")
    backend = Systemd(machine_for(stubs, home, "linux"))

    assert backend.next_run(NOW) is None
    backend.install(daily(home))

    assert backend.next_run(NOW) == datetime(2026, 11, 29, 8, 0, tzinfo=UTC)


def calls_of(stubs: Stubs, *steps: Callable[[], object]) -> list[list[str]]:
    """What each step in turn called."""
    found: list[list[str]] = []
    for step in steps:
        step()
        found.append([re.sub(r"/\S*/(studycards-remind.xml)", r"\1", call) for call in stubs.calls()])
    return found


def test_launchd_is_called_like_this(stubs: Stubs, home: Path) -> None:
    stubs.make("launchctl")
    backend = Launchd(machine_for(stubs, home, "darwin"))
    path = home / "Library/LaunchAgents/studycards.remind.plist"
    out, load = "launchctl bootout gui/1000/studycards.remind", f"launchctl bootstrap gui/1000 {path}"

    installed, changed, again, ran, off = calls_of(
        stubs,
        lambda: backend.install(daily(home)),
        lambda: backend.install(daily(home, time(21, 40))),
        lambda: backend.install(daily(home, time(21, 40))),
        lambda: backend.run_now(lambda seconds: True),
        backend.remove,
    )

    assert installed == changed == [out, load]
    assert again == ["launchctl print gui/1000/studycards.remind"]
    assert ran == ["launchctl kickstart gui/1000/studycards.remind"]
    assert off == [out]


def test_the_task_scheduler_is_called_like_this(stubs: Stubs, home: Path) -> None:
    stubs.make("schtasks")
    backend = Schtasks(machine_for(stubs, home, "win32"))
    query = "schtasks /query /tn studycards-remind /xml"
    create = "schtasks /create /tn studycards-remind /xml studycards-remind.xml /f"

    installed, changed, again, status, ran, off = calls_of(
        stubs,
        lambda: backend.install(daily(home)),
        lambda: backend.install(daily(home, time(8, 0), WORKDAYS)),
        lambda: backend.install(daily(home, time(8, 0), WORKDAYS)),
        backend.installed,
        lambda: backend.run_now(lambda seconds: True),
        backend.remove,
    )

    assert installed == changed == [query, create]
    assert again == status == [query]
    assert ran == ["schtasks /run /tn studycards-remind"]
    assert off == ["schtasks /delete /tn studycards-remind /f"]


@pytest.mark.parametrize(
    ("given_back", "is_the_same"),
    [
        (lambda xml: xml.replace("<Settings>", "<Settings><Hidden>false</Hidden>"), True),
        (lambda xml: xml.replace("08:00:00", "09:00:00"), False),
        (lambda xml: xml.replace("<DaysInterval>1<", "<DaysInterval>2<"), False),
        (lambda xml: xml[: len(xml) // 2], False),
    ],
)
def test_what_the_task_scheduler_adds_is_no_difference_but_another_task_is(
    stubs: Stubs, home: Path, given_back: Callable[[str], str], is_the_same: bool
) -> None:
    stubs.make("schtasks")
    backend = Schtasks(machine_for(stubs, home, "win32"))
    backend.install(daily(home))
    registered = stubs.state / "task.xml"
    registered.write_bytes(given_back(registered.read_bytes().decode("utf-16")).encode("utf-16"))
    stubs.calls()

    backend.install(daily(home))

    assert (changes(stubs.calls()) == []) == is_the_same


@pytest.mark.parametrize(
    ("at", "lines"),
    [
        (time(8), ["*-*-* 08:00:00", "*-*-* 09:00:00"]),
        (time(8, 0, 7), ["*-*-* 08:00:07", "*-*-* 09:00:07"]),
        (time(22, 30), ["*-*-* 22:30:00", "*-*-* 23:30:00"]),
        (time(23), ["*-*-* 23:00:00"]),
        (time(2, 30), ["*-*-* 02:30:00", "*-*-* 03:30:00"]),
        (time(3, 30), ["*-*-* 03:30:00"]),
        (time(4), ["*-*-* 04:00:00", "*-*-* 05:00:00"]),
    ],
)
def test_a_second_line_catches_the_hour_that_summer_time_swallows(at: time, lines: list[str], home: Path) -> None:
    assert calendar(daily(home, at)) == lines


def test_an_hour_late_in_its_window_gets_the_second_line_only_where_clocks_jump_over_it(home: Path) -> None:
    late = daily(home, time(23, 30), parse_days("fri,sat"), is_swallowed=True)

    assert calendar(late) == ["Fri..Sat *-*-* 23:30:00", "Sat..Sun *-*-* 00:30:00"]


@pytest.mark.parametrize(
    ("at", "schedule"),
    [
        (time(8), b"0,30 8-23 "),
        (time(8, 40), b"10,40 8-23 "),
        (time(23, 59), b"29,59 23 "),
        (time(0), b"0,30 0-3 "),
        (time(3, 5), b"5,35 3 "),
    ],
)
def test_cron_fires_every_half_hour_until_the_window_ends(
    at: time, schedule: bytes, home: Path, machine: Machine
) -> None:
    block = Cron(machine).draft(daily(home, at)).files[0][1]

    assert block.split(b"\n")[1].startswith(schedule + b"* * * ")


def test_a_line_that_cron_would_cut_is_refused(home: Path, machine: Machine) -> None:
    with pytest.raises(StudycardsError, match="--via systemd"):
        Cron(machine).draft(daily(home, environment=(("STUDYCARDS_DB", "/" + "卡" * 400),)))


def test_a_crontab_that_changes_meanwhile_is_read_again(stubs: Stubs, home: Path) -> None:
    stubs.make("crontab")
    stubs.crontab.write_bytes(b"# mine\n")
    stub, mark = stubs.folder / "crontab", stubs.state / "changed"
    stub.write_text(
        f"{stub.read_text()}[ $1 = - ] || [ -e '{mark}' ] || {{ touch '{mark}'; echo '# new' >>'{stubs.crontab}'; }}\n"
    )

    Cron(machine_for(stubs, home, "linux")).install(daily(home))

    assert stubs.crontab.read_bytes().startswith(b"# mine\n# new\n# BEGIN studycards")


def test_a_carriage_return_that_the_listing_hides_stays_one(stubs: Stubs, home: Path) -> None:
    stubs.make("crontab")
    stub = stubs.folder / "crontab"
    listing = f"sed 's/\\r/\\\\r/g' '{stubs.crontab}';;\n-e) sh -c \"$VISUAL '{stubs.crontab}'\";;"
    stub.write_text(stub.read_text().replace(f"cat '{stubs.crontab}';;", listing))
    own = b"# a real one\r\n# a written one \\r\n"
    stubs.crontab.write_bytes(own)
    backend = Cron(machine_for(stubs, home, "linux"))

    backend.install(daily(home))
    during = stubs.crontab.read_bytes()
    backend.remove()

    assert during.startswith(own + b"# BEGIN")
    assert stubs.crontab.read_bytes() == own


def test_the_minute_line_of_a_test_is_put_back(stubs: Stubs, home: Path) -> None:
    stubs.make("crontab")
    backend = Cron(machine_for(stubs, home, "linux"))
    stubs.crontab.write_bytes(b"# mine\n")
    backend.install(daily(home))
    before, during = stubs.crontab.read_bytes(), []

    def until(seconds: float) -> bool:
        assert seconds == 62
        during.append(stubs.crontab.read_bytes())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backend.run_now(until)

    assert b"\n* * * * * /opt/studycards" in during[0]
    assert stubs.crontab.read_bytes() == before


def test_a_crontab_that_cannot_be_read_is_left_alone(stubs: Stubs, home: Path) -> None:
    stubs.make("crontab", failing="*-l")
    backend = Cron(machine_for(stubs, home, "linux"))

    assert not backend.available()
    with pytest.raises(StudycardsError, match="cannot be read"):
        backend.install(daily(home))
    assert changes(stubs.calls()) == []


@pytest.mark.parametrize(
    ("platform", "programs", "chosen"),
    [
        ("linux", ("systemctl", "crontab"), "systemd"),
        ("linux", ("crontab",), "cron"),
        ("darwin", ("launchctl", "crontab"), "launchd"),
        ("win32", ("schtasks",), "schtasks"),
        ("freebsd14", ("crontab",), "cron"),
    ],
)
def test_the_best_scheduler_of_the_machine_is_chosen(
    platform: str, programs: tuple[str, ...], chosen: str, stubs: Stubs, home: Path
) -> None:
    stubs.make(*programs)

    assert remind.pick(machine_for(stubs, home, platform), "auto").name == chosen


def test_a_user_manager_that_does_not_answer_leaves_cron(stubs: Stubs, home: Path) -> None:
    stubs.make("systemctl", "crontab", failing="systemctl*")

    assert remind.pick(machine_for(stubs, home, "linux"), "auto").name == "cron"
    with pytest.raises(StudycardsError, match="--via cron"):
        remind.pick(machine_for(stubs, home, "linux"), "systemd")


@pytest.mark.parametrize(("platform", "programs"), [("linux", ()), ("darwin", ("crontab",)), ("win32", ())])
def test_a_machine_without_a_scheduler_is_told_of_the_shell_line(
    platform: str, programs: tuple[str, ...], stubs: Stubs, home: Path
) -> None:
    stubs.make(*programs)

    with pytest.raises(StudycardsError, match="shell-init"):
        remind.pick(machine_for(stubs, home, platform), "auto")


def test_the_entry_stands_with_one_scheduler_alone(stubs: Stubs, home: Path) -> None:
    stubs.make("systemctl", "loginctl", "crontab")
    here = machine_for(stubs, home, "linux")
    remind.install(here, remind.named(here, "cron"), daily(home))

    remind.install(here, remind.named(here, "systemd"), daily(home))

    assert [backend.name for backend, _ in remind.standing(here)] == ["systemd"]
    assert not stubs.crontab.exists()
    assert (home / ".config/systemd/user" / SERVICE).exists()


def test_the_other_entry_stays_where_the_new_one_fails(stubs: Stubs, home: Path) -> None:
    stubs.make("systemctl", "loginctl", "crontab", failing="*enable*")
    here = machine_for(stubs, home, "linux")
    remind.install(here, remind.named(here, "cron"), daily(home))

    with pytest.raises(StudycardsError):
        remind.install(here, remind.named(here, "systemd"), daily(home))

    assert [backend.name for backend, _ in remind.standing(here)] == ["cron"]
