"""Where cards and decks stand, as the index knows it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database


def blocks_of(db: Database, card_ids: Sequence[str]) -> list[str]:
    """The blocks of cards, each once, in their order."""
    rows = db.execute(
        "SELECT c.block FROM json_each(?) j JOIN cards c ON c.id = j.value ORDER BY j.key", (json.dumps(card_ids),)
    )
    return list(dict.fromkeys(row[0] for row in rows))


def file_of(db: Database, deck: str) -> str:
    """A deck file with cards of exactly this deck; empty for none."""
    found = db.execute("SELECT path FROM cards WHERE deck = ? AND orphaned_ms IS NULL LIMIT 1", (deck,)).fetchone()
    return str(found[0]) if found else ""
