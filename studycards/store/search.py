"""The search language: `deck: tag: note: rule: id: is: flag: lapses>3 due<7 "words"`, a leading `-` for not."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from studycards.store import cards
from studycards.store.opening import reading
from studycards.text import fold

Value = str | int | float

_TERM = re.compile(
    r'(?P<no>-?)(?:(?P<field>deck|tag|note|rule|id|is|flag):(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))'
    r"|(?P<number>lapses|reps|due|interval|stability|difficulty)(?P<sign><=|>=|<|>|=)(?P<size>-?\d+(?:\.\d+)?)(?!\S)"
    r'|"(?P<phrase>[^"]*)"?|(?P<word>\S+))'
)
GONE = "SELECT id FROM cards WHERE orphaned_ms IS NOT NULL"
RETIRED = "SELECT card_id FROM marks WHERE retired"
STATES = {
    "new": "c.begun = 0",
    "learning": "m.state IN (1, 3)",
    "review": "m.state = 2",
    "due": f"m.due_day <= :today AND NOT coalesce(k.suspended OR k.retired, 0) AND m.card_id NOT IN ({GONE})",
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
# What begins with one of these is never so of a card without a memory.
_BEGUN = ("m.state", "m.due_day", "m.stability", "m.difficulty")
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


@dataclass(slots=True)
class Wanted:
    """A query as conditions and their values, without `:today`; `begun`: only cards with a memory can be meant."""

    hidden: tuple[str, ...]
    conditions: list[str] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    begun: bool = False

    def put(self, value: Value) -> str:
        """The name under which a value is given to the query."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def find(db: Database, query: str, today: int) -> list[str]:
    """The ids of the cards that a query names: by deck and place in the deck file, or the longest due first where the
    query asks for nothing but what is remembered of a card.

    Cards that are gone or retired are found only where the query asks for them. A term that cannot be understood is
    taken as text.
    """
    with reading(db):
        wanted = _wanted(db, query)
        values = {**wanted.values, "today": today}
        joined = db.conn.execute(f"SELECT group_concat(id, char(10)) FROM {_source(wanted)}", values).fetchone()[0]
    return str(joined).split("\n") if joined is not None else []


def _source(wanted: Wanted) -> str:
    """Where the ids come from, in their order: an index that has all that is asked for, or the table."""
    terms = " AND ".join(wanted.conditions) or "1"
    columns = set(_COLUMN.findall(terms))
    if wanted.begun and not columns:
        marks = " LEFT JOIN marks k ON k.card_id = m.card_id" * ("k." in terms)
        hidden = "".join(f" AND m.card_id NOT IN ({ids})" for ids in wanted.hidden if ids not in terms)
        known = "EXISTS (SELECT 1 FROM cards WHERE id = m.card_id)"
        return f"(SELECT m.card_id AS id FROM memory m{marks} WHERE {terms}{hidden} AND {known} ORDER BY m.due_day)"
    hidden = "".join(f" AND c.id NOT IN ({ids})" for ids in wanted.hidden if ids != GONE)
    if GONE in wanted.hidden:
        hidden += " AND c.orphaned_ms IS NULL"
        if (columns or terms == "1") and columns <= {"deck", "folded"} and not _JOINED.search(terms):
            index = "cards_text" if "folded" in columns else "cards_deck"
            return f"cards c INDEXED BY {index} WHERE {terms}{hidden}"
    joins = _MEMORY * ("m." in terms) + _MARKS * ("k." in terms)
    return f"(SELECT c.id FROM cards c{joins} WHERE {terms}{hidden} ORDER BY c.deck, c.position, c.id)"


_COLUMN = re.compile(r"\bc\.(\w+)")
_JOINED = re.compile(r"\b[mk]\.")


def _wanted(db: Database, query: str) -> Wanted:
    asked = query.casefold()
    hidden = (GONE,) * ("is:orphaned" not in asked) + (RETIRED,) * ("is:retired" not in asked)
    wanted = Wanted(hidden)
    for match in _TERM.finditer(query):
        one = _term(db, match, wanted)
        if one:
            wanted.conditions.append(f"NOT coalesce(({one}), 0)" if match["no"] else f"({one})")
            wanted.begun |= not match["no"] and one.startswith(_BEGUN)
    return wanted


def _term(db: Database, match: re.Match[str], wanted: Wanted) -> str:
    if match["number"]:
        return f"{_NUMBERS[match['number']]} {match['sign']} {wanted.put(float(match['size']))}"
    if match["field"]:
        given = match["quoted"] if match["quoted"] is not None else match["plain"]
        return _field(db, match["field"], given, wanted) if given else ""
    return _text(match["phrase"] if match["phrase"] is not None else match["word"], wanted)


def _field(db: Database, name: str, given: str, wanted: Wanted) -> str:
    folded = given.casefold()
    if name == "is":
        return STATES.get(folded, "0")
    if name == "flag":
        return f"coalesce(k.flag, 0) = CAST({wanted.put(given)} AS INTEGER)"
    if name == "deck":
        decks = cards.decks(db) if GONE in wanted.hidden else {*cards.decks(db), *cards.gone_decks(db)}
        named = [deck for deck in decks if folded in deck.casefold()]
        return f"c.deck IN (SELECT value FROM json_each({wanted.put(json.dumps(named, ensure_ascii=False))}))"
    if name == "tag":
        return f"EXISTS (SELECT 1 FROM json_each(c.tags) t WHERE lower(t.value) = {wanted.put(folded)})"
    column = {"note": "c.source_path", "rule": "c.rule", "id": "c.id"}[name]
    return f"instr(lower({column}), {wanted.put(folded)})"


def _text(given: str, wanted: Wanted) -> str:
    """Text anywhere on the card, compared as folded: Chinese of any length, whatever the width or case."""
    folded = fold(given)
    if not folded:
        return ""
    if _PLAIN.match(folded):  # the quicker of the two
        return f"c.folded LIKE {wanted.put(f'%{folded}%')}"
    return f"instr(c.folded, {wanted.put(folded)})"


_PLAIN = re.compile(r"[^%_\x00]{1,999}\Z")


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
