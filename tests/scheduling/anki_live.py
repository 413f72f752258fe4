"""Answers given to a real Anki backend, fuzz off, and what our preview says of the same stored state.

Run as a child process: `python -m tests.scheduling.anki_live ANSWERS`; prints one JSON object. The passing of days is
played by moving a card's last review back.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

os.environ["ANKI_TEST_MODE"] = "1"

from anki.collection import Collection  # isort: skip  # first: anki.cards cannot be imported before it
from anki.cards import Card
from anki.scheduler.v3 import CardAnswer
from anki.scheduler_pb2 import SchedulingState, SchedulingStates

from studycards.model import Memory, Rating, Settings, State
from studycards.scheduling.answer import Outcome, preview
from studycards.scheduling.fsrs import Kernel
from tests.scheduling.lives import gap as drawn_gap
from tests.scheduling.lives import rating as drawn_rating

STEPS: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (
    ((60, 600), (600,)),
    ((600,), ()),
    ((), (600, 1800)),
    ((60, 600, 6000), (3600, 28_800)),
)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
RETENTIONS = (0.9, 0.8, 0.95, 0.85)
LONGEST = 14


def collection(folder: Path, settings: Settings) -> Collection:
    """A fresh collection with FSRS on and these settings."""
    col = Collection(str(folder / "collection.anki2"))
    col.set_config("fsrs", True)
    conf = col.decks.get_config(1)  # type: ignore[arg-type]  # the default preset
    conf["new"]["delays"] = [s / 60 for s in settings.learning_steps]
    conf["lapse"]["delays"] = [s / 60 for s in settings.relearning_steps]
    conf["lapse"]["leechAction"] = 1
    conf["desiredRetention"] = settings.desired_retention
    col.decks.update_config(conf)
    return col


def new_card(col: Collection) -> Card:
    """A new card in the default deck."""
    kind = col.models.by_name("Basic")
    assert kind is not None
    note = col.new_note(kind)
    note["Front"] = "question"
    col.add_note(note, 1)  # type: ignore[arg-type]  # the default deck
    return note.cards()[0]


def said(state: SchedulingState) -> tuple[str, int, float]:
    """Kind, what is scheduled (days, or minus seconds) and stability of one of Anki's next states."""
    normal = state.normal
    if normal.HasField("review"):
        return "REVIEW", normal.review.scheduled_days, normal.review.memory_state.stability
    step = normal.relearning.learning if normal.HasField("relearning") else normal.learning
    kind = "RELEARNING" if normal.HasField("relearning") else "LEARNING"
    return kind, -step.scheduled_secs, step.memory_state.stability


def stored(col: Collection, card: Card, states: SchedulingStates, settings: Settings, gap: int) -> Memory | None:
    """Anki's card as our memory."""
    if card.memory_state is None:
        return None
    current = states.current.normal
    state = State[said(states.current)[0]]
    ladder = settings.relearning_steps if state == State.RELEARNING else settings.learning_steps
    learning = current.relearning.learning if state == State.RELEARNING else current.learning
    step = None if state == State.REVIEW else max(0, len(ladder) - learning.remaining_steps)
    return Memory(
        state=state,
        step=step,
        stability=card.memory_state.stability,
        difficulty=card.memory_state.difficulty,
        due_day=0,
        due=None,
        last_day=NOW.toordinal() - gap,
        last_review=NOW - timedelta(days=gap, hours=1),
        reps=card.reps,
        lapses=card.lapses,
        interval=current.review.scheduled_days if state == State.REVIEW else 0,
    )


def in_our_words(outcome: Outcome) -> tuple[str, int]:
    """Kind and what is scheduled, steps of days in seconds as Anki says them."""
    memory = outcome.memory
    if memory.state != State.REVIEW and outcome.scheduled > 0:
        return memory.state.name, -86_400 * outcome.scheduled
    return memory.state.name, outcome.scheduled


def without_steps(memory: Memory | None, settings: Settings) -> bool:
    """Whether a forgotten card finds no steps: Anki then lets FSRS schedule minutes, which we never do."""
    if memory is None or memory.state == State.LEARNING:
        return not settings.learning_steps
    return not settings.relearning_steps


def on_the_edge(interval: float) -> bool:
    """Whether an interval is so close to a half that single precision, Anki's, may round it to the other side."""
    return abs(interval % 1 - 0.5) < interval * 1e-6


def pass_days(col: Collection, card: Card, days: int) -> None:
    """Let the last review be so many days longer ago."""
    if days and card.last_review_time is not None:
        card.last_review_time -= days * 86_400
        col.update_card(card)


def live(settings: Settings, answers: int, seed: int) -> dict[str, object]:
    """Give that many answers; what differed, and how far stability ran apart from a life of our own."""
    rng, kernel = Random(seed), Kernel()
    factor = kernel.interval_factor(settings.desired_retention)
    wrong: list[object] = []
    apart = nearest = 0.0
    given = minutes = edges = 0
    with tempfile.TemporaryDirectory() as folder:
        col = collection(Path(folder), settings)
        while given < answers:
            card, pair = new_card(col), None
            for number in range(rng.randint(2, LONGEST)):
                gap = drawn_gap(rng) if number else 0
                pass_days(col, card, gap)
                states = col._backend.get_scheduling_states(card.id)
                memory = stored(col, card, states, settings, gap)
                ours = preview(memory, NOW, "k7f3q2", settings)
                theirs = dict(zip(Rating, (states.again, states.hard, states.good, states.easy), strict=True))
                for rating, outcome in ours.items():
                    kind, scheduled, stability = said(theirs[rating])
                    nearest = max(nearest, abs(outcome.memory.stability / stability - 1))
                    if scheduled < 0 and without_steps(memory, settings) and in_our_words(outcome) == ("REVIEW", 1):
                        minutes += 1
                    elif on_the_edge(stability * factor) and abs(outcome.scheduled - scheduled) == 1:
                        edges += 1
                    elif in_our_words(outcome) != (kind, scheduled):
                        wrong.append([number, rating, str(memory), in_our_words(outcome), (kind, scheduled)])
                rating = Rating(drawn_rating(rng))
                pair = kernel.step(pair, rating, gap)
                card.start_timer()
                answer = col.sched.build_answer(card=card, states=states, rating=CardAnswer.Rating.values()[rating - 1])
                col.sched.answer_card(answer)
                card.load()
                assert card.memory_state is not None
                apart = max(apart, abs(pair[0] / card.memory_state.stability - 1))
                given += 1
        col.close()
    return {
        "answers": given,
        "buttons": 4 * given,
        "minutes": minutes,
        "edges": edges,
        "wrong": wrong[:5],
        "count": len(wrong),
        "apart": apart,
        "nearest": nearest,
    }


def main(answers: int) -> None:
    """One JSON line for each set of steps."""
    for number, ((learning, relearning), retention) in enumerate(zip(STEPS, RETENTIONS, strict=True)):
        settings = Settings(
            learning_steps=learning, relearning_steps=relearning, desired_retention=retention, fuzz=False
        )
        print(json.dumps({"steps": [learning, relearning], **live(settings, answers // len(STEPS), number)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
