"""The house stands as the README draws it: floors, families, one place for each library, types, style."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]


def test_imports_go_downward_and_each_library_has_one_place() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0


def test_the_style_checker_has_no_complaint() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "."], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout


def test_the_type_checker_has_no_complaint() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "studycards"], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout
