"""Steps: the one thing a person did at a time, which undo takes back and redo does again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studycards.store import log
from studycards.store.log import ACT_UNDONE, RECORDS, REVIEW_UNDONE, UNDONE

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.store.log import Name

_NO_STEP = "('undo', 'redo', " + ", ".join(f"'{kind}'" for kind in RECORDS) + ")"


@dataclass(frozen=True, slots=True)
class Step:
    """Something a person did that can be undone: the answer's kind or the acts' kind, and the cards it was about."""

    device: str
    seq: int
    kind: str
    cards: tuple[str, ...]

    @property
    def name(self) -> Name:
        """What undo and redo rows point at."""
        return (self.device, self.seq)


def last_step(db: Database) -> Step | None:
    """The newest step of this database that holds: what undo would take back."""
    for name in reversed(log.own_devices(db)):
        row = db.conn.execute(
            "SELECT max(seq) FROM ("
            f" SELECT * FROM (SELECT seq FROM reviews r WHERE device = :d AND kind IN ('review', 'cram')"
            f" AND NOT {REVIEW_UNDONE} ORDER BY seq DESC LIMIT 1)"
            f" UNION ALL SELECT * FROM (SELECT step AS seq FROM acts a WHERE device = :d AND kind NOT IN {_NO_STEP}"
            f" AND NOT {ACT_UNDONE} ORDER BY a.seq DESC LIMIT 1))",
            {"d": name},
        ).fetchone()
        if row[0] is not None:
            return step(db, name, int(row[0]))
    return None


def last_undone(db: Database) -> Step | None:
    """The step that redo would bring back: the one undone last, if nothing was done since."""
    name = log.device(db)
    row = db.conn.execute(
        "SELECT target_device, target_seq FROM acts a WHERE device = :d AND kind = 'undo' AND seq >"
        " max(coalesce((SELECT max(seq) FROM reviews WHERE device = :d AND kind IN ('review', 'cram')), 0),"
        f" coalesce((SELECT max(seq) FROM acts WHERE device = :d AND kind NOT IN {_NO_STEP}), 0))"
        f" AND {UNDONE.format(d='a.target_device', s='a.target_seq')} ORDER BY seq DESC LIMIT 1",
        {"d": name},
    ).fetchone()
    return step(db, row[0], row[1]) if row else None


def step(db: Database, device_name: str, seq: int) -> Step:
    """A step by its name."""
    rows = db.conn.execute(
        "SELECT kind, card_id FROM reviews WHERE device = :d AND seq = :s"
        " UNION ALL SELECT kind, card_id FROM (SELECT kind, card_id FROM acts WHERE device = :d AND step = :s"
        " AND seq >= :s ORDER BY seq)",
        {"d": device_name, "s": seq},
    ).fetchall()
    cards = [row[1] for row in rows if row[1]]
    if rows[0][0] == log.WIDE and not cards:
        cards = [act.card_id for wide in log.acts_of(db, device_name, seq) for act in log.each(wide)]
    return Step(device_name, seq, rows[0][0], tuple(dict.fromkeys(cards)))


def newest_turn_ms(db: Database, name: Name) -> int:
    """When a step was last undone or redone, 0 for never."""
    row = db.conn.execute("SELECT max(at_ms) FROM acts WHERE target_device = ? AND target_seq = ?", name).fetchone()
    return int(row[0] or 0)
