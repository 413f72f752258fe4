"""The search language: `deck: tag: note: rule: id: is: flag: lapses>3 due<7 "words"`, a leading `-` for not."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from studycards.store.opening import reading
from studycards.text import fold

Value = str | int | float

_TERM = re.compile(
    r'(?P<no>-?)(?:(?P<field>deck|tag|note|rule|id|is|flag):(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))'
    r"|(?P<number>lapses|reps|due|interval|stability|difficulty)(?P<sign><=|>=|<|>|=)(?P<size>-?\d+(?:\.\d+)?)(?!\S)"
    r'|"(?P<phrase>[^"]*)"?|(?P<word>\S+))'
)
STATES = {
    "new": "m.card_id IS NULL",
    "learning": "m.state IN (1, 3)",
    "review": "m.state = 2",
    "due": "m.due_day <= :today AND NOT coalesce(k.suspended OR k.retired, 0) AND c.orphaned_ms IS NULL",
    "suspended": "coalesce(k.suspended, 0)",
    "buried": "coalesce(k.buried_day, 0) >= :today",
    "orphaned": "c.orphaned_ms IS NOT NULL",
    "retired": "coalesce(k.retired, 0)",
    "leech": "coalesce(k.leech, 0)",
    "marked": "coalesce(k.marked, 0)",
    "flagged": "coalesce(k.flag, 0)",
}
_NUMBERS = {
    "lapses": "coalesce(m.lapses, 0)",
    "reps": "coalesce(m.reps, 0)",
    "due": "m.due_day - :today",
    "interval": "max(m.interval, 0)",
    "stability": "m.stability",
    "difficulty": "m.difficulty",
}
_MEMORY = " LEFT JOIN memory m ON m.card_id = c.id"
_MARKS = " LEFT JOIN marks k ON k.card_id = c.id"


@dataclass(frozen=True, slots=True)
class Line:
    """What a list shows of a card; `due_day` and `state` None for a new one."""

    id: str
    front: str
    deck: str
    due_day: int | None
    lapses: int
    state: int | None
    suspended: bool
    retired: bool
    flag: int
    marked: bool
    gone: bool


def find(db: Database, query: str, today: int) -> list[str]:
    """The ids of the cards that a query names, in the order in which they were first seen.

    Cards that are gone or retired are found only where the query asks for them. A term that cannot be understood is
    taken as text.
    """
    where, values = condition(query)
    with reading(db):
        joins = _MEMORY * ("m." in where) + _MARKS * ("k." in where)
        rows = db.execute(
            f"SELECT c.id FROM cards c{joins} WHERE {where} ORDER BY c.rowid", {**values, "today": today}
        ).fetchall()
    return [row[0] for row in rows]


def condition(query: str) -> tuple[str, dict[str, Value]]:
    """The condition of a query and its values, without `:today`."""
    wanted: list[str] = []
    values: dict[str, Value] = {}
    for n, match in enumerate(_TERM.finditer(query)):
        one = _term(match, f"v{n}", values)
        if one:
            wanted.append(f"NOT coalesce(({one}), 0)" if match["no"] else f"({one})")
    asked = query.casefold()
    if "is:orphaned" not in asked:
        wanted.append("c.orphaned_ms IS NULL")
    if "is:retired" not in asked:
        wanted.append("c.id NOT IN (SELECT card_id FROM marks WHERE retired)")
    return " AND ".join(wanted), values


def _term(match: re.Match[str], name: str, values: dict[str, Value]) -> str:
    if match["number"]:
        values[name] = float(match["size"])
        return f"{_NUMBERS[match['number']]} {match['sign']} :{name}"
    if match["field"]:
        return _field(match["field"], match["quoted"] if match["quoted"] is not None else match["plain"], name, values)
    return _text(match["phrase"] if match["phrase"] is not None else match["word"], name, values)


def _field(field: str, given: str, name: str, values: dict[str, Value]) -> str:
    if not given:
        return ""
    if field == "is":
        return STATES.get(given.casefold(), "0")
    if field == "flag":
        values[name] = given
        return f"coalesce(k.flag, 0) = CAST(:{name} AS INTEGER)"
    values[name] = given.casefold()
    if field == "deck":
        return f"lower(c.deck) = :{name} OR instr(lower(c.deck), :{name} || '::') = 1 OR instr(lower(c.deck), :{name})"
    if field == "tag":
        return f"EXISTS (SELECT 1 FROM json_each(c.tags) t WHERE lower(t.value) = :{name})"
    column = {"note": "c.source_path", "rule": "c.rule", "id": "c.id"}[field]
    return f"instr(lower({column}), :{name})"


def _text(given: str, name: str, values: dict[str, Value]) -> str:
    """Text anywhere on the card, compared as folded: Chinese of any length, whatever the width or case."""
    folded = fold(given)
    if not folded:
        return ""
    values[name] = folded
    return f"instr(c.folded, :{name})"


def lines(db: Database, card_ids: list[str]) -> list[Line]:
    """What a list shows of these cards, in their order; cards that are no longer known are left out."""
    rows = db.execute(
        "SELECT c.id, c.front, c.deck, m.due_day, coalesce(m.lapses, 0), m.state, coalesce(k.suspended, 0),"
        " coalesce(k.retired, 0), coalesce(k.flag, 0), coalesce(k.marked, 0), c.orphaned_ms IS NOT NULL"
        " FROM json_each(?) j JOIN cards c ON c.id = j.value LEFT JOIN memory m ON m.card_id = c.id"
        " LEFT JOIN marks k ON k.card_id = c.id ORDER BY j.key",
        (json.dumps(card_ids),),
    ).fetchall()
    return [_line(row) for row in rows]


def _line(row: tuple[Any, ...]) -> Line:
    return Line(
        id=row[0],
        front=row[1],
        deck=row[2],
        due_day=row[3],
        lapses=row[4],
        state=row[5],
        suspended=bool(row[6]),
        retired=bool(row[7]),
        flag=row[8],
        marked=bool(row[9]),
        gone=bool(row[10]),
    )
