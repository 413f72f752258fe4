"""A review at one size: queue and first card, answer, undo, counts, search, beside Anki and a bare durable commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from studycards.config import Config
from studycards.model import Rating
from studycards.session import Options, Session
from studycards.session.day import gather
from studycards.session.due import due_now
from studycards.store.opening import open_store
from studycards.store.search import find
from tests.benchmarks import stock
from tests.benchmarks.table import Table, alternate

ANSWERS = 60
CONFIG = Config(Path("none.toml"))
SEARCHES = (
    ("number", "number"),
    ("答案", "答案"),
    ("is:due", "is:due"),
    ('deck:"All::Subject 3"', 'deck:"All::Subject 3"'),
)


def held(target: float, count: int) -> float | None:
    """A target that is promised for a hundred thousand cards."""
    return target if count >= 100_000 else None


class Clock:
    """A clock that goes on by ten seconds whenever it is asked."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=10)
        return self.moment


def measure(folder: Path, count: int, table: Table) -> None:
    """Build both collections and print their rows."""
    now = datetime.now().astimezone()
    today = _study_day()
    stock.ours(folder / "s.db", count, today)
    db = open_store(folder / "s.db", device="benchmark", now_ms=2)
    col = _anki(stock.anki(folder, count, today))
    _queue(db, col, count, table)
    _answers(folder, db, col, count, table)
    _looks(db, col, now, count, table)
    col.close()
    db.close()


def _anki(path: Path) -> Any:
    from anki.collection import Collection

    col = Collection(str(path))
    col.decks.set_current(col.decks.id("All"))
    col.sched.get_queued_cards(fetch_limit=1)
    return col


def _queue(db: Database, col: Any, count: int, table: Table) -> None:
    everything, nowhere = col.decks.id("All"), 1

    def anki() -> None:
        col.decks.set_current(nowhere)
        col.decks.set_current(everything)
        queued = col.sched.get_queued_cards(fetch_limit=1)
        assert queued.review_count == min(200, queued.review_count) > 0
        col.get_card(queued.cards[0].card.id).question()

    def ours() -> None:
        session = Session(db, None, CONFIG, Clock(datetime.now().astimezone()))
        assert session.current is not None
        assert session.warning == ""

    ours()  # the log's copy is written once
    mine, theirs = alternate([ours, anki], 9)
    only_queue = alternate([lambda: gather(db, CONFIG, Options(), _study_day())], 9)[0]
    table.row("the queue of the day alone", count, only_queue, ("Anki", theirs), None)
    table.row("queue and first card", count, mine, ("Anki", theirs), held(1.0, count))


def _study_day() -> int:
    return (datetime.now().astimezone() - timedelta(hours=4)).toordinal()


def _answers(folder: Path, db: Database, col: Any, count: int, table: Table) -> None:
    session = Session(db, None, CONFIG, Clock(datetime.now().astimezone()))
    bare = _bare(folder / "bare.db")
    turns: list[Callable[[], object]] = [lambda: session.answer(Rating.GOOD, 5000), bare, lambda: _answer(col)]
    mine, commit, theirs = alternate(turns, ANSWERS)
    table.row("answer, stored, and next card", count, mine, ("a bare durable commit", commit), held(1.5, count))
    table.row("answer, against Anki's", count, mine, ("Anki", theirs), None)
    mine, commit, theirs = alternate([session.undo, bare, col.undo], ANSWERS // 2)
    table.row("undo", count, mine, ("a bare durable commit", commit), held(1.5, count))
    table.row("undo, against Anki's", count, mine, ("Anki", theirs), None)


def _answer(col: Any) -> None:
    from anki.scheduler_pb2 import CardAnswer

    queued = col.sched.get_queued_cards(fetch_limit=1).cards[0]
    card = col.get_card(queued.card.id)
    card.start_timer()
    col.sched.answer_card(col.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD))


def _bare(path: Path) -> Callable[[], object]:
    """One row added and one changed, with the journal and durability of the store."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA journal_mode=TRUNCATE").fetchone()
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT)")
    conn.execute("CREATE TABLE state (id INTEGER PRIMARY KEY, what TEXT)")
    conn.executemany("INSERT INTO state VALUES (?, ?)", [(n, "x" * 60) for n in range(2000)])
    number = 0

    def commit() -> None:
        nonlocal number
        number += 1
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("INSERT INTO log (what) VALUES (?)", ("y" * 120,))
        conn.execute("UPDATE state SET what = ? WHERE id = ?", (f"{number}", number * 37 % 2000))
        conn.execute("COMMIT")

    return commit


def _looks(db: Database, col: Any, now: datetime, count: int, table: Table) -> None:
    mine, theirs = alternate([lambda: due_now(db, CONFIG, now), col.sched.deck_due_tree], 9)
    table.row("counts of all decks", count, mine, ("Anki", theirs), held(1.0, count))
    today = now.toordinal()
    for query, their_query in SEARCHES:
        assert len(find(db, query, today)) > 0
        mine, theirs = alternate([lambda q=query: find(db, q, today), lambda q=their_query: col.find_cards(q)], 7)
        table.row(f"search {query}", count, mine, ("Anki", theirs), held(1.0, count))
