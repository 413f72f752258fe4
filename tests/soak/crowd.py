"""Several processes that answer on one store at once."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from studycards.errors import StudycardsError
from studycards.store.logcopy import LogCopy
from tests.soak import oracle
from tests.soak.stage import Clock, act, make, opened, sitting


@dataclass(slots=True)
class Crowd:
    """What became of it: answers told and stored, those that came too late for their card, waits, troubles."""

    told: int = 0
    stored: int = 0
    elsewhere: int = 0
    twice: int = 0
    p99_ms: float = 0.0
    longest_ms: float = 0.0
    wrong: list[str] = field(default_factory=list)


def answers(folder: Path, processes: int, each: int, seed: int, cards: int = 0) -> Crowd:
    """Let processes answer `each` cards; few cards make them meet often."""
    path = folder / "crowd.db"
    make(path, cards or 400)
    pipes = []
    for number in range(processes):
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(read)
            _answer(path, each, seed + number, lambda line, w=write: os.write(w, line.encode()))
            os._exit(0)
        os.close(write)
        pipes.append((pid, read))
    said = [_drain(pid, read) for pid, read in pipes]
    return _judge(path, [line.split() for part in said for line in part])


def _answer(path: Path, each: int, seed: int, say: Callable[[str], int]) -> None:
    rng = random.Random(seed)
    day = done = 0
    try:
        db = opened(path)
        while done < each:
            day += 1
            session = sitting(db, Clock(day))
            while done < each:
                begun = time.perf_counter()
                told = act(session, rng, "a")
                if not told:
                    break
                done += not told.startswith("elsewhere")
                say(f"{told.replace(' ', ',')} {(time.perf_counter() - begun) * 1000:.2f}\n")
    except StudycardsError as error:
        say(f"error {error.sentence.replace(' ', '_')}\n")


def _drain(pid: int, read: int) -> list[str]:
    said = b""
    while piece := os.read(read, 1 << 16):
        said += piece
    os.close(read)
    os.waitpid(pid, 0)
    return said.decode().splitlines()


def _judge(path: Path, said: list[list[str]]) -> Crowd:
    told = [words for words in said if words[0].startswith("answer,")]
    waits = sorted(float(words[1]) for words in told)
    db = opened(path)
    stored = db.execute("SELECT count(*) FROM reviews").fetchone()[0]
    again = "SELECT count(*) FROM (SELECT card_id, state, reviewed_at FROM reviews GROUP BY 1, 3 HAVING count(*) > 1)"
    crowd = Crowd(
        told=len(told),
        stored=stored,
        elsewhere=sum(words[0].startswith("elsewhere") for words in said),
        twice=db.execute(again).fetchone()[0] + _from_one_showing(db),
        p99_ms=waits[int(len(waits) * 0.99)] if waits else 0.0,
        longest_ms=waits[-1] if waits else 0.0,
        wrong=[words[1] for words in said if words[0] == "error"],
    )
    crowd.wrong += oracle.sound(db)
    LogCopy(db).close()
    crowd.wrong += [f"the doctor finds {code}" for code in oracle.problems(db, path)]
    db.close()
    return crowd


def _from_one_showing(db: oracle.Database) -> int:
    """Cards that were new twice, though nothing was undone: two answers to one screen."""
    query = "SELECT count(*) FROM (SELECT card_id FROM reviews WHERE state IS NULL GROUP BY 1 HAVING count(*) > 1)"
    return int(db.execute(query).fetchone()[0])
