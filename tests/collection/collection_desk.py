"""A collection in a folder, written and looked at with verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from studycards.collection import Collection, SyncReport


class Desk:
    """A folder of deck files and a store beside it; every look is a minute after the one before."""

    def __init__(self, folder: Path, db: Database, now: datetime) -> None:
        self.folder = folder
        self.db = db
        self.now = now
        self.collection = Collection(db)
        folder.mkdir()

    def write(self, name: str, body: str, deck: str = "d") -> Path:
        """Write a deck file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ndeck: {deck}\n---\n\n{body}", encoding="utf-8")
        return path

    def look(self, *, confirmed: bool = False) -> SyncReport:
        """Bring the index up to date."""
        self.now += timedelta(minutes=1)
        return self.collection.sync([self.folder], self.now, let_go=None if confirmed else ())

    def told(self) -> list[tuple[str, str]]:
        """What a look says: kind of change and the new (else the old) text."""
        return sorted((change.what.value, change.after or change.before) for change in self.look().changes)

    def ids(self) -> dict[str, str]:
        """The front of every card that is there, with its id."""
        return {card.front: card.id for card in self.collection.cards()}
