"""The operating system as a back end or a channel sees it: programs by name, a home folder, an environment."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TIMEOUT_S = 20
_DAEMONS = ("/usr/sbin", "/usr/lib")  # sendmail lies there, and schedulers set a short PATH


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program said: its exit code (127: not there, 124: no answer in time) and its output."""

    code: int
    out: bytes = b""
    err: bytes = b""

    @property
    def last_line(self) -> str:
        """The last line it printed, errors first; a sentence where it printed nothing."""
        lines = (self.err or self.out).decode(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else f"it ended with exit code {self.code}"


@dataclass(frozen=True, slots=True)
class Machine:
    """One user on one machine. `platform` as `sys.platform`; `state` is the folder of log and due file."""

    platform: str
    home: Path
    uid: int
    environment: Mapping[str, str]
    state: Path
    beyond_path: tuple[str, ...] = _DAEMONS

    @property
    def log(self) -> Path:
        """Where a scheduler's runs write what they have to say."""
        return self.state / "remind.log"

    @property
    def due_file(self) -> Path:
        """The one line for a shell or status bar."""
        return self.state / "due"

    def which(self, name: str) -> str | None:
        """The program's path, on `PATH` or beyond it in the system's folders."""
        path = self.environment.get("PATH", os.defpath)
        return shutil.which(name, path=os.pathsep.join((path, *self.beyond_path)))

    def run(
        self,
        *argv: str,
        data: bytes = b"",
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> Ran:
        """Run a program to its end with this environment (or the one given) and `data` as its input."""
        program = self.which(argv[0])
        if program is None:
            return Ran(127, err=f"{argv[0]} is not installed".encode())
        try:
            done = subprocess.run(
                [program, *argv[1:]],
                input=data,
                capture_output=True,
                env=dict(self.environment if environment is None else environment),
                cwd=folder,
                timeout=timeout_s,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Ran(124, err=f"{argv[0]} gave no answer in {timeout_s:g} seconds".encode())
        except OSError as error:
            return Ran(126, err=f"{argv[0]} cannot be run: {error.strerror}".encode())
        return Ran(done.returncode, done.stdout, done.stderr)

    def is_running(self, *names: str) -> bool | None:
        """Whether a process of one of these names runs; None where that cannot be seen."""
        processes = Path("/proc")
        if not (processes / "self/comm").exists():
            return None
        return any(_name(comm) in names for comm in processes.glob("[0-9]*/comm"))


def _name(comm: Path) -> str:
    try:
        return comm.read_text(errors="replace").strip()
    except OSError:
        return ""
