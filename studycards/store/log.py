"""The append-only log: answers and every other act, one sequence a device; nothing here is ever changed or removed.

A step is the one thing a person did: an answer, or acts that share a `step` number. What is undone is said by
further rows that name the step, so whether a step holds is told by the newest undo or redo that names it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from studycards.model import Review

UNDO = "undo"
REDO = "redo"
# Rows that are kept for the record and are nothing that a person could take back.
RECORDS = ("card", "knows", "redue-merge", "quarantine")
# An act that may stand as one row for many cards, without a card of its own; see `wide`.
WIDE = "redue"
MANY = 2000
_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

Name = tuple[str, int]  # (device, seq) names a row for ever


@dataclass(frozen=True, slots=True)
class Act:
    """One row that is no answer. `step` is the seq of the first row of the same step, 0 before it is stored."""

    kind: str
    at_ms: int
    utc_offset_min: int
    study_day: int
    card_id: str | None = None
    target: Name | None = None
    payload: Mapping[str, object] = field(default_factory=dict)
    step: int = 0
    device: str = ""
    seq: int = 0


# Whether the newest undo or redo row that names the row {d}, {s} is an undo.
UNDONE = (
    "coalesce((SELECT u.kind FROM acts u WHERE u.target_device = {d} AND u.target_seq = {s}"
    " AND u.kind IN ('undo', 'redo') ORDER BY u.at_ms DESC, u.device DESC, u.seq DESC LIMIT 1) = 'undo', 0)"
)
REVIEW_UNDONE = UNDONE.format(d="r.device", s="r.seq")
ACT_UNDONE = UNDONE.format(d="a.device", s="a.step")


def device(db: Database) -> str:
    """The name under which this database writes."""
    return str(db.conn.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()[0])


def own_devices(db: Database) -> list[str]:
    """Every name under which this database ever wrote, the present one last."""
    row = db.conn.execute("SELECT value FROM meta WHERE key = 'devices'").fetchone()
    return str(row[0]).split() if row else []


def next_seq(db: Database, name: str) -> int:
    """The number of the next row of a device; from 1."""
    return int(db.conn.execute(f"SELECT {_NEWEST.format(d=':d')}", {"d": name}).fetchone()[0]) + 1


_NEWEST = (
    "max(coalesce((SELECT max(seq) FROM reviews WHERE device = {d}), 0),"
    " coalesce((SELECT max(seq) FROM acts WHERE device = {d}), 0))"
)
_NEXT = f"SELECT value, {_NEWEST.format(d='m.value')} + 1 FROM meta m WHERE key = 'device'"


def _next_name(db: Database) -> Name:
    """The name of the next row that is written here."""
    name: Name = db.conn.execute(_NEXT).fetchone()
    return name


def newest_ms(db: Database, card_id: str) -> int:
    """When the card was last answered or acted on, 0 for never; the clock may be behind this."""
    row = db.conn.execute(
        "SELECT max(coalesce((SELECT max(reviewed_at) FROM reviews WHERE card_id = :c), 0),"
        " coalesce((SELECT max(at_ms) FROM acts WHERE card_id = :c), 0),"
        " coalesce((SELECT max(at_ms) FROM acts WHERE card_id IS NULL AND kind = :wide), 0))",
        {"c": card_id, "wide": WIDE},
    ).fetchone()
    return int(row[0])


def newest_of(db: Database, card_ids: tuple[str, ...]) -> int:
    """The same for several cards; for very many that of the whole log, which is never less."""
    if len(card_ids) <= MANY:
        return max((newest_ms(db, card_id) for card_id in card_ids), default=0)
    row = db.conn.execute("SELECT max(reviewed_at), (SELECT max(at_ms) FROM acts) FROM reviews").fetchone()
    return max(int(row[0] or 0), int(row[1] or 0))


def append_review(db: Database, review: Review, *, clock_ms: int, memory: tuple[float, float] | None) -> Review:
    """Write one answer under the next number; `memory` is the stability and difficulty after it. Inside `writing`."""
    name, seq = _next_name(db)
    stored = replace(review, device=name, seq=seq)
    db.conn.execute(
        "INSERT INTO reviews (device, seq, card_id, rating, kind, state, reviewed_at, clock_ms, utc_offset_min,"
        " day_start, study_day, duration_ms, settings, predicted, scheduled, stability, difficulty)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            stored.device,
            stored.seq,
            stored.card_id,
            int(stored.rating),
            stored.kind,
            None if stored.state is None else int(stored.state),
            stored.reviewed_at,
            None if clock_ms == stored.reviewed_at else clock_ms,
            stored.utc_offset_min,
            stored.day_start,
            stored.study_day,
            stored.duration_ms,
            stored.settings,
            stored.predicted,
            stored.scheduled,
            *(memory or (None, None)),
        ),
    )
    return stored


def append_act(db: Database, act: Act) -> Act:
    """Write one act under the next number; with `step` 0 it begins a step of its own. Inside `writing`."""
    return append_acts(db, [act])[0]


def append_acts(db: Database, acts: list[Act]) -> list[Act]:
    """Write acts as one step (unless they bring a `step`): undone and redone together. Inside `writing`."""
    name, seq = _next_name(db)
    stored = [replace(a, device=name, seq=seq + n, step=a.step or seq) for n, a in enumerate(acts)]
    db.conn.executemany(
        "INSERT INTO acts (device, seq, kind, card_id, at_ms, utc_offset_min, study_day, target_device, target_seq,"
        " step, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                a.device,
                a.seq,
                a.kind,
                a.card_id,
                a.at_ms,
                a.utc_offset_min,
                a.study_day,
                *(a.target or (None, None)),
                a.step,
                _encoded(a.payload),
            )
            for a in stored
        ],
    )
    return stored


def acts_of(db: Database, device_name: str, seq: int) -> list[Act]:
    """The acts of one step, in order; none for an answer."""
    return _acts(db, "a.device = ? AND a.step = ? AND a.seq >= a.step", (device_name, seq))


def standing_acts(db: Database, card_id: str) -> list[Act]:
    """What was done to a card and not undone, oldest first; undo and redo rows are not among it."""
    where = f"a.card_id = ? AND a.kind NOT IN ('undo', 'redo') AND NOT {ACT_UNDONE}"
    own = _acts(db, where, (card_id,))
    for act in _standing_wide(db):
        own += each(act, card_id)
    return sorted(own, key=lambda act: (act.at_ms, act.device, act.seq))


def standing_of_kinds(db: Database, kinds: tuple[str, ...]) -> dict[str, list[Act]]:
    """All standing acts of some kinds, by card, oldest first."""
    marks = ", ".join("?" * len(kinds))
    found: dict[str, list[Act]] = {}
    for act in _acts(db, f"a.kind IN ({marks}) AND a.card_id IS NOT NULL AND NOT {ACT_UNDONE}", kinds):
        found.setdefault(str(act.card_id), []).append(act)
    if WIDE in kinds:
        for wide in _acts(db, f"a.card_id IS NULL AND a.kind = ? AND NOT {ACT_UNDONE}", (WIDE,)):
            for act in each(wide):
                found.setdefault(str(act.card_id), []).append(act)
    return found


def last_standing(db: Database, kind: str, *, besides: Name | None = None) -> Act | None:
    """The newest standing act of a kind that is about no card; `besides` leaves one step out."""
    acts = _acts(db, f"a.card_id IS NULL AND a.kind = ? AND NOT {ACT_UNDONE}", (kind,))
    return next((act for act in reversed(acts) if (act.device, act.step) != besides), None)


def wide(acts: Mapping[str, str], act: Act) -> Act:
    """One row for many cards: `act` with the settings, as stored, that each card is due anew by."""
    texts = sorted(set(acts.values()))
    numbers = {text: number for number, text in enumerate(texts)}
    return replace(act, payload={"settings": texts, "cards": {card: numbers[text] for card, text in acts.items()}})


def each(act: Act, only: str = "") -> list[Act]:
    """The act of each card (or of `only` one) that a row for many cards stands for."""
    cards, texts = act.payload.get("cards"), act.payload.get("settings")
    if not isinstance(cards, dict) or not isinstance(texts, list):
        return []
    if only and only not in cards:
        return []
    chosen = {only: cards[only]} if only else cards
    return [replace(act, card_id=card, payload={"settings": texts[number]}) for card, number in chosen.items()]


# Rows for many cards as they were read before, by their name and moment: they are long, few, and never change.
_read: WeakKeyDictionary[Database, dict[tuple[str, int, int], Act]] = WeakKeyDictionary()


def _standing_wide(db: Database) -> list[Act]:
    names = db.conn.execute(
        f"SELECT device, seq, at_ms FROM acts a WHERE card_id IS NULL AND kind = ? AND NOT {ACT_UNDONE}", (WIDE,)
    ).fetchall()
    if not names:
        return []
    read = _read.setdefault(db, {})
    for name in names:
        if name not in read:
            read[name] = _acts(db, "a.device = ? AND a.seq = ?", name[:2])[0]
    return [read[name] for name in names]


def _acts(db: Database, where: str, values: tuple[object, ...]) -> list[Act]:
    rows = db.conn.execute(
        "SELECT kind, at_ms, utc_offset_min, study_day, card_id, target_device, target_seq, payload, step, device, seq"
        f" FROM acts a WHERE {where} ORDER BY at_ms, device, seq",
        values,
    ).fetchall()
    return [
        Act(
            kind=row[0],
            at_ms=row[1],
            utc_offset_min=row[2],
            study_day=row[3],
            card_id=row[4],
            target=(row[5], row[6]) if row[5] is not None else None,
            payload=json.loads(row[7]),
            step=row[8],
            device=row[9],
            seq=row[10],
        )
        for row in rows
    ]
