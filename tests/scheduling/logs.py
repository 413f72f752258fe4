"""Logs of whole lives: answers given through `answer`, and the rows that they leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from hashlib import blake2b
from random import Random
from struct import pack
from typing import NamedTuple

from studycards.model import Memory, Rating, Settings
from studycards.scheduling.answer import answer
from studycards.scheduling.replay import Answered, Rules, replay
from tests.scheduling.lives import rating

SETTINGS = {
    1: Settings(),
    2: Settings(learning_steps=(600,), relearning_steps=(), desired_retention=0.85),
    3: Settings(learning_steps=(), relearning_steps=(60, 600), day_start=0),
    4: Settings(learning_steps=(60, 600, 172_800), maximum_interval=300, day_start=12),
}


class Lived(NamedTuple):
    """A card, its rows in the order of the answers, and its memory after each of them."""

    card_id: str
    rows: list[Answered]
    memories: list[Memory]


def lived(count: int, seed: int = 4, longest: int = 12) -> Iterator[Lived]:
    """Cards answered at changing hours, zones and settings, now and then with the clock set back."""
    rng = Random(seed)
    seq = 0
    for number in range(count):
        card_id = f"card{number:06d}"
        now = datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(seconds=rng.randint(0, 10**7))
        rows: list[Answered] = []
        memories: list[Memory] = []
        memory: Memory | None = None
        preset = rng.randint(1, 4)
        for _ in range(rng.randint(1, longest)):
            preset = rng.randint(1, 4) if rng.random() < 0.1 else preset
            settings = SETTINGS[preset]
            now = now.astimezone(timezone(timedelta(minutes=30 * rng.randint(-20, 24))))
            given = Rating(rating(rng))
            memory = answer(memory, given, now, card_id, settings).memory
            seq += 1
            rows.append(_row(memory, seq, given, now, preset))
            memories.append(memory)
            now = _next(rng, now, memory)
        yield Lived(card_id, rows, memories)


def digest(count: int, seed: int = 4, shuffle: int = 0) -> str:
    """One digest over the replayed memory of so many cards, their rows in another order for each `shuffle`."""
    total, rng, rules = blake2b(digest_size=16), Random(shuffle), Rules(SETTINGS)
    for life in lived(count, seed):
        rows = list(life.rows)
        if shuffle:
            rng.shuffle(rows)
        memory = replay(life.card_id, rows, rules)
        assert memory is not None
        total.update(pack("<dd", memory.stability, memory.difficulty))
        total.update(repr((memory.state, memory.step, memory.due_day, memory.due, memory.lapses)).encode())
    return total.hexdigest()


def _row(memory: Memory, seq: int, given: Rating, now: datetime, preset: int) -> Answered:
    at_ms = (memory.last_review - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    offset = (now.utcoffset() or timedelta()) // timedelta(minutes=1)
    start = SETTINGS[preset].day_start
    device = f"device{seq % 2}"
    return Answered(memory.last_day, at_ms, device, seq, int(given), memory.interval, preset, offset, start)


def _next(rng: Random, now: datetime, memory: Memory) -> datetime:
    if rng.random() < 0.05:
        return now - timedelta(days=rng.uniform(0, 3))
    if memory.due is not None:
        return max(now, memory.due) + timedelta(minutes=rng.uniform(0, 30))
    return now + timedelta(days=max(1, memory.due_day - memory.last_day) + rng.choice((0, 0, 1, 5)))


if __name__ == "__main__":
    import sys

    print(digest(int(sys.argv[1]), shuffle=int(sys.argv[2])))
