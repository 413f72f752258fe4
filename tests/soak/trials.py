"""Commands on the store to be killed: answers, backup, restore, merge, upgrade; what must hold after each."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

from studycards import backup, files
from studycards.errors import StoreError, StudycardsError
from studycards.store import places
from tests.soak import next_schema, oracle, worker
from tests.soak.child import child
from tests.soak.stage import BEGIN, Clock, act, make, opened, sitting

Say = Callable[[str], None]


class CommandError(StudycardsError):
    """A command ended with an exit code."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.exit_code = code  # type: ignore[misc]


def command(path: Path, *words: str, at: datetime = BEGIN) -> None:
    """A command line in this process, quiet, with a home of its own. Raises CommandError for an exit code but 0."""
    from studycards.cli import main

    os.chdir(path.parent)
    home = path.parent / "home"
    home.mkdir(exist_ok=True)
    os.environ.update(HOME=str(home), STUDYCARDS_DB=str(path), STUDYCARDS_NOW=at.isoformat())
    sys.stdout, sys.stderr = StringIO(), StringIO()
    code = main.main([*words], standalone_mode=False)
    if code:
        lines = sys.stderr.getvalue().splitlines()
        raise CommandError(int(code), lines[-1] if lines else "")


def fill(path: Path, answers: int, day: int = 1, seed: int = 1) -> None:
    """Answer some cards of a store."""
    db = opened(path)
    session, script = sitting(db, Clock(day)), random.Random(seed)
    for _ in range(answers):
        act(session, script, "a")
    session.close()
    db.close()


def clear(path: Path) -> None:
    """Take a store away, with all beside it but its backups."""
    for left in (path, places.journal(path), places.log_copy(path), places.reserve(path)):
        left.unlink(missing_ok=True)


def keep(path: Path, to: str) -> None:
    """Put a store by, with its log copy and its reserve, to be put back before each trial."""
    place = path.parent / to
    place.mkdir()
    for source in (path, places.log_copy(path), places.reserve(path)):
        if source.exists():
            shutil.copy(source, place)


def put_back(path: Path, kept: str) -> None:
    """Make a store anew from what was put by; it is the same store, so its name stays."""
    clear(path)
    for source in (path.parent / kept).iterdir():
        shutil.copy(source, path.parent)


def sound(path: Path) -> list[str]:
    """What is wrong with a store as it lies there."""
    try:
        db = opened(path)
    except StoreError as error:
        return [f"the store does not open: {error}"]
    wrong = oracle.sound(db)
    db.close()
    return wrong


def leftovers(folder: Path) -> list[str]:
    """Temp files that a kill has left in a folder and the next run has not taken away."""
    return [f"{p.name} is left behind" for p in folder.rglob(f"{files.PREFIX}*")]


def answers(path: Path) -> int:
    """How many answers a store has."""
    db = opened(path)
    count = db.execute("SELECT count(*) FROM reviews").fetchone()[0]
    db.close()
    return int(count)


@dataclass(slots=True)
class Sittings:
    """The reference session, which touches each file beside the store: an answer told is there."""

    count: int = 8

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        make(path, 60)
        keep(path, "whole")
        return path

    def before(self, path: Path) -> None:
        put_back(path, "whole")
        shutil.rmtree(places.backups(path), ignore_errors=True)

    def run(self, path: Path, say: Say) -> None:
        worker.run(path, self.count, "", say)

    def judge(self, path: Path, said: list[str]) -> list[str]:
        told = [line.split() for line in said if line.startswith("answer ")]
        wrong = sound(path)
        db = opened(path)
        rows = db.execute("SELECT card_id, rating FROM reviews ORDER BY rowid").fetchall()
        db.close()
        if [(row[0], str(row[1])) for row in rows[: len(told)]] != [(words[1], words[2]) for words in told]:
            wrong.append(f"{len(told)} answers were told, {len(rows)} are there")
        if len(rows) > len(told) + 1:
            wrong.append(f"{len(rows) - len(told)} answers more than told")
        if "backup" in said and not backup.listing(path):
            wrong.append("a backup was told and is not listed")
        return wrong + bad_backups(path)

    def last(self, path: Path) -> list[str]:
        return bad_backups(path)


def bad_backups(path: Path) -> list[str]:
    """Backups that are listed though they are not whole."""
    return [f"{b.name} is listed and bad" for b in backup.listing(path) if _is_bad(b.path)]


def _is_bad(path: Path) -> bool:
    try:
        backup.copying.examine(path)
    except StoreError:
        return True
    return False


@dataclass(slots=True)
class Backups:
    """A backup that is cut off is not listed; one that is listed is good."""

    cards: int = 300
    number: int = 0

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        make(path, self.cards)
        fill(path, 30)
        return path

    def before(self, path: Path) -> None:
        self.number += 1
        if self.number % 10 == 0:
            shutil.rmtree(places.backups(path), ignore_errors=True)

    def run(self, path: Path, say: Say) -> None:
        command(path, "backup", at=BEGIN + timedelta(seconds=self.number))

    def judge(self, path: Path, said: list[str]) -> list[str]:
        listed = backup.listing(path)
        wrong = [f"{b.name} is listed and bad" for b in listed[:1] if _is_bad(b.path)]
        if "end" in said and (not listed or listed[0].made < BEGIN + timedelta(seconds=self.number)):
            wrong.append("a finished backup is not listed")
        return wrong + ([] if answers(path) == 30 else ["the store is not as it was"])

    def last(self, path: Path) -> list[str]:
        return bad_backups(path) + sound(path)


@dataclass(slots=True)
class Restores:
    """A restore that is cut off leaves the store as it was or as the backup has it; nothing in the log is lost by it,
    as the log's copy brings it back. `damaged`: what it replaces cannot be read."""

    damaged: bool = False
    cards: int = 300
    whole: tuple[int, int] = (20, 60)

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        make(path, self.cards)
        fill(path, self.whole[0])
        backup.make(path, BEGIN, "by-hand")
        fill(path, self.whole[1] - self.whole[0], day=2)
        keep(path, "whole")
        shutil.copytree(places.backups(path), folder / "kept")
        return path

    def before(self, path: Path) -> None:
        put_back(path, "whole")
        shutil.rmtree(places.backups(path))
        shutil.copytree(path.parent / "kept", places.backups(path))
        if self.damaged:
            path.write_bytes(b"scribble" * 500)

    def run(self, path: Path, say: Say) -> None:
        command(path, "restore", "--yes", at=BEGIN + timedelta(days=3))

    def judge(self, path: Path, said: list[str]) -> list[str]:
        if self.damaged and path.read_bytes().startswith(b"scribble"):
            wrong = ["a finished restore left the damage"] if "end" in said else []
            return wrong + ([] if backup.listing(path) else ["the backup is gone"])
        wrong = sound(path)
        if wrong:
            return wrong
        wanted = (self.whole[1],) if "end" in said else self.whole
        found = answers(path)
        wrong += [] if found in wanted else [f"{found} answers are there, not one of {wanted}"]
        return wrong + bad_backups(path)

    def last(self, path: Path) -> list[str]:
        said = child(lambda say: self.run(path, say), 60)
        return self.judge(path, said) + leftovers(path.parent)


@dataclass(slots=True)
class Merges:
    """A merge that is cut off has taken all or nothing; the next one takes all."""

    cards: int = 300
    others: int = 100

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        make(path, self.cards)
        fill(path, 30)
        make(folder / "other.db", self.cards)
        fill(folder / "other.db", self.others, seed=2)
        keep(path, "whole")
        return path

    def before(self, path: Path) -> None:
        put_back(path, "whole")
        shutil.rmtree(places.backups(path), ignore_errors=True)

    def run(self, path: Path, say: Say) -> None:
        command(path, "merge", "other.db")

    def judge(self, path: Path, said: list[str]) -> list[str]:
        found = answers(path)
        whole = 30 + self.others
        wanted = (whole,) if "end" in said else (30, whole)
        wrong = [] if found in wanted else [f"{found} answers are there, not one of {wanted}"]
        if found == whole and not backup.listing(path):
            wrong.append("it was merged without a backup before")
        return wrong + bad_backups(path)

    def last(self, path: Path) -> list[str]:
        return self.judge(path, child(lambda say: self.run(path, say), 60)) + sound(path)


@dataclass(slots=True)
class Upgrades:
    """An upgrade that is cut off leaves the old tables or the new ones, with a backup of the old ones."""

    cards: int = 300
    told: list[list[tuple[object, ...]]] = field(default_factory=list)
    version: int = 1

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        make(path, self.cards)
        fill(path, 60)
        keep(path, "whole")
        self.told = self._told(path)
        return path

    def before(self, path: Path) -> None:
        put_back(path, "whole")
        shutil.rmtree(places.backups(path), ignore_errors=True)

    def run(self, path: Path, say: Say) -> None:
        next_schema.publish()
        command(path, "backup")

    def judge(self, path: Path, said: list[str]) -> list[str]:
        wrong = []
        if "end" not in said:
            again = child(lambda say: self.run(path, say), 60)
            wrong += [] if again == ["end"] else [f"the next start fails: {again}"]
        if self._told(path) != self.told or self.version != next_schema.VERSION:
            wrong.append("the data is not what it was, or not in the next tables")
        old = [one for one in backup.listing(path) if one.version == next_schema.PRESENT]
        if "before-upgrade" not in {one.reason for one in old}:
            wrong.append("there is no backup of the time before")
        return wrong + [f"{one.name} is listed and bad" for one in old if _is_bad(one.path)]

    def last(self, path: Path) -> list[str]:
        return []

    def _told(self, path: Path) -> list[list[tuple[object, ...]]]:
        with closing(sqlite3.connect(path)) as db:
            version = db.execute("PRAGMA user_version").fetchone()
            tables = ("memory", "marks", "texts", "proposals", "holes")
            rows = [db.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in tables]
            rows.append(db.execute("SELECT device, seq, card_id, rating FROM reviews ORDER BY 1, 2").fetchall())
            rows.append(db.execute("SELECT * FROM acts WHERE kind <> 'knows' ORDER BY 1, 2").fetchall())
            rows.append(db.execute("PRAGMA integrity_check").fetchall())
        self.version = version[0]
        return rows
