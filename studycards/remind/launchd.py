"""The reminder as a launch agent of macOS."""

from __future__ import annotations

import plistlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.parsers.expat import ExpatError

from studycards import files
from studycards.errors import StudycardsError
from studycards.remind.draft import Draft
from studycards.remind.entry import Standing
from studycards.remind.folders import read, remove_empty, remove_file
from studycards.remind.machine import Machine
from studycards.remind.plan import EVERY_DAY, Reminder

LABEL = "studycards.remind"


@dataclass(frozen=True, slots=True)
class Launchd:
    """A launch agent catches up what was slept through; `RunAtLoad` also what was missed while switched off."""

    machine: Machine
    name: str = "launchd"
    tells_next: bool = False

    def available(self) -> bool:
        """Whether this is macOS with a launchd to talk to."""
        return self.machine.platform == "darwin" and self.machine.which("launchctl") is not None

    def draft(self, reminder: Reminder) -> Draft:
        """The property list, and what loads it."""
        unload = ("launchctl", "bootout", f"{self._domain}/{LABEL}")
        load = ("launchctl", "bootstrap", self._domain, str(self._path))
        return Draft(((self._path, _plist(reminder)),), (unload, load))

    def install(self, reminder: Reminder) -> str:
        """Write, check, load; what was there before comes back if a step fails."""
        (path, data), before = self.draft(reminder).files[0], read(self._path)
        if data == before and self.machine.run("launchctl", "print", f"{self._domain}/{LABEL}").code == 0:
            return ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.replace(path, data, mode=0o644)
            self._check()
            self._load()
        except (StudycardsError, OSError) as error:
            self._put_back(before)
            raise StudycardsError(
                f"launchd did not take the reminder ({error}); nothing is left of it. Over SSH there may be no "
                "desktop session: run this in a terminal on the Mac itself."
            ) from error
        return ""

    def remove(self) -> None:
        """Unload and delete the agent."""
        self.machine.run("launchctl", "bootout", f"{self._domain}/{LABEL}")
        remove_file(self._path)
        remove_empty(self._path.parent, self.machine.home)

    def installed(self) -> Standing | None:
        """The entry as the property list has it."""
        if not self._path.exists():
            return None
        try:
            words = plistlib.loads(read(self._path)).get("ProgramArguments", [])
        except (plistlib.InvalidFileException, ExpatError, ValueError, AttributeError):
            words = []
        return Standing(str(self._path), str(words[0]) if words else "")

    def next_run(self, now: datetime) -> datetime | None:
        """launchd does not tell."""
        return None

    def run_now(self, until: Callable[[float], bool]) -> None:
        """Start the very agent, then wait with `until`."""
        ran = self.machine.run("launchctl", "kickstart", f"{self._domain}/{LABEL}")
        if ran.code != 0:
            raise StudycardsError(f"launchd cannot start {LABEL}: {ran.last_line}")
        until(60)

    @property
    def _path(self) -> Path:
        return self.machine.home / "Library/LaunchAgents" / f"{LABEL}.plist"

    @property
    def _domain(self) -> str:
        return f"gui/{self.machine.uid}"

    def _check(self) -> None:
        if self.machine.which("plutil") is None:
            return
        ran = self.machine.run("plutil", "-lint", str(self._path))
        if ran.code != 0:
            raise StudycardsError(ran.last_line)

    def _load(self) -> None:
        self.machine.run("launchctl", "bootout", f"{self._domain}/{LABEL}")
        ran = self.machine.run("launchctl", "bootstrap", self._domain, str(self._path))
        if ran.code != 0:
            raise StudycardsError(ran.last_line)

    def _put_back(self, before: bytes) -> None:
        if not before:
            self.remove()
            return
        files.replace(self._path, before, mode=0o644)
        self._load()


def _plist(reminder: Reminder) -> bytes:
    hour = {"Hour": reminder.at.hour, "Minute": reminder.at.minute}
    slots = [{"Weekday": day + 1, **hour} for day in sorted(reminder.days)]
    agent: dict[str, object] = {
        "Label": LABEL,
        "ProgramArguments": list(reminder.argv),
        "StartCalendarInterval": hour if reminder.days == EVERY_DAY else slots,
        "RunAtLoad": True,
        "StandardOutPath": str(reminder.log),
        "StandardErrorPath": str(reminder.log),
    }
    if reminder.environment:
        agent["EnvironmentVariables"] = dict(reminder.environment)
    return plistlib.dumps(agent, sort_keys=False)
