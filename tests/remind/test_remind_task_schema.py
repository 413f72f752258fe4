"""The task as Microsoft's published Task Scheduler schema has it: names, order where it matters, values."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from remind_stubs import daily

from studycards.remind.machine import Machine
from studycards.remind.plan import EVERY_DAY, parse_days
from studycards.remind.schtasks import NAMESPACE, Schtasks


class Type(NamedTuple):
    """A complex type of the schema, as far as it is used here: its children, whether their order matters, those that
    must be there, its attributes."""

    children: tuple[str, ...]
    is_ordered: bool = False
    needed: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()


def _type(children: str, needed: str = "", attributes: str = "", *, is_ordered: bool = False) -> Type:
    return Type(tuple(children.split()), is_ordered, frozenset(needed.split()), frozenset(attributes.split()))


TYPES = {
    "Task": _type("RegistrationInfo Triggers Settings Data Principals Actions", "Actions", "version"),
    "RegistrationInfo": _type("URI Author Version Date Documentation Description Source"),
    "Triggers": _type("CalendarTrigger"),
    # triggerBaseType is a sequence; calendarTriggerType goes on with RandomDelay and a choice of schedules.
    "CalendarTrigger": _type(
        "Enabled StartBoundary EndBoundary Repetition ExecutionTimeLimit RandomDelay ScheduleByDay ScheduleByWeek",
        "StartBoundary",
        "id",
        is_ordered=True,
    ),
    "ScheduleByDay": _type("DaysInterval", is_ordered=True),
    "ScheduleByWeek": _type("WeeksInterval DaysOfWeek"),
    "DaysOfWeek": _type("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "Principals": _type("Principal", "Principal"),
    "Principal": _type("UserId LogonType GroupId DisplayName RunLevel", attributes="id"),
    "Settings": _type(
        "AllowStartOnDemand RestartOnFailure MultipleInstancesPolicy DisallowStartIfOnBatteries StopIfGoingOnBatteries"
        " AllowHardTerminate StartWhenAvailable NetworkProfileName RunOnlyIfNetworkAvailable WakeToRun Enabled Hidden"
        " DeleteExpiredTaskAfter IdleSettings NetworkSettings ExecutionTimeLimit Priority RunOnlyIfIdle"
        " UseUnifiedSchedulingEngine"
    ),
    "Actions": _type("Exec", "Exec", "Context", is_ordered=True),
    "Exec": _type("Command Arguments WorkingDirectory", "Command", "id"),
}
BOOLEAN = "true|false"
VALUES = {
    "Enabled": BOOLEAN,
    "StartWhenAvailable": BOOLEAN,
    "DisallowStartIfOnBatteries": BOOLEAN,
    "StopIfGoingOnBatteries": BOOLEAN,
    "StartBoundary": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "ExecutionTimeLimit": r"P(\d+D)?T(\d+H)?(\d+M)?(\d+S)?",
    "DaysInterval": "[1-9]|[1-9][0-9]|[12][0-9][0-9]|3[0-5][0-9]|36[0-5]",
    "WeeksInterval": "[1-9]|[1-4][0-9]|5[0-2]",
    "LogonType": "S4U|Password|InteractiveToken|InteractiveTokenOrPassword",
    "RunLevel": "LeastPrivilege|HighestAvailable",
    "MultipleInstancesPolicy": "Parallel|Queue|IgnoreNew|StopExisting",
}


def faults(element: ElementTree.Element) -> list[str]:
    """What the schema would refuse."""
    name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    known = TYPES.get(name)
    if known is None:
        value, pattern = element.text or "", VALUES.get(name, ".*")
        return [] if re.fullmatch(pattern, value, re.DOTALL) and not len(element) else [f"{name}: {value!r}"]
    names = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
    found = [f"{name} has no {child}" for child in names if child not in known.children]
    found += [f"{name} lacks {child}" for child in known.needed - set(names)]
    found += [f"{name} has no attribute {given}" for given in set(element.attrib) - known.attributes]
    found += [f"{name} has {child} twice" for child in set(names) if names.count(child) > 1]
    if known.is_ordered and names != [child for child in known.children if child in names]:
        found.append(f"{name} is out of order: {names}")
    return found + [fault for child in element for fault in faults(child)]


def tasks(machine: Machine, days: frozenset[int]) -> ElementTree.Element:
    reminder = daily(Path("/home/me"), time(8, 10), days, environment=(("STUDYCARDS_DB", "C:\\My <cards> & 卡片.db"),))
    return ElementTree.fromstring(Schtasks(machine).draft(reminder).files[0][1])


@pytest.mark.parametrize("days", [EVERY_DAY, parse_days("mon-fri"), parse_days("sun"), parse_days("mon,wed,sat")])
def test_the_task_is_what_the_published_schema_allows(machine: Machine, days: frozenset[int]) -> None:
    task = tasks(machine, days)

    assert task.tag == f"{{{NAMESPACE}}}Task"
    assert faults(task) == []


def test_the_action_runs_as_the_principal_that_is_named(machine: Machine) -> None:
    task = tasks(machine, EVERY_DAY)

    principal, actions = task.find(f".//{{{NAMESPACE}}}Principal"), task.find(f"{{{NAMESPACE}}}Actions")
    assert principal is not None
    assert actions is not None
    assert actions.get("Context") == principal.get("id")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda task: task.find(".//{*}CalendarTrigger").insert(0, task.find(".//{*}StartBoundary")),
        lambda task: task.remove(task.find("{*}Actions")),
        lambda task: ElementTree.SubElement(task.find("{*}Settings"), f"{{{NAMESPACE}}}Colour"),
        lambda task: setattr(task.find(".//{*}RunLevel"), "text", "Root"),
    ],
)
def test_what_the_schema_refuses_is_found(machine: Machine, spoil: object) -> None:
    task = tasks(machine, EVERY_DAY)

    spoil(task)  # type: ignore[operator]

    assert faults(task)
