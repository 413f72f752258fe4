"""A copy of the database in memory, so that a dry run does all that the real one does and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from studycards.store.opening import open_reading
from studycards.store.schema import migrations
from studycards.store.trouble import explained


@contextmanager
def rehearsal(path: Path) -> Iterator[Database]:
    """The store as it is now, or an empty one where there is none; gone when the block ends."""
    db = Database(memory=True, execute_plugins=False)
    db.conn.isolation_level = None
    with closing(db.conn), explained(path):
        if path.is_file() and path.stat().st_size:
            with closing(open_reading(path).conn) as original:
                original.backup(db.conn)
        migrations.apply(db)
        for key in ("device", "devices"):
            db.execute("INSERT OR IGNORE INTO meta (key, value) VALUES (?, 'rehearsal')", (key,))
        yield db
