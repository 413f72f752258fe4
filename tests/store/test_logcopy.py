"""The log's second copy: level after each commit, filled up at the start, never cut."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from studycards.store import log, logcopy, loglines, places
from studycards.store.log import Act
from studycards.store.logcopy import LogCopy
from studycards.store.opening import open_store, writing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cards.db"


@pytest.fixture
def db(path: Path):
    database = open_store(path, device="here", now_ms=1)
    yield database
    database.close()


def act(db, number: int) -> None:
    with writing(db):
        log.append_act(db, Act("mark", number, 0, 739942, f"card{number}", None, {"value": 1}))


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in places.log_copy(path).read_text(encoding="utf-8").splitlines()]


def cards(path: Path) -> list[str]:
    return [line["act"]["card_id"] for line in lines(path) if "act" in line and line["act"]["kind"] == "mark"]


def test_the_first_line_names_the_format(db, path):
    LogCopy(db)

    assert lines(path)[0] == loglines.FORMAT


def test_a_row_is_in_the_copy_after_its_commit(db, path):
    copy = LogCopy(db)
    act(db, 1)
    copy.follow()
    act(db, 2)
    copy.follow()

    assert cards(path) == ["card1", "card2"]


def test_a_copy_that_lags_is_filled_up_at_the_start(db, path):
    LogCopy(db)
    act(db, 1)
    act(db, 2)
    LogCopy(db)

    assert cards(path) == ["card1", "card2"]


def test_a_copy_that_was_taken_away_is_written_anew(db, path):
    act(db, 1)
    LogCopy(db)
    places.log_copy(path).unlink()
    act(db, 2)
    LogCopy(db)

    assert cards(path) == ["card1", "card2"]


def test_two_processes_write_each_row_once(db, path):
    other = open_store(path, device="here", now_ms=1)
    one, two = LogCopy(db), LogCopy(other)
    for number in range(6):
        act(db if number % 2 else other, number)
        (one if number % 2 else two).follow()
    one.follow()
    two.follow()
    other.close()

    assert sorted(cards(path)) == [f"card{n}" for n in range(6)]


def test_a_torn_last_line_is_closed_and_its_row_comes_again(db, path):
    act(db, 1)
    LogCopy(db)
    act(db, 2)
    LogCopy(db)
    whole = places.log_copy(path).read_bytes()
    places.log_copy(path).write_bytes(whole[:-25])
    act(db, 3)

    LogCopy(db)

    raw = places.log_copy(path).read_bytes().split(b"\n")
    readable = [line for line in map(loglines.parse, raw) if line is not None]
    assert raw[-4] + b"\n" not in whole
    assert [c["card_id"] for kind, c in readable if kind == "act"] == ["card1", "card2", "card3"]


def test_a_copy_that_cannot_be_written_is_told_and_costs_nothing(db, path):
    places.log_copy(path).mkdir()

    copy = LogCopy(db)
    act(db, 1)
    copy.follow()

    assert "cannot be written" in copy.trouble
    assert db.execute("SELECT count(*) FROM acts").fetchone()[0] == 1


def test_odd_text_comes_back_as_it_was(db, path):
    odd = '法老\u2028 \\ " \t \ud800 🂡'
    with writing(db):
        log.append_act(db, Act("mark", 5, 0, 739942, "c", None, {"value": odd.replace("\ud800", "")}))
    LogCopy(db).close()

    [(_, columns)] = [line for line in map(loglines.parse, places.log_copy(path).read_bytes().split(b"\n")) if line]
    assert json.loads(columns["payload"])["value"] == odd.replace("\ud800", "")


def test_nothing_but_the_end_is_read_of_a_long_copy(db, path):
    with writing(db):
        log.append_acts(db, [Act("mark", n, 0, 739942, f"card{n}", None, {"value": 1}) for n in range(9000)])
    LogCopy(db).close()
    size = os.path.getsize(places.log_copy(path))
    assert size > 2 * logcopy.TAIL
    act(db, 9001)

    LogCopy(db)

    assert cards(path)[-1] == "card9001"
    assert os.path.getsize(places.log_copy(path)) < size + 400


def test_many_cards_at_the_end_do_not_make_the_rows_come_again(db, path):
    act(db, 1)
    LogCopy(db).close()
    card = {"block": "b", "kind": "basic", "front": "f" * 300, "back": "", "deck": "D", "path": "p", "folded": "f"}
    with writing(db):
        names = "id, block, kind, front, back, deck, path, folded, line, end_line, position, first_seen_ms, changed_ms"
        marks = ":id, :block, :kind, :front, :back, :deck, :path, :folded, 1, 1, 1, 0, 7"
        db.conn.executemany(
            f"INSERT INTO cards ({names}) VALUES ({marks})", [{**card, "id": f"c{n}"} for n in range(1200)]
        )
    LogCopy(db).close()
    size = os.path.getsize(places.log_copy(path))
    assert size > logcopy.TAIL

    LogCopy(db).close()

    assert os.path.getsize(places.log_copy(path)) == size
    assert cards(path) == ["card1"]


def test_after_a_whole_stop_only_what_came_since_is_read(db, path):
    for number in range(20):
        act(db, number)
    LogCopy(db).close()
    whole = places.log_copy(path).read_bytes()
    places.log_copy(path).write_bytes(whole.replace(b"card0", b"other"))
    act(db, 20)

    LogCopy(db).close()

    assert cards(path) == ["other", *(f"card{n}" for n in range(1, 21))]


def test_a_copy_that_is_not_the_marked_one_is_looked_through(db, path):
    act(db, 1)
    act(db, 2)
    LogCopy(db).close()
    whole = places.log_copy(path).read_bytes()
    for other in (whole[:-30], b""):
        places.log_copy(path).write_bytes(other)

        LogCopy(db).close()

        found = filter(None, map(loglines.parse, places.log_copy(path).read_bytes().split(b"\n")))
        assert {columns["card_id"] for kind, columns in found if kind == "act"} >= {"card1", "card2"}


def test_rows_that_took_the_place_of_others_are_copied(db, path):
    act(db, 1)
    act(db, 2)
    LogCopy(db).close()
    with writing(db):
        db.execute("DELETE FROM acts WHERE card_id = 'card2'")
        db.execute("UPDATE meta SET value = 'other' WHERE key = 'device'")
    act(db, 3)

    LogCopy(db).close()

    assert cards(path) == ["card1", "card2", "card3"]


def test_a_mark_is_not_waited_for(db, path):
    other = open_store(path, device="here", now_ms=1)
    copy = LogCopy(db)
    act(db, 1)
    with writing(other):
        copy.close()
    other.close()
    act(db, 2)
    LogCopy(db)

    assert cards(path) == ["card1", "card2"]
