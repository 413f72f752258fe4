"""The task against Microsoft's published Task Scheduler schema, by a validating reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from remind_stubs import daily
from xmlschema import XMLSchema

from studycards.remind.machine import Machine
from studycards.remind.plan import EVERY_DAY, parse_days
from studycards.remind.schtasks import NAMESPACE, Schtasks

MACHINE = Machine("win32", Path("/home/me"), 1000, {}, Path("/home/me/state"))


@cache
def schema() -> XMLSchema:
    return XMLSchema(Path(__file__).with_name("task.xsd"))


def task(days: frozenset[int] = EVERY_DAY, at: time = time(8, 10), db: str = "C:\\My <cards> & 卡片.db") -> bytes:
    reminder = daily(Path("/home/me"), at, days, environment=(("STUDYCARDS_DB", db),))
    return Schtasks(MACHINE).draft(reminder).files[0][1]


def tree(task: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(task)


def test_the_schema_is_one_for_the_namespace_that_the_task_names() -> None:
    assert schema().target_namespace == NAMESPACE


@pytest.mark.parametrize("days", [EVERY_DAY, parse_days("mon-fri"), parse_days("sun"), parse_days("mon,wed,sat")])
def test_the_task_is_what_the_published_schema_allows(days: frozenset[int]) -> None:
    schema().validate(tree(task(days)))


@given(
    days=st.frozensets(st.integers(0, 6), min_size=1),
    at=st.times(),
    db=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=80),
)
def test_any_days_any_hour_and_any_database_make_a_valid_task(days: frozenset[int], at: time, db: str) -> None:
    assert schema().is_valid(tree(task(days, at.replace(microsecond=0), db)))


GOLDEN = sorted(Path(__file__).parent.glob("golden/*/*.xml"))


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.parent.name)
def test_the_golden_files_are_valid(golden: Path) -> None:
    schema().validate(tree(golden.read_bytes()))


def _swap_in_trigger(task: ElementTree.Element) -> None:
    trigger = task.find(".//{*}CalendarTrigger")
    assert trigger is not None
    trigger[0], trigger[1] = trigger[1], trigger[0]


def _lose(path: str) -> Callable[[ElementTree.Element], None]:
    def lose(task: ElementTree.Element) -> None:
        for parent in task.iter():
            for child in parent.findall(path):
                parent.remove(child)

    return lose


def _set(path: str, text: str) -> Callable[[ElementTree.Element], None]:
    def change(task: ElementTree.Element) -> None:
        found = task.find(path)
        assert found is not None
        found.text = text

    return change


def _add_colour(task: ElementTree.Element) -> None:
    settings = task.find("{*}Settings")
    assert settings is not None
    ElementTree.SubElement(settings, f"{{{NAMESPACE}}}Colour")


def _name_another_principal(task: ElementTree.Element) -> None:
    actions = task.find("{*}Actions")
    assert actions is not None
    actions.set("Context", "Nobody")


@pytest.mark.parametrize(
    "spoil",
    [
        _swap_in_trigger,
        _lose("{*}Actions"),
        _lose("{*}Command"),
        _lose("{*}ScheduleByDay"),
        _add_colour,
        _name_another_principal,
        _set(".//{*}RunLevel", "Root"),
        _set(".//{*}StartBoundary", "8:10"),
        _set(".//{*}DaysInterval", "0"),
        _set(".//{*}ExecutionTimeLimit", "5 minutes"),
        _set(".//{*}StartWhenAvailable", "yes"),
        _set(".//{*}Command", "x" * 261),
    ],
)
def test_what_the_schema_refuses_is_found(spoil: Callable[[ElementTree.Element], None]) -> None:
    spoiled = tree(task())

    spoil(spoiled)

    assert not schema().is_valid(spoiled)
