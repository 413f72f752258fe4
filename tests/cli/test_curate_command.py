"""`curate` line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main
from studycards.collection import Collection
from studycards.history import Stamp
from studycards.inbox.settling import settle
from studycards.inbox.values import Goal, NoteRun, switched
from studycards.model import Kind, Proposal, Source, Status
from studycards.store import proposals
from studycards.store.opening import open_store, writing
from studycards.store.proposals import Row

NOTE = """# Linux工具

Valgrind是一个用于内存调试的工具框架。

Nginx是一个高性能的HTTP服务器。
"""


def proposal(path: Path, line: int, term: str, meaning: str) -> Proposal:
    return Proposal(
        id=f"00000000{line:02}",
        kind=Kind.BASIC,
        question=f"{term}是什么？",
        answer=meaning,
        rule="is-definition",
        confidence=0.7,
        status=Status.INBOX,
        deck="note",
        source=Source(str(path), line, line, ("Linux工具",)),
        reason="doubtful",
    )


@pytest.fixture
def curate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: datetime) -> Callable[..., Result]:
    """Put two proposals into the inbox, then type lines."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("STUDYCARDS_NOW", now.isoformat())
    note = tmp_path / "note.md"
    note.write_text(NOTE, encoding="utf-8")
    two = (proposal(note, 3, "Valgrind", "用于内存调试的工具框架"), proposal(note, 5, "Nginx", "高性能的HTTP服务器"))
    db = open_store(tmp_path / "x.db", device="here", now_ms=1)
    settle(db, [NoteRun(str(note), "note", two)], Goal(str(tmp_path / "decks"), Stamp.of(now, 4)))
    Collection(db).sync([tmp_path / "decks"], now)
    db.close()
    return lambda *lines: CliRunner().invoke(main, ["curate", "--plain"], input="".join(f"{line}\n" for line in lines))


def deck(folder: Path) -> str:
    path = folder / "decks" / "note.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_keeping_writes_the_card_before_the_next_is_shown(curate: Callable[..., Result], tmp_path: Path) -> None:
    result = curate("y")

    assert result.exit_code == 0
    assert "> Valgrind是一个用于内存调试" in result.stdout
    assert "Kept, in decks/note.md." in result.stdout
    assert "1 kept. 1 proposal waits in the inbox." in result.stdout
    assert deck(tmp_path).count("<!-- card: ") == 1


def test_dropping_and_undoing_brings_the_same_proposal_back(curate: Callable[..., Result]) -> None:
    result = curate("n 2", "u", "q")

    assert "Dropped: trivial." in result.stdout
    assert result.stdout.count("> Valgrind") == 2
    assert result.stdout.endswith("2 proposals wait in the inbox.\n")


def test_editing_and_splitting_ask_for_the_text(curate: Callable[..., Result], tmp_path: Path) -> None:
    curate("e", "Valgrind做什么？", "", "s", "Nginx是什么？", "服务器", "Nginx快吗？", "快", "")

    text = deck(tmp_path)
    assert "Q: Valgrind做什么？\nA: " in text
    assert "Q: Nginx是什么？\nA: 服务器\n" in text
    assert text.count("<!-- card: ") == 3


def test_the_rest_of_a_section_is_kept_at_once_after_asking(curate: Callable[..., Result], tmp_path: Path) -> None:
    result = curate("A", "y")

    assert "Keep 2 of 2 here?" in result.stdout
    assert deck(tmp_path).count("<!-- card: ") == 2


def test_full_width_keys_and_unknown_keys_are_understood(curate: Callable[..., Result]) -> None:
    result = curate("？", "z", "ｎ", "q")

    assert result.stdout.count("y or Enter  keep") == 2
    assert "Dropped." in result.stdout


def test_an_empty_inbox_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))

    assert CliRunner().invoke(main, ["curate"]).stdout == "0 proposals wait in the inbox.\n"


def test_the_undo_command_takes_a_decision_back(curate: Callable[..., Result], tmp_path: Path) -> None:
    curate("y")
    undone = CliRunner().invoke(main, ["undo"])

    assert undone.exit_code == 0
    assert "Undid keeping a proposal" in undone.stdout
    assert "<!-- card: " not in deck(tmp_path)


def test_what_was_refused_here_is_shown_with_its_reason_and_rescued(
    curate: Callable[..., Result], tmp_path: Path, now: datetime
) -> None:
    note = tmp_path / "note.md"
    refused = replace(
        proposal(note, 4, "Apache", "服务器"), status=Status.REFUSED, reason="dangling-subject", confidence=0.4
    )
    db = open_store(tmp_path / "x.db", device="here", now_ms=1)
    with writing(db):
        proposals.put(db, [Row(refused, "apache")])
    db.close()

    result = curate("h", "y", "q")

    assert "1. Apache是什么？ / 服务器\n   refused: dangling-subject" in result.stdout
    assert "Rescued, in decks/note.md." in result.stdout
    assert "Q: Apache是什么？\nA: 服务器\n" in deck(tmp_path)
    assert not (tmp_path / "note.md").read_text(encoding="utf-8").count("card:")
    assert "Nothing was refused in this section." in curate("h", "q").stdout
    assert CliRunner().invoke(main, ["undo"]).exit_code == 0
    assert "Apache" not in deck(tmp_path)
    assert "refused: dangling-subject" in curate("h", "", "q").stdout


def test_a_question_becomes_a_cloze_and_a_cloze_a_question(curate: Callable[..., Result], tmp_path: Path) -> None:
    curate("c", "", "q")

    assert "Valgrind是一个{{c1::用于内存调试的工具框架}}" in deck(tmp_path)
    assert "Q: " not in deck(tmp_path)
    CliRunner().invoke(main, ["undo"])
    assert "Valgrind" not in deck(tmp_path)


def test_a_cloze_with_one_hole_is_asked_with_a_blank() -> None:
    cloze = replace(proposal(Path("x.md"), 1, "", ""), kind=Kind.CLOZE, text="拉丁字母有{{c1::26}}个。")

    assert switched(cloze, []) == ("拉丁字母有____个。", "26")
    assert switched(replace(cloze, text="{{c1::a}} {{c2::b}}"), []) is None
