"""The daily reminder: one file per scheduler of the operating system."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from studycards.errors import StudycardsError
from studycards.remind.cron import Cron
from studycards.remind.draft import Draft
from studycards.remind.entry import Standing
from studycards.remind.launchd import Launchd
from studycards.remind.machine import Machine
from studycards.remind.plan import Reminder
from studycards.remind.schtasks import Schtasks
from studycards.remind.systemd import Systemd


class Backend(Protocol):
    """A scheduler of the operating system. What fails raises StudycardsError and leaves things as they were."""

    @property
    def name(self) -> str:
        """What `--via` calls it."""

    @property
    def tells_next(self) -> bool:
        """Whether `next_run` knows; where it does, None means that nothing will run."""

    def available(self) -> bool:
        """Whether it can be used here."""

    def draft(self, reminder: Reminder) -> Draft:
        """What `install` would write and run; touches nothing."""

    def install(self, reminder: Reminder) -> str:
        """Install or change the entry; nothing happens if it stands already. Returns advice for the person."""

    def remove(self) -> None:
        """Take away every trace of the entry; harmless where there is none."""

    def installed(self) -> Standing | None:
        """The entry that stands, None where there is none."""

    def next_run(self, now: datetime) -> datetime | None:
        """The next time as the scheduler tells it, None where it tells none."""

    def run_now(self, until: Callable[[float], bool]) -> None:
        """Have the scheduler run the entry; `until(seconds)` waits for its outcome and says whether it came."""


BACKENDS: tuple[Callable[[Machine], Backend], ...] = (Systemd, Launchd, Schtasks, Cron)
NAMES = ("systemd", "launchd", "schtasks", "cron")


def backends(machine: Machine) -> list[Backend]:
    """Every back end, best first."""
    return [make(machine) for make in BACKENDS]


def named(machine: Machine, name: str) -> Backend:
    """The back end of that name, whether it can be used or not."""
    return next(backend for backend in backends(machine) if backend.name == name)


def pick(machine: Machine, via: str) -> Backend:
    """The back end asked for, or the best one for `auto`. Raises StudycardsError where it cannot be used."""
    if via != "auto":
        chosen = named(machine, via)
        if not chosen.available():
            raise StudycardsError(_UNAVAILABLE[via])
        return chosen
    for backend in backends(machine):
        if backend.available():
            return backend
    raise StudycardsError(
        "This machine has no scheduler that could call you: no systemd user manager, no cron. "
        "A line at the start of your shell does without one: `studycards shell-init bash`."
    )


def install(machine: Machine, chosen: Backend, reminder: Reminder) -> str:
    """Install with one back end, then take the entry out of every other. Returns advice for the person."""
    advice = chosen.install(reminder)
    for other in backends(machine):
        if other.name != chosen.name and other.installed() is not None:
            other.remove()
    return advice


def standing(machine: Machine) -> list[tuple[Backend, Standing]]:
    """Every entry of ours, in whichever scheduler."""
    found = [(backend, backend.installed()) for backend in backends(machine)]
    return [(backend, entry) for backend, entry in found if entry is not None]


_UNAVAILABLE = {
    "systemd": "No systemd user manager answers here (`systemctl --user list-timers` fails); try --via cron.",
    "launchd": "launchd is macOS's scheduler, and this is no Mac; leave --via out.",
    "schtasks": "The Task Scheduler belongs to Windows, and this is none; leave --via out.",
    "cron": "There is no `crontab` here that answers; install cron, or leave --via out.",
}
