"""The fault trials in their quick form; `python -m tests.soak` runs them in full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak.__main__ import TRIALS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("trial", TRIALS)
def test_nothing_told_is_lost_when(trial: str) -> None:
    """Seed and what went wrong stand in the output."""
    command = [sys.executable, "-m", "tests.soak", "--quick", "--only", trial]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    if "skipped: needs" in done.stdout:
        pytest.skip(done.stdout.split("skipped: ")[1].strip())
    assert done.returncode == 0, done.stdout + done.stderr
