"""Stub schedulers and senders: programs that note how they were called and keep what they were given."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from studycards.cli import main
from studycards.remind.machine import Machine
from studycards.remind.plan import EVERY_DAY, Reminder

_PROLOGUE = """#!/bin/sh
PATH=/usr/bin:/bin
printf '%s' "$(basename "$0")" >>'{calls}'
for word; do printf ' %s' "$word" >>'{calls}'; done
echo >>'{calls}'
case "$(basename "$0") $*" in {failing}) echo 'stub: refused' >&2; exit 1;; esac
"""
_BODIES = {
    "systemctl": """case $2 in
is-enabled|is-active) [ -e '{state}/enabled' ];;
enable) touch '{state}/enabled';;
disable) rm -f '{state}/enabled';;
list-timers) [ -e '{state}/enabled' ] && next=1795939200000000 || next=0
  echo "[{{\\"next\\":$next,\\"unit\\":\\"studycards-remind.timer\\"}}]";;
esac""",
    "crontab": """case $1 in
-l) [ -e '{state}/crontab' ] || {{ echo 'no crontab for you' >&2; exit 1; }}; cat '{state}/crontab';;
-r) rm '{state}/crontab';;
-) cat >'{state}/crontab';;
esac""",
    "launchctl": """case $1 in
print) [ -e '{state}/loaded' ];;
bootstrap) touch '{state}/loaded';;
bootout) rm '{state}/loaded' 2>/dev/null;;
esac""",
    "schtasks": """case $1 in
/create) cp "$5" '{state}/task.xml';;
/query) [ -e '{state}/task.xml' ] || exit 1; cat '{state}/task.xml';;
/delete) rm '{state}/task.xml';;
esac""",
    "sendmail": "cat >'{state}/mail'",
    "notify-send": "exit 0",
    "loginctl": "echo Linger=yes",
}


@dataclass(frozen=True)
class Stubs:
    """A folder of stub programs."""

    folder: Path
    state: Path
    log: Path

    def make(self, *names: str, failing: str = "never") -> None:
        """Put the programs there; calls that match the shell pattern fail."""
        for name in names:
            text = (_PROLOGUE + _BODIES.get(name, "exit 0")).format(calls=self.log, state=self.state, failing=failing)
            path = self.folder / name
            path.write_text(text + "\n")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def calls(self) -> list[str]:
        """Every call since the last look, as one line each."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines

    @property
    def crontab(self) -> Path:
        """What the stub crontab keeps."""
        return self.state / "crontab"


@pytest.fixture
def stubs(tmp_path: Path) -> Stubs:
    """An empty folder of stub programs."""
    made = Stubs(tmp_path / "programs", tmp_path / "kept", tmp_path / "calls")
    made.folder.mkdir()
    made.state.mkdir()
    return made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def machine(stubs: Stubs, home: Path) -> Machine:
    """A Linux machine that has only the stubs."""
    return machine_for(stubs, home, "linux")


def machine_for(stubs: Stubs, home: Path, platform: str, **environment: str) -> Machine:
    """A machine of a platform that has only the stubs."""
    variables = {"PATH": str(stubs.folder), "HOME": str(home), **environment}
    return Machine(platform, home, 1000, variables, home / ".local/state/studycards", beyond_path=())


def daily(home: Path, at: time = time(8), days: frozenset[int] = EVERY_DAY, **more: object) -> Reminder:
    """A reminder of the usual command."""
    argv = ("/opt/studycards/bin/python", "-P", "-m", "studycards", "remind", "now")
    fields: dict[str, object] = {"argv": argv, "environment": (), "log": home / "remind.log", **more}
    return Reminder(at, days, **fields)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Done:
    """What a command said."""

    returncode: int
    stdout: str
    stderr: str

    @property
    def complaints(self) -> list[str]:
        """What stands on standard error, without the warning that a checkout in the temporary folder gets."""
        return [line for line in self.stderr.splitlines() if "lies in the temporary folder" not in line]


Run = Callable[..., Done]


@pytest.fixture
def run(stubs: Stubs, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`studycards …` in an environment that has only the stubs and an empty home; keywords are further variables."""

    def call(*words: str, **variables: str) -> Done:
        monkeypatch.chdir(home)
        with pytest.MonkeyPatch.context() as patch:
            for name in tuple(os.environ):
                patch.delenv(name)
            for name, value in _environment(stubs, home, variables).items():
                patch.setenv(name, value)
            done = CliRunner().invoke(main, words, prog_name="studycards")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Done(done.exit_code, done.stdout, done.stderr)

    return call


@pytest.fixture
def start(stubs: Stubs, home: Path) -> Run:
    """The same as a process of its own."""

    def call(*words: str, **variables: str) -> Done:
        argv = [sys.executable, "-P", "-m", "studycards", *words]
        environment = _environment(stubs, home, variables)
        done = subprocess.run(argv, env=environment, capture_output=True, text=True, cwd=home, timeout=60)
        return Done(done.returncode, done.stdout, done.stderr)

    return call


def _environment(stubs: Stubs, home: Path, variables: dict[str, str]) -> dict[str, str]:
    return {"PATH": str(stubs.folder), "HOME": str(home), "LANG": "C.UTF-8", **variables}


def everything_under(folder: Path) -> dict[str, bytes | None]:
    """Every path below a folder with its bytes (None: a folder)."""
    found: dict[str, bytes | None] = {}
    for top, folders, names in os.walk(folder):
        for name in folders:
            found[os.path.relpath(os.path.join(top, name), folder)] = None
        for name in names:
            path = os.path.join(top, name)
            found[os.path.relpath(path, folder)] = Path(path).read_bytes()
    return found
