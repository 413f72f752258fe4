"""Backups: made whole or not at all, kept by the plan, put back."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studycards import backup
from studycards.errors import StoreError
from studycards.store import copying, log, places
from studycards.store.log import Act
from studycards.store.opening import open_store, writing

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def act(db, number: int) -> None:
    with writing(db):
        log.append_act(db, Act("mark", number, 0, 739942, f"card{number}", None, {"value": 1}))


def cards(db) -> list[str]:
    return [row[0] for row in db.execute("SELECT card_id FROM acts WHERE kind = 'mark' ORDER BY rowid").fetchall()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cards.db"


@pytest.fixture
def db(path: Path):
    database = open_store(path, device="here", now_ms=1)
    yield database
    database.close()


def test_a_backup_holds_what_the_store_holds_and_is_listed(db, path):
    act(db, 1)

    made = backup.make(path, NOW, "by-hand")

    assert backup.listing(path) == [made]
    assert (made.acts, copying.examine(made.path).acts) == (1, 1)
    assert made.digest == copying.digest_of(made.path)
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_two_backups_of_one_second_do_not_replace_each_other(db, path):
    backup.make(path, NOW, "by-hand")
    backup.make(path, NOW, "by-hand")

    assert len(backup.listing(path)) == 2


def test_a_damaged_store_makes_no_backup_and_leaves_nothing(db, path):
    db.close()
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 4] = b"\x00" * 4096
    path.write_bytes(data)

    with pytest.raises(StoreError, match="damaged"):
        backup.make(path, NOW, "by-hand")
    assert list(places.backups(path).iterdir()) == []


def test_an_unfinished_backup_is_not_listed(db, path):
    made = backup.make(path, NOW, "by-hand")
    made.path.with_suffix(".json").unlink()

    assert backup.listing(path) == []


def test_restoring_brings_back_the_rows_and_keeps_what_it_replaced(db, path):
    act(db, 1)
    made = backup.make(path, NOW, "by-hand")
    act(db, 2)

    restored = backup.restore(path, made, NOW + timedelta(hours=1))

    assert cards(db) == ["card1"]
    assert copying.examine(restored.kept).acts == 2
    assert sorted(p.name for p in path.parent.iterdir() if p.name.startswith(".")) == []


def test_another_process_that_has_the_store_open_sees_the_restored_one(db, path):
    act(db, 1)
    made = backup.make(path, NOW, "by-hand")
    act(db, 2)
    other = open_store(path, device="here", now_ms=1)

    backup.restore(path, made, NOW)
    act(other, 3)

    assert cards(db) == ["card1", "card3"]
    other.close()


def test_rows_after_a_restore_are_never_named_like_those_it_lost(db, path):
    act(db, 1)
    made = backup.make(path, NOW, "by-hand")
    act(db, 2)
    lost = db.execute("SELECT device, seq FROM acts WHERE card_id = 'card2'").fetchone()

    backup.restore(path, made, NOW)
    act(db, 3)

    assert db.execute("SELECT device, seq FROM acts WHERE card_id = 'card3'").fetchone() != lost


@pytest.mark.parametrize("harm", [b"", b"no database at all" * 300])
def test_a_store_that_cannot_be_read_is_set_aside_byte_for_byte(db, path, harm):
    act(db, 1)
    made = backup.make(path, NOW, "by-hand")
    db.close()
    path.write_bytes(harm)

    restored = backup.restore(path, made, NOW)

    assert restored.kept.read_bytes() == harm
    again = open_store(path, device="here", now_ms=2)
    assert cards(again) == ["card1"]
    again.close()


def test_a_damaged_backup_is_refused_and_the_store_stays(db, path):
    act(db, 1)
    made = backup.make(path, NOW, "by-hand")
    data = bytearray(made.path.read_bytes())
    data[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    made.path.write_bytes(data)
    act(db, 2)

    with pytest.raises(StoreError):
        backup.restore(path, made, NOW)
    assert db.execute("SELECT count(*) FROM acts").fetchone()[0] == 2


def test_the_plan_keeps_two_days_whole_then_days_weeks_and_months():
    hours = [NOW - timedelta(hours=n) for n in range(24 * 400)]

    kept = backup.keep(hours, NOW)

    assert all(moment in kept for moment in hours[:49])
    older = sorted((m for m in kept if NOW - m > timedelta(days=2)), reverse=True)
    assert len({m.strftime("%Y-%m-%d") for m in older[:12]}) == 12
    assert 12 < len(older) <= 12 + 10 + 9
    assert NOW - older[-1] > timedelta(days=200)


def test_rotation_removes_files_and_their_notes(db, path):
    for days in (0, 40, 41, 42, 400):
        backup.make(path, NOW - timedelta(days=days), "use")

    removed = backup.rotate(path, NOW)

    assert {b.made for b in removed} <= {NOW - timedelta(days=n) for n in (41, 42)}
    assert len(list(places.backups(path).glob("*.json"))) == len(backup.listing(path))


def test_a_backup_is_due_after_half_an_hour_with_something_new(db, path):
    assert not backup.is_due(path, NOW)
    act(db, 1)
    assert backup.is_due(path, NOW)
    backup.make(path, NOW, "use")
    act(db, 2)

    assert not backup.is_due(path, NOW + timedelta(minutes=29))
    assert backup.is_due(path, NOW + timedelta(minutes=31))


@pytest.mark.skipif(os.geteuid() == 0, reason="needs a user that is not root")
def test_a_folder_that_cannot_be_written_is_told(db, path):
    path.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="No backup"):
            backup.make(path, NOW, "by-hand")
    finally:
        path.parent.chmod(0o700)
