"""What each machine knew of the others' rows, and when: who answered without knowing of whom."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from studycards.store.log import Act, append_act, device

if TYPE_CHECKING:
    from sqlite_utils import Database


class Known(NamedTuple):
    """What a device knew from its row `seq` on: of each other device the rows up to a number."""

    seq: int
    known: Mapping[str, int]


def note_knowledge(db: Database, at_ms: int) -> None:
    """Log which rows of which devices are known here, so that every machine can tell who answered without knowing of
    whom. Inside `writing`."""
    rows = db.conn.execute(
        "SELECT device, max(seq) FROM (SELECT device, max(seq) AS seq FROM reviews GROUP BY device UNION ALL"
        " SELECT device, max(seq) FROM acts GROUP BY device) WHERE device NOT LIKE 'join-%' GROUP BY device"
    ).fetchall()
    known = {row[0]: row[1] for row in rows if row[0] != device(db)}
    if known:
        append_act(db, Act("knows", at_ms, 0, 0, payload={"known": known}))


def knowledge(db: Database) -> dict[str, list[Known]]:
    """What each device knew and when, oldest first."""
    rows = db.conn.execute("SELECT device, seq, payload FROM acts WHERE kind = 'knows' ORDER BY device, seq").fetchall()
    found: dict[str, list[Known]] = {}
    for name, seq, payload in rows:
        found.setdefault(name, []).append(Known(seq, json.loads(payload).get("known", {})))
    return found
