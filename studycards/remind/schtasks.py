"""The reminder as a task of the Windows Task Scheduler."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from subprocess import list2cmdline
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

from studycards.errors import StudycardsError
from studycards.remind.draft import Draft
from studycards.remind.entry import Standing
from studycards.remind.machine import Machine
from studycards.remind.plan import EVERY_DAY, Reminder

TASK = "studycards-remind"
NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Any past day will do: the trigger repeats daily from there on.
_SINCE = date(2024, 1, 1)
_COMMAND = re.compile(r"<Command>(.*?)</Command>", re.DOTALL)
_SETTINGS = (
    ("MultipleInstancesPolicy", "IgnoreNew"),
    ("DisallowStartIfOnBatteries", "false"),
    ("StopIfGoingOnBatteries", "false"),
    ("StartWhenAvailable", "true"),
    ("ExecutionTimeLimit", "PT5M"),
)


@dataclass(frozen=True, slots=True)
class Schtasks:
    """A task catches up what was missed and runs on battery; only the XML form can say so."""

    machine: Machine
    name: str = "schtasks"
    tells_next: bool = False

    def available(self) -> bool:
        """Whether this is Windows."""
        return self.machine.platform == "win32" and self.machine.which("schtasks") is not None

    def draft(self, reminder: Reminder) -> Draft:
        """The task's XML, and what registers it."""
        return Draft(((Path(f"{TASK}.xml"), _xml(reminder)),), (_create(f"{TASK}.xml"),))

    def install(self, reminder: Reminder) -> str:
        """Register the task; one of that name is replaced, unless it says the same already."""
        if _says(self._registered(), _xml(reminder)):
            return ""
        with tempfile.TemporaryDirectory(prefix="studycards-") as folder:
            path = Path(folder) / f"{TASK}.xml"
            path.write_bytes(_xml(reminder))
            ran = self.machine.run(*_create(str(path)))
        if ran.code != 0:
            raise StudycardsError(f"The Task Scheduler did not take the reminder ({ran.last_line}); nothing changed.")
        return ""

    def remove(self) -> None:
        """Delete the task."""
        self.machine.run("schtasks", "/delete", "/tn", TASK, "/f")

    def installed(self) -> Standing | None:
        """The entry as the Task Scheduler has it."""
        if self.machine.which("schtasks") is None:
            return None
        registered = self._registered()
        if not registered:
            return None
        match = _COMMAND.search(registered)
        return Standing(f"Task Scheduler, {TASK}", unescape(match[1].strip()) if match else "")

    def next_run(self, now: datetime) -> datetime | None:
        """The Task Scheduler tells it only in the form of the person's region."""
        return None

    def run_now(self, until: Callable[[float], bool]) -> None:
        """Start the very task, then wait with `until`."""
        ran = self.machine.run("schtasks", "/run", "/tn", TASK)
        if ran.code != 0:
            raise StudycardsError(f"The Task Scheduler cannot start {TASK}: {ran.last_line}")
        until(60)

    def _registered(self) -> str:
        """The task's XML as the Task Scheduler gives it back; empty if there is none."""
        ran = self.machine.run("schtasks", "/query", "/tn", TASK, "/xml")
        return _decode(ran.out) if ran.code == 0 else ""


def _says(registered: str, wanted: bytes) -> bool:
    """Whether the registered task has all that is wanted of it. The Task Scheduler adds elements of its own."""
    if not registered:
        return False
    try:
        # Both come from this machine: our own text, and the Task Scheduler's answer.
        ours, theirs = (_leaves(ElementTree.fromstring(xml)) for xml in (wanted, registered))  # noqa: S314
    except ElementTree.ParseError:
        return False
    return ours <= theirs


def _leaves(element: ElementTree.Element, path: str = "") -> set[tuple[str, str]]:
    """Path and text of every element without children; the chosen days are part of the path."""
    path = f"{path}/{element.tag}"
    if not len(element):
        return {(path, element.text or "")}
    days = "" if not element.tag.endswith("DaysOfWeek") else " ".join(sorted(child.tag for child in element))
    return {(path, days)}.union(*(_leaves(child, path) for child in element))


def _create(path: str) -> tuple[str, ...]:
    return ("schtasks", "/create", "/tn", TASK, "/xml", path, "/f")


def _decode(output: bytes) -> str:
    if output.startswith((b"\xff\xfe", b"\xfe\xff")):
        return output.decode("utf-16", errors="replace")
    return output.decode(errors="replace")


def _xml(reminder: Reminder) -> bytes:
    task = ElementTree.Element("Task", {"version": "1.3", "xmlns": NAMESPACE})
    _add(_add(task, "RegistrationInfo"), "Description", "studycards reminder")
    trigger = _add(_add(task, "Triggers"), "CalendarTrigger")
    _add(trigger, "Enabled", "true")
    _add(trigger, "StartBoundary", f"{_SINCE.isoformat()}T{reminder.at.isoformat('seconds')}")
    _schedule(trigger, reminder.days)
    principal = _add(_add(task, "Principals"), "Principal", id="Author")
    _add(principal, "LogonType", "InteractiveToken")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = _add(task, "Settings")
    for name, value in _SETTINGS:
        _add(settings, name, value)
    _action(_add(task, "Actions", Context="Author"), reminder)
    ElementTree.indent(task)
    return b"\xff\xfe" + (
        '<?xml version="1.0" encoding="UTF-16"?>\n' + ElementTree.tostring(task, encoding="unicode") + "\n"
    ).encode("utf-16-le")


def _schedule(trigger: ElementTree.Element, days: frozenset[int]) -> None:
    if days == EVERY_DAY:
        _add(_add(trigger, "ScheduleByDay"), "DaysInterval", "1")
        return
    week = _add(trigger, "ScheduleByWeek")
    chosen = _add(week, "DaysOfWeek")
    for day in sorted(days):
        _add(chosen, _NAMES[day])
    _add(week, "WeeksInterval", "1")


def _action(actions: ElementTree.Element, reminder: Reminder) -> None:
    """The program and its arguments as one command line. A task has no variables, so the database is an option."""
    run = _add(actions, "Exec")
    program, *words = reminder.argv
    db = dict(reminder.environment).get("STUDYCARDS_DB")
    if db:
        at = words.index("studycards") + 1
        words[at:at] = ["--db", db]
    _add(run, "Command", program)
    _add(run, "Arguments", list2cmdline(words))


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = text
    return child
