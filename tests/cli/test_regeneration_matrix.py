"""Notes that change and cards that people touched, every pair of the two, through the command and the real rules."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from studycards.cli import main
from studycards.inbox.decisions import Inbox
from studycards.store.opening import open_store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Fact:
    """A line of a note with the card that is looked at, the line with a typo and in other words, and their answers."""

    line: str
    question: str
    answer: str
    typo: tuple[str, str]
    reworded: tuple[str, str]
    head: str = ""


FACTS = {
    "definition": Fact(
        "Valgrind是一个用于内存调试和性能分析的工具框架。",
        "Valgrind是什么？",
        "一个用于内存调试和性能分析的工具框架",
        ("Valgrind是一个用于内存调式和性能分析的工具框架。", "一个用于内存调式和性能分析的工具框架"),
        ("Valgrind是一组查找内存错误的开发工具。", "一组查找内存错误的开发工具"),
    ),
    "written by hand": Fact(
        "Which god is shown with a falcon's head::Horus, the sky",
        "Which god is shown with a falcon's head",
        "Horus, the sky",
        ("Which god is shown with a falcon's head::Horus, the skye", "Horus, the skye"),
        ("Which god is shown with a falcon's head::a son of Isis", "a son of Isis"),
        "---\nstudycards: [all]\n---\n",
    ),
}
OTHERS = "土豆又称马铃薯。\n\n番茄又称西红柿。\n"


class Desk:
    """A folder of notes with one fact to look at, and what is done to it."""

    def __init__(self, fact: Fact) -> None:
        self.fact = fact
        Path("notes").mkdir()
        self.write("n", fact.line)
        self.generate()

    def write(self, name: str, *lines: str, others: bool = True) -> None:
        """Write a note: a heading, these lines, the other facts."""
        body = "\n\n".join(["# Things", *lines]) + "\n\n" + (OTHERS if others else "")
        Path(f"notes/{name}.md").write_text(self.fact.head + body, encoding="utf-8")

    def generate(self) -> str:
        """Run the command on the folder."""
        result = CliRunner().invoke(main, ["generate", "notes"])
        assert result.exit_code == 0, result.output
        return result.stdout

    def cards(self) -> dict[str, tuple[str, str]]:
        """Id and answer of each card in the deck files, by question."""
        text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path("decks").rglob("*.md")))
        blocks = re.findall(r"^Q: (.*)\nA: (.*)\n(?:.*\n)*?<!-- card: (\w+) ", text, re.MULTILINE)
        return {question: (name, answer) for question, answer, name in blocks}

    def edit(self) -> None:
        """Change the card by hand."""
        self._replace(f"A: {self.fact.answer}\n", "A: my own words\n")

    def delete(self) -> None:
        """Take the card out of its deck file by hand."""
        blocks = Path("decks/n.md").read_text(encoding="utf-8").split("\n\n")
        kept = [block for block in blocks if not block.startswith(f"Q: {self.fact.question}\n")]
        Path("decks/n.md").write_text("\n\n".join(kept), encoding="utf-8")

    def drop(self) -> None:
        """Drop the card for good."""
        db = open_store(Path("x.db"), device="here", now_ms=1)
        Inbox(db, NOW, 4).drop(self.cards()[self.fact.question][0])
        db.close()

    def _replace(self, old: str, new: str) -> None:
        text = Path("decks/n.md").read_text(encoding="utf-8")
        assert old in text
        Path("decks/n.md").write_text(text.replace(old, new, 1), encoding="utf-8")


def typo(desk: Desk) -> str:
    desk.write("n", desk.fact.typo[0])
    return desk.fact.typo[1]


def reworded(desk: Desk) -> str:
    desk.write("n", desk.fact.reworded[0])
    return desk.fact.reworded[1]


def line_above(desk: Desk) -> str:
    desk.write("n", "Some prose that says little.", desk.fact.line)
    return desk.fact.answer


def moved(desk: Desk) -> str:
    Path("notes/sub").mkdir()
    shutil.move("notes/n.md", "notes/sub/n.md")
    return desk.fact.answer


def renamed(desk: Desk) -> str:
    shutil.move("notes/n.md", "notes/another.md")
    return desk.fact.answer


def parted(desk: Desk) -> str:
    desk.write("n")
    desk.write("z", desk.fact.line, others=False)
    return desk.fact.answer


def restored(desk: Desk) -> str:
    Path("notes/n.md").rename("kept.md")
    desk.generate()
    Path("kept.md").rename("notes/n.md")
    return desk.fact.answer


CHANGES: list[Callable[[Desk], str]] = [typo, reworded, line_above, moved, renamed, parted, restored]
by_change = pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)


@pytest.fixture(params=FACTS)
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A note that was read once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("STUDYCARDS_NOW", NOW.isoformat())
    return Desk(FACTS[request.param])


@by_change
def test_a_card_that_nobody_touched_follows_its_note(desk: Desk, change: Callable[[Desk], str]) -> None:
    before = desk.cards()

    answer = change(desk)
    said = desk.generate()

    after = desk.cards()
    assert after[desk.fact.question] == (before[desk.fact.question][0], answer)
    assert {name for name, _ in after.values()} == {name for name, _ in before.values()}
    assert ": 0 added, " in said


@by_change
def test_a_card_that_was_edited_stays_as_it_is(desk: Desk, change: Callable[[Desk], str]) -> None:
    before = desk.cards()
    desk.edit()

    change(desk)
    said = desk.generate()

    assert desk.cards()[desk.fact.question] == (before[desk.fact.question][0], "my own words")
    assert ": 0 added, " in said
    assert " 1 kept as you edited them" in said


@pytest.mark.parametrize("act", [Desk.drop, Desk.delete], ids=["dropped", "deleted"])
@by_change
def test_a_card_that_was_dropped_or_deleted_does_not_come_back(
    desk: Desk, change: Callable[[Desk], str], act: Callable[[Desk], None]
) -> None:
    act(desk)
    if change is restored:
        desk.generate()

    change(desk)
    said = desk.generate()

    assert desk.fact.question not in desk.cards()
    assert ": 0 added, " in said
    assert desk.generate().count(": 0 added, 0 changed, ") == 1


@by_change
def test_the_next_run_has_nothing_to_do(desk: Desk, change: Callable[[Desk], str]) -> None:
    change(desk)
    desk.generate()
    before = {path: path.read_bytes() for path in Path("decks").rglob("*.md")}

    said = desk.generate()

    assert ": 0 added, 0 changed, 0 kept as you edited them, " in said
    assert {path: path.read_bytes() for path in Path("decks").rglob("*.md")} == before
