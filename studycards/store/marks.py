"""What a person set on a card beside answering it: suspended, buried, flagged, marked, retired; a replay of the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from studycards.store.log import Act

# The acts that set a mark; their payload has the new value under "value".
KINDS = ("suspend", "bury", "flag", "mark", "retire")
COLUMNS = "suspended, buried_day, flag, marked, retired, leech"


@dataclass(frozen=True, slots=True)
class Marks:
    """`buried_day` is the study day for which the card is put off (None: never); `flag` 0 to 7, 0 for none;
    `retired` 0, or 1 plus the number of the reason given (0: no reason)."""

    suspended: bool = False
    buried_day: int | None = None
    flag: int = 0
    marked: bool = False
    retired: int = 0
    leech: bool = False


NONE = Marks()


def fold(acts: Iterable[Act]) -> Marks:
    """The marks that standing acts, oldest first, leave on a card; of a kind the last one holds."""
    marks = Marks()
    for act in acts:
        value = act.payload.get("value")
        number = value if isinstance(value, int) else 0
        if act.kind == "suspend":
            marks = replace(marks, suspended=bool(number))
        elif act.kind == "bury":
            marks = replace(marks, buried_day=number or None)
        elif act.kind == "flag":
            marks = replace(marks, flag=number)
        elif act.kind == "mark":
            marks = replace(marks, marked=bool(number))
        elif act.kind == "retire":
            marks = replace(marks, retired=number)
    return marks


def load(db: Database, card_id: str) -> Marks:
    """The marks of a card."""
    row = db.conn.execute(f"SELECT {COLUMNS} FROM marks WHERE card_id = ?", (card_id,)).fetchone()
    return of_row(row) if row else Marks()


def load_all(db: Database) -> dict[str, Marks]:
    """The marks of all cards that have any."""
    rows = db.conn.execute(f"SELECT {COLUMNS}, card_id FROM marks").fetchall()
    return {row[-1]: of_row(row) for row in rows}


def of_row(row: tuple[Any, ...]) -> Marks:
    """The marks of columns read as `COLUMNS` lists them; nulls where a card has none."""
    if row[0] is None:
        return NONE
    return Marks(bool(row[0]), row[1], row[2], bool(row[3]), row[4], bool(row[5]))


def clear(db: Database) -> None:
    """Take all marks off, for they are about to be written anew from the log. Inside `writing`."""
    db.execute("DELETE FROM marks")


def save(db: Database, card_id: str, marks: Marks) -> None:
    """Write the marks of a card; a card without any has no row. Inside `writing`."""
    if marks == NONE:
        db.execute("DELETE FROM marks WHERE card_id = ?", (card_id,))
        return
    db.execute(
        "INSERT OR REPLACE INTO marks (card_id, suspended, buried_day, flag, marked, retired, leech)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            card_id,
            int(marks.suspended),
            marks.buried_day,
            marks.flag,
            int(marks.marked),
            marks.retired,
            int(marks.leech),
        ),
    )
