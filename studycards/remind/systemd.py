"""The reminder as a user timer of systemd."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from studycards import files
from studycards.errors import StudycardsError
from studycards.remind.draft import Draft
from studycards.remind.entry import Standing
from studycards.remind.folders import read, remove_empty, remove_file
from studycards.remind.machine import Machine, Ran
from studycards.remind.plan import EVERY_DAY, Reminder, runs, say_hour
from studycards.remind.quoting import systemd_command, systemd_program, systemd_variable

UNIT = "studycards-remind"
_HEAD = "# Written by `studycards remind`, do not edit: `studycards remind off` removes it.\n"
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Systemd:
    """User timers catch up what was slept through and need no daemon of ours."""

    machine: Machine
    name: str = "systemd"
    tells_next: bool = True

    def available(self) -> bool:
        """Whether a user manager answers."""
        return self.machine.which("systemctl") is not None and self._ask("list-timers").code == 0

    def draft(self, reminder: Reminder) -> Draft:
        """The two units, and what makes them run."""
        reload, enable = ("systemctl", "--user", "daemon-reload"), ("systemctl", "--user", "enable", "--now", TIMER)
        units = {self._folder / SERVICE: _service(reminder).encode(), self._folder / TIMER: _timer(reminder).encode()}
        return Draft(tuple(units.items()), (reload, enable))

    def install(self, reminder: Reminder) -> str:
        """Write, check, load; what was there before comes back if a step fails. Returns advice, or nothing."""
        draft = self.draft(reminder)
        before = {path: read(path) for path, _ in draft.files}
        if any(before[path] != data for path, data in draft.files) or not self._is_enabled():
            try:
                self._write(draft)
            except (StudycardsError, OSError) as error:
                self._put_back(before)
                raise StudycardsError(_failure(error)) from error
        return self._linger()

    def _write(self, draft: Draft) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for path, data in draft.files:
            files.replace(path, data, mode=0o644)
        self._verify([str(path) for path, _ in draft.files])
        for command in draft.commands:
            ran = self.machine.run(*command)
            if ran.code != 0:
                raise StudycardsError(f"{' '.join(command[:3])}: {ran.last_line}")

    def _verify(self, units: list[str]) -> None:
        if "XDG_RUNTIME_DIR" not in self.machine.environment or self.machine.which("systemd-analyze") is None:
            return
        ran = self.machine.run("systemd-analyze", "--user", "--man=no", "verify", *units)
        if ran.code != 0 or ran.err.strip() or ran.out.strip():
            raise StudycardsError(f"systemd does not take the unit: {ran.last_line}")

    def _put_back(self, before: dict[Path, bytes]) -> None:
        if not any(before.values()):
            self.remove()
            return
        for path, data in before.items():
            if data:
                files.replace(path, data, mode=0o644)
            else:
                remove_file(path)
        self._ask("daemon-reload")

    def remove(self) -> None:
        """Stop the timer, forget its stamp, delete the units and the folders left empty."""
        wanted = self._folder / "timers.target.wants"
        there = [path for path in (self._folder / TIMER, self._folder / SERVICE) if path.exists()]
        if there:
            self._ask("disable", "--now", TIMER)
            self._ask("clean", "--what=state", TIMER)
        for path in (*there, wanted / TIMER):
            remove_file(path)
        if there:
            self._ask("daemon-reload")
        remove_empty(wanted, self._xdg("CONFIG") or self.machine.home)
        remove_empty(self._stamps, self._xdg("DATA") or self.machine.home)

    def installed(self) -> Standing | None:
        """The entry as the unit file has it."""
        paths = [path for path in (self._folder / SERVICE, self._folder / TIMER) if path.exists()]
        if not paths:
            return None
        lines = read(self._folder / SERVICE).decode(errors="replace").splitlines()
        command = next((line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart=")), "")
        return Standing(str(paths[0]), systemd_program(command))

    def next_run(self, now: datetime) -> datetime | None:
        """When the manager will start it, as the manager says."""
        ran = self._ask("list-timers", "--all", "--output=json", TIMER)
        try:
            rows = json.loads(ran.out)
            micros = next((int(row["next"]) for row in rows if row.get("unit") == TIMER), 0)
        except (ValueError, KeyError, TypeError):
            return None
        return datetime.fromtimestamp(micros / 1e6, UTC).astimezone(now.tzinfo) if micros > 0 else None

    def run_now(self, until: Callable[[float], bool]) -> None:
        """Start the very service, then wait with `until`."""
        ran = self._ask("start", "--no-block", SERVICE)
        if ran.code != 0:
            raise StudycardsError(f"systemd cannot start {SERVICE}: {ran.last_line}")
        until(60)

    @property
    def _folder(self) -> Path:
        return (self._xdg("CONFIG") or self.machine.home / ".config") / "systemd/user"

    @property
    def _stamps(self) -> Path:
        return (self._xdg("DATA") or self.machine.home / ".local/share") / "systemd/timers"

    def _xdg(self, kind: str) -> Path | None:
        """The folder that `XDG_…_HOME` names, None where the usual one holds."""
        named = self.machine.environment.get(f"XDG_{kind}_HOME")
        return Path(named) if named else None

    def _ask(self, *words: str) -> Ran:
        return self.machine.run("systemctl", "--user", *words)

    def _is_enabled(self) -> bool:
        return self._ask("is-enabled", TIMER).code == 0 and self._ask("is-active", TIMER).code == 0

    def _linger(self) -> str:
        ran = self.machine.run("loginctl", "show-user", str(self.machine.uid), "-p", "Linger")
        if ran.out.strip() == b"Linger=no":
            return "It comes while you are logged in; `loginctl enable-linger` lets it come without."
        return ""


SERVICE = f"{UNIT}.service"
TIMER = f"{UNIT}.timer"


def _service(reminder: Reminder) -> str:
    variables = "".join(f"Environment={systemd_variable(*pair)}\n" for pair in reminder.environment)
    return (
        f"{_HEAD}[Unit]\nDescription=studycards reminder\n\n"
        f"[Service]\nType=oneshot\nTimeoutStartSec=120\n{variables}ExecStart={systemd_command(reminder.argv)}\n"
    )


def _timer(reminder: Reminder) -> str:
    hours = "".join(f"OnCalendar={line}\n" for line in calendar(reminder))
    return (
        f"{_HEAD}[Unit]\nDescription=studycards reminder at {say_hour(reminder.at)}\n\n"
        f"[Timer]\n{hours}Persistent=true\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n"
    )


def calendar(reminder: Reminder) -> list[str]:
    """The hour, and one an hour later: systemd skips a day whose clocks jump over the hour.

    The second is left out where that day's window has ended by then, unless this zone does jump over the hour.
    """
    lines = [_on(reminder.days, reminder.at)]
    later = reminder.at.replace(hour=(reminder.at.hour + 1) % 24)
    if reminder.at.hour < reminder.last_hour:
        lines.append(_on(reminder.days, later))
    elif reminder.is_swallowed:
        shift = later < reminder.at
        lines.append(_on(frozenset((day + shift) % 7 for day in reminder.days), later))
    return lines


def _on(days: frozenset[int], at: time) -> str:
    spans = [_NAMES[a] if a == b else f"{_NAMES[a]}..{_NAMES[b]}" for a, b in runs(days)]
    prefix = "" if days == EVERY_DAY else ",".join(spans) + " "
    return f"{prefix}*-*-* {at.isoformat('seconds')}"


def _failure(error: Exception) -> str:
    what = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
    return f"The systemd timer could not be set up ({what}); nothing is left of it. `--via cron` is the other way."
