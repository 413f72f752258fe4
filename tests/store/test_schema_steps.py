"""An older database becomes the present one: nothing is lost, and it is the same as one made anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from shelved import card, remember

from studycards.store import askable, search
from studycards.store.opening import open_store
from studycards.store.schema import _FIRST, APPLICATION_ID, VERSION
from studycards.store.selection import Selection

TODAY = 739942


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cards.db"


def of_first_schema(path: Path) -> None:
    """A database as the first version made it, with a card that was answered and one that was not."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for statement in _FIRST:
            conn.execute(statement)
        conn.execute("CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT,"
                     " applied_at TEXT)")  # fmt: skip
        conn.execute("INSERT INTO _sqlite_migrations VALUES (1, 'studycards', 'first', '2026-01-01')")
        conn.execute("INSERT INTO meta VALUES ('device', 'd'), ('devices', 'd'), ('device_origin', '')")
        for name in ("seen", "unseen"):
            conn.execute(*card(name))
        conn.execute(*remember("seen", due_day=TODAY))
        conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
        conn.execute("PRAGMA user_version=1")


def made_of(path: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as conn:
        rows = conn.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return {row for row in rows if "sqlite_" not in row[1]}


def test_the_first_schema_is_brought_up_with_all_it_holds(path):
    of_first_schema(path)
    named = []

    with closing(open_store(path, device="here", now_ms=1, before_migration=named.append)) as db:
        assert [c.card_id for c in askable.fresh(db, Selection(), TODAY, (9, ()))] == ["unseen"]
        assert [c.card_id for c in askable.learned(db, Selection(), TODAY, TODAY)] == ["seen"]
        assert search.find(db, "text seen", TODAY) == ["seen", "unseen"]
        assert db.conn.execute("PRAGMA user_version").fetchone()[0] == VERSION
    assert named == [path]


def test_a_database_brought_up_is_like_one_made_anew(path, tmp_path):
    of_first_schema(path)
    for place in (path, tmp_path / "new.db"):
        open_store(place, device="here", now_ms=1).close()

    assert made_of(path) == made_of(tmp_path / "new.db")
