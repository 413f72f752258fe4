"""Opening the database: first start, settings, and what is refused untouched."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from studycards.errors import StoreError
from studycards.store import places
from studycards.store.logcopy import LogCopy
from studycards.store.opening import open_reading, open_store, writing
from studycards.store.schema import APPLICATION_ID, VERSION
from studycards.store.trouble import StoreBusyError


def opened(path: Path, device: str = "here", now_ms: int = 1):
    return open_store(path, device=device, now_ms=now_ms)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cards.db"


def pragma(db, name: str):
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def test_every_connection_has_the_safe_settings(path):
    for _ in range(2):
        db = opened(path)

        assert pragma(db, "journal_mode") == "truncate"
        assert [pragma(db, name) for name in ("synchronous", "foreign_keys", "trusted_schema")] == [2, 1, 0]
        assert (pragma(db, "application_id"), pragma(db, "user_version")) == (APPLICATION_ID, VERSION)
        db.close()


def test_the_files_are_the_persons_own(path):
    db = opened(path)
    LogCopy(db).close()
    db.close()

    modes = {p.name: p.stat().st_mode & 0o777 for p in (path, places.log_copy(path), places.reserve(path))}
    assert set(modes.values()) == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert places.journal(path).stat().st_mode & 0o777 == 0o600


def test_two_stores_in_one_folder_keep_apart(tmp_path):
    files = [
        place(tmp_path / name) for name in ("a.db", "studycards.db") for place in (places.log_copy, places.reserve)
    ]

    assert [f.name for f in files] == ["a.reviews.jsonl", "a.reserve", "reviews.jsonl", "reserve"]


def test_three_first_starts_at_once_all_succeed(path):
    code = (
        "import sys; from pathlib import Path; from studycards.store.opening import open_store;"
        "sys.stdin.readline(); db = open_store(Path(sys.argv[1]), device=sys.argv[2], now_ms=1);"
        "print(db.execute('select count(*) from sqlite_master').fetchone()[0])"
    )
    for attempt in range(4):
        target = path.with_name(f"{attempt}.db")
        racers = [
            subprocess.Popen(
                [sys.executable, "-c", code, str(target), str(n)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for n in range(3)
        ]
        for racer in racers:
            racer.stdin.write("go\n")
            racer.stdin.flush()
        ends = [racer.communicate(timeout=60) for racer in racers]

        assert [racer.returncode for racer in racers] == [0, 0, 0], ends
        assert len({out for out, _ in ends}) == 1


def refused(path: Path) -> str:
    """The sentence with which the file is refused; it must be byte-identical afterwards, and exit code 3."""
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        opened(path)
    assert caught.value.exit_code == 3
    assert path.read_bytes() == before
    assert "\n" not in caught.value.sentence
    return caught.value.sentence


def test_a_file_that_is_no_database_is_refused_untouched(path):
    path.parent.mkdir()
    path.write_text("these are my notes, not a database" * 200)

    assert "not a SQLite database" in refused(path)


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_a_database_of_another_program_is_refused_untouched(path, journal):
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA journal_mode={journal}")
    other.execute("CREATE TABLE notes (id INTEGER)")
    other.commit()
    other.close()

    assert "another program" in refused(path)


def test_a_newer_database_is_refused_untouched(path):
    db = opened(path)
    db.execute(f"PRAGMA user_version={VERSION + 1}")
    db.close()

    assert "update studycards" in refused(path)


def test_every_truncation_is_found_and_nothing_is_created_over_it(path):
    db = opened(path)
    LogCopy(db).close()
    db.close()
    whole = path.read_bytes()
    places.reserve(path).unlink()

    for size in [0, 1, 15, 16, 99, 100, 511, 512, 4095, 4096, 4097, *range(5000, len(whole), 9973)]:
        path.write_bytes(whole[:size])
        places.journal(path).unlink(missing_ok=True)

        assert "`studycards restore`" in refused(path), size


def test_a_missing_file_whose_log_copy_is_there_is_damage(path):
    db = opened(path)
    LogCopy(db).close()
    db.close()
    path.unlink()

    with pytest.raises(StoreError, match="log copy"):
        opened(path)
    assert not path.exists()


def test_flipped_bytes_are_found_at_the_start(path):
    opened(path).close()
    data = bytearray(path.read_bytes())
    data[8192:8300] = b"\xff" * 108
    path.write_bytes(data)

    assert "damaged" in refused(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="needs a user that is not root")
def test_a_folder_that_cannot_be_written_is_told_before_the_first_card(path):
    opened(path).close()
    path.parent.chmod(0o500)
    try:
        assert "cannot be written" in refused(path)
    finally:
        path.parent.chmod(0o700)


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    with pytest.raises(StoreError, match="no file"):
        opened(tmp_path)


def test_a_failed_change_leaves_nothing(path):
    db = opened(path)

    with pytest.raises(StoreError), writing(db):
        db.conn.executemany("INSERT INTO meta VALUES (?, 'b')", [("a",), ("a",)])

    assert not db.conn.in_transaction
    assert db.execute("SELECT count(*) FROM meta WHERE key = 'a'").fetchone()[0] == 0


def test_a_lock_held_too_long_is_told_and_nothing_written(path):
    db, other = opened(path), opened(path)
    db.execute("PRAGMA busy_timeout=20")
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(StoreBusyError), writing(db):
        db.execute("INSERT INTO meta VALUES ('a', 'b')")
    other.execute("ROLLBACK")
    with writing(db):
        db.execute("INSERT INTO meta VALUES ('a', 'b')")


def test_a_copied_database_gets_a_name_of_its_own(path):
    first = opened(path)
    name = first.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
    first.close()
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())

    second = opened(copy, now_ms=2)

    assert second.execute("SELECT value FROM meta WHERE key = 'device'").fetchone() != name
    assert opened(path).execute("SELECT value FROM meta WHERE key = 'device'").fetchone() == name


def test_reading_wants_a_store_and_cannot_write(path):
    with pytest.raises(StoreError, match="no database"):
        open_reading(path)
    opened(path).close()

    db = open_reading(path)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("INSERT INTO meta VALUES ('a', 'b')")
