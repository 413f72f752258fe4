"""The cards that may be asked, without their texts: of those that are due, new, or chosen, as many as are needed."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING, Any

from studycards.store import memory as memory_rows
from studycards.store.log import REVIEW_UNDONE
from studycards.store.selection import Selection, where

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.model import Memory


@dataclass(frozen=True, slots=True)
class Askable:
    """A card that may be asked, without its text. `put_off`: suspended, retired or buried today."""

    card_id: str
    block: str
    passage: str
    deck: str
    position: int
    put_off: bool
    memory: Memory | None


_NEVER = 1 << 40  # a study day for which no card is buried
_PUT_OFF = "coalesce(k.suspended OR k.retired OR coalesce(k.buried_day, 0) >= :today, 0)"
_MEMORY = ", ".join(f"m.{name}" for name in memory_rows.COLUMNS.split(", "))
_FIELDS = f"c.id, c.block, c.passage, c.deck, c.position, {_PUT_OFF}, {_MEMORY}"
_MARKED = " LEFT JOIN marks k ON k.card_id = c.id"
_BEGUN = f"SELECT {_FIELDS} FROM memory m JOIN cards c ON c.id = m.card_id{_MARKED} WHERE c.orphaned_ms IS NULL"


def learned(db: Database, selection: Selection, day: int, until: int) -> list[Askable]:
    """Cards with a memory that come due by the study day `until`."""
    condition, values = where(selection)
    query = f"{_BEGUN} AND m.due_day <= :until{condition}"
    return _asked(db, query, {**values, "today": day, "until": until})


def on_steps(db: Database, selection: Selection, day: int) -> list[Askable]:
    """Cards on a learning or relearning step that come due by `day`."""
    condition, values = where(selection)
    query = f"{_BEGUN} AND m.state <> 2 AND m.due_day <= :day{condition}"
    return _asked(db, query, {**values, "today": day, "day": day})


# The best remembered first: recall falls as days grow against stability, whatever the parameters.
_FADED = "max(0, :day - {0}last_day) / {0}stability"


def best_remembered(
    db: Database, selection: Selection, day: int, most: int, decks: Collection[str] | None = None
) -> list[Askable]:
    """Of the reviews due by `day` the best remembered, `most` of them or less, for some are not to be asked now;
    `decks` narrows to these, without their subdecks."""
    condition, values = _within(selection, decks)
    values |= {"today": day, "day": day, "most": most}
    if condition:
        order = f"NOT {_PUT_OFF}{condition} ORDER BY {_FADED.format('m.')} LIMIT :most"
        return _asked(db, f"{_BEGUN} AND m.state = 2 AND m.due_day <= :day AND {order}", values)
    return _asked(  # chosen within the index of due days alone
        db,
        f"SELECT {_FIELDS} FROM (SELECT card_id FROM memory WHERE due_day <= :day AND state = 2"
        f" ORDER BY {_FADED.format('')} LIMIT :most) b CROSS JOIN memory m ON m.card_id = b.card_id"
        f" CROSS JOIN cards c ON c.id = b.card_id{_MARKED} WHERE c.orphaned_ms IS NULL AND NOT {_PUT_OFF}",
        values,
    )


def fresh(
    db: Database,
    selection: Selection,
    day: int,
    families: tuple[int, Collection[str]],
    decks: Collection[str] | None = None,
) -> list[Askable]:
    """The first new cards in their order, until `families`, so many besides those named, are among them."""
    condition, values = _within(selection, decks)
    left, seen = families[0], set(families[1])
    rows = db.conn.execute(
        "SELECT c.id, c.block, c.passage, c.deck, c.position, 0 FROM cards c WHERE c.begun = 0"
        f" AND c.orphaned_ms IS NULL AND NOT EXISTS (SELECT 1 FROM marks k WHERE k.card_id = c.id AND {_PUT_OFF})"
        f"{condition} ORDER BY c.position, c.id",
        {**values, "today": day},
    )
    found: list[Askable] = []
    while left > 0 and (row := rows.fetchone()):
        own = {row[1], row[2]} - {""}
        left -= seen.isdisjoint(own)
        seen |= own
        found.append(_askable(row))
    rows.close()
    return found


def chosen(db: Database, selection: Selection, card_ids: list[str], day: int) -> list[Askable]:
    """Those of the given cards that belong to the selection and may be asked."""
    condition, values = where(selection)
    query = (
        f"SELECT {_FIELDS} FROM json_each(:ids) j JOIN cards c ON c.id = j.value LEFT JOIN memory m"
        f" ON m.card_id = c.id{_MARKED} WHERE c.orphaned_ms IS NULL AND NOT {_PUT_OFF}{condition}"
    )
    return _asked(db, query, {**values, "ids": json.dumps(card_ids), "today": day})


def every(db: Database, selection: Selection, day: int) -> list[Askable]:
    """All cards of the selection that are not gone, without their memory."""
    condition, values = where(selection)
    query = (
        f"SELECT c.id, c.block, c.passage, c.deck, c.position, {_PUT_OFF} FROM cards c{_MARKED}"
        f" WHERE c.orphaned_ms IS NULL{condition}"
    )
    return _asked(db, query, {**values, "today": day})


def count_reviews(db: Database, selection: Selection, day: int) -> int:
    """How many reviews due by `day` may be asked."""
    return _count(db, selection, (day, day), " AND m.state = 2")


def count_due(db: Database, selection: Selection, day: int) -> int:
    """How many cards with a memory come due by `day` and may be asked."""
    return _count(db, selection, (day, day), "")


def _count(db: Database, selection: Selection, days: tuple[int, int], which: str) -> int:
    """`days` are that until which cards are due, and that on which buried ones are put off."""
    day, today = days
    condition, values = where(selection)
    due = f"m.due_day <= :day{which}"
    query = (
        "SELECT count(*) FROM memory m JOIN cards c ON c.id = m.card_id"
        f"{_MARKED} WHERE {due} AND c.orphaned_ms IS NULL AND NOT {_PUT_OFF}{condition}"
    )
    if not condition:  # the few that may not be asked are told faster than the many that may
        query = (
            f"SELECT (SELECT count(*) FROM memory m WHERE {due}) - (SELECT count(*) FROM memory m WHERE {due}"
            f" AND card_id IN (SELECT card_id FROM marks k WHERE {_PUT_OFF}"
            " UNION SELECT id FROM cards WHERE orphaned_ms IS NOT NULL))"
        )
    return int(db.conn.execute(query, {**values, "today": today, "day": day}).fetchone()[0])


def waits(db: Database, day: int, more_than: int) -> bool:
    """Whether more cards than so many are new or due by `day`, those among them that are buried today."""
    left = more_than - _count(db, Selection(), (day, _NEVER), "")
    if left < 0:
        return True
    new = db.conn.execute(
        "SELECT count(*) FROM (SELECT 1 FROM cards c WHERE c.begun = 0 AND c.orphaned_ms IS NULL AND NOT EXISTS"
        f" (SELECT 1 FROM marks k WHERE k.card_id = c.id AND {_PUT_OFF}) LIMIT :most)",
        {"today": _NEVER, "most": left + 1},
    ).fetchone()
    return int(new[0]) > left


def families_answered(db: Database, study_day: int) -> set[str]:
    """Blocks and passages of the cards answered on a study day: their siblings wait until the next."""
    rows = db.execute(
        "SELECT DISTINCT c.block, c.passage FROM reviews r JOIN cards c ON c.id = r.card_id"
        f" WHERE r.study_day = ? AND r.kind = 'review' AND NOT {REVIEW_UNDONE}",
        (study_day,),
    ).fetchall()
    return {name for row in rows for name in row if name}


def _within(selection: Selection, decks: Collection[str] | None) -> tuple[str, dict[str, Any]]:
    """The condition of a selection, narrowed to these decks without their subdecks (None: not narrowed)."""
    condition, values = where(selection)
    if decks is None:
        return condition, dict(values)
    scope = json.dumps(list(decks), ensure_ascii=False)
    return f"{condition} AND c.deck IN (SELECT value FROM json_each(:scope))", {**values, "scope": scope}


def _asked(db: Database, query: str, values: dict[str, Any]) -> list[Askable]:
    return [_askable(row) for row in db.conn.execute(query, values).fetchall()]


def _askable(row: tuple[Any, ...]) -> Askable:
    known = len(row) > 6 and row[6] is not None
    memory = memory_rows.of_row(row[6:]) if known else None
    return Askable(row[0], row[1], row[2], intern(row[3]), row[4], bool(row[5]), memory)
