"""What must hold after every fault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from studycards import history
from studycards.doctor import Surroundings, examine
from studycards.store import log, marks, memory
from tests.soak.stage import BEGIN


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows the log has."""

    answers: int
    acts: int

    @classmethod
    def of(cls, db: Database) -> Counts:
        answers = db.execute("SELECT count(*) FROM reviews").fetchone()[0]
        acts = db.execute("SELECT count(*) FROM acts WHERE kind <> 'knows'").fetchone()[0]
        return cls(answers, acts)


def sound(db: Database, cards: list[str] | None = None) -> list[str]:
    """What is wrong: pages, references, memory against replay (of some cards, or all)."""
    wrong = []
    if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
        wrong.append("integrity_check")
    if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        wrong.append("foreign_key_check")
    flag = "SELECT id FROM cards WHERE begun <> EXISTS (SELECT 1 FROM memory WHERE card_id = cards.id) LIMIT 5"
    wrong += [f"{row[0]} is flagged as new or begun, and is not" for row in db.execute(flag).fetchall()]
    if cards is None:
        cards = [row[0] for row in db.execute("SELECT id FROM cards").fetchall()]
    for card_id in cards:
        if history.remembered(db, card_id) != memory.load(db, card_id):
            wrong.append(f"memory of {card_id} is not its replay")
        known = marks.load(db, card_id)
        given = history.marked(log.standing_acts(db, card_id), memory.load(db, card_id), 8)
        if known != given:
            wrong.append(f"marks of {card_id} are not those of its log")
    return wrong


def problems(db: Database, path: Path) -> set[str]:
    """The codes of what the doctor finds wrong, backups aside."""
    report = examine(db, Surroundings(path, BEGIN, [BEGIN]))
    return {finding.code for finding in report.findings if finding.level != "note"} - {"backup", "future"}
