"""Every set of settings that was ever in force; a logged answer names the one it was scheduled with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields

from sqlite_utils import Database

from studycards.model import Settings

MODEL = "FSRS-6"


def payload(settings: Settings) -> str:
    """Settings as stored: the same settings always give the same text."""
    return json.dumps(asdict(settings), sort_keys=True)


def of_payload(text: str) -> Settings:
    """The settings of a stored text; keys that this version does not know are left out."""
    known = {f.name for f in fields(Settings)}
    given: Mapping[str, object] = json.loads(text)
    return Settings(**{k: tuple(v) if isinstance(v, list) else v for k, v in given.items() if k in known})  # type: ignore[arg-type]  # JSON has no types to check


def preset_id(db: Database, settings: Settings, now_ms: int) -> int:
    """The number of these settings, given to them now if they are new. Inside `writing`."""
    text = payload(settings)
    row = db.execute("SELECT id FROM settings WHERE payload = ?", (text,)).fetchone()
    if row:
        return int(row[0])
    cursor = db.execute("INSERT INTO settings (model, payload, since_ms) VALUES (?, ?, ?)", (MODEL, text, now_ms))
    return int(cursor.lastrowid or 0)


def load(db: Database) -> dict[int, Settings]:
    """All sets of settings by number."""
    return {row[0]: of_payload(row[1]) for row in db.execute("SELECT id, payload FROM settings").fetchall()}


def edition(db: Database) -> tuple[int, int]:
    """Two numbers that change when settings were added, or when another connection has written anything."""
    row = db.conn.execute("SELECT data_version, (SELECT max(id) FROM settings) FROM pragma_data_version").fetchone()
    return row[0], row[1] or 0


def parameters(db: Database) -> tuple[float, ...]:
    """The parameters with which memory is computed; none are the defaults."""
    row = db.execute("SELECT value FROM meta WHERE key = 'parameters'").fetchone()
    return tuple(json.loads(row[0])) if row else ()


def fitted(db: Database) -> tuple[float, ...]:
    """The parameters fitted to the person's own reviews; none were, where there are none."""
    row = db.execute("SELECT value FROM meta WHERE key = 'fitted'").fetchone()
    return tuple(json.loads(row[0])) if row else ()


def put_in_force(db: Database, chosen: tuple[float, ...]) -> None:
    """Name other parameters; memory must be computed anew in the same transaction. Inside `writing`."""
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('parameters', ?)", (json.dumps(chosen),))


def put_fitted(db: Database, found: tuple[float, ...]) -> None:
    """Keep fitted parameters (none: forget them). Inside `writing`."""
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('fitted', ?)", (json.dumps(found),))
