"""Answers read back from the log, undone ones left out unless asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlite_utils import Database

from studycards.model import Rating, Review, State
from studycards.store.log import REVIEW_UNDONE

_COLUMNS = (
    "card_id, rating, state, reviewed_at, utc_offset_min, study_day, duration_ms, device, seq, kind, scheduled,"
    " predicted, day_start, settings"
)
# The order of replay: never the row id, since imported and merged rows arrive late.
_ORDER = "study_day, reviewed_at, device, seq"


def of_card(db: Database, card_id: str) -> list[Review]:
    """The standing answers of a card in the order of replay."""
    rows = db.conn.execute(
        f"SELECT {_COLUMNS} FROM reviews r WHERE card_id = ? AND NOT {REVIEW_UNDONE} ORDER BY {_ORDER}", (card_id,)
    ).fetchall()
    return [of_row(row) for row in rows]


def has_later(db: Database, answer: Review) -> bool:
    """Whether the card has a standing answer after this one."""
    row = db.conn.execute(
        "SELECT EXISTS (SELECT 1 FROM reviews r WHERE card_id = ? AND (study_day, reviewed_at, device, seq)"
        f" > (?, ?, ?, ?) AND NOT {REVIEW_UNDONE})",
        (answer.card_id, answer.study_day, answer.reviewed_at, answer.device, answer.seq),
    ).fetchone()
    return bool(row[0])


def named(db: Database, name: tuple[str, int]) -> Review | None:
    """The answer of that name, undone or not; None where the name is an act's."""
    row = db.conn.execute(f"SELECT {_COLUMNS} FROM reviews WHERE device = ? AND seq = ?", name).fetchone()
    return of_row(row) if row else None


def standing(db: Database, *, since_day: int = 0) -> list[Review]:
    """All standing answers from a study day on, by card and then in the order of replay."""
    rows = db.conn.execute(
        f"SELECT {_COLUMNS} FROM reviews r WHERE study_day >= ? AND NOT {REVIEW_UNDONE} ORDER BY card_id, {_ORDER}",
        (since_day,),
    ).fetchall()
    return [of_row(row) for row in rows]


# The columns that replay goes by, in its order; crammed answers are not among the rows.
REPLAYED = "study_day, reviewed_at, device, seq, rating, scheduled, settings, utc_offset_min, day_start"
SLICE = 2000


def replayed_of_card(db: Database, card_id: str) -> list[tuple[Any, ...]]:
    """The standing answers of a card as `REPLAYED` lists them, in no order."""
    return db.conn.execute(
        f"SELECT {REPLAYED} FROM reviews r WHERE card_id = ? AND kind <> 'cram' AND NOT {REVIEW_UNDONE}", (card_id,)
    ).fetchall()


def replayed_by_card(db: Database) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Every card that has rows, with its standing answers as `REPLAYED` lists them, and its id; a slice in
    memory at a time."""
    undone = undone_names(db)
    ids = [row[0] for row in db.conn.execute("SELECT DISTINCT card_id FROM reviews ORDER BY card_id").fetchall()]
    for start in range(0, len(ids), SLICE):
        part = ids[start : start + SLICE]
        groups: dict[str, list[tuple[Any, ...]]] = {card_id: [] for card_id in part}
        for row in db.conn.execute(
            f"SELECT {REPLAYED}, card_id FROM reviews WHERE card_id BETWEEN ? AND ? AND kind <> 'cram'",
            (part[0], part[-1]),
        ):
            if not undone or (row[2], row[3]) not in undone:
                groups[row[-1]].append(row)
        yield from groups.items()


def plain_by_card(db: Database, besides: Collection[str]) -> Iterator[tuple[Any, ...]]:
    """The answers of all cards but some, undone ones too, by card, study day and moment."""
    rows = db.conn.execute(
        "SELECT card_id, study_day, reviewed_at, rating, scheduled, settings, utc_offset_min, day_start FROM reviews"
        " WHERE kind <> 'cram' ORDER BY card_id, study_day, reviewed_at"
    )
    return (row for row in rows if row[0] not in besides) if besides else rows


def with_undone(db: Database) -> set[str]:
    """The cards that have undone answers."""
    query = "SELECT card_id FROM reviews WHERE device = ? AND seq = ?"
    return {row[0] for name in undone_names(db) for row in db.conn.execute(query, name)}


def last_settings(db: Database) -> dict[str, int]:
    """The number of the settings of each card's last answer, undone or not."""
    rows = db.conn.execute("SELECT card_id, settings, max(reviewed_at) FROM reviews GROUP BY card_id").fetchall()
    return {row[0]: row[1] for row in rows}


def undone_names(db: Database) -> set[tuple[str, int]]:
    """The names of the steps that are undone."""
    rows = db.conn.execute(
        "SELECT target_device, target_seq, kind FROM acts WHERE kind IN ('undo', 'redo') ORDER BY at_ms, device, seq"
    ).fetchall()
    last = {(row[0], row[1]): row[2] for row in rows}
    return {name for name, kind in last.items() if kind == "undo"}


def of_row(row: tuple[Any, ...]) -> Review:
    """The review of one row of the log."""
    card_id, rating, state, at, offset, day, duration, device, seq, kind, scheduled, predicted, start, settings = row
    return Review(
        card_id=card_id,
        rating=Rating(rating),
        state=None if state is None else State(state),
        reviewed_at=at,
        utc_offset_min=offset,
        study_day=day,
        duration_ms=duration,
        device=device,
        seq=seq,
        kind=kind,
        scheduled=scheduled,
        predicted=predicted,
        day_start=start,
        settings=settings,
    )
