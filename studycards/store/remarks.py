"""Remarks that are made once in the life of a database."""

from __future__ import annotations

from sqlite_utils import Database

from studycards.store.opening import writing


def is_first(db: Database, remark: str) -> bool:
    """Whether the remark was never made before; from now on it was."""
    key = f"remark {remark}"
    if db.execute("SELECT 1 FROM meta WHERE key = ?", (key,)).fetchone():
        return False
    with writing(db):
        db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, '')", (key,))
    return True
