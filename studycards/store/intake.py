"""Rows of another log taken into this one: each at most once, by the name it has for ever."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlite_utils import Database

from studycards.store.knowing import Known
from studycards.store.log import WIDE
from studycards.store.loglines import digest

_REVIEW = (
    "device, seq, card_id, rating, kind, state, reviewed_at, clock_ms, utc_offset_min, day_start, study_day,"
    " duration_ms, settings, predicted, scheduled, stability, difficulty"
)
_ACT = "device, seq, kind, card_id, at_ms, utc_offset_min, study_day, target_device, target_seq, step, payload"
_CARD = (
    "id, block, kind, front, back, deck, tags, path, line, end_line, headings, source_path, source_line, source_end,"
    " rule, hole, passage, folded, slot, position, marked_id, first_seen_ms, changed_ms, orphaned_ms"
)
_REVIEW_DEFAULTS: Mapping[str, object] = {"utc_offset_min": 0, "day_start": 4, "duration_ms": 0}
_ACT_DEFAULTS: Mapping[str, object] = {"utc_offset_min": 0}
_CARD_DEFAULTS: Mapping[str, object] = {
    "tags": "[]",
    "headings": "[]",
    "source_path": "",
    "source_line": 0,
    "source_end": 0,
    "rule": "",
    "passage": "",
    "slot": "",
    "marked_id": 0,
}


def presets_by_digest(db: Database) -> dict[str, int]:
    """The number of each set of settings by its name in a copy."""
    return {digest(row[1]): row[0] for row in db.execute("SELECT id, payload FROM settings").fetchall()}


def take_settings(db: Database, columns: Mapping[str, Any]) -> None:
    """Take a set of settings, unless it is known. Inside `writing`."""
    values = (columns["model"], columns["payload"], columns["since_ms"])
    db.execute("INSERT OR IGNORE INTO settings (model, payload, since_ms) VALUES (?, ?, ?)", values)


def take_review(db: Database, columns: Mapping[str, Any]) -> bool:
    """Take an answer, its settings by number; whether it is new. Inside `writing`, after `begin`."""
    return _note(db, columns, _take(db, "reviews", _REVIEW, {**_REVIEW_DEFAULTS, **columns}))


def take_act(db: Database, columns: Mapping[str, Any]) -> bool:
    """Take an act; whether it is new. Inside `writing`, after `begin`."""
    return _note(db, columns, _take(db, "acts", _ACT, {**_ACT_DEFAULTS, **columns}))


def take_card(db: Database, columns: Mapping[str, Any]) -> bool:
    """Take a card into the index, unless its id is known; whether it is new. Inside `writing`."""
    fresh = _take(db, "cards", _CARD, {**_CARD_DEFAULTS, **columns})
    begun = "UPDATE cards SET begun = 1 WHERE id = ?1 AND EXISTS (SELECT 1 FROM memory WHERE card_id = ?1)"
    if fresh:
        db.conn.execute(begun, (columns["id"],))
    return fresh


def twin(db: Database, columns: Mapping[str, Any]) -> str | None:
    """The card here that asks the same as one from elsewhere, under whatever id; None if there is none."""
    row = db.execute(
        "SELECT id FROM cards WHERE id = :id UNION ALL SELECT * FROM (SELECT id FROM cards WHERE +folded = :folded"
        " AND substr(folded, 1, 48) = substr(:folded, 1, 48) AND kind = :kind AND coalesce(hole, 0) = :hole"
        " AND (id LIKE '%-r') = (:id LIKE '%-r')"
        " ORDER BY orphaned_ms IS NOT NULL, id LIMIT 1) LIMIT 1",
        {"id": columns["id"], "folded": columns["folded"], "kind": columns["kind"], "hole": columns.get("hole") or 0},
    ).fetchone()
    return str(row[0]) if row else None


class End(NamedTuple):
    """The last answer of a card, in the order of replay."""

    study_day: int
    reviewed_at: int
    device: str
    seq: int
    settings: int


def deck_paths(db: Database) -> list[str]:
    """The deck files that cards came from."""
    return [row[0] for row in db.conn.execute("SELECT DISTINCT path FROM cards").fetchall()]


def begin(db: Database) -> None:
    """Start to note which rows came, and which of them are new. Inside `writing`."""
    end(db)
    db.conn.execute("CREATE TEMP TABLE came (device TEXT, seq INTEGER, fresh INTEGER, PRIMARY KEY (device, seq))")


def end(db: Database) -> None:
    """Forget what was noted."""
    db.conn.execute("DROP TABLE IF EXISTS temp.came")


def changed_cards(db: Database) -> list[str]:
    """The cards that new rows are about, also those of a step that a new row takes back."""
    rows = db.conn.execute(
        "SELECT card_id FROM temp.came f CROSS JOIN reviews r ON r.device = f.device AND r.seq = f.seq WHERE f.fresh"
        " UNION SELECT card_id FROM temp.came f CROSS JOIN acts a ON a.device = f.device AND a.seq = f.seq"
        " WHERE f.fresh UNION SELECT r.card_id FROM temp.came f CROSS JOIN acts a ON a.device = f.device"
        " AND a.seq = f.seq CROSS JOIN reviews r ON r.device = a.target_device AND r.seq = a.target_seq WHERE f.fresh"
        " UNION SELECT b.card_id FROM temp.came f CROSS JOIN acts a ON a.device = f.device AND a.seq = f.seq"
        " CROSS JOIN acts b ON b.device = a.target_device AND b.step = a.target_seq WHERE f.fresh"
    ).fetchall()
    return sorted({row[0] for row in rows if row[0] is not None} | _of_wide_rows(db))


def _of_wide_rows(db: Database) -> set[str]:
    """The cards of new rows that stand for many cards, and of those that new rows take back."""
    rows = db.conn.execute(
        "SELECT w.payload FROM acts w WHERE w.card_id IS NULL AND w.kind = ? AND (EXISTS (SELECT 1 FROM temp.came f"
        " WHERE f.device = w.device AND f.seq = w.seq AND f.fresh) OR EXISTS (SELECT 1 FROM acts u CROSS JOIN"
        " temp.came f ON f.device = u.device AND f.seq = u.seq WHERE u.target_device = w.device"
        " AND u.target_seq = w.step AND f.fresh))",
        (WIDE,),
    ).fetchall()
    return {card_id for (payload,) in rows for card_id in json.loads(payload).get("cards", {})}


def parted(db: Database, card_id: str, knowledge: Mapping[str, list[Known]]) -> End | None:
    """The card's last answer, if whoever wrote it did not know of all answers before it; else None."""
    rows = db.conn.execute(
        "SELECT study_day, reviewed_at, device, seq, settings FROM reviews WHERE card_id = ? AND kind <> 'cram'"
        " ORDER BY study_day, reviewed_at, device, seq",
        (card_id,),
    ).fetchall()
    if not rows:
        return None
    last = End(*rows[-1])
    heard = _heard(knowledge.get(last.device, []), last.seq)
    unheard = any(row[2] != last.device and row[3] > heard.get(row[2], 0) for row in rows)
    return last if unheard else None


def _heard(notes: list[Known], seq: int) -> Mapping[str, int]:
    """What a device knew when it wrote the row `seq`."""
    return next((note.known for note in reversed(notes) if note.seq < seq), {})


def _take(db: Database, table: str, names: str, columns: Mapping[str, Any]) -> bool:
    wanted = [name.strip() for name in names.split(",")]
    marks = ", ".join("?" * len(wanted))
    cursor = db.conn.execute(
        f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", [columns.get(name) for name in wanted]
    )
    return cursor.rowcount == 1


def _note(db: Database, columns: Mapping[str, Any], fresh: bool) -> bool:
    values = (columns["device"], columns["seq"], int(fresh))
    db.conn.execute("INSERT OR IGNORE INTO temp.came (device, seq, fresh) VALUES (?, ?, ?)", values)
    return fresh
