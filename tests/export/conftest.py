"""An exporter into the test's folder, and a collection of the real Anki to import into."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from exporting import Exporter, basic

os.environ["ANKI_TEST_MODE"] = "1"  # no fuzz; the backend reads it when it starts


@pytest.fixture
def export(tmp_path: Path) -> Exporter:
    return Exporter(tmp_path)


@pytest.fixture
def render(export: Exporter) -> Callable[[str], str]:
    """The HTML of one side."""
    return lambda text: export.fields(basic("k", text, "x"))[0]


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Any]:
    """An empty collection of the real Anki, FSRS on."""
    pytest.importorskip("anki.collection", reason="there is no anki wheel for this machine")
    from anki.collection import Collection

    (tmp_path / "anki").mkdir()
    collection = Collection(str(tmp_path / "anki" / "collection.anki2"))
    collection.set_config("fsrs", True)
    yield collection
    collection.close()


@pytest.fixture
def take_in(anki: Any) -> Callable[[Path], Any]:
    """Import a package into `anki` with progress and presets; gives Anki's log."""
    from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)

    def take(path: Path) -> Any:
        return anki.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log

    return take
