"""A database made anew from the log's copy and the deck files knows all that was learned and decided."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from studycards.cli import main
from studycards.store import cards, intake
from studycards.store.opening import open_store

BEGIN = datetime.fromisoformat("2026-11-22T09:00:00+00:00")
CLOZE = "---\ndeck: Names\n---\n\nC: {}\n<!-- card: k7f3q2m9xd -->\n\nQ: two?\nA: 2\n\nQ: three?\nA: 3\n"
# What the log gives; the rest is an index of the deck files.
LEARNED = (
    "SELECT * FROM memory ORDER BY card_id",
    "SELECT * FROM marks WHERE suspended OR flag OR retired OR leech OR marked ORDER BY card_id",
    "SELECT device, seq, card_id, rating, study_day FROM reviews ORDER BY device, seq",
    "SELECT device, seq, kind, card_id, payload FROM acts WHERE kind NOT IN ('knows', 'card') ORDER BY device, seq",
    "SELECT id, block, hole, front FROM cards WHERE orphaned_ms IS NULL ORDER BY id",
    "SELECT block, number, written, folded FROM holes WHERE gone_ms IS NULL ORDER BY block, number",
    "SELECT key, value FROM meta WHERE key IN ('fitted', 'parameters') ORDER BY key",
    "SELECT id, decision, status FROM proposals WHERE decision <> '' ORDER BY id",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    (tmp_path / "decks").mkdir()
    (tmp_path / "notes").mkdir()
    return tmp_path


def run(*words: str, day: float = 0, typed: str = "") -> Result:
    env = {"STUDYCARDS_NOW": (BEGIN + timedelta(days=day)).isoformat()}
    done = CliRunner().invoke(main, words, input=typed, env=env)
    assert done.exit_code == 0, done.output
    return done


def learned(home: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(home / "x.db")) as db:
        return [db.execute(query).fetchall() for query in LEARNED]


def write(home: Path, cloze: str) -> None:
    (home / "decks" / "names.md").write_text(CLOZE.format(cloze), encoding="utf-8")


def test_all_that_was_learned_and_decided_comes_back(home):
    write(home, "{{c1::Horus}} and {{c2::Nebty}} are names")
    run("review", "decks", "--plain", typed="\n3\n\n3\n\n4\n\n1\n\n3\n")
    write(home, "Horus and {{c1::Nebty}} are names, {{c2::nomen}} too")
    run("review", "decks", "--plain", day=2, typed="\n3\n@\n*\n\n4\n")
    lines = "".join(f"- **Model{n}**: the network number {n} of the year {1900 + n}\n" for n in range(3))
    (home / "notes" / "n.md").write_text(f"# Models\n\n{lines}", encoding="utf-8")
    run("generate", "notes", "--into", "decks", "--min-confidence", "1")
    run("curate", "--plain", typed="y\nn 2\nq\n")
    before = learned(home)
    assert len(before[7]) == 2
    (home / "x.db").unlink()

    run("doctor", "--rebuild", "--yes", day=3)

    assert learned(home) == before
    run("generate", "notes", "--into", "decks", "--min-confidence", "1", day=3)
    assert learned(home)[7] == before[7]
    run("doctor", day=3)


def test_what_came_from_anki_does_not_come_in_twice(home):
    (home / "far").mkdir()
    (home / "far" / "far.md").write_text("---\ndeck: Far\n---\n\nQ: far?\nA: away\n", encoding="utf-8")
    run("--db", "far.db", "export", "--anki", "cards.apkg", "far")
    _as_from_elsewhere(home / "cards.apkg")
    run("import", "cards.apkg", "--into", "decks")
    (home / "x.db").unlink()
    run("doctor", "--rebuild", "--yes", day=1)

    again = json.loads(run("import", "cards.apkg", "--into", "decks", "--json", day=2).stdout)

    assert (again["new"], again["known"]) == (0, 1)


def _as_from_elsewhere(package: Path) -> None:
    """Give the notes of a package guids and a note type that are not ours."""
    import zipfile

    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    place = package.with_suffix(".db")
    place.write_bytes(files["collection.anki2"])
    with closing(sqlite3.connect(place)) as db:
        db.execute("UPDATE notes SET guid = 'abc' || id")
        models = db.execute("SELECT models FROM col").fetchone()[0].replace("studycards basic", "Basic")
        db.execute("UPDATE col SET models = ?", (models,))
        db.commit()
    files["collection.anki2"] = place.read_bytes()
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def test_an_equal_text_is_found_by_index(home):
    with closing(open_store(home / "y.db", device="here", now_ms=1).conn) as conn:
        db, said = Database(conn), list[str]()
        conn.set_trace_callback(said.append)
        intake.twin(db, {"id": "a", "folded": "what it says", "kind": "basic", "hole": None})
        cards.saying(db, "what it says")
        cards.gone_like(db, ["what it says"])
        conn.set_trace_callback(None)
        plans = [row[3] for query in said for row in conn.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]

    assert len([plan for plan in plans if "cards_folded" in plan]) == 3
    assert not [plan for plan in plans if plan.startswith("SCAN cards")]
