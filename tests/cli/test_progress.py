"""A bar while the notes of a folder are read: on a terminal, and only there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with some notes in it."""
    (tmp_path / "notes").mkdir()
    for number in range(30):
        (tmp_path / "notes" / f"{number}.md").write_text(f"# 工具\n\nTool{number}是一种工具。\n", encoding="utf-8")
    return tmp_path


def stderr_of(home: Path, named: str, *, terminal: bool = True, **environment: str) -> bytes:
    """What the command writes beside its output, to a pseudo-terminal or to a pipe."""
    arguments = [sys.executable, "-m", "studycards", "--db", str(home / "x.db"), "generate", named, "--dry-run"]
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM", "COLUMNS")}
    env = {**clean, "HOME": str(home), "TERM": "xterm-256color", **environment}
    if not terminal:
        return subprocess.run(arguments, cwd=home, env=env, capture_output=True, check=True).stderr
    ours, theirs = pty.openpty()
    with subprocess.Popen(arguments, cwd=home, env=env, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        said = _all(ours)
    assert process.returncode == 0
    return said


def _all(terminal: int) -> bytes:
    pieces = []
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other end is closed
            piece = b""
        if not piece:
            os.close(terminal)
            return b"".join(pieces)
        pieces.append(piece)


def test_a_folder_shows_a_bar_on_a_terminal_and_takes_it_away(home: Path) -> None:
    said = stderr_of(home, "notes")

    assert b"Reading notes" in said
    assert b"30/30" in said
    assert COLOUR.search(said)
    assert said.endswith((b"\x1b[2K", b"\x1b[?25h", b"\x1b[1A\x1b[2K"))


def test_no_color_takes_the_colour_and_leaves_the_bar(home: Path) -> None:
    said = stderr_of(home, "notes", NO_COLOR="1")

    assert b"Reading notes" in said
    assert not COLOUR.search(said)


def test_a_pipe_shows_no_bar(home: Path) -> None:
    assert stderr_of(home, "notes", terminal=False) == b""


def test_a_single_note_shows_no_bar(home: Path) -> None:
    assert stderr_of(home, "notes/1.md") == b""


def test_a_terminal_that_cannot_draw_gets_no_control_characters(home: Path) -> None:
    assert b"\x1b" not in stderr_of(home, "notes", TERM="dumb")
