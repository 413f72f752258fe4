"""Learning progress in the real Anki: every state, in several zones, for young and old collections."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from arriving import Stock, every_state, recomputed

from studycards.config import Config
from studycards.export import anki as package
from studycards.model import Settings
from studycards.scheduling.fsrs import DEFAULT_PARAMETERS
from studycards.store.log import Act, append_act
from studycards.store.opening import writing

ROOT = Path(__file__).resolve().parents[2]

SETTINGS = [
    ("UTC", 0, "fsrs"),
    ("Asia/Shanghai", 0, "fsrs"),
    ("America/Los_Angeles", 700, "fsrs"),
    ("Asia/Kolkata", 700, "no fsrs"),
    ("Pacific/Auckland", 30, "fsrs"),
    ("America/St_Johns", 0, "no fsrs"),
]


def arriving(folder: Path, zone: str, age: int, fsrs: str, count: int) -> Any:
    pytest.importorskip("anki.collection", reason="there is no anki wheel for this machine")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/export/arriving.py"), str(folder), str(age), fsrs, str(count)],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(("zone", "age", "fsrs"), SETTINGS)
def test_every_state_arrives_exactly(tmp_path: Path, zone: str, age: int, fsrs: str) -> None:
    done = arriving(tmp_path, zone, age, fsrs, 500)

    assert done["wrong"] == {}
    assert done["started"] == 400
    assert len(done["states"]) == 3


PARAMETERS = tuple(w * 1.1 if 4 < n < 17 else w for n, w in enumerate(DEFAULT_PARAMETERS))


@pytest.fixture
def stock(tmp_path: Path) -> Any:
    folder = tmp_path / "store"
    folder.mkdir()
    made = every_state(Stock(folder, datetime.now().astimezone(), Settings(fuzz=False, parameters=PARAMETERS)), 60)
    made.settle()
    yield made
    made.db.close()


def test_own_parameters_travel_as_deck_options(stock: Stock, anki: Any, take_in: Any, tmp_path: Path) -> None:
    given = {"review.parameters": tuple(map(repr, PARAMETERS)), "review.desired_retention": 0.85}
    package.write(tmp_path / "p.apkg", stock.outgoing(config=Config(tmp_path, given)).edition)

    take_in(tmp_path / "p.apkg")

    options = anki.decks.config_dict_for_deck_id(anki.decks.id_for_name("deck::1"))
    assert options["name"] == "studycards"
    assert options["desiredRetention"] == pytest.approx(0.85)
    assert options["fsrsParams6"] == pytest.approx(PARAMETERS, rel=1e-6)
    assert [recomputed(anki, card_id, memory) for card_id, memory in stock.memories.items()] == [""] * 48


def test_default_settings_leave_the_deck_options_alone(stock: Stock, anki: Any, take_in: Any, tmp_path: Path) -> None:
    package.write(tmp_path / "p.apkg", stock.outgoing(config=Config(tmp_path)).edition)

    take_in(tmp_path / "p.apkg")

    assert anki.decks.get_config(1)["name"] == "Default"
    assert anki.db.scalar("select count() from deck_config") == 1


def test_without_the_scheduler_version_anki_changes_ratings(
    stock: Stock, anki: Any, take_in: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what the packages above carry is what keeps the ratings."""
    monkeypatch.setattr(package, "_SCHEDULER", {})
    package.write(tmp_path / "p.apkg", stock.outgoing().edition)

    take_in(tmp_path / "p.apkg")

    assert anki.db.list("select ease from revlog order by id") != [row[3] for row in sorted(stock.rows, key=by_time)]


def test_without_progress_everything_is_new_but_what_is_suspended(
    stock: Stock, anki: Any, take_in: Any, tmp_path: Path
) -> None:
    package.write(tmp_path / "p.apkg", stock.outgoing(with_progress=False).edition)

    take_in(tmp_path / "p.apkg")

    assert anki.db.list("select distinct type from cards") == [0]
    assert anki.db.scalar("select count() from cards where queue = -1") == sum(m[0] for m in stock.marks.values())
    assert anki.db.scalar("select count() from revlog") == 0


def test_an_undone_answer_and_a_retired_card_stay_at_home(stock: Stock, tmp_path: Path) -> None:
    with writing(stock.db):
        append_act(stock.db, Act("undo", 2_000_000_000_000, 0, 1, stock.rows[0][2], ("test", 1)))
        stock.db.execute("INSERT OR REPLACE INTO marks (card_id, retired) VALUES ('k2', 1)")

    edition = stock.outgoing().edition

    ids = [row[0] for row in edition.answers]
    first = stock.rows[0]
    assert first[6] not in ids
    assert len(ids) == len(stock.rows) - 1
    assert "sc-k2" not in [note.guid for note in edition.notes]


def by_time(row: Any) -> int:
    return int(row[6])
