"""The review line by line: same keys, same engine, for pipes and screen readers."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Desk
from terminal import environment

from studycards import language
from studycards.tui.conduct import Conduct
from studycards.tui.plain import PlainReview

DECK = "---\ndeck: names\n---\n\n" + "\n".join(f"Q: question {n}\nA: answer {n}\n" for n in range(1, 4))


class Script:
    """A person who types these lines and keeps what is written."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.told: list[str] = []

    def ask(self, prompt: str) -> str | None:
        self.told.append(prompt)
        return self.lines.pop(0) if self.lines else None

    def tell(self, text: str) -> None:
        self.told.append(text)


def play(desk: Desk, *lines: str) -> str:
    """Everything that line mode writes when these lines are typed."""
    script = Script(*lines)
    session = desk.session()
    PlainReview(Conduct(session), desk.look, script).run()
    return "\n".join(script.told)


def test_two_cards_are_answered_and_the_end_of_input_is_the_end(egypt: Desk) -> None:
    told = play(egypt, "", "3", "", "1")

    assert egypt.ratings() == [("card000000", 3), ("card000001", 1)]
    assert "1 of 4. NEW. notes/egypt.md, 五个名字" in told
    assert "Question: 法老登基时的名字叫什么？" in told
    assert "Answer: 尼苏毕特名" in told
    assert "Good. Next in 10 minutes." in told
    assert "Done. 2 cards" in told


def test_enter_enter_is_good_and_wide_digits_count(egypt: Desk) -> None:
    play(egypt, "", "", "", "４")

    assert [rating for _, rating in egypt.ratings()] == [3, 4]


def test_undo_shows_the_card_again(egypt: Desk) -> None:
    told = play(egypt, "", "4", "u", "", "1")

    assert 'Undid Easy on "法老登基时的名字叫什么？" (was 7d)' in told
    assert egypt.ratings()[-1] == ("card000000", 1)
    assert egypt.db.execute("SELECT count(*) FROM memory").fetchone()[0] == 1


@pytest.mark.parametrize(
    ("keys", "column", "value"),
    [
        (["-"], "buried_day", 1),
        (["@"], "suspended", 1),
        (["x", "2"], "retired", 3),
        (["*"], "marked", 1),
        (["f", "5"], "flag", 5),
    ],
)
def test_everything_else_has_its_key_too(egypt: Desk, keys: list[str], column: str, value: int) -> None:
    play(egypt, *keys)

    stored = egypt.db.execute(f"SELECT {column} FROM marks WHERE card_id = 'card000000'").fetchone()[0]
    assert stored == value or (column == "buried_day" and stored > 700_000)


def test_a_key_without_effect_lists_the_keys(egypt: Desk) -> None:
    told = play(egypt, "w", "?")

    assert "That key does nothing here." in told
    assert told.count("never ask again, keep all; then 1-5 for a reason") == 2


def test_q_stops(egypt: Desk) -> None:
    told = play(egypt, "", "q")

    assert egypt.ratings() == []
    assert "Done. 0 cards" in told


def test_line_mode_speaks_chinese(egypt: Desk) -> None:
    language.use("zh")

    told = play(egypt, "", "3")

    assert "第 1 张，共 4 张。新卡。notes/egypt.md, 五个名字" in told
    assert "1 重来 1m, 2 困难 6m, 3 良好 10m, 4 简单 7d: " in told
    assert "良好。10 分钟后再问。" in told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one deck file."""
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "names.md").write_text(DECK, encoding="utf-8")
    return tmp_path


def run(folder: Path, *args: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "studycards", *args],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=environment(folder) | more,
        check=False,
        timeout=60,
    )


def test_a_pipe_is_line_mode_by_itself(folder: Path) -> None:
    done = run(folder, "review", "decks", typed="\n3\n\n3\n")

    assert done.returncode == 0, done.stderr
    assert "Done. 2 cards" in done.stdout
    assert "\x1b" not in done.stdout
    with sqlite3.connect(folder / "store.db") as db:
        assert db.execute("SELECT count(*) FROM reviews").fetchone()[0] == 2


def test_nothing_due_is_one_sentence(folder: Path) -> None:
    run(folder, "review", "decks", typed="\n4\n\n4\n\n4\n")
    done = run(folder, "review", "decks")

    assert done.returncode == 0
    assert done.stdout.startswith("Nothing is due until ")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (("nowhere",), 2, "no file, folder or deck called 'nowhere'"),
        (("empty",), 1, "empty has no deck file"),
        (("--limit", "0"), 2, "--limit"),
    ],
)
def test_what_cannot_be_reviewed_is_said_in_a_sentence(
    folder: Path, args: tuple[str, ...], code: int, sentence: str
) -> None:
    (folder / "empty").mkdir()
    done = run(folder, "review", *args)

    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_that_is_none_is_left_alone(folder: Path) -> None:
    (folder / "store.db").write_bytes(b"no database" * 100)
    done = run(folder, "review", "decks")

    assert done.returncode == 3
    assert (folder / "store.db").read_bytes() == b"no database" * 100


def test_a_limit_ends_the_sitting(folder: Path) -> None:
    done = run(folder, "review", "--limit", "1", typed="\n4\n\n4\n")

    assert "Done. 1 card," in done.stdout


def test_search_prints_what_it_finds(folder: Path) -> None:
    run(folder, "review", "decks")
    done = run(folder, "search", "question 2")
    as_json = run(folder, "search", "deck:names", "--json")

    assert done.stdout.rstrip().endswith("names  question 2")
    assert done.stdout.count("\n") == 1
    assert as_json.stdout.count("\n") == 3
