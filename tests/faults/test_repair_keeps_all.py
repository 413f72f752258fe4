"""Seeded harm to the rows of a store: a repair says it first, and no row is gone but into quarantine."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main

NOW = datetime.fromisoformat("2026-11-22T09:00:00+00:00")
HARMS = (
    "UPDATE reviews SET rating = 9 WHERE rowid = {row}",
    "UPDATE reviews SET settings = 77 WHERE rowid = {row}",
    "UPDATE reviews SET study_day = -5 WHERE rowid = {row}",
    "UPDATE reviews SET reviewed_at = -1 WHERE rowid = {row}",
    "UPDATE reviews SET kind = 'x' WHERE rowid = {row}",
    "UPDATE acts SET payload = 'no json' WHERE rowid = {row}",
    "UPDATE acts SET kind = '' WHERE rowid = {row}",
    "UPDATE acts SET study_day = 99999999 WHERE rowid = {row}",
    "UPDATE memory SET stability = -1 WHERE rowid = {row}",
    "UPDATE memory SET due_day = 5 WHERE rowid = {row}",
    "UPDATE memory SET state = 9 WHERE rowid = {row}",
    "DELETE FROM memory WHERE rowid = {row}",
    "UPDATE marks SET suspended = 1 - suspended WHERE rowid = {row}",
    "INSERT INTO marks (card_id, suspended) VALUES ('nobody{row}', 1)",
    "INSERT INTO memory SELECT 'nobody{row}', state, step, stability, difficulty, due_day, due_ms, last_day, last_ms,"
    " reps, lapses, interval FROM memory LIMIT 1",
)


def run(home: Path, *words: str, typed: str = "", day: int = 0) -> Result:
    env = {"STUDYCARDS_NOW": (NOW + timedelta(days=day)).isoformat(), "HOME": str(home)}
    return CliRunner().invoke(main, ["--db", str(home / "x.db"), *words], input=typed, env=env)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which cards were answered on three days, put off and marked."""
    home = tmp_path_factory.mktemp("whole")
    cards = "".join(f"Q: question {n}?\nA: answer {n}\n\n" for n in range(8))
    (home / "decks").mkdir()
    (home / "decks" / "d.md").write_text(f"---\ndeck: D\n---\n\n{cards}", encoding="utf-8")
    for day in range(3):
        done = run(home, "review", str(home / "decks"), "--plain", day=day, typed="\n3\n@\n\n4\n*\n\n1\n-\n\n3\n")
        assert done.exit_code == 0, done.output
    return home


def rows(path: Path) -> tuple[set[tuple[str, int]], Counter[str]]:
    """The names of the log's rows that are there, and of those in quarantine, how many of each table."""
    with closing(sqlite3.connect(path)) as db:
        names = {tuple(row) for table in ("reviews", "acts") for row in db.execute(f"SELECT device, seq FROM {table}")}
        return names, Counter(row[0] for row in db.execute("SELECT origin FROM quarantine"))


@pytest.mark.parametrize("seed", range(12))
def test_no_row_is_gone_but_into_quarantine(whole, tmp_path, seed):
    rng = random.Random(seed)
    for name in ("x.db", "x.reviews.jsonl"):
        shutil.copy(whole / name, tmp_path / name)
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as db:
        for harm in rng.sample(HARMS, rng.randrange(1, 5)):
            db.execute(harm.format(row=rng.randrange(1, 12)))
        db.commit()
    before, _ = rows(path)
    asked = run(tmp_path, "doctor", "--repair", day=4)
    untouched, _ = rows(path)

    run(tmp_path, "doctor", "--repair", "--yes", day=4)

    after, aside = rows(path)
    assert "Traceback" not in asked.output
    assert untouched == before
    assert len(before - after) <= aside["reviews"] + aside["acts"]
    if before - after:
        assert list((tmp_path / "x.backups").glob("*before-repair.db"))
    last = run(tmp_path, "doctor", day=4)
    left = [line for line in last.output.splitlines() if line.startswith("!") and "copy" not in line]
    assert left == [], last.output
