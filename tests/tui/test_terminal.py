"""The program in a terminal: it ends when told to, leaves the terminal as it was, and nothing is lost."""

from __future__ import annotations

import sqlite3
import termios
from collections.abc import Iterator
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGKILL, SIGTERM, Signals

import pytest
from terminal import Terminal, environment

DECK = """---
deck: names
---

Q: Which name is in a serekh? \x1b]52;c;eA==\x07\x9b2J [/red]
A: The Horus name

Q: 法老登基时的名字叫什么？
A: 尼苏毕特名
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one deck file; no guard, so that keys may be typed at once."""
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "names.md").write_text(DECK, encoding="utf-8")
    (tmp_path / "config" / "studycards").mkdir(parents=True)
    (tmp_path / "config" / "studycards" / "config.toml").write_text("[review]\nguard_ms = 0\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def review(folder: Path) -> Iterator[Terminal]:
    """The review of that deck, its first question painted."""
    terminal = Terminal(["review", str(folder / "decks")], environment(folder))
    terminal.until("serekh")
    yield terminal
    terminal.close()


def count(folder: Path) -> int:
    with sqlite3.connect(folder / "store.db") as db:
        return int(db.execute("SELECT count(*) FROM reviews").fetchone()[0])


@pytest.mark.parametrize("number", [SIGTERM, SIGHUP, SIGINT])
def test_a_signal_ends_it_with_the_terminal_restored(review: Terminal, folder: Path, number: Signals) -> None:
    review.send(" ")
    review.until("Horus")
    review.send("3")
    review.until("法老")
    review.signal(number)

    assert review.wait(5) == 0
    assert b"\x1b[?1049l" in review.output[-400:]
    assert b"\x1b[?25h" in review.output[-400:]
    assert termios.tcgetattr(review.slave) == review.before
    assert count(folder) == 1


def test_ctrl_c_ends_it(review: Terminal) -> None:
    review.send("\x03")

    assert review.wait(5) == 0
    assert termios.tcgetattr(review.slave) == review.before


def test_a_closed_terminal_leaves_no_process_even_where_hang_up_is_ignored(folder: Path) -> None:
    terminal = Terminal(["review", str(folder / "decks")], environment(folder), hup=False)
    terminal.until("serekh")
    terminal.hang_up()

    code = terminal.wait(5)
    terminal.close()

    assert code is not None


def test_no_control_character_of_a_card_reaches_the_terminal(review: Terminal) -> None:
    review.send("q")
    review.until("Done")
    review.send("q")

    assert review.wait(5) == 0
    assert b"\x1b]52" not in review.output
    assert b"\xc2\x9b" not in review.output
    assert "␛]52".encode() in review.output
    assert b"[/red]" in review.output


def test_an_answer_after_which_the_next_card_is_seen_survives_a_kill(review: Terminal, folder: Path) -> None:
    review.send(" ")
    review.until("Horus")
    review.send("3")
    review.until("法老")
    review.signal(SIGKILL)
    review.wait(5)

    assert count(folder) == 1
