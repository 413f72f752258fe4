"""`import`: what it brings in, says and refuses."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main

DECK = "---\ndeck: A::B\n---\n\nQ: front\nA: back\n\nC: a {{c1::hole}}\n"


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two cards, made in another collection."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_NOW", "2026-11-22T09:00:00+01:00")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.md").write_text(DECK, encoding="utf-8")
    done = CliRunner().invoke(main, ["--db", "other.db", "export", "--anki", "in.apkg", "other"])
    assert done.exit_code == 0, done.output
    (tmp_path / "in.zip").write_bytes(b"")
    return tmp_path / "in.apkg"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", *arguments])


def test_cards_become_a_deck_file_that_reads_well() -> None:
    done = run("in.apkg", "--into", "decks")

    assert done.exit_code == 0, done.output
    assert "Imported 2 cards in 1 deck, 0 reviews, 0 media files. 0 already here, 0 updated, 0 left out." in done.stdout
    text = Path("decks/A/B.md").read_text(encoding="utf-8")
    assert text.startswith("---\ndeck: A::B\n---\n\nQ: front\nA: back\n<!-- card: ")
    assert "C: a {{c1::hole}}" in text


def test_a_dry_run_writes_nothing() -> None:
    done = run("in.apkg", "--into", "decks", "--dry-run", "--json")

    assert json.loads(done.stdout) == {
        "dry_run": True,
        "cards": 2,
        "decks": 1,
        "media": 0,
        "new": 2,
        "updated": 0,
        "known": 0,
        "reviews": None,
        "left_out": {},
        "rendered": {},
        "files": ["decks/A/B.md"],
    }
    assert not Path("decks").exists()


def test_again_adds_nothing() -> None:
    run("in.apkg", "--into", "decks")
    before = Path("decks/A/B.md").read_bytes()

    assert "2 already here" in run("in.apkg", "--into", "decks").stdout
    assert Path("decks/A/B.md").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("gone.apkg", "gone.apkg is not there"), ("other", "other is a folder"), ("in.zip", "is of no kind")],
)
def test_what_cannot_be_imported_is_said_in_a_sentence(name: str, sentence: str) -> None:
    done = run(name)

    assert done.exit_code == 1
    assert sentence in done.stderr


def test_a_damaged_package_changes_nothing(package: Path) -> None:
    package.write_bytes(package.read_bytes()[:-40])

    done = run("in.apkg", "--into", "decks")

    assert done.exit_code == 1
    assert "no readable Anki package" in done.stderr
    assert not Path("decks").exists()


def test_a_newer_anki_is_refused(package: Path) -> None:
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr("meta", b"\x08\x09")

    assert "made by a newer Anki" in run("in.apkg", "--into", "decks").stderr


@pytest.mark.parametrize("kind", ["csv", "tsv", "json"])
def test_a_file_of_text_goes_out_and_comes_back(kind: str) -> None:
    flag = "--json" if kind == "json" else "--csv"
    CliRunner().invoke(main, ["--db", "other.db", "export", flag, f"cards.{kind}", "other"])

    done = run(f"cards.{kind}", "--into", "decks")

    assert done.exit_code == 0, done.output
    text = Path("decks/A/B.md").read_text(encoding="utf-8")
    assert "Q: front\nA: back\n<!-- card: " in text
    assert "C: a {{c1::hole}}" in text
    assert "2 already here" in run(f"cards.{kind}", "--into", "decks").stdout


def test_deck_files_go_out_into_a_folder_and_come_back() -> None:
    CliRunner().invoke(main, ["--db", "other.db", "export", "--markdown", "out", "other"])
    again = CliRunner().invoke(main, ["--db", "other.db", "export", "--markdown", "out", "other"])

    done = run("out/A/B.md", "--into", "decks")

    assert "not empty" in again.stderr
    assert "Imported 2 cards in 1 deck" in done.stdout
    assert Path("decks/A/B.md").read_bytes() == Path("out/A/B.md").read_bytes()


def test_a_note_is_not_taken_for_a_deck_file() -> None:
    Path("note.md").write_text("# Note\n\ntext\n", encoding="utf-8")

    assert "`studycards generate` reads notes" in run("note.md").stderr
