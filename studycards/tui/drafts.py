"""Half-made edits: what stood in the text areas when they were left is there again the next time."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlite_utils import Database

from studycards.store import choices

Sides = tuple[str, str]


def kept(db: Database, name: str) -> Sides | None:
    """The draft of a card or proposal."""
    text = choices.get(db, choices.DRAFT + name)
    try:
        front, back = json.loads(text) if text else (None, None)
    except ValueError:
        return None
    return (front, back) if isinstance(front, str) and isinstance(back, str) else None


def keeper(db: Database, name: str) -> Callable[[Sides | None], None]:
    """What keeps a draft of that card or proposal, or with None throws it away."""

    def keep(sides: Sides | None) -> None:
        text = json.dumps(sides, ensure_ascii=False) if sides else ""
        if text != choices.get(db, choices.DRAFT + name):
            choices.put(db, choices.DRAFT + name, text)

    return keep
