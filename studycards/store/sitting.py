"""What a sitting needs of the cards: ids and due values of those that may be asked; texts one card at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from sys import intern
from typing import Any

from sqlite_utils import Database

from studycards.model import Card, Kind, Memory, Source
from studycards.store import marks as marks_rows
from studycards.store import memory as memory_rows
from studycards.store.log import REVIEW_UNDONE
from studycards.store.marks import Marks


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cards: of any of the decks (with their subdecks) or files (or folders of files), and any of the tags.
    What is empty does not narrow."""

    decks: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class State:
    """Everything about one card at one moment. `gone`: its text vanished from its deck file."""

    card: Card
    memory: Memory | None
    marks: Marks
    version: int
    gone: bool


_FIELDS = "c.id, c.block, c.passage, c.deck, c.position"
_PUT_OFF = "coalesce(k.suspended OR k.retired OR coalesce(k.buried_day, 0) >= :day, 0)"
_MEMORY = ", ".join(f"m.{name}" for name in memory_rows.COLUMNS.split(", "))


def learned(db: Database, selection: Selection, day: int, until: int) -> list[Askable]:
    """Cards with a memory that come due by the study day `until`."""
    where, values = _where(selection)
    rows = db.execute(
        f"SELECT {_FIELDS}, {_PUT_OFF}, {_MEMORY} FROM memory m JOIN cards c ON c.id = m.card_id"
        f" LEFT JOIN marks k ON k.card_id = c.id WHERE m.due_day <= :until AND c.orphaned_ms IS NULL{where}",
        {**values, "day": day, "until": until},
    ).fetchall()
    return [_askable(row) for row in rows]


def overdue(db: Database, day: int) -> list[tuple[str, float, int]]:
    """Id, stability and last study day of all reviews due by `day`, for choosing among very many."""
    return db.conn.execute(
        "SELECT card_id, stability, last_day FROM memory WHERE due_day <= ? AND state = 2", (day,)
    ).fetchall()


def count_overdue(db: Database, selection: Selection, day: int) -> int:
    """How many reviews due by `day` may be asked."""
    where, values = _where(selection)
    if not where:  # the few that may not be asked are told faster than the many that may
        row = db.execute(
            "SELECT (SELECT count(*) FROM memory WHERE due_day <= :day AND state = 2) - (SELECT count(*) FROM memory"
            f" WHERE card_id IN (SELECT card_id FROM marks k WHERE {_PUT_OFF} UNION SELECT id FROM cards"
            " WHERE orphaned_ms IS NOT NULL) AND due_day <= :day AND state = 2)",
            {"day": day},
        ).fetchone()
        return int(row[0])
    row = db.execute(
        "SELECT count(*) FROM memory m JOIN cards c ON c.id = m.card_id LEFT JOIN marks k ON k.card_id = c.id"
        f" WHERE m.due_day <= :day AND m.state = 2 AND c.orphaned_ms IS NULL AND NOT {_PUT_OFF}{where}",
        {**values, "day": day},
    ).fetchone()
    return int(row[0])


def on_steps(db: Database, selection: Selection, day: int) -> list[Askable]:
    """Cards on a learning or relearning step that come due by `day`."""
    where, values = _where(selection)
    rows = db.execute(
        f"SELECT {_FIELDS}, {_PUT_OFF}, {_MEMORY} FROM memory m JOIN cards c ON c.id = m.card_id"
        f" LEFT JOIN marks k ON k.card_id = c.id WHERE m.state <> 2 AND m.due_day <= :day"
        f" AND c.orphaned_ms IS NULL{where}",
        {**values, "day": day},
    ).fetchall()
    return [_askable(row) for row in rows]


def fresh(db: Database, selection: Selection, day: int, most: int) -> list[Askable]:
    """The first new cards of each deck, at most `most` a deck, in their order."""
    where, values = _where(selection)
    found: list[Askable] = []
    for (deck,) in db.execute("SELECT DISTINCT deck FROM cards").fetchall():
        rows = db.execute(
            f"SELECT {_FIELDS}, 0 FROM cards c JOIN (SELECT id FROM cards c WHERE c.deck = :deck AND"
            " c.orphaned_ms IS NULL AND NOT EXISTS (SELECT 1 FROM memory m WHERE m.card_id = c.id)"
            f" AND c.id NOT IN (SELECT card_id FROM marks k WHERE {_PUT_OFF}){where}"
            " ORDER BY c.position LIMIT :most) n ON n.id = c.id ORDER BY c.position",
            {**values, "deck": deck, "day": day, "most": most},
        ).fetchall()
        found += [_askable(row) for row in rows]
    return found


def chosen(db: Database, selection: Selection, card_ids: list[str], day: int) -> list[Askable]:
    """Those of the given cards that belong to the selection and may be asked."""
    where, values = _where(selection)
    rows = db.execute(
        f"SELECT {_FIELDS}, {_PUT_OFF}, {_MEMORY} FROM json_each(:ids) j JOIN cards c ON c.id = j.value"
        " LEFT JOIN memory m ON m.card_id = c.id LEFT JOIN marks k ON k.card_id = c.id WHERE c.orphaned_ms IS NULL"
        f" AND NOT {_PUT_OFF}{where}",
        {**values, "ids": json.dumps(card_ids), "day": day},
    ).fetchall()
    return [_askable(row) for row in rows]


def every(db: Database, selection: Selection, day: int) -> list[Askable]:
    """All cards of the selection that are not gone, without their memory."""
    where, values = _where(selection)
    rows = db.execute(
        f"SELECT {_FIELDS}, {_PUT_OFF} FROM cards c LEFT JOIN marks k ON k.card_id = c.id"
        f" WHERE c.orphaned_ms IS NULL{where}",
        {**values, "day": day},
    ).fetchall()
    return [_askable(row) for row in rows]


def due_on(db: Database, selection: Selection, day: int) -> int:
    """How many cards come due by a study day."""
    where, values = _where(selection)
    row = db.execute(
        "SELECT count(*) FROM memory m JOIN cards c ON c.id = m.card_id LEFT JOIN marks k ON k.card_id = c.id"
        f" WHERE m.due_day <= :day AND c.orphaned_ms IS NULL AND NOT {_PUT_OFF}{where}",
        {**values, "day": day},
    ).fetchone()
    return int(row[0])


def families_answered(db: Database, study_day: int) -> set[str]:
    """Blocks and passages of the cards answered on a study day: their siblings wait until the next."""
    rows = db.execute(
        "SELECT DISTINCT c.block, c.passage FROM reviews r JOIN cards c ON c.id = r.card_id"
        f" WHERE r.study_day = ? AND r.kind = 'review' AND NOT {REVIEW_UNDONE}",
        (study_day,),
    ).fetchall()
    return {name for row in rows for name in row if name}


def state(db: Database, card_id: str) -> State | None:
    """A card with its memory, marks and version; None for a card that was never seen."""
    row = db.execute(
        "SELECT id, block, front, back, kind, deck, tags, source_path, source_line, source_end, headings, hole,"
        " passage, rule, version, orphaned_ms FROM cards WHERE id = ?",
        (card_id,),
    ).fetchone()
    if row is None:
        return None
    memory, marks = memory_rows.load(db, card_id), marks_rows.load(db, card_id)
    return State(_card(row), memory, marks, row[14], row[15] is not None)


def siblings(db: Database, card_id: str) -> list[str]:
    """The cards of the same block or passage, the card itself first; those that are gone are left out."""
    rows = db.execute(
        "SELECT id FROM cards WHERE orphaned_ms IS NULL AND id <> :c AND (block = (SELECT block FROM cards WHERE"
        " id = :c) OR passage = (SELECT nullif(passage, '') FROM cards WHERE id = :c)) ORDER BY id",
        {"c": card_id},
    ).fetchall()
    return [card_id, *(row[0] for row in rows)]


def sibling_due_days(db: Database, card_id: str) -> tuple[int, ...]:
    """The study days on which the card's siblings are due."""
    rows = db.execute(
        "SELECT m.due_day FROM cards c JOIN memory m ON m.card_id = c.id WHERE c.id <> :c AND"
        " (c.block = (SELECT block FROM cards WHERE id = :c)"
        " OR c.passage = (SELECT nullif(passage, '') FROM cards WHERE id = :c))",
        {"c": card_id},
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


def _askable(row: tuple[Any, ...]) -> Askable:
    known = len(row) > 6 and row[6] is not None
    memory = memory_rows.of_row(row[6:]) if known else None
    return Askable(row[0], row[1], row[2], intern(row[3]), row[4], bool(row[5]), memory)


def _card(row: tuple[Any, ...]) -> Card:
    source = Source(row[7], row[8], row[9], tuple(json.loads(row[10]))) if row[7] else None
    return Card(
        id=row[0],
        block=row[1],
        front=row[2],
        back=row[3],
        kind=Kind(row[4]),
        deck=row[5],
        tags=tuple(json.loads(row[6])),
        source=source,
        hole=row[11],
        passage=row[12],
        rule=row[13],
    )


def _where(selection: Selection) -> tuple[str, dict[str, str]]:
    """The condition of a selection, beginning with AND, and its values."""
    wanted: list[str] = []
    values: dict[str, str] = {}
    for n, deck in enumerate(selection.decks):
        values[f"deck{n}"] = deck
        wanted.append(f"c.deck = :deck{n} OR substr(c.deck, 1, length(:deck{n}) + 2) = :deck{n} || '::'")
    for n, path in enumerate(selection.paths):
        values[f"path{n}"] = path.rstrip("/")
        wanted.append(f"c.path = :path{n} OR substr(c.path, 1, length(:path{n}) + 1) = :path{n} || '/'")
    condition = f" AND ({' OR '.join(wanted)})" if wanted else ""
    if selection.tags:
        values["tags"] = json.dumps(selection.tags, ensure_ascii=False)
        condition += (
            " AND EXISTS (SELECT 1 FROM json_each(c.tags) t JOIN json_each(:tags) w ON lower(t.value) = lower(w.value))"
        )
    return condition, values
