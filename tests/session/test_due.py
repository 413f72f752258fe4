"""What is due: the same cards that a sitting would ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from studycards.cli import main
from studycards.config import Config
from studycards.model import Rating
from studycards.session import Options, Session
from studycards.session.due import due_now
from studycards.store.opening import open_store, writing

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CONFIG = Config(Path("none.toml"))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    store = open_store(tmp_path / "s.db", device="d", now_ms=0)
    yield store
    store.close()


def add_cards(db: Database, count: int, deck: str = "A") -> None:
    with writing(db):
        for n in range(count):
            db.execute(
                "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position,"
                " first_seen_ms, changed_ms) VALUES (?, ?, 'basic', 'f', 'b', ?, 'p', 1, 1, 'f', ?, 0, 0)",
                (f"{deck}{n:04}", f"{deck}{n:04}", deck, n),
            )


def sit(db: Database, now: datetime) -> Session:
    return Session(db, None, CONFIG, lambda: now, Options())


def test_an_empty_collection_has_nothing_due_and_nothing_to_come(db: Database) -> None:
    due = due_now(db, CONFIG, NOW)

    assert due.total == 0
    assert due.next_due is None


def test_new_cards_count_up_to_the_limit_of_the_day_and_the_rest_comes_tomorrow(db: Database) -> None:
    add_cards(db, 30)

    due = due_now(db, CONFIG, NOW)

    assert (due.new, due.total) == (20, 20)
    assert due.next_due is not None
    assert due.next_due > NOW
    assert [(deck.deck, deck.new) for deck in due.decks] == [("A", 20)]


def test_an_answer_leaves_the_counts_that_the_sitting_shows(db: Database) -> None:
    add_cards(db, 5)
    session = sit(db, NOW)
    session.answer(Rating.EASY, 1000)
    session.answer(Rating.AGAIN, 1000)

    due = due_now(db, CONFIG, NOW + timedelta(minutes=2))
    progress = session.progress

    assert (due.new, due.learning) == (3, 1)
    assert (progress.new, progress.learning) == (3, 1)
    assert due.answered == 2


def test_a_step_that_is_far_off_is_what_comes_next(db: Database, tmp_path: Path) -> None:
    config = Config(Path("none.toml"), {"review.learning_steps": ("2h",)})
    add_cards(db, 1)
    Session(db, None, config, lambda: NOW, Options()).answer(Rating.AGAIN, 1000)

    due = due_now(db, config, NOW)

    assert due.total == 0
    assert due.next_due == NOW + timedelta(hours=2)


def run(tmp_path: Path, *words: str) -> tuple[int, str]:
    environment = {"STUDYCARDS_NOW": NOW.isoformat(), "XDG_CONFIG_HOME": str(tmp_path)}
    done = CliRunner(env=environment).invoke(main, ["--db", str(tmp_path / "s.db"), "due", *words])
    return done.exit_code, done.stdout


def test_scripts_learn_by_the_exit_code_whether_something_is_due(db: Database, tmp_path: Path) -> None:
    assert run(tmp_path, "--exit-code", "--oneline") == (1, "")

    add_cards(db, 3)

    assert run(tmp_path, "--exit-code", "--oneline") == (0, "3 due, 1 min\n")


def test_json_is_one_object_with_the_promised_fields(db: Database, tmp_path: Path) -> None:
    add_cards(db, 3)

    code, out = run(tmp_path, "--json")

    assert code == 0
    assert json.loads(out) == {
        "study_day": "2026-11-22", "new": 3, "learning": 0, "review": 0, "due": 3, "backlog": 0, "answered": 0,
        "minutes": 1, "next_due": None, "decks": [{"deck": "A", "new": 3, "learning": 0, "review": 0}],
    }  # fmt: skip


def test_before_the_first_card_no_database_is_made(tmp_path: Path) -> None:
    code, out = run(tmp_path)

    assert (code, out) == (0, "Nothing is due.\n")
    assert list(tmp_path.iterdir()) == []
