"""What the scheduler knows of each card, as rows; always the replay of the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from studycards.model import Memory, State

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = "state, step, stability, difficulty, due_day, due_ms, last_day, last_ms, reps, lapses, interval"

Row = tuple[Any, ...]


def to_ms(moment: datetime) -> int:
    """An instant as stored: UTC milliseconds, what is finer cut off."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """The instant of stored milliseconds, in UTC."""
    return _EPOCH + timedelta(milliseconds=ms)


def load(db: Database, card_id: str) -> Memory | None:
    """What is known of a card; None for a card never answered."""
    row = db.conn.execute(f"SELECT {COLUMNS} FROM memory WHERE card_id = ?", (card_id,)).fetchone()
    return of_row(row) if row else None


def load_many(db: Database, card_ids: Iterable[str] | None = None) -> dict[str, Memory]:
    """What is known of several cards (None: of all), by card id; cards never answered are missing."""
    if card_ids is None:
        rows = db.conn.execute(f"SELECT {COLUMNS}, card_id FROM memory").fetchall()
        return {row[-1]: of_row(row[:-1]) for row in rows}
    found = ((card_id, load(db, card_id)) for card_id in card_ids)
    return {card_id: memory for card_id, memory in found if memory is not None}


def load_rows(db: Database) -> list[tuple[str, Row]]:
    """All rows as they stand, by card id, also those that no memory could be made of."""
    rows = db.conn.execute(f"SELECT {COLUMNS}, card_id FROM memory").fetchall()
    return [(row[-1], row[:-1]) for row in rows]


def save(db: Database, card_id: str, memory: Memory | None, *, is_new: bool = True) -> None:
    """Write what is known of a card; None forgets it, as of a new card; `is_new`: it may be new. Inside `writing`."""
    if memory is None:
        db.conn.execute("DELETE FROM memory WHERE card_id = ?", (card_id,))
    else:
        db.conn.execute(_UPSERT, row_of(card_id, memory))
    if not is_new:
        return
    begun = int(memory is not None)
    db.conn.execute("UPDATE cards SET begun = ?1 WHERE id = ?2 AND begun <> ?1", (begun, card_id))


def save_many(db: Database, memories: Iterable[tuple[str, Memory]]) -> None:
    """Write what is known of many cards. Inside `writing`."""
    save_rows(db, (row_of(card_id, memory) for card_id, memory in memories))
    settle(db)


def save_rows(db: Database, rows: Iterable[Row]) -> None:
    """Write rows of which each is a card's id and its columns; `settle` must follow. Inside `writing`."""
    db.conn.executemany(_UPSERT, rows)


def settle(db: Database) -> None:
    """Note on every card whether it has a memory, where that is not so already. Inside `writing`."""
    db.conn.execute("UPDATE cards SET begun = NOT begun WHERE begun <> (id IN (SELECT card_id FROM memory))")


_UPSERT = f"INSERT INTO memory (card_id, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" + (
    f" ON CONFLICT (card_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS.split(', '))}"
)


@contextmanager
def indexed_after(db: Database) -> Iterator[None]:
    """For changes of very many due days: the index of them is made anew afterwards, not kept up. Inside `writing`."""
    row = db.conn.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND name = 'memory_due'").fetchone()
    if row is None:
        yield
        return
    db.conn.execute("DROP INDEX memory_due")
    yield
    db.conn.execute(row[0])


def clear(db: Database) -> None:
    """Forget all, for memory that is about to be written anew from the log. Inside `writing`."""
    db.conn.execute("DELETE FROM memory")


def count(db: Database) -> int:
    """How many cards have a memory."""
    return int(db.conn.execute("SELECT count(*) FROM memory").fetchone()[0])


def due_per_day(db: Database, since: int, until: int) -> dict[int, int]:
    """How many cards are due on each study day from one to another; learning steps are not among them."""
    rows = db.conn.execute(
        "SELECT due_day, count(*) FROM memory WHERE state = 2 AND due_day BETWEEN ? AND ? GROUP BY due_day",
        (since, until),
    ).fetchall()
    return dict(rows)


def row_of(card_id: str, memory: Memory) -> Row:
    """A card's id and the columns of its memory."""
    return (card_id, *to_row(memory))


def to_row(memory: Memory) -> Row:
    """The columns of a memory."""
    return (
        int(memory.state),
        memory.step,
        memory.stability,
        memory.difficulty,
        memory.due_day,
        None if memory.due is None else to_ms(memory.due),
        memory.last_day,
        to_ms(memory.last_review),
        memory.reps,
        memory.lapses,
        memory.interval,
    )


def of_row(row: Row) -> Memory:
    """The memory of columns read as `COLUMNS` lists them."""
    state, step, stability, difficulty, due_day, due_ms, last_day, last_ms, reps, lapses, interval = row
    return Memory(
        state=State(state),
        step=step,
        stability=stability,
        difficulty=difficulty,
        due_day=due_day,
        due=None if due_ms is None else from_ms(due_ms),
        last_day=last_day,
        last_review=from_ms(last_ms),
        reps=reps,
        lapses=lapses,
        interval=interval,
    )
