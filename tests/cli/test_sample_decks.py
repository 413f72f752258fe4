"""The sample decks are what `generate` makes of the sample notes, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from studycards.cli import main

DECKS = Path(__file__).resolve().parents[2] / "decks"


def run(*words: str) -> str:
    done = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder with the sample notes alone, and nobody's settings or database."""
    shutil.copytree(DECKS / "notes", tmp_path / "decks" / "notes")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "own" / "s.db"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "own"))
    return tmp_path / "decks"


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.md"))}


def test_the_sample_notes_give_the_sample_decks(folder: Path) -> None:
    run("generate", "decks/notes", "--into", "decks")

    assert texts(folder) == texts(DECKS)


def test_on_the_sample_decks_as_they_come_generate_changes_nothing(folder: Path) -> None:
    for path in DECKS.glob("*.md"):
        shutil.copy(path, folder)

    out = run("generate", "decks/notes", "--into", "decks")

    assert "0 added" in out
    assert texts(folder) == texts(DECKS)


def test_the_five_names_of_a_pharaoh_are_asked_as_one_list_in_both_languages() -> None:
    decks = b"\n".join(texts(DECKS).values()).decode()

    assert "荷鲁斯名\n两夫人名\n金荷鲁斯名\n登基名\n出生名\n" in decks
    assert "哪五个名字？" in decks
    assert "Which 5 names" in decks


def test_at_least_twenty_five_models_have_their_paper() -> None:
    decks = b"\n".join(texts(DECKS).values()).decode()

    assert decks.count("的论文题目是什么？") >= 25
