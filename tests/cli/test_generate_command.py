"""`generate` on the command line: what it prints, writes and leaves alone."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main

NOTE = """# Linux工具

Valgrind是一个用于内存调试、内存泄漏检测以及性能分析的工具框架。

XMPP（Extensible Messaging and Presence Protocol）是一种即时通信协议。
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run studycards in a folder with one note, with a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("STUDYCARDS_NOW", "2026-11-22T09:00:00+01:00")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "tools.md").write_text(NOTE, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments)])


def manifest(folder: Path) -> dict[str, str]:
    """Every file of a folder with its digest."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_generate_writes_a_deck_file_for_a_note(run: Run, tmp_path: Path) -> None:
    result = run("generate", "notes")

    assert result.exit_code == 0
    deck = (tmp_path / "decks" / "tools.md").read_text(encoding="utf-8")
    assert "Valgrind" in deck
    assert " · ../notes/tools.md:3 · " in deck
    assert "The cards are in decks: `studycards review decks` asks them." in result.stdout
    assert result.stderr == ""


def test_a_second_run_adds_nothing_and_opens_no_unchanged_note(run: Run, tmp_path: Path) -> None:
    run("generate", "notes")
    before = manifest(tmp_path / "decks")
    note = tmp_path / "notes" / "tools.md"
    note.chmod(0)
    opened: list[str] = []
    sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
    result = run("generate", "notes")
    during = list(opened)

    assert result.exit_code == 0
    assert "0 added" in result.stdout
    assert manifest(tmp_path / "decks") == before
    assert not [path for path in during if path.endswith(("notes/tools.md", "decks/tools.md"))]


def test_notes_are_never_written_to(run: Run, tmp_path: Path) -> None:
    before = manifest(tmp_path / "notes")
    run("generate", "notes", "--into", "notes")
    run("generate", "notes", "--into", "notes")

    after = manifest(tmp_path / "notes")
    assert before.items() <= after.items()
    assert set(after) == {"tools.md", "tools-2.md"}


def test_a_dry_run_writes_nothing_at_all(run: Run, tmp_path: Path) -> None:
    before = manifest(tmp_path)
    result = run("generate", "notes", "--dry-run")

    assert result.exit_code == 0
    assert "would be in decks" in result.stdout
    assert manifest(tmp_path) == before
    assert not (tmp_path / "decks").exists()
    assert not (tmp_path / "x.db").exists()


def test_a_dry_run_over_a_store_leaves_it_byte_for_byte(run: Run, tmp_path: Path) -> None:
    run("generate", "notes")
    with (tmp_path / "notes" / "tools.md").open("a", encoding="utf-8") as note:
        note.write("\nNginx是一个高性能的HTTP和反向代理服务器。\n")
    before = manifest(tmp_path)

    dry = run("generate", "notes", "--dry-run")
    same = manifest(tmp_path) == before
    real = run("generate", "notes")

    assert same
    assert dry.stdout.splitlines()[0] == real.stdout.splitlines()[0]


def test_json_is_one_object_a_line_and_nothing_else(run: Run) -> None:
    result = run("generate", "notes", "--json", "--dry-run")

    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert told
    for one in told:
        assert set(one) - {"text"} == {
            "id", "kind", "q", "a", "rule", "confidence", "status", "reason", "deck", "tags", "source",
        }  # fmt: skip
        assert set(one["source"]) == {"path", "line", "end_line", "headings"}
        assert one["status"] in {"written", "inbox", "refused", "known"}
    assert told[0]["source"]["path"] == "notes/tools.md"
    assert "1 note:" in result.stderr


def test_the_ids_of_a_dry_run_are_those_of_the_real_one_and_are_known_after(run: Run, tmp_path: Path) -> None:
    dry = [json.loads(line) for line in run("generate", "notes", "--json", "--dry-run").stdout.splitlines()]
    real = [json.loads(line) for line in run("generate", "notes", "--json").stdout.splitlines()]
    again = [json.loads(line) for line in run("generate", "notes", "--json").stdout.splitlines()]

    assert dry == real
    assert {one["id"] for one in again} == {one["id"] for one in real}
    assert {one["status"] for one in again if one["id"] in (tmp_path / "decks/tools.md").read_text("utf-8")} == {
        "known"
    }


def test_two_fresh_runs_write_the_same_bytes(run: Run, tmp_path: Path) -> None:
    run("--db", tmp_path / "one.db", "generate", "notes", "--into", "one")
    run("--db", tmp_path / "two.db", "generate", "notes", "--into", "two")

    assert manifest(tmp_path / "one") == manifest(tmp_path / "two") != {}


def test_what_is_not_there_is_one_sentence_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    result = run("generate", "nowhere.md", "notes")

    assert result.exit_code == 1
    assert result.stderr == "nowhere.md is not there; name a note or a folder of notes.\n"
    assert (tmp_path / "decks" / "tools.md").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("generate", "notes", "--into", "notes/tools.md"), 2, "notes/tools.md is a file; --into wants the folder"),
        (("generate", "notes", "--rule", "nonsense"), 2, "There is no rule 'nonsense'; there are abbreviation"),
        (("--db", "notes/tools.md", "generate", "notes"), 3, "is not a SQLite database"),
        (("--db", "notes/tools.md", "generate", "notes", "--dry-run"), 3, "is not a SQLite database"),
    ],
)
def test_bad_input_is_one_sentence_with_its_exit_code(
    run: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = run(*arguments)

    assert result.exit_code == code
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_bad_notes_are_problems_and_no_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes" / "binary.md").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "notes" / "front.md").write_text("---\ntitle: [a\n---\nText.\n", encoding="utf-8")
    result = run("generate", "notes")

    assert result.exit_code == 0
    assert "notes/binary.md:1: note-binary: " in result.stderr
    assert "notes/front.md:3: note-frontmatter: " in result.stderr
    assert result.stdout.startswith("3 notes: ")


def test_a_named_note_that_cannot_be_read_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "binary.md").write_bytes(bytes(range(256)) * 40)

    assert run("generate", "binary.md").exit_code == 1


def test_one_rule_alone_makes_nothing_of_the_others_gone(run: Run) -> None:
    run("generate", "notes")
    result = run("generate", "notes", "--rule", "is-definition")

    assert result.exit_code == 0
    assert "0 gone" in result.stdout
    assert "0 added" in result.stdout
    assert "0 added" in run("generate", "notes").stdout


def test_a_folder_without_notes_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("generate", "empty")

    assert (result.exit_code, result.stdout) == (
        0,
        "There is no note in empty: a file ending in .md, .markdown or .txt.\n",
    )


def test_several_level_one_headings_have_a_deck_file_each(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes" / "two.md").write_text(
        "# 工具\n\nNginx是一个高性能的HTTP和反向代理服务器。\n\n# 协议\n\nKafka是一个分布式的流处理平台。\n",
        encoding="utf-8",
    )
    run("generate", "notes/two.md")

    assert {path.name for path in (tmp_path / "decks").iterdir()} == {"two-工具.md", "two-协议.md"}
    assert "deck: two::工具" in (tmp_path / "decks" / "two-工具.md").read_text(encoding="utf-8")


def test_a_run_with_nothing_to_do_writes_nothing_and_says_the_same(run: Run, tmp_path: Path) -> None:
    run("generate", "notes")
    second = run("generate", "notes").stdout
    before = manifest(tmp_path), (tmp_path / "x.db").stat().st_mtime_ns

    assert run("generate", "notes").stdout == second
    assert (manifest(tmp_path), (tmp_path / "x.db").stat().st_mtime_ns) == before
    (tmp_path / "decks" / "tools.md").touch()
    assert run("generate", "notes").stdout == second


@pytest.mark.parametrize("what", ["another note", "a note gone", "a deck file edited", "a deck file gone"])
def test_whatever_changed_is_seen(run: Run, tmp_path: Path, what: str) -> None:
    run("generate", "notes")
    second = run("generate", "notes").stdout
    note, deck = tmp_path / "notes" / "tools.md", tmp_path / "decks" / "tools.md"
    if what == "another note":
        (tmp_path / "notes" / "more.md").write_text(NOTE.replace("Valgrind", "Helgrind"), encoding="utf-8")
    elif what == "a note gone":
        note.unlink()
        (tmp_path / "notes" / "empty.md").write_text("", encoding="utf-8")
    elif what == "a deck file edited":
        deck.write_text(deck.read_text(encoding="utf-8").replace("Valgrind", "Val grind"), encoding="utf-8")
    elif what == "a deck file gone":
        deck.unlink()

    result = run("generate", "notes")

    assert result.exit_code == 0
    assert result.stdout != second or "Val grind" in deck.read_text(encoding="utf-8")


def test_nothing_there_is_said_without_a_summary(run: Run) -> None:
    result = run("generate", "nowhere.md")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "nowhere.md is not there; name a note or a folder of notes.\n"
