"""A store whose journal was taken away after a kill: the transaction cannot be rolled back, and that must be seen."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from studycards.errors import StoreError
from studycards.store import places
from studycards.store.logcopy import LogCopy
from tests.soak import oracle
from tests.soak.child import Say, child, is_hot
from tests.soak.stage import Clock, act, make, opened, sitting


@dataclass(slots=True)
class Bereft:
    """How the stores without their journal were met."""

    met: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def run(folder: Path, kills: int, seed: int) -> Bereft:
    """Kill in the middle of a transaction, remove the journal, look."""
    rng, result = random.Random(seed), Bereft()
    whole = folder / "whole.db"
    make(whole, 300)
    db = opened(whole)
    session = sitting(db, Clock(1))
    for _ in range(150):
        act(session, rng, "aaaaufb")
    session.close()
    db.close()
    path = folder / "x.db"
    while sum(result.met.values()) < kills:
        shutil.copyfile(whole, path)
        path.chmod(0o600)
        shutil.copyfile(places.log_copy(whole), places.log_copy(path))
        script = random.Random(rng.random())

        def work(say: Say, script: random.Random = script) -> None:
            inner = opened(path)
            acts = sitting(inner, Clock(5))
            say("ready")
            while told := act(acts, script, "aaab"):
                say(told)

        said = child(work, rng.uniform(0.0, 0.02), path)
        if is_hot(path):
            places.journal(path).unlink()
            result.met[_meet(path, said, result)] += 1
        places.journal(path).unlink(missing_ok=True)
    return result


def _meet(path: Path, said: list[str], result: Bereft) -> str:
    told = [line.split() for line in said if line.startswith("answer ")]
    try:
        db = opened(path)
    except StoreError:
        return "refused"
    try:
        LogCopy(db).close()
        if oracle.problems(db, path):
            return "found by the doctor"
        rows = db.execute("SELECT card_id, rating FROM reviews ORDER BY rowid DESC LIMIT 400").fetchall()
        lost = [words for words in told if (words[1], int(words[2])) not in rows]
        wrong = oracle.sound(db) + [f"{words} is lost" for words in lost]
        result.wrong += wrong
        return "silently wrong" if wrong else "harmless"
    finally:
        db.close()
