"""What the tests of a sitting put on the shelf: cards, and a clock moved by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from studycards.store.opening import writing


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


def put_cards(db: Database, ids: list[str], **columns: object) -> None:
    """Cards as the collection would write them; an id like `a-r` belongs to the block `a`."""
    with writing(db):
        for position, card_id in enumerate(ids):
            row = {
                "id": card_id,
                "block": card_id.partition("-")[0],
                "kind": "basic",
                "front": f"What is {card_id}?",
                "back": f"The answer {card_id}",
                "deck": "Deck",
                "path": "decks/deck.md",
                "line": position + 1,
                "end_line": position + 1,
                "folded": card_id,
                "position": position,
                "first_seen_ms": 0,
                "changed_ms": 0,
            } | columns
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            db.execute(f"INSERT INTO cards ({names}) VALUES ({marks})", row)
