"""What every trial needs: a store with cards, a clock, a script of acts that says what it has done."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from studycards.config import Config
from studycards.model import Rating
from studycards.session import Session
from studycards.store.opening import open_store, writing

BEGIN = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SETTINGS = {"review.new_per_day": 9999, "review.reviews_per_day": 9999}


class Clock:
    """A clock that moves a little at each look, and to another day when told."""

    def __init__(self, day: int = 0) -> None:
        self.moment = BEGIN + timedelta(days=day)

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=700)
        return self.moment


def make(path: Path, cards: int) -> None:
    """A store with cards, two of each block."""
    db = opened(path)
    with writing(db):
        db.conn.executemany(
            "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position,"
            " first_seen_ms, changed_ms) VALUES (?, ?, 'basic', ?, ?, ?, 'decks/d.md', ?, ?, ?, ?, 0, 0)",
            [
                (f"c{n:05}{'-r' * (n % 2)}", f"c{n - n % 2:05}", f"Q {n}", f"A {n}", f"D{n % 3}", n, n, f"q{n}", n)
                for n in range(cards)
            ],
        )
    db.close()


def opened(path: Path) -> Database:
    return open_store(path, device="soak", now_ms=1)


def sitting(db: Database, clock: Callable[[], datetime], **given: object) -> Session:
    return Session(db, None, Config(Path("config.toml"), {**SETTINGS, **given}), clock)


def act(session: Session, rng: random.Random, kinds: str) -> str:
    """One act of the script; what was done, once it is on disk. A sitting that is over gives ""."""
    kind = rng.choice(kinds)
    if kind == "u":
        undone = session.undo()
        return f"undo {undone.kind}" if undone else "nothing"
    if kind == "r":
        undone = session.redo()
        return f"redo {undone.kind}" if undone else "nothing"
    showing = session.current
    if showing is None:
        return ""
    card_id = showing.card.id
    if kind == "b":
        return f"bury {session.bury(siblings=True)}"
    if kind == "s":
        return f"suspend {session.suspend(siblings=True)}"
    if kind == "f":
        return f"flag {session.flag(rng.randrange(8))}"
    result = session.answer(Rating(rng.choice((1, 2, 3, 3, 3, 4))), 1000)
    return f"elsewhere {card_id}" if result.elsewhere else f"answer {card_id} {int(result.rating)}"
