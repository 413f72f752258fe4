"""The reminder's plan, and what became of it on each study day; one process alone may send."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from studycards.store.opening import writing

SENDING, SENT, FAILED, SKIPPED = "sending", "sent", "failed", "skipped"
_TEST = "reminder_test"


@dataclass(frozen=True, slots=True)
class Day:
    """What became of one study day's reminder."""

    study_day: int
    outcome: str
    channel: str
    detail: str
    attempts: int
    at_ms: int
    utc_offset_min: int


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened: UTC milliseconds and the local offset then."""

    at_ms: int
    utc_offset_min: int


@dataclass(frozen=True, slots=True)
class Test:
    """A test that was asked for, and its outcome (empty: none yet)."""

    asked_ms: int
    outcome: str = ""
    detail: str = ""


def load_plan(db: Database) -> dict[str, object] | None:
    """What the person chose, None where nothing is set or what is stored is no plan."""
    row = db.execute("SELECT payload FROM reminder_plan WHERE id = 1").fetchone()
    payload = _json(row[0]) if row else None
    return payload if isinstance(payload, dict) else None


def save_plan(db: Database, payload: dict[str, object]) -> None:
    """Keep what the person chose, in place of what stood there."""
    text = json.dumps(payload, ensure_ascii=False, sort_keys=True)
    with writing(db):
        db.conn.execute("INSERT OR REPLACE INTO reminder_plan (id, payload) VALUES (1, ?)", (text,))


def forget_plan(db: Database) -> None:
    """Take plan and test away; the outcomes of past days stay."""
    with writing(db):
        db.conn.execute("DELETE FROM reminder_plan")
        db.conn.execute("DELETE FROM meta WHERE key = ?", (_TEST,))


def on_day(db: Database, study_day: int) -> Day | None:
    """What became of a study day's reminder, None if nothing was written."""
    row = db.execute(f"SELECT {_COLUMNS} FROM reminder WHERE study_day = ?", (study_day,)).fetchone()
    return Day(*row) if row else None


def last_day(db: Database) -> Day | None:
    """The newest outcome."""
    row = db.execute(f"SELECT {_COLUMNS} FROM reminder ORDER BY study_day DESC LIMIT 1").fetchone()
    return Day(*row) if row else None


def settle(db: Database, study_day: int, outcome: str, moment: Moment) -> None:
    """Write an outcome that sends nothing, unless the day has one; a failed day takes it too."""
    with writing(db):
        db.conn.execute(
            f"INSERT INTO reminder ({_COLUMNS}) VALUES (?, ?, '', '', 0, ?, ?) ON CONFLICT (study_day) DO UPDATE"
            " SET outcome = excluded.outcome, at_ms = excluded.at_ms WHERE outcome = 'failed'",
            (study_day, outcome, moment.at_ms, moment.utc_offset_min),
        )


def unskip(db: Database, study_day: int) -> None:
    """Let a day that was skipped have its reminder after all."""
    with writing(db):
        db.conn.execute("DELETE FROM reminder WHERE study_day = ? AND outcome = ?", (study_day, SKIPPED))


def claim(db: Database, study_day: int, moment: Moment, attempts: int) -> bool:
    """Whether this process may send: it alone wrote `sending`. A failed day may be claimed `attempts` times."""
    with writing(db):
        cursor = db.conn.execute(
            f"INSERT INTO reminder ({_COLUMNS}) VALUES (?, 'sending', '', '', 1, ?, ?)"
            " ON CONFLICT (study_day) DO UPDATE SET outcome = 'sending', attempts = attempts + 1,"
            " at_ms = excluded.at_ms, utc_offset_min = excluded.utc_offset_min"
            " WHERE outcome = 'failed' AND attempts < ?",
            (study_day, moment.at_ms, moment.utc_offset_min, attempts),
        )
        return cursor.rowcount == 1


def finish(db: Database, study_day: int, outcome: str, channel: str, detail: str) -> None:
    """Write what became of the sending that this process claimed."""
    with writing(db):
        db.conn.execute(
            "UPDATE reminder SET outcome = ?, channel = ?, detail = ? WHERE study_day = ? AND outcome = 'sending'",
            (outcome, channel, detail, study_day),
        )


def ask_test(db: Database, now_ms: int) -> None:
    """Note that a test is wanted."""
    with writing(db):
        _put_test(db, Test(now_ms))


def test_asked(db: Database) -> Test | None:
    """The last test that was asked for."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (_TEST,)).fetchone()
    value = _json(row[0]) if row else None
    return Test(*value) if isinstance(value, list) and len(value) == 3 else None


def claim_test(db: Database) -> bool:
    """Whether this process may send the test's message."""
    with writing(db):
        test = test_asked(db)
        if test is None or test.outcome:
            return False
        _put_test(db, Test(test.asked_ms, SENDING))
        return True


def finish_test(db: Database, outcome: str, detail: str) -> None:
    """Write what became of the test."""
    with writing(db):
        test = test_asked(db)
        if test is not None:
            _put_test(db, Test(test.asked_ms, outcome, detail))


_COLUMNS = "study_day, outcome, channel, detail, attempts, at_ms, utc_offset_min"


def _put_test(db: Database, test: Test) -> None:
    value = json.dumps([test.asked_ms, test.outcome, test.detail], ensure_ascii=False)
    db.conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_TEST, value))


def _json(text: str) -> object:
    try:
        value: object = json.loads(text)
    except ValueError:
        return None
    return value
