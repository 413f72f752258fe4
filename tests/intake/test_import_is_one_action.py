"""An import comes in whole or not at all, and goes out and in again as one step."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main

# Ends the process by SIGKILL at the n-th event of a kind on a deck file or medium under `decks`.
KILLED = """
import os, signal, sys
kind, nth = sys.argv[1], int(sys.argv[2])
left = [nth]
def hook(event, arguments):
    place = str(arguments[1 if event == "os.rename" else 0]) if arguments else ""
    if event == kind and os.sep + "decks" + os.sep in place and place.endswith((".md", ".png")):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from studycards.cli import main
main(sys.argv[3:])
"""
NOTES = {"one": "---\ndeck: One\n---\n\nQ: first\nA: ![](p.png)\n", "two": "---\ndeck: Two\n---\n\nQ: second\nA: b\n"}


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package of two decks and a picture, and a deck here that it adds to."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_NOW", "2026-11-22T09:00:00+01:00")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "p.png").write_bytes(b"\x89PNG")
    for name, text in NOTES.items():
        (tmp_path / "other" / f"{name}.md").write_text(text, encoding="utf-8")
    run("--db", "other.db", "export", "--anki", "in.apkg", "other")
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "two.md").write_text("---\ndeck: Two\n---\n\nQ: mine\nA: stays\n", encoding="utf-8")


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done


def finds(word: str) -> bool:
    """Whether a card that is there says the word."""
    return word in CliRunner().invoke(main, ["search", word]).stdout


def brought() -> None:
    run("import", "in.apkg", "--into", "decks")


def killed(kind: str, nth: int, *arguments: str) -> bool:
    """Whether the command was killed at that point; it may end before it gets there."""
    command = [sys.executable, "-c", KILLED, kind, str(nth), *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=dict(os.environ)).returncode == -9


def tree() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path("decks").rglob("*")) if path.is_file()}


@pytest.mark.parametrize(("kind", "nth"), [("os.rename", 1), ("os.rename", 2), ("os.rename", 3), ("open", 4)])
def test_an_import_that_was_killed_leaves_nothing(kind: str, nth: int) -> None:
    before = tree()

    assert killed(kind, nth, "import", "in.apkg", "--into", "decks")
    run("status")

    assert tree() == before
    assert not finds("first")
    brought()
    assert set(tree()) - set(before) == {"decks/One.md", *(name for name in tree() if "media" in name)}
    assert finds("first")


def test_undo_takes_an_import_back_and_redo_brings_it_again() -> None:
    before = tree()
    brought()
    after = tree()

    said = run("undo").stdout

    assert said.splitlines()[0] == "Undid the import"
    assert "history and media are kept" in said
    assert {name: data for name, data in tree().items() if "media" not in name} == before
    assert not finds("first")
    assert run("redo").stdout.startswith("Did again the import")
    assert tree() == after
    assert finds("first")


def test_what_was_edited_since_stays_when_an_import_is_taken_back() -> None:
    brought()
    for name in ("One", "two"):
        path = Path(f"decks/{name}.md")
        text = path.read_text(encoding="utf-8").replace("Q: first", "Q: first, edited").replace("A: stays", "A: yes")
        path.write_text(text, encoding="utf-8")

    said = run("undo").stdout

    assert "1 card that was edited since stays." in said
    assert "Q: first, edited" in Path("decks/One.md").read_text(encoding="utf-8")
    assert Path("decks/two.md").read_text(encoding="utf-8").rstrip() == "---\ndeck: Two\n---\n\nQ: mine\nA: yes"
    run("redo")
    assert "Q: second" in Path("decks/two.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "nth"), [("os.remove", 1), ("os.rename", 1)])
def test_an_undo_that_was_killed_left_the_import_as_it_was(kind: str, nth: int) -> None:
    brought()
    after = tree()

    assert killed(kind, nth, "undo")
    run("status")

    assert tree() == after
    assert run("undo").stdout.startswith("Undid the import")


def test_a_table_that_came_in_is_one_step_too() -> None:
    Path("words.tsv").write_text("".join(f"ibis {n}\ta bird\n" for n in range(30)), encoding="utf-8")
    run("import", "words.tsv", "--into", "decks")
    assert finds("ibis")

    run("undo")

    assert not Path("decks/words.md").exists()
    assert not finds("ibis")


def test_a_deck_file_that_cannot_be_read_is_not_written_over() -> None:
    data = Path("decks/two.md").read_bytes() + b"Q: \x00\xff\x81\nA: x\n"
    Path("decks/two.md").write_bytes(data)

    CliRunner().invoke(main, ["import", "in.apkg", "--into", "decks"])

    assert Path("decks/two.md").read_bytes() == data


def test_a_great_deck_is_parted_into_files_that_can_all_be_read_again(tmp_path: Path) -> None:
    long = "says much " * 200
    rows = "".join(f"question {n}?\t{long}\tgreat\n" for n in range(3000))
    (tmp_path / "great.tsv").write_text(rows, encoding="utf-8")

    run("import", "great.tsv")

    files = sorted((tmp_path / "decks").glob("great*.md"))
    assert [path.name for path in files] == ["great-2.md", "great.md"]
    assert "Problems" not in run("check").output
    assert "3,000 already here" in run("import", "great.tsv").output
    run("export", "--markdown", "out")
    assert sum(path.stat().st_size for path in (tmp_path / "out").rglob("*.md")) > 6_000_000
    run("--db", "again.db", "import", "out/great.md", "--into", "again")
    assert finds("question")
