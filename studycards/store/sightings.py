"""What looks at the deck files found, from the log; and up to where a person has been shown it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from studycards.store.log import device

_SEEN = "status_seen"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One block that was not as before: `what` is new, edited, moved, orphaned or revived."""

    seq: int
    block: str
    what: str
    path: str
    line: int
    was: str
    before: str
    after: str


def unseen(db: Database) -> list[Sighting]:
    """What was found since a person was shown it last, oldest first."""
    rows = db.execute(
        "SELECT seq, card_id, payload FROM acts WHERE kind = 'card' AND device = ? AND seq > ? ORDER BY seq",
        (device(db), _seen(db)),
    ).fetchall()
    return [_sighting(row[0], row[1], json.loads(row[2])) for row in rows]


def set_seen(db: Database, seq: int) -> None:
    """A person was shown everything up to this number. Inside `writing`."""
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (f"{_SEEN} {device(db)}", str(seq)))


def _seen(db: Database) -> int:
    row = db.execute("SELECT value FROM meta WHERE key = ?", (f"{_SEEN} {device(db)}",)).fetchone()
    return int(row[0]) if row else 0


def _sighting(seq: int, block: str, told: dict[str, object]) -> Sighting:
    line = told.get("line")
    words = {name: str(told.get(name, "")) for name in ("what", "path", "was", "before", "after")}
    return Sighting(seq=seq, block=block, line=line if isinstance(line, int) else 0, **words)
