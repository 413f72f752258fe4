"""Proposals and what became of each; a dropped one stays as a tombstone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from studycards.model import Kind, Proposal, Source, Status

# What a person decided. `deleted`: taken out of the deck file by hand; "": nothing yet.
KEEP, EDIT, DROP, DELETED, SPLIT, MERGE = "keep", "edit", "drop", "deleted", "split", "merge"
REJECTED = (DROP, DELETED)
REPLACED = (SPLIT, MERGE)
_PER_NOTE = 5
# Reasons to wait in the inbox that no score lifts.
NO_SCORE = ("held", "cap", "near-duplicate", "deck-file")
# What a person said of a proposal: the decision, or by taking the card out of its deck file. A file that is gone as a
# whole says nothing of its cards.
_SAID = (
    "CASE WHEN decision <> 'deleted' AND status <> 'written' THEN decision"
    " WHEN EXISTS (SELECT 1 FROM cards WHERE block = p.id AND orphaned_ms IS NULL)"
    " THEN CASE decision WHEN 'deleted' THEN '' ELSE decision END"
    " WHEN EXISTS (SELECT 1 FROM cards c JOIN cards o ON o.path = c.path AND o.orphaned_ms IS NULL"
    " WHERE c.block = p.id) THEN 'deleted'"
    " WHEN EXISTS (SELECT 1 FROM cards WHERE block = p.id) THEN '' ELSE decision END"
)
_COLUMNS = (
    "id, kind, question, answer, text, rule, status, reason, decision, confidence, score, deck, tags, source_path,"
    " source_line, source_end, headings, slot, folded, written_front, written_back, deck_path, found_ms, changed_ms,"
    " later_day, note_gone, reverse"
)
_PUT = f"INSERT OR REPLACE INTO proposals ({_COLUMNS}) VALUES ({', '.join('?' * 27)})"
_NAMES = tuple(_COLUMNS.split(", "))


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as kept. Its source's path is absolute; `written_*` is the text last written to its deck file
    (None: never); `deck_path` the deck file it stands in or would be written to; `later_day` the study day before
    which it is not shown again; `note_gone`: its note no longer says it."""

    proposal: Proposal
    folded: str
    decision: str = ""
    written_front: str | None = None
    written_back: str | None = None
    deck_path: str = ""
    found_ms: int = 0
    changed_ms: int = 0
    later_day: int | None = None
    note_gone: bool = False

    @property
    def is_live(self) -> bool:
        """Whether it is more than a refusal: written, waiting, put off, or decided on."""
        put_off = self.later_day is not None
        return bool(self.decision) or put_off or self.proposal.status in (Status.WRITTEN, Status.INBOX)


def of_note(db: Database, note: str) -> list[Row]:
    """Everything ever found in the note at this path, in the order of the note."""
    return _rows(db, "source_path = ? ORDER BY source_line, id", note)


def of_ids(db: Database, ids: Iterable[str]) -> dict[str, Row]:
    """Proposals by their ids."""
    found = _rows(db, "id IN (SELECT value FROM json_each(?))", json.dumps(list(ids)))
    return {row.proposal.id: row for row in found}


def alike(db: Database, folded: Iterable[str], slots: Iterable[str]) -> list[Row]:
    """Proposals of any note that say the same or name the same fact."""
    where = "folded IN (SELECT value FROM json_each(?)) OR (slot <> '' AND slot IN (SELECT value FROM json_each(?)))"
    texts = json.dumps(list(folded), ensure_ascii=False)
    return _rows(db, f"{where} ORDER BY found_ms, id", texts, json.dumps(list(slots), ensure_ascii=False))


def answering(db: Database, answer: str) -> list[tuple[str, str, str]]:
    """Id, note and folded text of what notes still say with this folded answer and was written or waits."""
    where = "substr(folded, instr(folded, char(10)) + 1) = ? AND status IN ('written', 'inbox') AND note_gone = 0"
    order = "ORDER BY found_ms, id"
    return list(db.conn.execute(f"SELECT id, source_path, folded FROM proposals WHERE {where} {order}", (answer,)))


def notes_below(db: Database, folder: str) -> list[str]:
    """The notes under a folder, or the one at this path, that gave proposals which still stand."""
    rows = db.execute(
        "SELECT DISTINCT source_path FROM proposals WHERE note_gone = 0 AND (source_path = :f"
        " OR (source_path >= :f || '/' AND source_path < :f || '0'))",
        {"f": folder.rstrip("/")},
    ).fetchall()
    return [row[0] for row in rows]


def waiting(db: Database, study_day: int) -> list[Row]:
    """The inbox: by note and section, the most confident first; what was put off until later is left out."""
    where = "status = 'inbox' AND decision = '' AND coalesce(later_day, 0) <= CAST(? AS INTEGER)"
    return _rows(db, f"{where} ORDER BY source_path, headings, confidence DESC, source_line, id", str(study_day))


def count_waiting(db: Database, study_day: int) -> int:
    """How many proposals wait in the inbox."""
    where = "status = 'inbox' AND decision = '' AND coalesce(later_day, 0) <= ?"
    return int(db.execute(f"SELECT count(*) FROM proposals WHERE {where}", (study_day,)).fetchone()[0])


def count_there(db: Database, folder: str) -> int:
    """How many proposals from the notes below a folder are cards that are not gone."""
    where = "p.source_path >= :f || '/' AND p.source_path < :f || '0'"
    there = "EXISTS (SELECT 1 FROM cards c WHERE c.block = p.id AND c.orphaned_ms IS NULL)"
    row = db.execute(f"SELECT count(*) FROM proposals p WHERE {where} AND {there}", {"f": folder.rstrip("/")})
    return int(row.fetchone()[0])


def undecided(db: Database, rules: Iterable[str]) -> list[Row]:
    """Proposals of these rules that a moved mean could put elsewhere."""
    where = "decision = '' AND note_gone = 0 AND rule IN (SELECT value FROM json_each(?)) AND ("
    where += "status = 'inbox' AND reason NOT IN (SELECT value FROM json_each(?))"
    where += " OR status = 'refused' AND reason = 'low-confidence')"
    order = "ORDER BY source_path, source_line, id"
    return _rows(db, f"{where} {order}", json.dumps(list(rules)), json.dumps(NO_SCORE))


def put(db: Database, rows: Iterable[Row]) -> None:
    """Write proposals as they are now. Inside `writing`."""
    db.conn.executemany(_PUT, [_values(row) for row in rows])


def decisions(db: Database) -> dict[str, tuple[float, float]]:
    """Kept and dropped per rule: an edited card counts half on each side, one taken out of its deck file by hand as
    dropped, one note at most five times per rule."""
    rows = db.execute(
        f"SELECT rule, sum(keeps * min(1.0, {_PER_NOTE}.0 / n)), sum(drops * min(1.0, {_PER_NOTE}.0 / n)) FROM ("
        "SELECT rule, count(*) AS n,"
        " sum(CASE said WHEN 'keep' THEN 1.0 WHEN 'edit' THEN 0.5 ELSE 0.0 END) AS keeps,"
        " sum(CASE said WHEN 'keep' THEN 0.0 WHEN 'edit' THEN 0.5 ELSE 1.0 END) AS drops"
        f" FROM (SELECT rule, source_path, {_SAID} AS said FROM proposals p) WHERE said <> ''"
        " GROUP BY rule, source_path) GROUP BY rule"
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def scored(db: Database) -> dict[str, tuple[float, float]]:
    """The decisions by which proposals were scored last; like `decisions`."""
    row = db.execute("SELECT value FROM meta WHERE key = 'scored'").fetchone()
    return {rule: (kept, dropped) for rule, kept, dropped in json.loads(row[0])} if row else {}


def is_moved(db: Database) -> bool:
    """Whether anything was decided, or taken back, since proposals were scored last."""
    return decisions(db) != scored(db)


def set_scored(db: Database) -> None:
    """Note that proposals are scored by the decisions there are now. Inside `writing`."""
    decided = [[rule, *counts] for rule, counts in sorted(decisions(db).items())]
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('scored', ?)", (json.dumps(decided),))


def _rows(db: Database, where: str, *values: str) -> list[Row]:
    found = db.conn.execute(f"SELECT {_COLUMNS} FROM proposals WHERE {where}", values).fetchall()
    return [_row(row) for row in found]


def _row(row: tuple[Any, ...]) -> Row:
    proposal = Proposal(
        id=row[0],
        kind=Kind(row[1]),
        question=row[2],
        answer=row[3],
        text=row[4],
        rule=row[5],
        status=Status(row[6]),
        reason=row[7],
        confidence=row[9],
        score=tuple((name, value) for name, value in json.loads(row[10])),
        deck=row[11],
        tags=tuple(json.loads(row[12])),
        source=Source(row[13], row[14], row[15], tuple(json.loads(row[16]))),
        slot=row[17],
        reverse=bool(row[26]),
    )
    return Row(
        proposal,
        row[18],
        row[8],
        row[19],
        row[20],
        row[21],
        row[22],
        row[23],
        later_day=row[24],
        note_gone=bool(row[25]),
    )


def portable(row: Row) -> dict[str, object]:
    """A proposal as the log keeps it beside a decision."""
    return dict(zip(_NAMES, _values(row), strict=True))


def put_portable(db: Database, rows: Iterable[Mapping[str, object]]) -> None:
    """Take proposals as the log kept them, where they are not known. Inside `writing`."""
    statement = _PUT.replace("OR REPLACE", "OR IGNORE")
    db.conn.executemany(statement, [[row.get(name) for name in _NAMES] for row in rows])


def _values(row: Row) -> tuple[object, ...]:
    p = row.proposal
    return (
        p.id,
        p.kind.value,
        p.question,
        p.answer,
        p.text,
        p.rule,
        p.status.value,
        p.reason,
        row.decision,
        p.confidence,
        json.dumps(p.score, ensure_ascii=False),
        p.deck,
        json.dumps(p.tags, ensure_ascii=False),
        p.source.path,
        p.source.line,
        p.source.end_line,
        json.dumps(p.source.headings, ensure_ascii=False),
        p.slot,
        row.folded,
        row.written_front,
        row.written_back,
        row.deck_path,
        row.found_ms,
        row.changed_ms,
        row.later_day,
        int(row.note_gone),
        int(p.reverse),
    )
