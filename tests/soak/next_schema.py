"""A schema that is to come, so that the upgrade of a store can be killed: a column, rows rewritten, an index."""

from __future__ import annotations

from sqlite_utils import Database

from studycards.store import copying, opening, schema

PRESENT = schema.VERSION
VERSION = PRESENT + 1


def publish() -> None:
    """From here on this process is a program of the next version."""

    @schema.migrations(name="next")
    def upgrade(db: Database) -> None:
        db.execute("ALTER TABLE reviews ADD COLUMN place TEXT")
        db.execute("UPDATE reviews SET place = device || ' ' || seq")
        db.execute("UPDATE reviews SET duration_ms = duration_ms")
        db.execute("CREATE INDEX reviews_place ON reviews (place)")

    schema.VERSION = opening.VERSION = copying.VERSION = VERSION
