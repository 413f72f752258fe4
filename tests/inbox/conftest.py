"""Notes, decks and a store in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from inbox_desk import InboxDesk

from studycards.store.opening import open_store


@pytest.fixture
def desk(tmp_path: Path, now: datetime) -> Iterator[InboxDesk]:
    """An empty desk."""
    db = open_store(tmp_path / "x.db", device="here", now_ms=1)
    yield InboxDesk(tmp_path, db, now)
    db.close()
