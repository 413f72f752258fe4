"""A disk of one megabyte that fills up, and a store that another program locks."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from studycards.store.trouble import StoreBusyError
from tests.soak import oracle
from tests.soak.stage import Clock, act, make, opened, sitting

_INSIDE = """
import random, sys
from pathlib import Path
from studycards.errors import StudycardsError
from tests.soak.stage import Clock, act, make, opened, sitting
path = Path(sys.argv[1]) / "x.db"
make(path, 300)
db, rng, day, told, error = opened(path), random.Random(1), 0, 0, ""
try:
    while told < 30000:
        day += 1
        session = sitting(db, Clock(day))
        while told < 30000 and act(session, rng, "a"):
            told += 1
except StudycardsError as problem:
    error = problem.sentence
db.close()
db = opened(path)
from tests.soak import oracle
stored = db.execute("select count(*) from reviews").fetchone()[0]
print(told, stored, len(oracle.sound(db)), error, session.warning, sep="|")
"""


def missing() -> str:
    """What the trial of the full disk needs and the machine has not; "" when all is there."""
    if not shutil.which("unshare"):
        return "unshare"
    tried = subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False)
    return "user namespaces" if tried.returncode else ""


def disk(folder: Path, size: str = "1m") -> tuple[int, int, list[str]]:
    """Answer until the disk is full: how many were told, how many are there, what is wrong."""
    script = f"mount -t tmpfs -o size={size} none {folder} && exec {sys.executable} -c '{_INSIDE}' {folder}"
    done = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    if done.returncode:
        return 0, 0, [f"exit code {done.returncode}: {done.stderr[-400:]}"]
    told, stored, unsound, error, _ = done.stdout.strip().split("|")
    wrong = [] if told == stored else [f"{told} answers were told, {stored} are there"]
    wrong += [f"{unsound} cards are not sound"] * (unsound != "0")
    wrong += [] if "disk is full" in error else [f"it was not told that the disk is full: {error!r}"]
    return int(told), int(stored), wrong


def lock(folder: Path) -> list[str]:
    """Another program holds the store: the answer is not written, and the same answer is written once it is free."""
    import random

    path = folder / "lock.db"
    make(path, 20)
    db = opened(path)
    db.execute("PRAGMA busy_timeout=50")
    session = sitting(db, Clock(1))
    act(session, random.Random(1), "a")
    session.current  # noqa: B018 - painted before the lock
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    wrong = []
    try:
        act(session, random.Random(2), "a")
        wrong.append("an answer was told though the store was locked")
    except StoreBusyError:
        pass
    other.execute("ROLLBACK")
    other.close()
    act(session, random.Random(2), "a")
    if db.execute("SELECT count(*) FROM reviews").fetchone()[0] != 2:
        wrong.append("the answer is not there exactly once")
    wrong += oracle.sound(db)
    db.close()
    return wrong
