"""Random operations on one card after another, each held against what must always be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from random import Random

from studycards.model import Memory, Rating, Settings, State
from studycards.scheduling.answer import Outcome, preview
from studycards.scheduling.balance import Load
from studycards.scheduling.fsrs import Kernel
from studycards.scheduling.intervals import Chooser
from tests.scheduling.lives import parameter_sets, personal_sets

PARAMETERS = [(), *parameter_sets(6, seed=5), *personal_sets(4, seed=5)]
STEPS = ((60, 600), (600,), (), (60, 600, 6000), (86_400,), (30,))


def operate(count: int, seed: int = 11) -> Iterator[str]:
    """Carry out so many operations; a sentence for each thing that was not as it must be."""
    rng = Random(seed)
    done = 0
    while done < count:
        now, settings, card_id = _moment(rng), _settings(rng), f"card{rng.randint(0, 9999)}"
        memory: Memory | None = None
        history: list[Memory | None] = []
        for _ in range(min(rng.randint(1, 40), count - done)):
            done += 1
            kind = rng.random()
            if kind < 0.08:
                settings = _settings(rng)
            elif kind < 0.13 and history:
                memory = history.pop()
            else:
                now = _later(rng, now)
                load = Load({now.toordinal() + n: rng.randint(0, 40) for n in range(20)}) if kind < 0.3 else None
                outcomes = preview(memory, now, card_id, settings, load)
                yield from _wrong(memory, outcomes, settings, load)
                history.append(memory)
                memory = outcomes[Rating(rng.choices((1, 2, 3, 4), (0.2, 0.2, 0.45, 0.15))[0])].memory


def _moment(rng: Random) -> datetime:
    zone = timezone(timedelta(minutes=15 * rng.randint(-48, 56)))
    return datetime(2026, 1, 1, tzinfo=UTC).astimezone(zone) + timedelta(seconds=rng.randint(0, 10**8))


def _later(rng: Random, now: datetime) -> datetime:
    kind = rng.random()
    if kind < 0.1:
        now -= timedelta(days=rng.uniform(0, 500))
    elif kind < 0.45:
        now += timedelta(minutes=rng.uniform(0, 600))
    else:
        now += timedelta(days=rng.choice((1, 1, 3, 10, 40, 400)))
    if kind > 0.9:
        now = now.astimezone(timezone(timedelta(minutes=15 * rng.randint(-48, 56))))
    return now


def _settings(rng: Random) -> Settings:
    return Settings(
        desired_retention=rng.choice((0.7, 0.8, 0.9, 0.95, 0.99)),
        learning_steps=rng.choice(STEPS),
        relearning_steps=rng.choice(STEPS),
        maximum_interval=rng.choice((1, 2, 3, 30, 365, 36_500)),
        leech_threshold=rng.choice((0, 1, 8)),
        fuzz=rng.random() < 0.7,
        day_start=rng.randint(0, 23),
        parameters=rng.choice(PARAMETERS),
    )


def _wrong(
    before: Memory | None, outcomes: dict[Rating, Outcome], settings: Settings, load: Load | None
) -> Iterator[str]:
    for rating, outcome in outcomes.items():
        memory = outcome.memory
        if not (0.001 <= memory.stability <= 36_500 and 1 <= memory.difficulty <= 10):
            yield f"{rating!r}: memory out of bounds in {memory}"
        if memory.state == State.REVIEW and not 1 <= outcome.scheduled <= settings.maximum_interval:
            yield f"{rating!r}: {outcome.scheduled} days"
        if memory.due_day < memory.last_day or (before and memory.last_review <= before.last_review):
            yield f"{rating!r}: time goes back in {memory}"
        passed_later = before is not None and rating > 1 and memory.last_day > before.last_day
        if before and passed_later and memory.stability < before.stability:
            yield f"{rating!r}: a pass lowered {before.stability} to {memory.stability}"
    yield from _unordered(before, outcomes, settings)


def _unordered(before: Memory | None, outcomes: dict[Rating, Outcome], settings: Settings) -> Iterator[str]:
    days = {r: o.scheduled for r, o in outcomes.items() if o.memory.state == State.REVIEW}
    hard, good, easy = (days.get(r) for r in (Rating.HARD, Rating.GOOD, Rating.EASY))
    longest = settings.maximum_interval
    if good and easy and good >= easy and good < longest:
        yield f"Good {good}, Easy {easy}"
    if hard and good and (hard > good or (before and before.state == State.REVIEW and hard == good < longest)):
        yield f"Hard {hard}, Good {good}"


def intervals_that_rise_with_retention(count: int, seed: int = 3) -> list[str]:
    """Where a higher desired retention gives a longer interval: nowhere."""
    rng = Random(seed)
    wrong = []
    for _ in range(count):
        kernel = Kernel(rng.choice(PARAMETERS))
        low, high = sorted(rng.uniform(0.7, 0.99) for _ in range(2))
        stability = 10 ** rng.uniform(-3, 4.56)
        chooser = Chooser(Settings(), ("k7f3q2", rng.randint(1, 999)))
        shorter, longer = (chooser.days(kernel.interval(r, stability), 1) for r in (high, low))
        if longer < shorter:
            wrong.append(f"{stability} at {low} and {high}")
    return wrong
