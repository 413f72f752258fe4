"""kill -9 at a random moment or at a call that changes a file, again and again."""

from __future__ import annotations

import contextlib
import importlib
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from studycards.errors import StudycardsError
from studycards.store.logcopy import LogCopy
from tests.soak import faults, oracle
from tests.soak.child import Say, child, is_hot
from tests.soak.faults import KILLS, Call, Point
from tests.soak.stage import Clock, act, make, opened, sitting


@dataclass(slots=True)
class Tally:
    """What a loop of kills came to: how many fell into a write transaction, how many left one to roll back."""

    kills: int = 0
    inside: int = 0
    hot: int = 0
    ended: int = 0
    acknowledged: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, path: Path, said: Sequence[str]) -> None:
        """Count a kill."""
        self.kills += 1
        self.hot += is_hot(path)
        self.ended += "end" in said
        self.inside += "end" not in said and (faults.was_inside() or is_hot(path))


def acts(folder: Path, kinds: str, kills: int, seed: int) -> Tally:
    """Kill a sitting that answers (a), undoes (u), redoes (r), buries (b), suspends (s), flags (f)."""
    path, rng, tally = folder / "kill.db", random.Random(seed), Tally()
    make(path, 600)
    day = 0
    before = oracle.Counts(0, 0)
    while tally.kills < kills:
        day += 1
        script = random.Random(rng.random())

        def work(say: Say, day: int = day, script: random.Random = script) -> None:
            db = opened(path)
            clock = Clock(day)
            session = sitting(db, clock)
            session.current  # noqa: B018 - painted before the clock of the trial runs
            say("ready")
            while told := act(session, script, kinds):
                say(told)

        point = Point(rng.randrange(8, 400), rng.choice(KILLS)) if rng.random() < 0.5 else None
        wait = rng.uniform(0.001, 0.040)
        said = child(work, wait if point is None else 20, path if point is None and rng.random() < 0.6 else None, point)
        tally.note(path, said)
        before = _judge(path, said, before, tally, point)
    db = opened(path)
    tally.wrong += oracle.sound(db)
    LogCopy(db).close()
    tally.wrong += [f"the doctor finds {code}" for code in oracle.problems(db, path)]
    db.close()
    return tally


def _judge(path: Path, said: list[str], before: oracle.Counts, tally: Tally, point: Point | None) -> oracle.Counts:
    """What was said to be done is there once, and at most one act more."""
    if (not said and point is None) or (said and said[0] != "ready") or any(_is_failure(line) for line in said):
        tally.wrong.append(f"the child never began or failed: {said[-3:]}")
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


def _is_failure(line: str) -> bool:
    return line.startswith(("exit ", "traceback "))


def _rows(line: str) -> int:
    """How many rows an act said to be done has in the log."""
    words = line.split()
    if words[0] in ("bury", "suspend"):
        return int(words[1])
    return int(words[0] in ("flag", "undo", "redo"))


class Trial(Protocol):
    """A command to be killed: what is there before, the command, and what must hold after."""

    def prepare(self, folder: Path) -> Path: ...
    def before(self, path: Path) -> None: ...
    def run(self, path: Path, say: Say) -> None: ...
    def judge(self, path: Path, said: list[str]) -> list[str]: ...
    def last(self, path: Path) -> list[str]: ...


@dataclass(slots=True)
class Stand:
    """A trial with what it takes when nothing kills it: its calls and its length."""

    trial: Trial
    path: Path
    calls: list[Call]
    seconds: float

    def kill(self, rng: random.Random) -> list[str]:
        """Run it and kill it: a fifth at some moment, the others at a call, more often within a transaction."""
        self.trial.before(self.path)
        if not self.calls or rng.random() < 0.2:
            return self.run(rng.uniform(0.0, self.seconds))
        inside = [number for number, call in enumerate(self.calls, 1) if call.inside]
        own = [number for number in inside if self.calls[number - 1].path.startswith(str(self.path))]
        aims = (own or inside, inside, range(1, len(self.calls) + 1))
        aim = rng.choices(aims, (4, 3, 3))[0] or aims[2]
        return self.run(60, Point(rng.choice(aim), rng.choice(KILLS)))

    def run(self, wait_s: float, point: Point | None = None) -> list[str]:
        """Run it to its end, or until it is killed; what it said."""

        def work(say: Say) -> None:
            say("ready")
            self.trial.run(self.path, say)

        return child(work, wait_s, None, point)[1:]


def stand(trial: Trial, folder: Path) -> Stand:
    """Prepare a trial and run it once. Raises RuntimeError if it fails when nothing kills it."""
    folder.mkdir()
    path = trial.prepare(folder)
    for warm in (False, True):
        trial.before(path)
        with tempfile.TemporaryFile() as record:

            def work(say: Say, warm: bool = warm) -> None:
                say("ready")
                trial.run(path, say)
                say("" if warm else "modules " + " ".join(sys.modules))

            begun = time.monotonic()
            said = child(work, 60, None, None, record.fileno() if faults.is_loaded() else -1)[1:]
            seconds = time.monotonic() - begun
            record.seek(0)
            calls = faults.recorded(record.read().decode(errors="replace"))
        wrong = trial.judge(path, said)
        if "end" not in said or wrong:
            raise RuntimeError(f"the command fails when nothing kills it: {said[-1:]} {wrong}")
        _load(said)
    return Stand(trial, path, calls, seconds)


def _load(said: list[str]) -> None:
    """Import here what the child had to import, so that those to come need not."""
    for name in next((line.split()[1:] for line in said if line.startswith("modules ")), []):
        if not name.startswith("__"):
            with contextlib.suppress(ImportError):
                importlib.import_module(name)


def commands(folder: Path, trials: Sequence[Trial], kills: int, seed: int) -> Tally:
    """Kill commands somewhere on their way; afterwards the trial says what is wrong."""
    rng, tally = random.Random(seed), Tally()
    stands = [stand(trial, folder / str(number)) for number, trial in enumerate(trials)]
    while tally.kills < kills:
        one = stands[tally.kills % len(stands)]
        said = one.kill(rng)
        tally.note(one.path, said)
        tally.acknowledged += sum(" " in line for line in said)
        tally.wrong += [f"{tally.kills}: a kill is no failure: {line}" for line in said if _is_failure(line)]
        tally.wrong += [f"{tally.kills}: {wrong}" for wrong in one.trial.judge(one.path, said)]
    for one in stands:
        tally.wrong += [f"at the end: {wrong}" for wrong in one.trial.last(one.path)]
    return tally


def starts(folder: Path, kills: int, seed: int) -> Tally:
    """Kill the first start of a store while it makes its tables."""
    rng, tally = random.Random(seed), Tally()
    for number in range(kills):
        path = folder / f"{number}.db"

        def work(say: Say, path: Path = path) -> None:
            say("ready")
            LogCopy(opened(path)).close()

        point = Point(rng.randrange(1, 60), rng.choice(KILLS)) if rng.random() < 0.8 else None
        said = child(work, rng.uniform(0.0, 0.025) if point is None else 20, None, point)
        tally.note(path, said)
        tally.wrong += [f"{number}: {line}" for line in said if _is_failure(line)]
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
