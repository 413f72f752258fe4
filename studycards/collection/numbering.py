"""Which hole of a block has which stable number, noted for ever."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from studycards.collection.looking import Seen
from studycards.collection.rows import asked_holes, written_holes
from studycards.identity import number_holes
from studycards.store import cards as index
from studycards.store.cards import CardRow


def numbers(db: Database, name: str, seen: Seen, rows: Iterable[CardRow], now_ms: int) -> dict[int, int]:
    """Stable numbers of a block's holes as it stands now, by their written ones; `rows` are the cards it had. Inside
    `writing`."""
    written = written_holes(seen)
    if not written:
        return {}
    kept = index.holes(db, name)
    known = kept or asked_holes(rows)
    given = number_holes(known, written)
    if known and not kept:
        index.put_holes(db, name, {stable: (number, text) for stable, (number, text, _) in known.items()}, now_ms)
    now = {stable: (number, written[number]) for number, stable in given.items()}
    if now != {stable: (number, text) for stable, (number, text, gone) in kept.items() if not gone}:
        index.put_holes(db, name, now, now_ms)
    return given
