"""Notes, deck files and a store, with verbs; a small stand-in for the rules, so that only the settling is tested."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from studycards.collection import Collection
from studycards.history import Stamp
from studycards.identity import content, new_id
from studycards.inbox.settling import lost, settle
from studycards.inbox.values import Goal, NoteRun, Settled
from studycards.model import Kind, Proposal, Source, Status
from studycards.text import fold

MARKS = {"?": Status.INBOX, "!": Status.REFUSED}


class InboxDesk:
    """A folder of notes whose lines `term: meaning` are facts (`term?:` doubtful, `term!:` refused)."""

    def __init__(self, home: Path, db: Database, now: datetime) -> None:
        self.notes, self.decks = home / "notes", home / "decks"
        self.notes.mkdir()
        self.db, self.now = db, now
        self.collection = Collection(db)

    def note(self, name: str, *lines: str) -> Path:
        """Write a note."""
        path = self.notes / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def generate(self, *names: str, again: bool = False, dry: bool = False) -> Counter[str]:
        """Find and settle the facts of notes (none named: of all); the counts, `refused` among them."""
        settled = self.settle(*names, again=again, dry=dry)
        counts = +settled.counts
        if settled.refused:
            counts["refused"] = settled.refused.total()
        return counts

    def settle(self, *names: str, again: bool = False, dry: bool = False) -> Settled:
        """The same, told in full."""
        self.now += timedelta(minutes=1)
        self.collection.sync([self.decks], self.now)
        paths = [self.notes / name for name in names] or sorted(self.notes.rglob("*.md"))
        goal = Goal(str(self.decks), Stamp.of(self.now, 4), again=again, dry=dry)
        settled = settle(self.db, [self._run(path) for path in paths], goal)
        if not names:
            settled.counts["gone"] += lost(self.db, [str(self.notes)], {str(path) for path in paths}, goal)[0]
        self.now += timedelta(minutes=1)
        self.collection.sync([self.decks], self.now)
        return settled

    def cards(self) -> dict[str, str]:
        """The cards that would be asked: answer by question."""
        return {card.front: card.back for card in self.collection.cards()}

    def ids(self) -> dict[str, str]:
        """The ids of the cards that would be asked, by question."""
        return {card.front: card.id for card in self.collection.cards()}

    def deck(self, name: str = "n.md") -> str:
        """A deck file's text."""
        return (self.decks / name).read_text(encoding="utf-8")

    def edit_deck(self, old: str, new: str, name: str = "n.md") -> None:
        """Change a deck file by hand."""
        text = self.deck(name)
        assert old in text
        (self.decks / name).write_text(text.replace(old, new), encoding="utf-8")

    def delete_card(self, question: str, name: str = "n.md") -> None:
        """Take a card out of a deck file by hand."""
        blocks = self.deck(name).split("\n\n")
        kept = [block for block in blocks if not block.startswith(f"Q: {question}\n")]
        assert len(kept) == len(blocks) - 1
        (self.decks / name).write_text("\n\n".join(kept).rstrip("\n") + "\n", encoding="utf-8")

    def _run(self, path: Path) -> NoteRun:
        under = str(path.relative_to(self.notes).with_suffix(""))
        heading = ""
        found: list[Proposal] = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("# "):
                heading = line[2:]
            elif ": " in line:
                found.append(self._proposal(path, under, heading, number, line))
        return NoteRun(str(path), under, tuple(found))

    def _proposal(self, path: Path, under: str, heading: str, number: int, line: str) -> Proposal:
        term, _, meaning = line.partition(": ")
        status = MARKS.get(term[-1], Status.WRITTEN)
        question = f"What is {term.rstrip('?!')}?"
        shown = f"../notes/{under}.md"
        return Proposal(
            id=new_id(content(question, meaning), shown, set()),
            kind=Kind.BASIC,
            question=question,
            answer=meaning,
            rule="is-definition",
            confidence=0.9,
            status=status,
            reason={Status.INBOX: "doubtful", Status.REFUSED: "leak"}.get(status, ""),
            deck=under.replace("/", "::"),
            source=Source(str(path), number, number, (heading,) if heading else ()),
            slot=f"is-definition:{fold(term.rstrip('?!'))}",
        )
