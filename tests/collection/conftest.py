"""A collection in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from collection_desk import Desk

from studycards.store.opening import open_store


@pytest.fixture
def desk(tmp_path: Path, now: datetime) -> Iterator[Desk]:
    """An empty collection."""
    db = open_store(tmp_path / "x.db", device="here", now_ms=1)
    yield Desk(tmp_path / "decks", db, now)
    db.close()
