"""`status` on the command line."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main

Run = Callable[..., Result]
ONE = "Q: Which goddess is shown as a vulture with spread wings?\nA: Nekhbet\n"
TWO = "Q: Which goddess is shown as a cobra that spits fire?\nA: Wadjet\n"


@pytest.fixture
def status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Write the deck file anew, then ask for the status and type keys."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("STUDYCARDS_NOW", "2026-11-22T09:00:00+01:00")
    (tmp_path / "decks").mkdir()

    def run(body: str, *keys: str, options: tuple[str, ...] = ()) -> Result:
        (tmp_path / "decks" / "a.md").write_text(f"---\ndeck: a\n---\n{body}", encoding="utf-8")
        return CliRunner().invoke(main, ["status", *options], input="".join(f"{key}\n" for key in keys))

    return run


def asked_card(store: Path) -> str:
    """The id of the one card that is asked."""
    with contextlib.closing(sqlite3.connect(store)) as db:
        ((name,),) = db.execute("SELECT id FROM cards WHERE orphaned_ms IS NULL").fetchall()
    return str(name)


def test_each_change_is_told_once(status: Run) -> None:
    first = status(f"{ONE}\n{TWO}").stdout
    again = status(f"{ONE}\n{TWO}").stdout
    edited = status(f"{ONE.replace('Nekhbet', 'Nekhbet of Upper Egypt')}\n{TWO}").stdout

    assert first.startswith("0 kept, 0 edited, 0 moved, 2 new, 0 orphaned, 0 revived, 0 ambiguous.\n")
    assert again == "2 kept, 0 edited, 0 moved, 0 new, 0 orphaned, 0 revived, 0 ambiguous.\n"
    assert "edited    decks/a.md:4\n" in edited
    assert "- Which goddess is shown as a vulture with spread wings? Nekhbet\n" in edited
    assert "+ Which goddess is shown as a vulture with spread wings? Nekhbet of Upper Egypt\n" in edited


def test_an_orphaned_card_is_listed_and_comes_back(status: Run) -> None:
    status(f"{ONE}\n{TWO}")
    gone = status(TWO).stdout
    back = status(f"{ONE}\n{TWO}").stdout

    assert "1 orphaned" in gone
    assert "1 card is orphaned in all" in gone
    assert "1 revived" in back


OLD = "Q: In which year did the third expedition under Harkhuf reach Yam?\nA: 2270\n"
NEW = "Q: In which year did the fourth expedition under Harkhuf reach Yam?\nA: 2280\n"


@pytest.mark.parametrize(("key", "kept"), [("y", True), ("n", False), ("", False)])
def test_an_ambiguous_pair_is_settled_by_one_key(status: Run, tmp_path: Path, key: str, kept: bool) -> None:
    (old,) = json.loads(status(OLD, options=("--json",)).stdout)["new"]
    asked = status(NEW, key)
    later = json.loads(status(NEW, options=("--json",)).stdout)

    assert "Same card? y its history goes on" in asked.stdout
    assert len(later["ambiguous"]) == (key == "")
    assert later["orphaned_in_all"] == 1
    assert (old["id"] == asked_card(tmp_path / "x.db")) is kept


def test_very_many_gone_at_once_are_asked_about(status: Run) -> None:
    many = "\n".join(f"Q: question number {n} of them\nA: {n * n}\n" for n in range(30))
    status(many)
    no = status(ONE, "n").stdout
    yes = status(ONE, "y").stdout

    assert "decks/a.md: 30 of 30 cards are gone at once. Let them go?" in no
    assert "none was touched" in no
    assert "30 orphaned" in yes


def test_yes_answers_for_the_person(status: Run) -> None:
    many = "\n".join(f"Q: question number {n} of them\nA: {n * n}\n" for n in range(30))
    status(many)

    assert "30 orphaned" in status("", options=("--yes",)).stdout
