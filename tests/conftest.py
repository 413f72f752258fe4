"""What tests share: the place of the shared data, a clock that stands still."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared real notes and vectors; a test that needs it skips where there is none."""
    folder = Path(os.environ.get("STUDYCARDS_SHARED", ROOT.parent / "shared"))
    if not (folder / "design").is_dir():
        pytest.skip("needs the shared data folder")
    return folder


@pytest.fixture
def now() -> datetime:
    """A clock that stands still."""
    return datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
