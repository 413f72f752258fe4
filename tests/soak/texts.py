"""Commands on deck files to be killed: generate, curate, edit, import, export; what must hold after each."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from studycards.collection import Collection
from studycards.collection.editing import drafts, edit
from studycards.history import Stamp
from studycards.inbox.decisions import Inbox
from studycards.store import places
from tests.soak.child import child
from tests.soak.stage import BEGIN, opened
from tests.soak.trials import bad_backups, clear, command, keep, leftovers, put_back, sound

Say = Callable[[str], None]

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
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738"
    "550000000049454e44ae426082"
)


def decks(path: Path) -> dict[str, bytes]:
    """The files under the deck folder beside a store, temp files aside."""
    folder = path.parent / "decks"
    there = [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")] if folder.is_dir() else []
    return {str(p.relative_to(folder)): p.read_bytes() for p in there}


def no_decks(path: Path) -> None:
    shutil.rmtree(path.parent / "decks", ignore_errors=True)


def again(path: Path, run: Callable[[Path, Say], None]) -> list[str]:
    """What is wrong with running it to its end once more."""
    said = child(lambda say: run(path, say), 60)
    return [] if "end" in said else [f"the next run fails: {said[-1:]}"]


@dataclass(slots=True)
class Generates:
    """After a cut-off `generate` the next one ends like one that was never cut off; notes stay as they are."""

    clean: dict[str, bytes] = field(default_factory=dict)
    rows: list[tuple[object, ...]] = field(default_factory=list)

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        (folder / "notes").mkdir()
        (folder / "notes" / "one.md").write_text(NOTE, encoding="utf-8")
        (folder / "notes" / "two.md").write_text(NOTE.replace("oldest", "simplest"), encoding="utf-8")
        shown = folder / "home" / ".local" / "state" / "studycards" / "due"
        shown.parent.mkdir(parents=True)
        shown.touch()
        self.before(path)
        again(path, self.run)
        self.clean, self.rows = decks(path), self._proposals(path)
        return path

    def before(self, path: Path) -> None:
        clear(path)
        no_decks(path)

    def run(self, path: Path, say: Say) -> None:
        command(path, "generate", "notes", "--into", "decks")

    def judge(self, path: Path, said: list[str]) -> list[str]:
        notes = [p.read_text(encoding="utf-8") for p in sorted((path.parent / "notes").iterdir())]
        wrong = [] if notes == [NOTE, NOTE.replace("oldest", "simplest")] else ["a note was changed"]
        if "end" not in said:
            wrong += again(path, self.run)
        if wrong:
            return wrong
        if decks(path) != self.clean:
            wrong.append("the deck files are not those of a clean run")
        if self._proposals(path) != self.rows:
            wrong.append("the proposals are not those of a clean run")
        return wrong

    def last(self, path: Path) -> list[str]:
        wrong = leftovers(path.parent / "decks") + sound(path)
        return wrong + ([] if self.clean and self.rows else ["no card was found"])

    def _proposals(self, path: Path) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as db:
            return db.execute("SELECT id, status, decision, question, answer FROM proposals ORDER BY id").fetchall()


@dataclass(slots=True)
class Exports:
    """A cut-off export leaves the old file or the new one, and no other. `kind` is how it is called; `fresh`: there is
    no old file."""

    kind: str = "--anki"
    fresh: bool = False
    hashes: set[str] = field(default_factory=set)

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        (folder / "decks" / "media").mkdir(parents=True)
        (folder / "decks" / "media" / "p.png").write_bytes(PICTURE)
        cards = "".join(f"Q: question {n}? ![p](media/p.png)\nA: answer {n}\n\n" for n in range(20))
        (folder / "decks" / "d.md").write_text(f"---\ndeck: D\n---\n\n{cards}", encoding="utf-8")
        child(lambda say: command(path, "status"), 60)
        keep(path, "whole")
        again(path, self.run)
        shutil.copy(self._out(path), folder / "old")
        self.hashes = {hashlib.sha256((folder / "old").read_bytes()).hexdigest()}
        return path

    def before(self, path: Path) -> None:
        put_back(path, "whole")
        if self.fresh:
            self._out(path).unlink(missing_ok=True)
        else:
            shutil.copy(path.parent / "old", self._out(path))

    def run(self, path: Path, say: Say) -> None:
        command(path, "export", self.kind, self._out(path).name, "decks")

    def judge(self, path: Path, said: list[str]) -> list[str]:
        out = self._out(path)
        if not out.exists():
            return ["a finished export is not there" if self.fresh else "the old file is gone"] * (
                "end" in said or not self.fresh
            )
        if self.kind != "--anki":
            is_right = hashlib.sha256(out.read_bytes()).hexdigest() in self.hashes
            return [] if is_right else ["the file is neither the old one nor the new one"]
        with zipfile.ZipFile(out) as package:
            wrong = [] if package.testzip() is None else ["the package is bad"]
            (path.parent / "unpacked").write_bytes(package.read("collection.anki2"))
        with closing(sqlite3.connect(path.parent / "unpacked")) as db:
            notes = db.execute("SELECT count(*) FROM notes").fetchone()[0]
            whole = db.execute("PRAGMA integrity_check").fetchone()[0]
        return wrong + ([] if (notes, whole) == (20, "ok") else [f"the package has {notes} notes and is {whole}"])

    def last(self, path: Path) -> list[str]:
        return again(path, self.run) + leftovers(path.parent)

    def _out(self, path: Path) -> Path:
        return path.parent / f"out.{'apkg' if self.kind == '--anki' else self.kind.strip('-')}"


@dataclass(slots=True)
class Imports:
    """An import that is cut off is whole or absent after the next one, and nothing comes in twice."""

    kind: str = "csv"
    clean: dict[str, bytes] = field(default_factory=dict)
    reviews: int = 0

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        if self.kind == "csv":
            rows = "".join(f"question {n}?,answer {n}\n" for n in range(20))
            (folder / "cards.csv").write_text(rows, encoding="utf-8")
        else:
            _package(folder / "cards.apkg", folder / "elsewhere")
        (folder / "decks").mkdir()
        (folder / "decks" / "own.md").write_text("---\ndeck: own\n---\n\nQ: mine?\nA: yes\n", encoding="utf-8")
        shutil.copytree(folder / "decks", folder / "own")
        child(lambda say: command(path, "status"), 60)
        keep(path, "whole")
        self.before(path)
        again(path, self.run)
        self.clean, self.reviews = decks(path), self._reviews(path)
        return path

    def before(self, path: Path) -> None:
        put_back(path, "whole")
        shutil.rmtree(places.backups(path), ignore_errors=True)
        no_decks(path)
        shutil.copytree(path.parent / "own", path.parent / "decks")

    def run(self, path: Path, say: Say) -> None:
        command(path, "import", f"cards.{self.kind}", "--into", "decks")

    def judge(self, path: Path, said: list[str]) -> list[str]:
        wrong = bad_backups(path)
        if "end" not in said:
            child(lambda say: command(path, "status"), 60)
            if decks(path).keys() not in ({"own.md"}, self.clean.keys()):
                wrong.append(f"after the next start the import is neither whole nor absent: {sorted(decks(path))}")
            wrong += again(path, self.run)
        wrong += [] if decks(path) == self.clean else ["the deck files are not those of a clean import"]
        found = self._reviews(path)
        return wrong + ([] if found == self.reviews else [f"{found} answers are there, not {self.reviews}"])

    def last(self, path: Path) -> list[str]:
        is_there = len(self.clean) > 1 and (self.kind == "csv" or self.reviews)
        return leftovers(path.parent / "decks") + sound(path) + ([] if is_there else ["nothing was imported"])

    def _reviews(self, path: Path) -> int:
        with closing(sqlite3.connect(path)) as db:
            return int(db.execute("SELECT count(*) FROM reviews").fetchone()[0])


def _package(out: Path, folder: Path) -> None:
    """A package for Anki with a picture and progress, as `export` writes it."""
    (folder / "decks" / "media").mkdir(parents=True)
    (folder / "decks" / "media" / "p.png").write_bytes(PICTURE)
    cards = "".join(f"Q: ask {n}? ![p](media/p.png)\nA: say {n}\n\n" for n in range(12))
    (folder / "decks" / "far.md").write_text(f"---\ndeck: far::away\n---\n\n{cards}", encoding="utf-8")
    path = folder / "y.db"
    child(lambda say: command(path, "status", at=BEGIN - timedelta(days=9)), 60)
    from tests.soak.trials import fill

    fill(path, 8, day=-5)
    child(lambda say: command(path, "export", "--anki", str(out), "decks", "--with-progress"), 60)


@dataclass(slots=True)
class Reversals:
    """An import that is being taken back is whole or gone after the next start."""

    whole: dict[str, bytes] = field(default_factory=dict)

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        imports = Imports()
        imports.prepare(folder)
        self.whole = imports.clean
        keep(path, "imported")
        shutil.copytree(folder / "decks", folder / "decks.imported")
        return path

    def before(self, path: Path) -> None:
        put_back(path, "imported")
        no_decks(path)
        shutil.copytree(path.parent / "decks.imported", path.parent / "decks")

    def run(self, path: Path, say: Say) -> None:
        command(path, "undo")

    def judge(self, path: Path, said: list[str]) -> list[str]:
        child(lambda say: command(path, "status"), 60)
        there, gone = decks(path), {"own.md"}
        if "end" in said:
            return [] if there.keys() == gone else ["an import that was taken back is still there"]
        return [] if there == self.whole or there.keys() == gone else [f"half of it is there: {sorted(there)}"]

    def last(self, path: Path) -> list[str]:
        return leftovers(path.parent / "decks") + sound(path)


@dataclass(slots=True)
class Edits:
    """An edit of a card leaves the old text or the new one; a cut-off one is a draft, and no other byte moves."""

    before_it: bytes = b""
    after_it: bytes = b""

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        (folder / "decks").mkdir()
        cards = "".join(f"Q: question {n}?\nA: answer {n}\n<!-- card: k7f3q2m9x{n} -->\n\n" for n in range(6))
        self.before_it = f"---\ndeck: D\n---\n\n{cards}".encode()
        self.after_it = self.before_it.replace(b"answer 3", b"quite another word")
        self._write(folder, self.before_it)
        child(lambda say: command(path, "status"), 60)
        keep(path, "whole")
        return path

    def before(self, path: Path) -> None:
        put_back(path, "whole")
        self._write(path.parent, self.before_it)

    def run(self, path: Path, say: Say) -> None:
        os.chdir(path.parent)
        db = opened(path)
        edit(db, "k7f3q2m9x3", ("question 3?", "quite another word"), Stamp.of(BEGIN, 4), str)
        db.close()

    def judge(self, path: Path, said: list[str]) -> list[str]:
        found = decks(path)["d.md"]
        if found not in (self.before_it, self.after_it) or ("end" in said and found != self.after_it):
            return [f"the file says neither the old text nor the new: {found!r}"]
        db = opened(path)
        left = drafts(db, Stamp.of(BEGIN, 4), str)
        Collection(db).sync([path.parent / "decks"], BEGIN)
        row = db.execute("SELECT back FROM cards WHERE id = 'k7f3q2m9x3'").fetchall()
        db.close()
        wrong = [] if row == [("quite another word" if found == self.after_it else "answer 3",)] else [f"{row}"]
        return wrong + ["the edit is done and is a draft, too"] * (found == self.after_it and bool(left))

    def last(self, path: Path) -> list[str]:
        return again(path, self.run) + leftovers(path.parent / "decks") + sound(path)

    def _write(self, folder: Path, data: bytes) -> None:
        (folder / "decks" / "d.md").write_bytes(data)


@dataclass(slots=True)
class Decisions:
    """Decisions told are stored, and the deck file holds just the cards that were kept."""

    count: int = 20

    def prepare(self, folder: Path) -> Path:
        path = folder / "x.db"
        (folder / "notes").mkdir()
        items = "".join(f"- **Model{n}**: the network number {n} of the year {1900 + n}\n" for n in range(self.count))
        (folder / "notes" / "one.md").write_text(f"# Models\n\n{items}", encoding="utf-8")
        child(lambda say: command(path, "generate", "notes", "--into", "decks", "--min-confidence", "1"), 60)
        keep(path, "whole")
        return path

    def before(self, path: Path) -> None:
        put_back(path, "whole")
        no_decks(path)

    def run(self, path: Path, say: Say) -> None:
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

    def judge(self, path: Path, said: list[str]) -> list[str]:
        db = opened(path)
        Collection(db).sync([path.parent / "decks"] if (path.parent / "decks").is_dir() else [], BEGIN)
        stored = dict(db.execute("SELECT id, decision FROM proposals WHERE decision <> ''").fetchall())
        waiting = {row.proposal.id for row in Inbox(db, BEGIN, 4).waiting()}
        db.close()
        there = Counter(re.findall(r"<!-- card: (\w+)", "".join(data.decode() for data in decks(path).values())))
        told = [line.split() for line in said if line.startswith(("keep ", "drop "))]
        wrong = [
            f"{kind} {name} was told, {stored.get(name)} is stored" for kind, name in told if stored.get(name) != kind
        ]
        kept = {name for name, decision in stored.items() if decision == "keep"}
        wrong += [f"{name} was kept and is not in its deck file" for name in kept - there.keys()]
        wrong += [f"{name} stands {count} times" for name, count in there.items() if count > 1]
        if len(there.keys() - kept) > 1 or len(stored) > len(told) + ("end" not in said):
            wrong.append(f"{len(stored)} decisions and {len(there)} cards are there, {len(told)} were told")
        wrong += [f"{name} is in its deck file and asked again" for name in there if name in waiting]
        return wrong + ([] if told or "end" not in said else ["nothing was decided: this trial does not bite"])

    def last(self, path: Path) -> list[str]:
        return again(path, self.run) + leftovers(path.parent) + sound(path)
