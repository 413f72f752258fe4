"""The one command every scheduler runs, and whether it would run there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from studycards.errors import StudycardsError
from studycards.remind.machine import Machine

CARRIED = (
    "STUDYCARDS_DB",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
)
_WINDOWS = ("SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP")
_THROWN_AWAY = ("archive-v", "builds-v", "environments-v")


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry of ours found with a scheduler: where it is written and which program it starts."""

    where: str
    program: str


def argv(executable: str, platform: str) -> tuple[str, ...]:
    """The command, absolute. `-P` keeps a `random.py` in the home folder from stopping it."""
    if platform == "win32":
        windowless = PurePath(executable).with_name("pythonw.exe")
        executable = str(windowless) if Path(windowless).exists() else executable
    return (executable, "-P", "-m", "studycards", "remind", "now")


def carried(environment: Mapping[str, str], db: str = "") -> tuple[tuple[str, str], ...]:
    """The variables an entry takes along: places of files and the language; `db` is what `--db` named."""
    kept = {name: environment[name] for name in CARRIED if environment.get(name)}
    if db:
        kept["STUDYCARDS_DB"] = db
    return tuple(kept.items())


def thrown_away(prefix: str) -> str:
    """The sentence that refuses an installation whose own runner will delete it; empty for one that stays."""
    parts = PurePath(prefix).parts
    by_uv = any(part.startswith(_THROWN_AWAY) for part in parts)
    by_pipx = any(part == "pipx" and ".cache" in parts[at:] for at, part in enumerate(parts))
    by_pipx = by_pipx or (".cache" in parts and "pipx" in parts[parts.index(".cache") :])
    if by_uv or by_pipx:
        return "This studycards will be deleted; run `uv tool install studycards` first."
    return ""


def in_temporary_folder(prefix: str) -> bool:
    """Whether the installation lies in the system's temporary folder."""
    temporary = os.path.realpath(tempfile.gettempdir())
    return os.path.realpath(prefix).startswith(temporary + os.sep)


def check(machine: Machine, command: tuple[str, ...], variables: tuple[tuple[str, str], ...]) -> None:
    """Run the command as a scheduler will: in the home folder, with next to no environment. Raises StudycardsError."""
    bare = {"HOME": str(machine.home), "PATH": "/usr/bin:/bin", **dict(variables)}
    if machine.platform == "win32":
        bare |= {name: machine.environment[name] for name in _WINDOWS if name in machine.environment}
    ran = machine.run(*command, "--dry-run", environment=bare, folder=machine.home, timeout_s=60)
    if ran.code != 0:
        raise StudycardsError(
            f"A scheduler could not run studycards: {ran.last_line.rstrip('.')}. Nothing was installed; "
            f"`{' '.join(command)} --dry-run` shows it."
        )
