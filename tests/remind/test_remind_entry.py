"""The command every scheduler runs: absolute, carried, and not from an installation that will be deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from remind_stubs import Stubs, machine_for

from studycards.errors import StudycardsError
from studycards.remind import entry


@pytest.mark.parametrize(
    "prefix",
    [
        "/home/me/.cache/uv/archive-v0/abc",
        "/home/me/.cache/uv/builds-v0/.tmp1",
        "/home/me/.cache/uv/environments-v2/studycards-1",
        "/home/me/.local/share/pipx/.cache/abc",
        "/home/me/.local/pipx/.cache/abc",
    ],
)
def test_an_installation_that_will_be_deleted_is_refused(prefix: str) -> None:
    assert "uv tool install studycards" in entry.thrown_away(prefix)


@pytest.mark.parametrize(
    "prefix",
    [
        "/home/me/.local/share/uv/tools/studycards",
        "/home/me/.local/share/pipx/venvs/studycards",
        "/home/me/work/.venv",
        "/tmp/checkout/.venv",
        "/usr",
    ],
)
def test_an_installation_that_stays_is_not(prefix: str) -> None:
    assert entry.thrown_away(prefix) == ""


def test_a_checkout_in_the_temporary_folder_is_known(tmp_path: Path) -> None:
    assert not entry.in_temporary_folder("/usr")
    assert not entry.in_temporary_folder("/tmpfoo/x")


def test_the_command_is_absolute_and_not_shadowed_by_the_home_folder() -> None:
    assert entry.argv("/opt/bin/python3", "linux") == (
        "/opt/bin/python3",
        *("-P", "-m", "studycards", "remind", "now"),
    )


def test_windows_gets_the_python_without_a_console(tmp_path: Path) -> None:
    (tmp_path / "pythonw.exe").touch()

    assert entry.argv(str(tmp_path / "python.exe"), "win32")[0] == str(tmp_path / "pythonw.exe")
    assert entry.argv("/gone/python.exe", "win32")[0] == "/gone/python.exe"


def test_only_places_and_language_are_carried() -> None:
    environment = {"LANG": "zh_CN.UTF-8", "LC_ALL": "", "XDG_DATA_HOME": "/d", "TERM": "x", "STUDYCARDS_NOW": "y"}

    assert entry.carried(environment, "/my.db") == (
        *(("XDG_DATA_HOME", "/d"), ("LANG", "zh_CN.UTF-8"), ("STUDYCARDS_DB", "/my.db")),
    )


def test_the_check_runs_in_the_home_folder_with_next_to_no_environment(stubs: Stubs, home: Path) -> None:
    seen = home / "seen"
    program = stubs.folder / "python"
    program.write_text(f'#!/bin/sh\n{{ pwd; env; echo "$*"; }} >"{seen}"\n')
    program.chmod(0o755)

    entry.check(machine_for(stubs, home, "linux", SECRET="x"), (str(program), "now"), (("LANG", "C"),))

    lines = set(seen.read_text().splitlines())
    assert {str(home), f"HOME={home}", "PATH=/usr/bin:/bin", "LANG=C", "now --dry-run"} <= lines
    assert "SECRET=x" not in lines


def test_a_command_that_does_not_run_is_shown_with_its_last_line(stubs: Stubs, home: Path) -> None:
    stubs.make("python", failing="*")

    with pytest.raises(StudycardsError, match=r"stub: refused\. Nothing was installed"):
        entry.check(machine_for(stubs, home, "linux"), (str(stubs.folder / "python"), "now"), ())
