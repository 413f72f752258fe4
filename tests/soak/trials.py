"""Whole commands to be killed: backup, restore, merge, generate, export; what must hold after each."""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from studycards import backup, files, merge
from studycards.collection import Collection
from studycards.errors import StoreError
from studycards.inbox.decisions import Inbox
from studycards.store import places
from tests.soak import oracle
from tests.soak.kill import Tally, child, is_hot
from tests.soak.stage import BEGIN, Clock, act, make, opened, sitting

NOTE = """# 法老的名字

荷鲁斯名是法老最早的名字。法老的王名一般被刻在王名圈里。

## Models

**Hard sharing** is the oldest form of multi-task learning. **Cross-stitch networks** combine activations.

| model | year |
|---|---|
| MMoE | 2018 |
| PLE | 2020 |
| ESMM | 2018 |

- Uncertainty weighting: balances losses by their noise
- GradNorm: balances gradient norms
"""


def fill(path: Path, answers: int, day: int = 1, seed: int = 1) -> None:
    """Answer some cards of a store."""
    db = opened(path)
    session, script = sitting(db, Clock(day)), random.Random(seed)
    for _ in range(answers):
        act(session, script, "a")
    session.close()
    db.close()


def _clear(path: Path) -> None:
    for left in (path, places.journal(path), places.log_copy(path), places.reserve(path)):
        left.unlink(missing_ok=True)


@dataclass(slots=True)
class Backups:
    """A backup that is cut off is not listed; one that is listed is good."""

    aimed: float = 0.0
    number: int = 0

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        make(path, 3000)
        fill(path, 30)
        return path

    def before(self, path: Path) -> None:
        self.number += 1
        if self.number % 50 == 0:
            shutil.rmtree(places.backups(path), ignore_errors=True)

    def run(self, path: Path) -> None:
        backup.make(path, BEGIN + timedelta(seconds=self.number), "use")

    def judge(self, path: Path, done: bool) -> list[str]:
        listed = backup.listing(path)
        wrong = [f"{b.name} is listed and bad" for b in listed[:1] if _is_bad(b.path)]
        if done and (not listed or listed[0].made < BEGIN + timedelta(seconds=self.number)):
            wrong.append("a finished backup is not listed")
        return wrong

    def last(self, path: Path) -> list[str]:
        return [f"{b.name} is listed and bad" for b in backup.listing(path) if _is_bad(b.path)] + _sound(path)


def _is_bad(path: Path) -> bool:
    try:
        backup.copying.examine(path)
    except StoreError:
        return True
    return False


def _sound(path: Path) -> list[str]:
    try:
        db = opened(path)
    except StoreError as error:
        return [f"the store does not open: {error}"]
    wrong = oracle.sound(db)
    db.close()
    return wrong


@dataclass(slots=True)
class Restores:
    """A restore that is cut off leaves the store as it was or as the backup has it."""

    aimed: float = 0.2
    allowed: tuple[int, int] = (20, 60)
    count: int = 0
    whole: bytes = b""

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        make(path, 1000)
        fill(path, self.allowed[0])
        backup.make(path, BEGIN, "by-hand")
        fill(path, self.allowed[1] - self.allowed[0], day=2)
        self.whole = path.read_bytes()
        return path

    def before(self, path: Path) -> None:
        _clear(path)
        self.count += 1
        path.write_bytes(self.whole if self.count % 3 else b"scribble" * 500)
        for extra in backup.listing(path)[:-1]:
            extra.path.unlink()

    def run(self, path: Path) -> None:
        backup.restore(path, backup.listing(path)[-1], BEGIN + timedelta(hours=self.count))

    def judge(self, path: Path, done: bool) -> list[str]:
        if not done and not self.count % 3 and path.read_bytes().startswith(b"scribble"):
            return []
        wrong = _sound(path)
        if not wrong:
            db = opened(path)
            answers = db.execute("SELECT count(*) FROM reviews").fetchone()[0]
            db.close()
            wanted = (self.allowed[0],) if done else self.allowed
            wrong += [] if answers in wanted else [f"{answers} answers are there, not one of {wanted}"]
        return wrong

    def last(self, path: Path) -> list[str]:
        self.before(path)
        self.run(path)
        left = [p.name for p in path.parent.iterdir() if p.name.startswith(files.PREFIX)]
        return [f"{name} is left behind" for name in left] + self.judge(path, True)


@dataclass(slots=True)
class Merges:
    """A merge that is cut off has taken all or nothing; the next one takes all."""

    aimed: float = 0.6
    whole: bytes = b""

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        make(path, 600)
        fill(path, 30)
        make(folder / "other.db", 600)
        fill(folder / "other.db", 200, seed=2)
        self.whole = path.read_bytes()
        return path

    def before(self, path: Path) -> None:
        _clear(path)
        path.write_bytes(self.whole)

    def run(self, path: Path) -> None:
        db = opened(path)
        merge.from_store(db, path.with_name("other.db"), 5)
        db.close()

    def judge(self, path: Path, done: bool) -> list[str]:
        db = opened(path)
        answers = db.execute("SELECT count(*) FROM reviews").fetchone()[0]
        db.close()
        wanted = (230,) if done else (30, 230)
        return [] if answers in wanted else [f"{answers} answers are there, not one of {wanted}"]

    def last(self, path: Path) -> list[str]:
        self.run(path)
        return self.judge(path, True) + _sound(path)


def command(path: Path, *words: str) -> None:
    """A command line in this process, quiet, with a home of its own."""
    from studycards.cli import main

    os.chdir(path.parent)
    os.environ.update(HOME=str(path.parent / "home"), STUDYCARDS_DB=str(path), STUDYCARDS_NOW=BEGIN.isoformat())
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - until the child ends
    main.main([*words], standalone_mode=False)


@dataclass(slots=True)
class Generates:
    """After a cut-off `generate` the next one ends like one that was never cut off."""

    aimed: float = 0.5
    clean: dict[str, bytes] = field(default_factory=dict)

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        (folder / "notes").mkdir()
        (folder / "notes" / "one.md").write_text(NOTE, encoding="utf-8")
        (folder / "notes" / "two.md").write_text(NOTE.replace("oldest", "simplest"), encoding="utf-8")
        self.before(path)
        child(lambda say: self.run(path), 60)
        self.clean = self._decks(path)
        return path

    def before(self, path: Path) -> None:
        _clear(path)
        shutil.rmtree(path.parent / "decks", ignore_errors=True)

    def run(self, path: Path) -> None:
        command(path, "generate", "notes", "--into", "decks")

    def judge(self, path: Path, done: bool) -> list[str]:
        notes = [p.read_text(encoding="utf-8") for p in sorted((path.parent / "notes").iterdir())]
        wrong = [] if notes == [NOTE, NOTE.replace("oldest", "simplest")] else ["a note was changed"]
        if not done:
            child(lambda say: self.run(path), 60)
        if self._decks(path) != self.clean:
            wrong.append("the deck files are not those of a clean run")
        return wrong

    def last(self, path: Path) -> list[str]:
        left = [p.name for p in (path.parent / "decks").iterdir() if p.name.startswith(files.PREFIX)]
        return [f"{name} is left behind" for name in left] + ([] if self.clean else ["no deck file was written"])

    def _decks(self, path: Path) -> dict[str, bytes]:
        folder = path.parent / "decks"
        return {p.name: p.read_bytes() for p in folder.glob("*.md")} if folder.is_dir() else {}


@dataclass(slots=True)
class Exports:
    """A cut-off export leaves the old file or the new one, and no other."""

    aimed: float = 0.0
    number: int = 0

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        (folder / "decks").mkdir()
        cards = "".join(f"Q: question {n}?\nA: answer {n}\n\n" for n in range(60))
        (folder / "decks" / "d.md").write_text(f"---\ndeck: D\n---\n\n{cards}", encoding="utf-8")
        return path

    def before(self, path: Path) -> None:
        self.number += 1
        if self.number % 2:
            (path.parent / "out.apkg").unlink(missing_ok=True)

    def run(self, path: Path) -> None:
        command(path, "export", "--anki", "out.apkg", "decks")

    def judge(self, path: Path, done: bool) -> list[str]:
        out = path.parent / "out.apkg"
        if not out.exists():
            return ["a finished export is not there"] if done else []
        with zipfile.ZipFile(out) as package:
            return [] if package.testzip() is None else ["the package is bad"]

    def last(self, path: Path) -> list[str]:
        child(lambda say: self.run(path), 60)
        left = [p.name for p in path.parent.iterdir() if p.name.startswith(files.PREFIX)]
        return [f"{name} is left behind" for name in left]


@dataclass(slots=True)
class Imports:
    """An import that is cut off is whole or absent after the next one, and nothing comes in twice."""

    aimed: float = 0.4
    clean: dict[str, bytes] = field(default_factory=dict)

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        rows = "".join(f"question {n}?,answer {n}\n" for n in range(60))
        (folder / "cards.csv").write_text(rows, encoding="utf-8")
        self.before(path)
        child(lambda say: self.run(path), 60)
        self.clean = _decks(path)
        return path

    def before(self, path: Path) -> None:
        _clear(path)
        shutil.rmtree(path.parent / "decks", ignore_errors=True)

    def run(self, path: Path) -> None:
        command(path, "import", "cards.csv", "--into", "decks")

    def judge(self, path: Path, done: bool) -> list[str]:
        if not done:
            child(lambda say: self.run(path), 60)
        return [] if _decks(path) == self.clean else ["the deck files are not those of a clean import"]

    def last(self, path: Path) -> list[str]:
        left = [p.name for p in (path.parent / "decks").iterdir() if p.name.startswith(files.PREFIX)]
        return [f"{name} is left behind" for name in left] + ([] if self.clean else ["nothing was imported"])


@dataclass(slots=True)
class Decisions:
    """Decisions told are stored, and the deck file holds just the cards that were kept."""

    aimed: float = 0.7
    said: list[str] = field(default_factory=list)

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        (folder / "notes").mkdir()
        items = "".join(f"- **Model{n}**: the network number {n} of the year {1900 + n}\n" for n in range(60))
        (folder / "notes" / "one.md").write_text(f"# Models\n\n{items}", encoding="utf-8")
        child(lambda say: command(path, "generate", "notes", "--into", "decks", "--min-confidence", "1"), 60)
        shutil.copytree(folder / "decks", folder / "decks.whole") if (folder / "decks").exists() else None
        shutil.copyfile(path, folder / "whole")
        return path

    def before(self, path: Path) -> None:
        _clear(path)
        shutil.rmtree(path.parent / "decks", ignore_errors=True)
        shutil.copyfile(path.parent / "whole", path)

    def run(self, path: Path, say: Callable[[str], None] = lambda line: None) -> None:
        os.chdir(path.parent)
        db = opened(path)
        inbox = Inbox(db, BEGIN, 4)
        for number, row in enumerate(inbox.waiting()):
            name = row.proposal.id
            if number % 3 == 1:
                inbox.drop(name)
                say(f"drop {name}")
            else:
                inbox.keep(name)
                say(f"keep {name}")
        db.close()

    def judge(self, path: Path, done: bool) -> list[str]:
        db = opened(path)
        Collection(db).sync([path.parent / "decks"] if (path.parent / "decks").is_dir() else [], BEGIN)
        stored = dict(db.execute("SELECT id, decision FROM proposals WHERE decision <> ''").fetchall())
        waiting = {row.proposal.id for row in Inbox(db, BEGIN, 4).waiting()}
        db.close()
        text = "".join(data.decode() for data in _decks(path).values())
        there = Counter(re.findall(r"<!-- card: (\w+)", text))
        told = [line.split() for line in self.said if " " in line]
        wrong = [
            f"{kind} {name} was told, {stored.get(name)} is stored" for kind, name in told if stored.get(name) != kind
        ]
        kept = {name for name, decision in stored.items() if decision == "keep"}
        wrong += [f"{name} was kept and is not in its deck file" for name in kept - there.keys()]
        wrong += [f"{name} stands {count} times" for name, count in there.items() if count > 1]
        if len(there.keys() - kept) > 1 or len(stored) > len(told) + 1 - done:
            wrong.append(f"{len(stored)} decisions and {len(there)} cards are there, {len(told)} were told")
        wrong += [f"{name} is in its deck file and asked again" for name in there if name in waiting]
        return wrong

    def last(self, path: Path) -> list[str]:
        return _sound(path)


def _decks(path: Path) -> dict[str, bytes]:
    folder = path.parent / "decks"
    return {p.name: p.read_bytes() for p in folder.glob("*.md")} if folder.is_dir() else {}


def decisions(folder: Path, kills: int, seed: int) -> Tally:
    """Kill a person's curating, who keeps and drops one proposal after the other."""
    rng, tally, trial = random.Random(seed), Tally(), Decisions()
    path = trial.prepare(folder)
    while tally.kills < kills:
        tally.kills += 1
        trial.before(path)

        def work(say: Callable[[str], None]) -> None:
            say("ready")
            trial.run(path, say)

        trial.said = child(work, rng.uniform(0.0, 0.2), path if rng.random() < trial.aimed else None)
        tally.hot += is_hot(path)
        done = "end" in trial.said
        tally.acknowledged += len([line for line in trial.said if " " in line])
        tally.wrong += trial.judge(path, done)
    tally.wrong += trial.last(path)
    if not tally.acknowledged:
        tally.wrong.append("nothing was decided: this trial does not bite")
    return tally
