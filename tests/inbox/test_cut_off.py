"""`generate` and `curate` cut off at any file operation: the next run ends as if nothing had happened."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Ends the process without any clean-up at the n-th of the named events.
CUT = """
import os, sys
left = int(sys.argv.pop(1))
def hook(event, args):
    global left
    if event in ("os.rename", "tempfile.mkstemp", "os.mkdir"):
        left -= 1
        if left < 0:
            os._exit(137)
sys.addaudithook(hook)
from studycards.__main__ import main
sys.argv[0] = "studycards"
main()
"""
# The same, but once the operation is done: at the next file that is opened.
AFTER = """
import os, sys
left, armed = int(sys.argv.pop(1)), False
def hook(event, args):
    global left, armed
    if armed and event == "open":
        os._exit(137)
    if event in ("os.rename", "tempfile.mkstemp", "os.mkdir"):
        left -= 1
        armed = left < 0
sys.addaudithook(hook)
from studycards.__main__ import main
sys.argv[0] = "studycards"
main()
"""
NOTES = {
    "one.md": "# 工具\n\nValgrind是一个用于内存调试的工具框架。\n\nNginx是一个高性能的HTTP服务器。\n",
    "two.md": "# 平台\n\nKafka是一个分布式的流处理平台。\n",
    "three.md": "# 协议\n\nXMPP（Extensible Messaging and Presence Protocol）是一种即时通信协议。\n",
}


def studycards(folder: Path, *arguments: str, script: str = "", at: int = 0, typed: str = "") -> int:
    program = [sys.executable, "-c", script, str(at)] if script else [sys.executable, "-m", "studycards"]
    done = subprocess.run(
        [*program, "--db", "x.db", *arguments],
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "STUDYCARDS_NOW": "2026-11-22T09:00:00+01:00"},
        input=typed,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode


def decks(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "decks").glob("*"))}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a run that was never cut off writes."""
    folder = tmp_path_factory.mktemp("clean")
    make_notes(folder)
    assert studycards(folder, "generate", "notes") == 0
    return decks(folder)


def make_notes(folder: Path) -> None:
    (folder / "notes").mkdir()
    for name, text in NOTES.items():
        (folder / "notes" / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("script", [CUT, AFTER], ids=["before", "after"])
@pytest.mark.parametrize("at", [2, 4])
def test_a_cut_off_generate_is_healed_by_the_next(tmp_path: Path, clean: dict[str, str], script: str, at: int) -> None:
    make_notes(tmp_path)

    assert studycards(tmp_path, "generate", "notes", script=script, at=at) == 137
    assert studycards(tmp_path, "generate", "notes") == 0

    assert decks(tmp_path) == clean


@pytest.mark.parametrize("script", [CUT, AFTER], ids=["before", "after"])
def test_a_keep_that_was_cut_off_is_kept_once_or_asked_again(
    tmp_path: Path, clean: dict[str, str], script: str
) -> None:
    make_notes(tmp_path)
    assert studycards(tmp_path, "generate", "notes", "--min-confidence", "1") == 0

    assert studycards(tmp_path, "curate", typed="A\ny\n" + "y\n" * 20, script=script, at=1) == 137
    assert studycards(tmp_path, "curate", typed="y\n" * 30) == 0

    kept = "".join(decks(tmp_path).values())
    ids = [line.split()[2] for line in kept.splitlines() if line.startswith("<!-- card: ")]
    assert len(ids) == len(set(ids)) >= 4
