"""kill -9 at a random moment, again and again on one store."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from studycards.errors import StudycardsError
from studycards.store import places
from studycards.store.logcopy import LogCopy
from tests.soak import oracle
from tests.soak.stage import Clock, act, make, opened, sitting

Say = Callable[[str], None]


@dataclass(slots=True)
class Tally:
    """What a loop of kills came to; `hot` kills left a transaction to roll back."""

    kills: int = 0
    hot: int = 0
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)


def child(work: Callable[[Say], None], wait_s: float, aim: Path | None = None) -> list[str]:
    """Run `work` in a child process, kill it some time after it first said something; what it said whole lines of.

    With `aim` the kill waits for this journal to hold a transaction, if one comes soon.
    """
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            work(lambda line: os.write(write, f"{line}\n".encode()) and None)
            os.write(write, b"end\n")
        except StudycardsError as error:
            os.write(write, f"error {error.sentence}\n".encode())
        finally:
            os._exit(0)
    os.close(write)
    said = _until(read, wait_s)
    end = time.monotonic() + 0.05
    while aim is not None and time.monotonic() < end and not is_hot(aim):
        pass
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while piece := os.read(read, 1 << 16):
        said += piece
    os.close(read)
    return said.decode().split("\n")[:-1]


def _until(read: int, wait_s: float) -> bytes:
    """What is said until `wait_s` after the first word."""
    said = b""
    end = time.monotonic() + 20
    while (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([read], [], [], left)
        if not ready:
            break
        piece = os.read(read, 1 << 16)
        if not piece:
            break
        if not said:
            end = time.monotonic() + wait_s
        said += piece
    return said


def acts(folder: Path, kinds: str, kills: int, seed: int) -> Tally:
    """Kill a sitting that answers (a), undoes (u), redoes (r), buries (b), suspends (s), flags (f)."""
    path, rng, tally = folder / "kill.db", random.Random(seed), Tally()
    make(path, 600)
    day = 0
    before = oracle.Counts(0, 0)
    while tally.kills < kills:
        day += 1
        tally.kills += 1
        script = random.Random(rng.random())

        def work(say: Say, day: int = day, script: random.Random = script) -> None:
            db = opened(path)
            clock = Clock(day)
            session = sitting(db, clock)
            session.current  # noqa: B018 - painted before the clock of the trial runs
            say("ready")
            while told := act(session, script, kinds):
                say(told)

        said = child(work, rng.uniform(0.001, 0.040), path if rng.random() < 0.6 else None)
        tally.hot += is_hot(path)
        before = _judge(path, said, before, tally)
    db = opened(path)
    tally.wrong += oracle.sound(db)
    LogCopy(db).close()
    tally.wrong += [f"the doctor finds {code}" for code in oracle.problems(db, path)]
    db.close()
    return tally


def is_hot(path: Path) -> bool:
    """Whether a transaction was cut off."""
    journal = places.journal(path)
    return journal.exists() and journal.stat().st_size > 0


def _judge(path: Path, said: list[str], before: oracle.Counts, tally: Tally) -> oracle.Counts:
    """What was said to be done is there once, and at most one act more."""
    if not said or said[0] != "ready":
        tally.wrong.append(f"the child never began: {said}")
    answers = [line.split() for line in said if line.startswith("answer ")]
    tally.acknowledged += len(answers)
    db = opened(path)
    after = oracle.Counts.of(db)
    other = sum(_rows(line) for line in said)
    if not 0 <= after.answers - before.answers - len(answers) <= 1:
        tally.wrong.append(f"{len(answers)} answers were told, {after.answers - before.answers} are there")
    if not 0 <= after.acts - before.acts - other <= 2:
        tally.wrong.append(f"{other} acts were told, {after.acts - before.acts} are there")
    rows = db.execute(
        "SELECT card_id, rating FROM reviews ORDER BY rowid LIMIT -1 OFFSET ?", (before.answers,)
    ).fetchall()
    if [(row[0], str(row[1])) for row in rows[: len(answers)]] != [(words[1], words[2]) for words in answers]:
        tally.wrong.append("the answers that are there are not those that were told")
    half = "SELECT 1 FROM acts a WHERE kind IN ('bury', 'suspend') GROUP BY device, step HAVING count(*) <> 2"
    tally.wrong += ["half of a step on two cards is there"] * len(db.execute(half).fetchall())
    tally.wrong += oracle.sound(db, sorted({row[0] for row in rows}))
    db.close()
    return after


def _rows(line: str) -> int:
    """How many rows an act said to be done has in the log."""
    words = line.split()
    if words[0] in ("bury", "suspend"):
        return int(words[1])
    return int(words[0] in ("flag", "undo", "redo"))


def commands(folder: Path, trial: Trial, kills: int, seed: int) -> Tally:
    """Kill a command line somewhere on its way; afterwards the trial says what is wrong."""
    rng, tally = random.Random(seed), Tally()
    path = trial.prepare(folder)
    longest = _length(trial, path)
    while tally.kills < kills:
        tally.kills += 1
        trial.before(path)

        def work(say: Say) -> None:
            say("ready")
            trial.run(path)

        said = child(work, rng.uniform(0.0, 0.75 * longest), path if rng.random() < trial.aimed else None)
        tally.hot += is_hot(path)
        tally.acknowledged += "end" in said
        tally.wrong += trial.judge(path, "end" in said)
    tally.wrong += trial.last(path)
    return tally


def _length(trial: Trial, path: Path) -> float:
    """How long the command takes when nothing kills it."""
    trial.before(path)
    begun = time.monotonic()
    said = child(lambda say: trial.run(path), 30)
    wrong = trial.judge(path, True)
    if "end" not in said or wrong:
        raise RuntimeError(f"the command fails when nothing kills it: {said} {wrong}")
    return time.monotonic() - begun


class Trial(Protocol):
    """A command to be killed: what is there before, the command, and what must hold after."""

    aimed: float

    def prepare(self, folder: Path) -> Path: ...
    def before(self, path: Path) -> None: ...
    def run(self, path: Path) -> None: ...
    def judge(self, path: Path, done: bool) -> list[str]: ...
    def last(self, path: Path) -> list[str]: ...


def starts(folder: Path, kills: int, seed: int) -> Tally:
    """Kill the first start of a store while it makes its tables."""
    rng, tally = random.Random(seed), Tally()
    for number in range(kills):
        path = folder / f"{number}.db"
        tally.kills += 1

        def work(say: Say, path: Path = path) -> None:
            say("ready")
            LogCopy(opened(path)).close()

        child(work, rng.uniform(0.0, 0.025))
        tally.hot += is_hot(path)
        try:
            db = opened(path)
            LogCopy(db).close()
            tally.wrong += oracle.sound(db, [])
            db.close()
        except StudycardsError as error:
            tally.wrong.append(f"{number}: {error}")
        for left in folder.glob(f"{number}.*"):
            left.unlink()
    return tally
