"""What changes much is preceded by a checked copy of the store: import, reschedule, optimize, many cards at once."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards import backup
from studycards.cli import main
from studycards.store import copying

BEGIN = datetime.fromisoformat("2026-11-22T09:00:00+00:00")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    (tmp_path / "decks").mkdir()
    text = "---\ndeck: Names\n---\n\nQ: one?\nA: 1\n\nQ: two?\nA: 2\n"
    (tmp_path / "decks" / "names.md").write_text(text, encoding="utf-8")
    (tmp_path / "cards.csv").write_text("first?,1\nsecond?,2\n", encoding="utf-8")
    return tmp_path


def run(*words: str, day: int = 0, typed: str = "") -> Result:
    env = {"STUDYCARDS_NOW": (BEGIN + timedelta(days=day)).isoformat()}
    done = CliRunner().invoke(main, words, input=typed, env=env)
    assert done.exit_code == 0, done.output
    return done


def made(home: Path, reason: str) -> list[backup.Backup]:
    """The backups made for a reason; each is whole."""
    found = [one for one in backup.listing(home / "x.db") if one.reason == reason]
    for one in found:
        copying.examine(one.path)
    return found


@pytest.mark.parametrize("name", ["cards.csv", "cards.apkg"])
def test_an_import_is_preceded_by_a_backup_and_undone_in_one_step(home, name):
    run("review", "decks", "--plain", typed="\n3\n\n3\n")
    if name.endswith("apkg"):
        (home / "far").mkdir()
        (home / "far" / "far.md").write_text("---\ndeck: Far\n---\n\nQ: far?\nA: away\n", encoding="utf-8")
        run("--db", "far.db", "export", "--anki", "cards.apkg", "far")

    run("import", name)
    undone = run("undo")

    (kept,) = made(home, "before-import")
    assert (kept.cards, kept.reviews) == (2, 2)
    assert "the import" in undone.stdout
    assert sorted(p.name for p in (home / "decks").glob("*.md")) == ["names.md"]


def test_an_import_into_an_empty_store_or_of_nothing_new_makes_no_backup(home):
    (home / "decks" / "names.md").unlink()
    run("import", "cards.csv")
    run("import", "cards.csv")
    run("import", "cards.csv", "--dry-run")

    assert made(home, "before-import") == []


def test_an_import_that_cannot_be_backed_up_is_not_begun(home):
    run("review", "decks", "--plain", typed="\n3\n")
    shutil.rmtree(home / "x.backups")
    (home / "x.backups").write_text("in the way", encoding="utf-8")

    done = CliRunner().invoke(main, ["import", "cards.csv"])

    assert done.exit_code == 3
    assert "nothing was changed" in done.stderr
    assert not (home / "decks" / "cards.md").exists()


def test_due_days_are_moved_only_after_a_backup(home, tmp_path):
    run("review", "decks", "--plain", typed="\n4\n\n4\n")
    (tmp_path / "home" / "studycards").mkdir(parents=True)
    config = tmp_path / "home" / "studycards" / "config.toml"
    config.write_text("[review]\ndesired_retention = 0.97\n", encoding="utf-8")

    run("reschedule", "--yes", day=1)

    assert [one.reviews for one in made(home, "before-reschedule")] == [2]
