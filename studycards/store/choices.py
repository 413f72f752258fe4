"""What a person chose or left half done in the app: small texts by name, kept beside the cards."""

from __future__ import annotations

from sqlite_utils import Database

from studycards.store.opening import writing

BUTTONS = "choice:buttons"
DRAFT = "draft:"


def get(db: Database, name: str) -> str:
    """What is kept under a name, empty if nothing is."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def put(db: Database, name: str, value: str) -> None:
    """Keep a text; an empty one takes it away."""
    with writing(db):
        if value:
            db.conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (name, value))
        else:
            db.conn.execute("DELETE FROM meta WHERE key = ?", (name,))
