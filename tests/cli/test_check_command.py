"""`check` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Write deck files and check paths, in an empty folder and with an empty home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    (tmp_path / "decks").mkdir()

    def run(*paths: str, **files: str) -> Result:
        for name, body in files.items():
            (tmp_path / "decks" / f"{name}.md").write_text(f"---\ndeck: {name}\n---\n{body}", encoding="utf-8")
        return CliRunner().invoke(main, ["check", *paths])

    return run


def test_a_clean_folder_has_exit_code_0(check) -> None:
    result = check("decks", a="Q: q\nA: a\n")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 card in 1 deck file: no problem.\n"


def test_every_problem_stands_on_a_line_of_its_own(check) -> None:
    result = check(a="Q: no answer\n\nQ: q\nA: a\n", b="C: no hole\n")

    assert result.exit_code == 1
    assert result.stdout == (
        "decks/a.md:4: deck-no-answer: this Q: has no A:; the card is left out\n"
        "decks/b.md:4: deck-no-hole: this C: has no hole like {{c1::answer}}; the card is left out\n"
    )


def test_ids_and_texts_that_stand_twice_are_told(check) -> None:
    card = "Q: q\nA: a\n<!-- card: k7f3q2m9xd -->\n"
    result = check("decks", a=card, b=card, c=card.replace("A: a", "A: other"), d="Q: x\nA: y\n\nQ: x\nA: y\n")

    assert [line.split(": ")[1] for line in result.stdout.splitlines()] == [
        "deck-duplicate",
        "deck-duplicate-id",
        "deck-duplicate",
    ]


def test_a_missing_path_and_a_note_are_one_sentence_each(check, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# A note\n", encoding="utf-8")
    result = check("nowhere.md", "note.md")

    assert result.exit_code == 1
    assert result.stderr.splitlines()[:2] == [
        "nowhere.md is not there; name a deck file or a folder of deck files.",
        "note.md is no deck file: its front matter has no `deck:`.",
    ]


def test_a_broken_front_matter_that_names_a_deck_is_told(check, tmp_path: Path) -> None:
    (tmp_path / "decks" / "a.md").write_text("---\ndeck: [a\n---\nQ: q\nA: a\n", encoding="utf-8")
    result = check("decks")

    assert result.exit_code == 1
    assert "decks/a.md:" in result.stdout
    assert "note-frontmatter" in result.stdout


def test_check_makes_no_database(check, tmp_path: Path) -> None:
    check(a="Q: q\nA: a\n")

    assert not (tmp_path / "x.db").exists()
