"""`undo`, `redo`, `backup`, `restore`, `merge` and `doctor` on the command line."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main
from studycards.store import places


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now) -> Path:
    """An empty home with a deck of three cards, the clock standing still."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("STUDYCARDS_NOW", now.isoformat())
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "decks").mkdir()
    text = "---\ndeck: Names\n---\n\nQ: one?\nA: 1\n\nQ: two?\nA: 2\n\nQ: three?\nA: 3\n"
    (tmp_path / "decks" / "names.md").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(home: Path):
    """Runs a command; `at` moves the clock that many minutes on."""

    def run(*words: str, typed: str = "", at: float = 0, db: str = "") -> Result:
        moment = datetime.fromisoformat("2026-11-22T09:00:00+00:00") + timedelta(minutes=at)
        store = ["--db", db] if db else []
        env = {"STUDYCARDS_NOW": moment.isoformat()}
        return CliRunner().invoke(main, [*store, *words], input=typed, env=env)

    return run


def answer(run, keys: str, **given) -> None:
    """Answers cards line by line; each key is a rating."""
    typed = "".join(f"\n{key}\n" for key in keys)
    result = run("review", "decks", "--plain", typed=typed, **given)
    assert result.exit_code == 0, result.output


def due(run, **given) -> dict:
    return json.loads(run("due", "--json", **given).stdout)


def test_undo_and_redo_walk_the_same_list_from_the_shell(run):
    answer(run, "34")

    assert run("undo").stdout == 'Undid Easy on "two?" (was 8d)\n'
    assert due(run)["answered"] == 1
    assert run("redo").stdout == 'Did again Easy on "two?" (was 8d)\n'
    assert due(run)["answered"] == 2
    assert run("redo").stdout == "There is nothing to do again.\n"


def test_undo_of_several_steps_stops_where_there_are_no_more(run):
    answer(run, "3")

    result = run("undo", "--steps", "5")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "That was the last step."
    assert run("undo").stdout == "There is nothing to undo.\n"


def test_a_backup_is_made_listed_and_put_back(run, home):
    answer(run, "4")
    assert "Backed up to" in run("backup", at=40).stdout
    answer(run, "4", at=50)
    assert due(run, at=55)["answered"] == 2

    result = run("restore", "--yes", "--only-backup", at=60)

    assert result.exit_code == 0, result.output
    assert due(run, at=61)["answered"] == 1
    reasons = {one["reason"] for one in json.loads(run("backup", "--list", "--json", at=62).stdout)}
    assert {"by-hand", "before-restore"} <= reasons


def test_restore_adds_the_newer_answers_from_the_log_copy(run):
    answer(run, "4")
    run("backup", at=1)
    answer(run, "44", at=2)

    result = run("restore", "--yes", at=3)

    assert "Added 2 newer answers" in result.stdout
    assert due(run, at=4)["answered"] == 3


def test_restore_asks_first(run):
    answer(run, "4")
    run("backup")

    assert run("restore").exit_code == 2
    assert run("restore", "nonsense", "--yes").exit_code == 2


def test_a_store_made_unreadable_is_restored_and_its_bytes_kept(run, home):
    answer(run, "44")
    run("backup", at=1)
    (home / "x.db").write_bytes(b"scribble" * 1000)
    broken = run("due", at=2)
    assert broken.exit_code == 3
    assert "studycards restore" in broken.stderr

    result = run("restore", "--yes", at=3)

    assert result.exit_code == 0, result.output
    assert due(run, at=4)["answered"] == 2
    [kept] = places.backups(home / "x.db").glob("*.damaged")
    assert kept.read_bytes() == b"scribble" * 1000


def test_without_a_backup_restore_says_what_else_there_is(run):
    result = run("restore")

    assert result.exit_code == 3
    assert "doctor --rebuild" in result.stderr


def test_merge_takes_the_answers_of_another_database_once(run, home):
    answer(run, "4", db=str(home / "other.db"))
    answer(run, "44", at=1)

    first, second = run("merge", "other.db", at=2), run("merge", "other.db", at=3)

    assert first.stdout.startswith("Took 1 answers")
    assert second.stdout == "Nothing was new.\n"
    assert json.loads(run("backup", "--list", "--json").stdout)[0]["reason"] == "before-merge"


def test_merge_through_a_folder(run, home):
    (home / "sync").mkdir()
    answer(run, "4", db=str(home / "other.db"))
    run("merge", "--folder", "sync", db=str(home / "other.db"))

    result = run("merge", "--folder", "sync")

    assert result.stdout.startswith("Took 1 answers")
    assert len(list((home / "sync").iterdir())) == 2


@pytest.mark.parametrize(
    "words", [["merge"], ["merge", "missing.db"], ["merge", "x.db", "--folder", "."], ["merge", "--folder", "no"]]
)
def test_merge_wants_one_thing_that_is_there(run, words):
    result = run(*words)

    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_merging_a_file_that_is_no_database_changes_nothing(run, home):
    (home / "notes.db").write_text("these are notes " * 100)

    result = run("merge", "notes.db")

    assert result.exit_code == 3
    assert "not a SQLite database" in result.stderr
