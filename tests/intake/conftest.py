"""A collection of the real Anki to export from, and a way to bring a package in as the command does."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from studycards.collection import Collection
from studycards.history import Stamp
from studycards.incoming.bringing import bring
from studycards.incoming.planning import Plan, plan
from studycards.incoming.schedule import Brought
from studycards.intake.anki import package
from studycards.model import Card, Settings
from studycards.store.opening import open_store

sys.path.append(str(Path(__file__).resolve().parents[1] / "export"))
os.environ["ANKI_TEST_MODE"] = "1"  # no fuzz; the backend reads it when it starts


@dataclass
class Home:
    """A store with its deck files; `take` imports as the command does."""

    folder: Path
    db: Database

    def take(self, path: Path) -> tuple[Plan, Brought]:
        now = datetime.now().astimezone()
        self.collection.sync([self.folder / "decks"] if (self.folder / "decks").exists() else [], now)
        with package(path) as opened:
            planned = plan(self.db, opened, self.folder / "decks")
            folder = self.folder / "decks"
            look = lambda: self.collection.sync_inside([folder] if folder.is_dir() else [], now)  # noqa: E731
            return planned, bring(self.db, opened, planned, Settings(), Stamp.of(now, 4), look)

    @property
    def collection(self) -> Collection:
        return Collection(self.db)

    def cards(self) -> dict[str, Card]:
        """The cards by their front."""
        return {card.front: card for card in self.collection.cards()}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    (tmp_path / "home").mkdir()
    db = open_store(tmp_path / "home" / "s.db", device="test", now_ms=1)
    yield Home(tmp_path / "home", db)
    db.close()


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Any]:
    """An empty collection of the real Anki, FSRS on."""
    pytest.importorskip("anki.collection", reason="there is no anki wheel for this machine")
    from anki.collection import Collection as AnkiCollection

    (tmp_path / "anki").mkdir()
    collection = AnkiCollection(str(tmp_path / "anki" / "collection.anki2"))
    collection.set_config("fsrs", True)
    yield collection
    collection.close()


@pytest.fixture
def give(anki: Any, tmp_path: Path) -> Callable[[str], Path]:
    """Anki's own export: latest, legacy (both .apkg) or colpkg."""
    from anki.collection import ExportAnkiPackageOptions

    def write(form: str) -> Path:
        path = tmp_path / f"{form}.{'colpkg' if form == 'colpkg' else 'apkg'}"
        if form == "colpkg":
            anki.export_collection_package(str(path), include_media=True, legacy=False)
            anki.reopen()
            return path
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=True, with_media=True, legacy=form == "legacy"
        )
        anki.export_anki_package(out_path=str(path), options=options, limit=None)
        return path

    return write
