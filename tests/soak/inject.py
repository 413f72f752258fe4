"""Every system call of a reference session that writes, failed in turn: killed, disk full, I/O error."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from studycards import backup
from studycards.store import places
from tests.soak import oracle
from tests.soak.stage import make, opened

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink")
FAULTS = {"kill": "signal=SIGKILL:when={n}", "full": "error=ENOSPC:when={n}+", "io": "error=EIO:when={n}"}


@dataclass(slots=True)
class Points:
    """How many points were tried, by call and by fault, and what went wrong."""

    calls: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def missing() -> str:
    """What this trial needs and the machine has not; "" when all is there."""
    return "" if shutil.which("strace") else "strace"


def run(folder: Path, acts: int, seed: int, most: int | None = None) -> Points:
    """Fail each call in turn, or `most` of them drawn by lot."""
    template = folder / "template"
    template.mkdir()
    make(template / "x.db", 60)
    result = Points()
    result.calls = _count(folder, template, acts)
    points = [(call, n, fault) for call in CALLS for n in range(1, result.calls[call] + 1) for fault in FAULTS]
    if most is not None and most < len(points):
        points = random.Random(seed).sample(points, most)
    for call, n, fault in points:
        result.tried[fault] += 1
        for wrong in _try(folder, template, acts, (call, FAULTS[fault].format(n=n)), result):
            result.wrong.append(f"{call} {n} {fault}: {wrong}")
    return result


def _paths(path: Path) -> Iterator[Path]:
    """Every file that the session may write."""
    yield from (path, places.journal(path), places.log_copy(path), places.reserve(path), path.parent)
    folder = places.backups(path)
    yield folder
    for name in ("20261122T090000-use.db", ".studycards-20261122T090000-use.db", "20261122T090000-use.json"):
        yield folder / name
        yield places.journal(folder / name)


def _strace(path: Path, options: list[str], acts: int) -> subprocess.CompletedProcess[str]:
    named = [word for place in _paths(path) for word in ("-P", str(place))]
    command = ["strace", "-f", "-qq", *named, *options, sys.executable, "-m", "tests.soak.worker", str(path), str(acts)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def _count(folder: Path, template: Path, acts: int) -> Counter[str]:
    path = _fresh(folder, template)
    log = folder / "calls.txt"
    done = _strace(path, ["-o", str(log), "-e", f"trace={','.join(CALLS)}"], acts)
    if done.returncode:
        raise RuntimeError(f"the reference session fails by itself: {done.stdout} {done.stderr}")
    return Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(), re.M))


def _fresh(folder: Path, template: Path) -> Path:
    trial = folder / "trial"
    shutil.rmtree(trial, ignore_errors=True)
    shutil.copytree(template, trial)
    return trial / "x.db"


def _try(folder: Path, template: Path, acts: int, point: tuple[str, str], result: Points) -> list[str]:
    path = _fresh(folder, template)
    call, fault = point
    done = _strace(path, ["-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{fault}"], acts)
    said = done.stdout.split("\n")[:-1]
    result.ends["killed" if done.returncode < 0 or done.returncode > 128 else f"exit {done.returncode}"] += 1
    wrong = []
    if "Traceback" in done.stderr:
        wrong.append(f"a traceback: {done.stderr.strip().splitlines()[-1]}")
    if done.returncode not in (0, 1, 3, -9, 137):
        wrong.append(f"exit code {done.returncode}: {done.stderr[-300:]}")
    return wrong + _judge(path, said)


def _judge(path: Path, said: list[str]) -> list[str]:
    told = [line.split() for line in said if line.startswith("answer ")]
    db = opened(path)
    rows = db.execute("SELECT card_id, rating FROM reviews ORDER BY rowid").fetchall()
    wrong = oracle.sound(db)
    if [(row[0], str(row[1])) for row in rows[: len(told)]] != [(words[1], words[2]) for words in told]:
        wrong.append(f"{len(told)} answers were told, {len(rows)} are there")
    if len(rows) > len(told) + 1:
        wrong.append(f"{len(rows) - len(told)} answers more than told")
    db.close()
    for made in backup.listing(path):
        try:
            backup.copying.examine(made.path)
        except backup.StoreError as error:
            wrong.append(f"a listed backup is bad: {error}")
    if "backup" in said and not backup.listing(path):
        wrong.append("a backup was told and is not listed")
    return wrong
