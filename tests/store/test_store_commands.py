"""`undo`, `redo`, `backup`, `restore`, `merge` and `doctor` on the command line."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main
from studycards.doctor import Surroundings, examine
from studycards.store import places
from studycards.store.opening import open_store


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


def change(home: Path, sql: str) -> None:
    db = sqlite3.connect(home / "x.db")
    db.execute(sql)
    db.commit()
    db.close()


def found(result: Result) -> set[str]:
    """The codes of the problems."""
    return {line.split(":")[0].split()[-1] for line in result.stdout.splitlines() if line.startswith("!")}


def test_a_store_in_use_is_well(run):
    answer(run, "34")

    result = run("doctor", at=1)

    assert (result.exit_code, found(result)) == (0, set())
    assert result.stdout.endswith("All is well.\n")


def test_without_a_database_the_doctor_makes_none(run, home):
    result = run("doctor")

    assert result.exit_code == 0
    assert not (home / "x.db").exists()


def test_a_first_start_that_was_cut_off_is_no_store_yet_and_in_nobodys_way(run, home):
    (home / "x.db").touch()
    (home / "notes").mkdir()
    (home / "notes" / "n.md").write_text("The king's throne name is called the prenomen.\n", encoding="utf-8")

    ends = [run(*words).exit_code for words in (["due"], ["doctor"], ["remind", "now"], ["generate", "notes"])]

    assert ends == [0, 0, 0, 0]
    assert due(run)["new"] >= 3


def test_memory_that_its_log_does_not_give_is_found_and_mended(run, home):
    answer(run, "44")
    before = due(run, at=1)
    change(home, "UPDATE memory SET stability = stability * 2, due_day = due_day + 7")

    looked = run("doctor", at=1)
    assert (looked.exit_code, found(looked)) == (1, {"memory"})
    mended = run("doctor", "--repair", "--yes", at=2)

    assert mended.exit_code == 0, mended.output
    assert run("doctor", at=3).exit_code == 0
    assert due(run, at=3)["decks"] == before["decks"]
    assert json.loads(run("backup", "--list", "--json", at=4).stdout)[0]["reason"] == "before-repair"


@pytest.mark.parametrize("flag", [0, 1])
def test_a_card_that_is_flagged_wrongly_as_new_or_begun_is_found_and_mended(run, home, flag):
    answer(run, "3")
    with sqlite3.connect(home / "x.db") as db:
        db.execute("UPDATE cards SET begun = ?", (flag,))

    before = found(run("doctor"))
    run("doctor", "--repair", "--yes")

    assert "memory" in before
    assert "memory" not in found(run("doctor"))
    assert due(run)["new"] == 2


def test_a_repair_says_first_what_it_would_do_and_asks(run, home):
    answer(run, "4")
    change(home, "UPDATE memory SET due_day = due_day + 7")

    result = run("doctor", "--repair")

    assert result.exit_code == 2
    assert "would mend: the memory or marks of 1 cards" in result.stdout
    assert run("doctor").exit_code == 1


def test_a_row_that_cannot_be_right_goes_to_quarantine_with_its_reason(run, home):
    answer(run, "444")
    change(home, "UPDATE reviews SET rating = 77 WHERE rowid = 2")
    assert "rows" in found(run("doctor"))

    mended = run("doctor", "--repair", "--yes", at=1)

    assert mended.exit_code == 0, mended.output
    rows = sqlite3.connect(home / "x.db").execute("SELECT origin, reason, payload FROM quarantine").fetchall()
    assert [(origin, json.loads(payload)["rating"]) for origin, _, payload in rows] == [("reviews", 77)]
    assert run("doctor", at=2).exit_code == 0


def test_a_row_changed_behind_our_back_differs_from_the_copy(run, home):
    answer(run, "44")
    change(home, "UPDATE reviews SET duration_ms = duration_ms + 999 WHERE rowid = 1")

    assert found(run("doctor")) == {"copy-differs"}


def test_a_row_that_is_gone_is_missed_and_taken_from_the_copy(run, home):
    answer(run, "444")
    change(home, "DELETE FROM reviews WHERE rowid = 2")
    assert found(run("doctor")) == {"gaps", "memory", "copy-beyond"}

    result = run("doctor", "--repair", "--yes", at=1)

    assert result.exit_code == 0, result.output
    assert due(run, at=2)["answered"] == 3


def test_a_copy_that_lags_is_filled_up(run, home):
    answer(run, "444")
    copy = places.log_copy(home / "x.db")
    lines = copy.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(b'{"review"')]
    copy.write_bytes(b"".join(kept) + b'{"review":{"torn')
    assert found(run("doctor")) == {"copy-lags"}

    assert run("doctor", "--repair", "--yes", at=1).exit_code == 0
    assert found(run("doctor", at=2)) == set()
    assert b'{"review":{"torn\n' in copy.read_bytes()


def test_a_file_that_others_can_read_is_told(run, home):
    answer(run, "4")
    (home / "x.db").chmod(0o644)

    assert found(run("doctor")) == {"mode"}
    assert run("doctor", "--repair", "--yes").exit_code == 0
    assert (home / "x.db").stat().st_mode & 0o777 == 0o600


def test_an_unusable_database_is_exit_3_and_a_way_back_is_named(run, home):
    answer(run, "4")
    (home / "x.db").write_bytes(b"")

    result = run("doctor")

    assert result.exit_code == 3
    assert "studycards restore" in result.stderr


@pytest.mark.parametrize("harm", [None, b"", b"scribble" * 999])
def test_the_database_is_made_anew_from_its_log_and_the_deck_files(run, home, harm):
    answer(run, "143")
    run("undo", at=1)
    before = due(run, at=2)
    if harm is not None:
        (home / "x.db").write_bytes(harm)

    result = run("doctor", "--rebuild", "--yes", at=3)

    assert result.exit_code == 0, result.output
    assert due(run, at=4) | {"next_due": 0} == before | {"next_due": 0}
    assert run("doctor", at=5).exit_code == 0
    assert [p.name for p in home.iterdir() if p.name.startswith(".")] == []


def test_rebuilding_without_a_copy_is_refused(run, home):
    answer(run, "4")
    places.log_copy(home / "x.db").unlink()

    result = run("doctor", "--rebuild", "--yes")

    assert result.exit_code == 3
    assert "no copy of the log" in result.stderr


def test_a_store_on_a_network_file_system_is_told(run, home):
    db = open_store(home / "y.db", device="here", now_ms=1)
    report = examine(db, Surroundings(home / "y.db", datetime.fromisoformat("2026-11-22T09:00+00:00"), [], "nfs4"))
    db.close()

    assert "place" in {finding.code for finding in report.findings if finding.level == "problem"}


def test_a_store_in_a_synchronised_folder_is_told_once(run, home):
    store = home / "Dropbox" / "x.db"

    first, second = (run("undo", db=str(store)) for _ in range(2))

    assert "synchronised folder (Dropbox)" in first.stderr
    assert second.stderr == ""


def test_the_file_system_is_that_of_the_nearest_mount():
    mounts = "22 1 8:1 / / rw - ext4 /dev/a rw\n23 22 0:5 / /home/u/far\\040away rw - nfs4 host:/x rw\n"

    assert places.file_system_of(Path("/home/u/far away/x.db"), mounts) == "nfs4"
    assert places.file_system_of(Path("/home/u/farther/x.db"), mounts) == "ext4"
