"""Every call of the commands that changes a file, failed in turn: killed, torn, disk full, I/O error, dead disk."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.faults import Call, Fault, Point
from tests.soak.kill import Stand, Trial, stand

FAULTS = (Fault.KILL, Fault.TORN, Fault.FULL, Fault.ERROR, Fault.DEAD)
_WRITES = ("write", "pwrite", "sendfile")


@dataclass(slots=True)
class Points:
    """How many points were tried, by call and by fault, how it ended, and what went wrong."""

    calls: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def run(
    folder: Path,
    trials: Mapping[str, Trial],
    seed: int,
    most: int | None = None,
    part: tuple[int, int] = (1, 1),
    thin: bool = False,
) -> Points:
    """Fail each call of each trial in turn, or `most` points in all drawn by lot; of several `part`s only one."""
    result = Points()
    stands = {name: stand(trial, folder / name) for name, trial in trials.items()}
    points = [(name, point) for name, one in stands.items() for point in _points(one.calls, thin)]
    for one in stands.values():
        result.calls.update(call.name for call in one.calls)
    if most is not None and most < len(points):
        points = random.Random(seed).sample(points, most)
    for name, point in points[part[0] - 1 :: part[1]]:
        result.tried[point.fault.name.lower()] += 1
        call = stands[name].calls[point.number - 1]
        for wrong in _try(stands[name], point, result):
            result.wrong.append(f"{name}: {_place(call)} ({point.number}) {point.fault.name.lower()}: {wrong}")
    for name, one in stands.items():
        result.wrong += [f"{name}, at the end: {wrong}" for wrong in one.trial.last(one.path)]
    return result


def _points(calls: list[Call], thin: bool) -> Iterator[Point]:
    """Each call with each fault. Thinly: each but of pages written every eighth, without the faults that are variants
    of others."""
    for number, call in enumerate(calls, 1):
        if thin and call.name == "pwrite" and number % 8:
            continue
        for fault in FAULTS:
            if (fault is not Fault.TORN or call.name in _WRITES) and not (thin and fault in (Fault.TORN, Fault.DEAD)):
                yield Point(number, fault)


def _place(call: Call) -> str:
    return f"{call.name} {Path(call.path).name}{' in a transaction' if call.inside else ''}"


def _try(one: Stand, point: Point, result: Points) -> list[str]:
    one.trial.before(one.path)
    said = one.run(60, point)
    end = said[-1] if said else ""
    failed = end.startswith(("exit ", "traceback "))
    result.ends["done" if end == "end" else " ".join(end.split()[:2]) if failed else "killed"] += 1
    wrong = []
    if end.startswith("traceback"):
        wrong.append(end)
    elif end.startswith("exit") and (end.split()[1] not in ("1", "3") or not end.endswith(".")):
        wrong.append(f"no plain sentence: {end}")
    return wrong + one.trial.judge(one.path, said)
