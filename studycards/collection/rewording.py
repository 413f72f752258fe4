"""A card's text changed in its deck file, as the review asks for it."""

from __future__ import annotations

from datetime import datetime

from studycards.collection.editing import sides_of
from studycards.collection.front import Collection
from studycards.deckfile import tidy
from studycards.model import Card


def reword(collection: Collection, card: Card, sides: tuple[str, str], now: datetime) -> bool:
    """Write other sides for the card's block and bring the index up to date; whether anything differs.

    Raises StudycardsError with a sentence where the file is not what it was, cannot be written, or would not read
    back; nothing is written then.
    """
    if (tidy(sides[0]), tidy(sides[1])) == sides_of(card):
        return False
    collection.edit(card, sides, now)
    collection.sync([], now)
    return True
