"""The README's tour, line by line, as somebody takes it who begins with an empty home."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CRONTAB = """#!/bin/sh
[ "$1" = - ] && exec cat > "$0.table"
cat "$0.table" 2>/dev/null || { echo "no crontab" >&2; exit 1; }
"""


def tour() -> list[str]:
    """The lines of the tour without their comments."""
    block = README.partition("## Five minutes")[2].partition("## Commands")[0]
    lines = [re.split(r"\s+#\s", line)[0].strip() for line in block.splitlines() if line.startswith("    ")]
    assert len(lines) >= 6
    return lines


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "decks" / "notes", tmp_path / "notes")
    programs = {"studycards": f'#!/bin/sh\nexec "{sys.executable}" -P -m studycards "$@"\n', "crontab": CRONTAB}
    (tmp_path / "bin").mkdir()
    for name, text in programs.items():
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    return tmp_path


def run(home: Path, line: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": f"{home / 'bin'}:/usr/bin:/bin", "LANG": "C.UTF-8", "USER": "me"}
    environment |= {name: os.environ[name] for name in ("TMPDIR",) if name in os.environ}
    return subprocess.run(
        ["sh", "-c", line], env=environment, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )


def test_every_line_of_the_tour_works_from_an_empty_home_and_no_note_changes(home: Path) -> None:
    notes = {path: path.read_bytes() for path in (home / "notes").iterdir()}

    done = {line: run(home, line) for line in tour()}

    failed = {line: each.stderr for line, each in done.items() if each.returncode or "Traceback" in each.stderr}
    assert not failed
    assert {path: path.read_bytes() for path in (home / "notes").iterdir()} == notes
    assert (home / "decks").is_dir()
    assert (home / "cards.apkg").stat().st_size > 1000
    assert "studycards remind now" in (home / "bin" / "crontab.table").read_text()


def test_the_second_time_the_tour_adds_nothing(home: Path) -> None:
    made = [line for line in tour() if "--into" in line]
    first = [run(home, line).stdout for line in made]

    again = [run(home, line).stdout for line in made]

    assert all(" 0 added" not in said for said in first)
    assert all(" 0 added" in said for said in again)
