"""The index of the cards: one row a card, with the block of the deck file it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from studycards.model import Card, Kind, Source
from studycards.store.selection import Selection, where

# What makes a `Card`, as `card_of` takes it; then what else is kept of it.
TEXT = "id, block, kind, front, back, deck, tags, headings, source_path, source_line, source_end, rule, hole, passage"
_COLUMNS = f"{TEXT}, path, line, end_line, folded, position, marked_id, first_seen_ms, changed_ms, orphaned_ms"
_UPSERT = (
    f"INSERT INTO cards ({_COLUMNS}, begun) VALUES ({', '.join(f'?{n}' for n in range(1, 24))},"
    " EXISTS (SELECT 1 FROM memory WHERE card_id = ?1)) ON CONFLICT (id) DO UPDATE SET "
) + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ") if name not in ("id", "first_seen_ms"))


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card as indexed. `path` is its deck file, `line`..`end_line` its block there, `marked_id` whether the id
    stands in the block's comment; `orphaned_ms` since when its text is gone (None: it is there)."""

    card: Card
    path: str
    line: int
    end_line: int
    position: int
    folded: str
    marked_id: bool
    first_seen_ms: int
    changed_ms: int
    orphaned_ms: int | None = None


def in_files(db: Database, paths: Iterable[str]) -> list[CardRow]:
    """All cards of these deck files, also those that are gone."""
    return _rows(db, "path IN (SELECT value FROM json_each(?))", json.dumps(list(paths)))


def of_blocks(db: Database, blocks: Iterable[str]) -> list[CardRow]:
    """All cards of these blocks, also those that are gone."""
    return _rows(db, "block IN (SELECT value FROM json_each(?))", json.dumps(list(blocks)))


def gone(db: Database) -> list[CardRow]:
    """The cards whose text vanished from its deck file."""
    return _rows(db, "orphaned_ms IS NOT NULL")


def gone_like(db: Database, folded: Iterable[str]) -> list[CardRow]:
    """Gone cards with one of these folded texts."""
    found = (
        "substr(folded, 1, 48) IN (SELECT substr(value, 1, 48) FROM json_each(?1))"
        " AND folded IN (SELECT value FROM json_each(?1)) AND orphaned_ms IS NOT NULL"
    )
    return _rows(db, found, json.dumps(list(folded), ensure_ascii=False))


def saying(db: Database, folded: str) -> list[CardRow]:
    """The cards with this folded text that are not gone."""
    return _rows(db, "substr(folded, 1, 48) = substr(?1, 1, 48) AND +folded = ?1 AND orphaned_ms IS NULL", folded)


def from_note(db: Database, note: str) -> list[CardRow]:
    """The cards, also gone ones, that come from the note at this path."""
    return _rows(db, "passage >= ? AND passage < ?", f"{note}:", f"{note};")


def select(db: Database, selection: Selection) -> list[Card]:
    """The cards of a selection in the order of their deck files; those that are gone are left out."""
    condition, values = where(selection)
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM cards c WHERE orphaned_ms IS NULL{condition} ORDER BY path, position, id", values
    ).fetchall()
    return [_row(row).card for row in rows]


def put(db: Database, rows: Iterable[CardRow]) -> None:
    """Write cards as they are now; when first seen stays. Inside `writing`."""
    db.conn.executemany(_UPSERT, [_values(row) for row in rows])


def orphan(db: Database, card_ids: Iterable[str], now_ms: int) -> None:
    """Note that the text of cards is gone. Inside `writing`."""
    db.conn.executemany(
        "UPDATE cards SET orphaned_ms = ?, version = version + 1 WHERE id = ? AND orphaned_ms IS NULL",
        [(now_ms, card_id) for card_id in card_ids],
    )


def retire_text(db: Database, block: str, now_ms: int) -> None:
    """Let a block be gone for good: its text belongs to another one now and never brings it back. Inside `writing`."""
    db.execute(
        "UPDATE cards SET orphaned_ms = coalesce(orphaned_ms, ?), folded = '', version = version + 1 WHERE block = ?",
        (now_ms, block),
    )


def add_texts(db: Database, texts: Iterable[tuple[str, int, str, str]]) -> None:
    """Keep earlier texts: block, when replaced, front, back. Inside `writing`."""
    db.conn.executemany("INSERT INTO texts (block, at_ms, front, back) VALUES (?, ?, ?, ?)", list(texts))


def texts(db: Database, block: str) -> list[tuple[int, str, str]]:
    """The earlier texts of a block, oldest first: when replaced, front, back."""
    rows = db.execute("SELECT at_ms, front, back FROM texts WHERE block = ? ORDER BY at_ms, rowid", (block,)).fetchall()
    return [(row[0], row[1], row[2]) for row in rows]


def holes(db: Database, block: str) -> dict[int, tuple[int, str, bool]]:
    """The stable numbers of a block's holes: written number, folded text, whether gone."""
    rows = db.execute("SELECT number, written, folded, gone_ms FROM holes WHERE block = ?", (block,)).fetchall()
    return {row[0]: (row[1], row[2], row[3] is not None) for row in rows}


def put_holes(db: Database, block: str, holes: dict[int, tuple[int, str]], now_ms: int) -> None:
    """Write the holes a block has now, by stable number; those it had before stay as gone. Inside `writing`."""
    db.execute("UPDATE holes SET gone_ms = coalesce(gone_ms, ?) WHERE block = ?", (now_ms, block))
    db.conn.executemany(
        "INSERT OR REPLACE INTO holes (block, number, written, folded, gone_ms) VALUES (?, ?, ?, ?, NULL)",
        [(block, number, written, folded) for number, (written, folded) in holes.items()],
    )


def decks(db: Database) -> list[str]:
    """The names of the decks that have cards, gone ones not counted; found by leaps through their index."""
    rows = db.conn.execute(
        "WITH RECURSIVE d (name) AS (SELECT (SELECT min(deck) FROM cards WHERE orphaned_ms IS NULL) UNION ALL"
        " SELECT (SELECT min(deck) FROM cards WHERE orphaned_ms IS NULL AND deck > d.name) FROM d"
        " WHERE d.name IS NOT NULL) SELECT name FROM d WHERE name IS NOT NULL"
    ).fetchall()
    return [row[0] for row in rows]


def gone_decks(db: Database) -> list[str]:
    """The names of the decks that had cards which are gone."""
    rows = db.conn.execute("SELECT DISTINCT deck FROM cards WHERE orphaned_ms IS NOT NULL").fetchall()
    return [row[0] for row in rows]


def count(db: Database) -> int:
    """How many blocks have a card that is not gone."""
    return int(db.execute("SELECT count(DISTINCT block) FROM cards WHERE orphaned_ms IS NULL").fetchone()[0])


def count_from(db: Database, notes: Iterable[str]) -> int:
    """How many blocks that are not gone come from the proposals of these notes."""
    row = db.execute(
        "SELECT count(DISTINCT c.block) FROM proposals p JOIN cards c ON c.block = p.id"
        " WHERE c.orphaned_ms IS NULL AND p.source_path IN (SELECT value FROM json_each(?))",
        (json.dumps(list(notes)),),
    ).fetchone()
    return int(row[0])


class TakenIds:
    """The ids that were ever given to a block or a proposal: `id in taken`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._more: set[str] = set()

    def add(self, name: str) -> None:
        """Note an id given in this run."""
        self._more.add(name)

    def __contains__(self, name: object) -> bool:
        known = "SELECT EXISTS (SELECT 1 FROM cards WHERE block = :n) OR EXISTS (SELECT 1 FROM proposals WHERE id = :n)"
        return name in self._more or bool(self._db.execute(known, {"n": name}).fetchone()[0])


def headings(db: Database, blocks: Sequence[str]) -> dict[str, tuple[tuple[str, ...], int]]:
    """Of blocks that came from a proposal: the headings in the note and the last line of the source."""
    rows = db.execute(
        "SELECT id, headings, source_end FROM proposals WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(blocks)),),
    ).fetchall()
    return {row[0]: (tuple(json.loads(row[1])), row[2]) for row in rows}


def _rows(db: Database, condition: str, *values: str) -> list[CardRow]:
    found = db.conn.execute(f"SELECT {_COLUMNS} FROM cards WHERE {condition} ORDER BY path, position, id", values)
    return [_row(row) for row in found.fetchall()]


def card_of(row: tuple[Any, ...]) -> Card:
    """The card of columns read as `TEXT` lists them; what stands behind them is not looked at."""
    source = Source(row[8], row[9], row[10], tuple(json.loads(row[7]))) if row[8] else None
    return Card(
        id=row[0],
        block=row[1],
        kind=Kind(row[2]),
        front=row[3],
        back=row[4],
        deck=row[5],
        tags=tuple(json.loads(row[6])) if row[6] != "[]" else (),
        source=source,
        rule=row[11],
        hole=row[12],
        passage=row[13],
    )


def _row(row: tuple[Any, ...]) -> CardRow:
    path, line, end_line, folded, position, marked, first_seen, changed, orphaned = row[14:]
    return CardRow(card_of(row), path, line, end_line, position, folded, bool(marked), first_seen, changed, orphaned)


def _listed(words: Sequence[str]) -> str:
    return json.dumps(words, ensure_ascii=False) if words else "[]"


def _values(row: CardRow) -> tuple[object, ...]:
    card, source = row.card, row.card.source or Source("", 0, 0)
    return (
        card.id,
        card.block,
        card.kind.value,
        card.front,
        card.back,
        card.deck,
        _listed(card.tags),
        _listed(source.headings),
        source.path,
        source.line,
        source.end_line,
        card.rule,
        card.hole,
        card.passage,
        row.path,
        row.line,
        row.end_line,
        row.folded,
        row.position,
        int(row.marked_id),
        row.first_seen_ms,
        row.changed_ms,
        row.orphaned_ms,
    )
