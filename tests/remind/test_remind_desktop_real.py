"""A real notification daemon under a real, invisible X server shows the message as it was written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_remind_systemd_real import wait_for

from studycards.remind.machine import Machine
from studycards.remind.message import Due, compose
from studycards.remind.notify import desktop
from studycards.remind.notify.addresses import Addresses

PROGRAMS = ("Xvfb", "dbus-daemon", "dunst", "dunstctl", "dbus-send")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a desktop session of its own; the first message starts its notification daemon."""
    lacking = [name for name in PROGRAMS if shutil.which(name) is None]
    if lacking:
        pytest.skip(f"needs {', '.join(lacking)}")
    runtime = tmp_path_factory.mktemp("session")
    runtime.chmod(0o700)
    home = tmp_path_factory.mktemp("home")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as display:
        environment = {
            "HOME": str(home),
            "PATH": "/usr/bin:/bin",
            "DISPLAY": f":{display.readline().strip()}",
            "XDG_RUNTIME_DIR": str(runtime),
        }
    bus = f"unix:path={runtime}/bus"
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", f"--address={bus}", "--nofork", "--nopidfile"],
        env={**environment, "DBUS_SESSION_BUS_ADDRESS": bus},
        stderr=subprocess.DEVNULL,
    )
    try:
        assert wait_for((runtime / "bus").exists)
        yield environment
    finally:
        for process in (daemon, server):
            process.terminate()
            process.wait(10)


@pytest.mark.parametrize("program", ["notify-send", "gdbus", "busctl"])
def test_a_message_in_chinese_is_shown_as_it_was_written(session: dict[str, str], tmp_path: Path, program: str) -> None:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"needs {program}")
    (tmp_path / program).symlink_to(found)
    machine = Machine("linux", tmp_path, os.getuid(), {**session, "PATH": str(tmp_path)}, tmp_path, ())
    message = compose(Due(17, 4, f"历史::-{program} <b>&amp;"), "zh")

    how = desktop.send(machine, Addresses(), message)

    assert how == program
    assert (message.title, message.body) in shown(session)


def test_a_session_without_a_bus_is_a_failure_and_not_a_silence(session: dict[str, str], tmp_path: Path) -> None:
    environment = {**session, "XDG_RUNTIME_DIR": str(tmp_path), "DISPLAY": ""}
    machine = Machine("linux", tmp_path, os.getuid(), environment, tmp_path, ())

    with pytest.raises(Exception, match="notify-send: "):
        desktop.send(machine, Addresses(), compose(Due(1, 1), "en"))


def shown(session: dict[str, str]) -> list[tuple[str, str]]:
    """Title and body of every message of this session."""
    environment = {**session, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={session['XDG_RUNTIME_DIR']}/bus"}
    subprocess.run(["dunstctl", "close-all"], env=environment, check=True)
    done = subprocess.run(["dunstctl", "history"], env=environment, capture_output=True, check=True)
    entries = [entry for group in json.loads(done.stdout)["data"] for entry in group]
    return [(entry["summary"]["data"], entry["body"]["data"]) for entry in entries]
