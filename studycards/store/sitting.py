"""One card at a time: its text, memory, marks and version, and its siblings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studycards.store import cards
from studycards.store import marks as marks_rows
from studycards.store import memory as memory_rows

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.model import Card, Memory
    from studycards.store.marks import Marks


@dataclass(frozen=True, slots=True)
class State:
    """Everything about one card at one moment. `gone`: its text vanished from its deck file."""

    card: Card
    memory: Memory | None
    marks: Marks
    version: int
    gone: bool


_MEMORY = ", ".join(f"m.{name}" for name in memory_rows.COLUMNS.split(", "))
_MARKS = ", ".join(f"k.{name}" for name in marks_rows.COLUMNS.split(", "))
_STATE = (
    f"SELECT {cards.TEXT}, version, orphaned_ms, {_MEMORY}, {_MARKS} FROM cards LEFT JOIN memory m"
    " ON m.card_id = id LEFT JOIN marks k ON k.card_id = id WHERE id = ?"
)


def state(db: Database, card_id: str) -> State | None:
    """A card with its memory, marks and version; None for a card that was never seen."""
    row = db.conn.execute(_STATE, (card_id,)).fetchone()
    if row is None:
        return None
    memory = memory_rows.of_row(row[16:27]) if row[16] is not None else None
    return State(cards.card_of(row), memory, marks_rows.of_row(row[27:]), row[14], row[15] is not None)


def siblings(db: Database, card_id: str) -> list[str]:
    """The cards of the same block or passage, the card itself first; those that are gone are left out."""
    rows = db.conn.execute(
        "SELECT id FROM cards WHERE orphaned_ms IS NULL AND id <> :c AND (block = (SELECT block FROM cards WHERE"
        " id = :c) OR passage = (SELECT nullif(passage, '') FROM cards WHERE id = :c)) ORDER BY id",
        {"c": card_id},
    ).fetchall()
    return [card_id, *(row[0] for row in rows)]


def sibling_due_days(db: Database, card: Card) -> tuple[int, ...]:
    """The study days on which the card's siblings are due."""
    related = "c.block = :block OR c.passage = :passage" if card.passage else "c.block = :block"
    rows = db.conn.execute(
        f"SELECT m.due_day FROM cards c CROSS JOIN memory m ON m.card_id = c.id WHERE ({related}) AND c.id <> :id",
        {"id": card.id, "block": card.block, "passage": card.passage},
    ).fetchall()
    return tuple(row[0] for row in rows)


def bump(db: Database, card_id: str, version: int | None = None) -> bool:
    """Note that something was done to the card; False if `version` is no longer the card's. Inside `writing`."""
    cursor = db.conn.execute(
        "UPDATE cards SET version = version + 1 WHERE id = :c AND version = coalesce(:v, version)",
        {"c": card_id, "v": version},
    )
    return cursor.rowcount == 1


def foreign_changes(db: Database) -> int:
    """A number that changes when another connection has written."""
    return int(db.conn.execute("PRAGMA data_version").fetchone()[0])
