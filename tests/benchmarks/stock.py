"""The same collection for studycards and for Anki, written straight into their databases: N cards, 10 reviews each."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from studycards.identity import content
from studycards.model import Memory, Rating, Settings
from studycards.scheduling.answer import answer
from studycards.store import log, presets
from studycards.store import memory as memory_rows
from studycards.store.logcopy import LogCopy
from studycards.store.opening import open_store, writing

os.environ["ANKI_TEST_MODE"] = "1"

REVIEWS = 10
NEW = 20  # one card of so many was never answered
SPREAD = 400  # due days lie from 20 days ago to so many less 20 ahead
HOUR = 9
PATTERNS = ((3,) * REVIEWS, (3, 3, 1, *(3,) * 7), (2, 3, 3, 2, *(3,) * 6), (3, 4, 3, 1, 3, 3, 2, 3, 3, 3))


class Answer(NamedTuple):
    """One answer of a life, its day counted from the first."""

    day: int
    rating: int
    state: int | None
    scheduled: int
    memory: Memory


class Taken(NamedTuple):
    """One card: its number, the life it leads, and the study day on which that began (0: new)."""

    number: int
    life: tuple[Answer, ...]
    first_day: int


def cards(count: int, today: int) -> Iterator[Taken]:
    """The cards of a collection."""
    lives = [_life(pattern) for pattern in PATTERNS]
    for n in range(count):
        if n % NEW == 0:
            yield Taken(n, (), 0)
            continue
        life = lives[n % len(lives)]
        due = today - 20 + n * 7919 % SPREAD
        yield Taken(n, life, min(due, today + SPREAD) - life[-1].memory.due_day)


def text(number: int) -> tuple[str, str]:
    """A card's question and answer."""
    return f"第 {number} 个问题：what does number {number} mean?", f"The answer {number}, 答案 {number % 97}"


def deck(number: int) -> str:
    """A card's deck."""
    return f"All::Subject {number % 8}::Part {number // 8 % 5}"


def ours(path: Path, count: int, today: int) -> None:
    """Write a store and the copy of its log, in which the cards come before their answers as in life."""
    with closing(open_store(path, device="benchmark", now_ms=1)) as db:
        with writing(db):
            db.conn.executemany(_CARD, (_card(c.number) for c in cards(count, today)))
        LogCopy(db).close()
        with writing(db):
            preset, device = presets.preset_id(db, Settings(), 1), log.device(db)
            db.conn.executemany(_REVIEW, ((device, *row) for row in _reviews(count, today, preset)))
            lived = ((f"c{c.number:07}", _moved(c.life[-1].memory, c.first_day)) for c in cards(count, today) if c.life)
            memory_rows.save_many(db, lived)
            db.conn.execute("INSERT OR REPLACE INTO meta VALUES ('parameters', '[]')")
        LogCopy(db).close()


def _card(number: int) -> tuple[object, ...]:
    front, back = text(number)
    return f"c{number:07}", front, back, deck(number), number, content(front, back)


def ms(day: int) -> int:
    """A study day's answering hour in UTC milliseconds."""
    return (day - 719_163) * 86_400_000 + HOUR * 3_600_000


_CARD = (
    "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position, first_seen_ms,"
    " changed_ms) VALUES (?1, ?1, 'basic', ?2, ?3, ?4, '/nowhere/deck.md', ?5, ?5, ?6, ?5, 0, 0)"
)
_REVIEW = (
    "INSERT INTO reviews (device, seq, card_id, rating, kind, state, reviewed_at, utc_offset_min, day_start, study_day,"
    " duration_ms, settings, predicted, scheduled, stability, difficulty)"
    " VALUES (?, ?, ?, ?, 'review', ?, ?, 0, 4, ?, 8000, ?, 0.9, ?, ?, ?)"
)


def _life(pattern: tuple[int, ...]) -> tuple[Answer, ...]:
    """Answers given when they were due, an hour's step told as a day."""
    settings = Settings(learning_steps=(), relearning_steps=(), fuzz=False)
    memory, day, life = None, 719_163, []
    for rating in pattern:
        before = None if memory is None else int(memory.state)
        memory = answer(memory, Rating(rating), _noon(day), "card", settings).memory
        life.append(Answer(day, rating, before, memory.interval, memory))
        day = memory.due_day
    return tuple(life)


def _noon(day: int) -> datetime:
    return datetime.fromordinal(day).replace(tzinfo=UTC) + timedelta(hours=HOUR)


def _moved(memory: Memory, days: int) -> Memory:
    return replace(
        memory,
        due_day=memory.due_day + days,
        last_day=memory.last_day + days,
        last_review=memory.last_review + timedelta(days=days),
    )


def _reviews(count: int, today: int, preset: int) -> Iterator[tuple[object, ...]]:
    seq = 0
    for card in cards(count, today):
        for given in card.life:
            seq, day = seq + 1, given.day + card.first_day
            yield (seq, f"c{card.number:07}", given.rating, given.state, ms(day), day, preset, given.scheduled,
                   given.memory.stability, given.memory.difficulty)  # fmt: skip


def anki(folder: Path, count: int, today: int) -> Path:
    """Write a collection of Anki's."""
    from anki.collection import Collection

    path = folder / "collection.anki2"
    col = Collection(str(path))
    col.set_config("fsrs", True)
    kind = col.models.by_name("Basic")
    assert kind is not None
    decks = {name: int(col.decks.id(name) or 0) for name in {deck(n) for n in range(40)}}
    their_today, kind_id = col.sched.today, int(kind["id"])
    col.close()
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        conn.executemany(
            _NOTE, ((10**12 + n, f"g{n}", kind_id, "\x1f".join(text(n)), text(n)[0], n) for n in range(count))
        )
        conn.executemany(_ANKI_CARD, (_anki_card(c, decks, their_today - today) for c in cards(count, today)))
        conn.executemany(_REVLOG, _revlog(count, today))
    return path


_NOTE = "INSERT INTO notes VALUES (?, ?, ?, 1, -1, '', ?, ?, ?, 0, '')"
_ANKI_CARD = "INSERT INTO cards VALUES (?, ?, ?, 0, 1, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)"
_REVLOG = "INSERT OR IGNORE INTO revlog VALUES (?, ?, -1, ?, ?, ?, 0, 8000, 1)"


def _anki_card(card: Taken, decks: dict[str, int], shift: int) -> tuple[object, ...]:
    name = 10**12 + card.number
    if not card.life:
        return (name, name, decks[deck(card.number)], 0, 0, card.number, 0, 0, 0, 0, "{}")
    last = _moved(card.life[-1].memory, card.first_day)
    data = {"s": round(last.stability, 4), "d": round(last.difficulty, 3), "dr": 0.9, "lrt": ms(last.last_day) // 1000}
    lapses = sum(given.rating == 1 for given in card.life)
    due = last.due_day + shift
    return (name, name, decks[deck(card.number)], 2, 2, due, last.interval, 2500, REVIEWS, lapses, json.dumps(data))


def _revlog(count: int, today: int) -> Iterator[tuple[int, ...]]:
    for card in cards(count, today):
        before = 0
        for given in card.life:
            yield (
                ms(given.day + card.first_day) + card.number,
                10**12 + card.number,
                given.rating,
                given.scheduled,
                before,
            )
            before = given.scheduled
