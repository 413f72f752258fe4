"""What can be wrong inside a database that opens: broken rows, gaps in the log, indexes that do not fit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from studycards.store import intents
from studycards.store.log import Name, own_devices

# Study days from the year 1900 to 2200; what lies outside was never a day of review.
_DAYS = "BETWEEN 693596 AND 803534"
# By table: why a row is broken, and the condition that tells it.
BROKEN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "reviews": (
        ("its rating is none of 1 to 4", "rating NOT BETWEEN 1 AND 4"),
        ("its state is none that exists", "state IS NOT NULL AND state NOT BETWEEN 1 AND 3"),
        ("its study day is none", f"study_day NOT {_DAYS}"),
        ("its moment is none", "reviewed_at NOT BETWEEN -2208988800000 AND 7258118400000"),
        ("its offset is none", "utc_offset_min NOT BETWEEN -1440 AND 1440 OR day_start NOT BETWEEN 0 AND 23"),
        ("its settings are unknown", "settings NOT IN (SELECT id FROM settings)"),
        ("what it scheduled is impossible", "scheduled NOT BETWEEN -31536000 AND 36500"),
        ("its duration is impossible", "duration_ms < 0"),
        ("its kind is unknown", "kind NOT IN ('review', 'cram', 'import')"),
    ),
    "acts": (
        ("its payload cannot be read", "NOT json_valid(payload)"),
        ("its moment is none", "at_ms NOT BETWEEN -2208988800000 AND 7258118400000"),
        ("it names no kind", "kind = ''"),
        ("it undoes nothing that exists", "kind IN ('undo', 'redo') AND target_seq IS NULL"),
    ),
}


def broken_rows(db: Database) -> list[tuple[str, int, str]]:
    """Table, row id and reason of each row that cannot be right."""
    found = []
    for table, reasons in BROKEN.items():
        for reason, condition in reasons:
            rows = db.conn.execute(f"SELECT rowid FROM {table} WHERE {condition}").fetchall()
            found += [(table, row[0], reason) for row in rows]
    return list({(table, row_id): (table, row_id, reason) for table, row_id, reason in found}.values())


def index_trouble(db: Database) -> list[str]:
    """What SQLite finds when it compares every index with its table."""
    rows = db.conn.execute("PRAGMA integrity_check(20)").fetchall()
    return [] if rows == [("ok",)] else [" ".join(str(row[0]).split()) for row in rows]


def gaps(db: Database) -> list[Name]:
    """Rows of this database's own log that are missing: numbers are given without a gap."""
    missing = []
    for device in own_devices(db):
        rows = db.conn.execute(
            "SELECT seq FROM (SELECT seq FROM reviews WHERE device = :d UNION ALL"
            " SELECT seq FROM acts WHERE device = :d UNION ALL SELECT json_extract(payload, '$.seq') FROM quarantine"
            " WHERE json_extract(payload, '$.device') = :d) ORDER BY seq",
            {"d": device},
        ).fetchall()
        expected = 1
        for (seq,) in rows:
            missing += [(device, number) for number in range(expected, min(seq, expected + 1000))]
            expected = seq + 1
    return missing


def loose(db: Database) -> int:
    """Cards that have answers but were never indexed."""
    row = db.conn.execute("SELECT count(DISTINCT card_id) FROM reviews WHERE card_id NOT IN (SELECT id FROM cards)")
    return int(row.fetchone()[0])


def misflagged(db: Database) -> set[str]:
    """The cards that are flagged as new and have a memory, or the other way about."""
    flag = "SELECT id FROM cards WHERE begun <> (id IN (SELECT card_id FROM memory))"
    return {row[0] for row in db.execute(flag).fetchall()}


def counts(db: Database) -> dict[str, int]:
    """How many cards are active, suspended, retired and gone; and how many there are."""
    row = db.conn.execute(
        "SELECT count(*), sum(orphaned_ms IS NOT NULL), sum(orphaned_ms IS NULL AND coalesce(k.retired, 0) > 0),"
        " sum(orphaned_ms IS NULL AND coalesce(k.retired, 0) = 0 AND coalesce(k.suspended, 0))"
        " FROM cards c LEFT JOIN marks k ON k.card_id = c.id"
    ).fetchone()
    total, gone, retired, suspended = (number or 0 for number in row)
    active = total - gone - retired - suspended
    return {"cards": total, "active": active, "suspended": suspended, "retired": retired, "gone": gone}


def same_question(db: Database) -> int:
    """Cards that ask what another card asks."""
    row = db.conn.execute(
        "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM cards WHERE orphaned_ms IS NULL"
        " GROUP BY folded, kind, hole, id LIKE '%-r' HAVING n > 1)"
    ).fetchone()
    return int(row[0])


def ahead_of(db: Database, now_ms: int) -> int:
    """Answers dated after the present."""
    return int(db.conn.execute("SELECT count(*) FROM reviews WHERE reviewed_at > ?", (now_ms,)).fetchone()[0])


def open_intents(db: Database) -> list[str]:
    """Deck files with an edit that was cut off, and the folder of an import that was."""
    edits = db.conn.execute(f"SELECT DISTINCT path FROM intents WHERE {intents.EDITS}").fetchall()
    landings = [intents.landing(db, number) for number in intents.open_landings(db)]
    return [*(row[0] for row in edits), *(one.folder for one in landings if one)]


def quarantine(db: Database, rows: Iterable[tuple[str, int, str]], now_ms: int) -> int:
    """Move rows into quarantine, whole, with the reason; how many. Inside `writing`."""
    moved = 0
    for table, row_id, reason in rows:
        cursor = db.conn.execute(f"SELECT * FROM {table} WHERE rowid = ?", (row_id,))
        names = [column[0] for column in cursor.description]
        payload: dict[str, Any] = dict(zip(names, cursor.fetchone(), strict=True))
        db.conn.execute(
            "INSERT INTO quarantine (at_ms, origin, reason, payload) VALUES (?, ?, ?, ?)",
            (now_ms, table, reason, json.dumps(payload, ensure_ascii=False)),
        )
        db.conn.execute(f"DELETE FROM {table} WHERE rowid = ?", (row_id,))
        moved += 1
    return moved


def quarantined(db: Database) -> set[Name]:
    """The names of the rows that were set aside; they are not to come back from a copy."""
    rows = db.conn.execute(
        "SELECT json_extract(payload, '$.device'), json_extract(payload, '$.seq') FROM quarantine"
    ).fetchall()
    return {(row[0], row[1]) for row in rows}


def reindex(db: Database) -> None:
    """Make every index anew from its table."""
    db.conn.execute("REINDEX")
