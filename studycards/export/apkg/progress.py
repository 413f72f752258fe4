"""Memory, marks and answers → the columns in which Anki keeps learning progress."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from studycards.model import Settings, State

DAY_ZERO = date(2014, 9, 19).toordinal()  # of genanki's collection, for every importer
_TYPE = {State.LEARNING: 1, State.REVIEW: 2, State.RELEARNING: 3}
_ROW_TYPE = {None: 0, 1: 0, 2: 1, 3: 2}
_CRAM, _RESET = 3, 4
_EASE = 2500


class Remembered(NamedTuple):
    """One card's memory; days are study-day numbers, instants UTC ms, `interval` days or minus seconds."""

    card_id: str
    state: int
    step: int | None
    stability: float
    difficulty: float
    due_day: int
    due_ms: int | None
    last_ms: int
    reps: int
    lapses: int
    interval: int


class Answered(NamedTuple):
    """One standing answer, or a reset (`rating` 0). `state` before it, `difficulty` after it (None: not kept)."""

    at_ms: int
    card_id: str
    rating: int
    state: int | None
    kind: str
    scheduled: int
    duration_ms: int
    difficulty: float | None


class Marked(NamedTuple):
    """What a person set on a card; `buried_day` is the study day for which it is put off."""

    suspended: int
    buried_day: int | None
    flag: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A card row without what the package gives it; `data` lacks its opening brace and position."""

    type: int
    queue: int
    due: int
    ivl: int
    factor: int
    reps: int
    lapses: int
    left: int
    flags: int
    mod: int | None
    data: str


RevlogRow = tuple[int, str, int, int, int, int, int, int]
"""id, card id of ours, ease, ivl, lastIvl, factor, time, type."""


def revlog(answers: Iterable[Answered]) -> tuple[list[RevlogRow], dict[str, int]]:
    """The rows in order of their ids, and the id of each card's last row that counts; `answers` ordered by time."""
    rows: list[RevlogRow] = []
    counted: dict[str, int] = {}
    before: dict[str, int] = {}
    last = 0
    for at, card_id, rating, state, kind, scheduled, duration, difficulty in answers:
        last = at if at > last else last + 1
        if rating == 0:
            rows.append((last, card_id, 0, 0, before.pop(card_id, 0), 0, 0, _RESET))
            counted.pop(card_id, None)
            continue
        previous = before.get(card_id, 0)
        if kind == "cram":
            rows.append((last, card_id, rating, scheduled, previous, 0, duration, _CRAM))
            continue
        factor = 0 if difficulty is None else min(1100, max(100, round((difficulty - 1) / 9 * 1000 + 100)))
        rows.append((last, card_id, rating, scheduled, previous, factor, duration, _ROW_TYPE[state]))
        before[card_id] = scheduled
        counted[card_id] = last
    return rows, counted


@dataclass(frozen=True, slots=True)
class Desk:
    """What progress depends on beside the card: `settings` of a deck, `interval` the days that a stability gives in
    it, `decay` the positive last parameter, and today's study day."""

    settings: Callable[[str], Settings]
    interval: Callable[[float, str], int]
    decay: Callable[[str], float]
    today: int


def columns(
    remembered: Iterable[Remembered],
    marks: Mapping[str, Marked],
    decks: Mapping[str, str],
    counted: Mapping[str, int],
    desk: Desk,
) -> dict[str, Columns]:
    """Card id → its columns, for cards that were started or marked. `decks` has the deck of each card that goes out."""
    endings: dict[str, tuple[Settings, str]] = {}
    found = {}
    for row in remembered:
        deck = decks.get(row.card_id)
        if deck is None:
            continue
        if deck not in endings:
            settings = desk.settings(deck)
            endings[deck] = (
                settings,
                f'"dr":{round(settings.desired_retention, 2)},"decay":{round(desk.decay(deck), 3)}',
            )
        settings, ending = endings[deck]
        last = counted.get(row.card_id, row.last_ms) // 1000
        found[row.card_id] = _started(row, marks.get(row.card_id), settings, desk, f'{ending},"lrt":{last}}}', deck)
    for card_id, mark in marks.items():
        if card_id in decks and card_id not in found:
            queue = _queue(mark, 0, desk.today)
            found[card_id] = Columns(0, queue, 0, 0, 0, 0, 0, 0, mark.flag, None, "")
    return found


def _started(row: Remembered, mark: Marked | None, settings: Settings, desk: Desk, ending: str, deck: str) -> Columns:
    kind = _TYPE[State(row.state)]
    days = row.due_day - DAY_ZERO
    steps = settings.relearning_steps if kind == 3 else settings.learning_steps
    due, queue, left, ivl = days, 2, 0, 0
    if kind != 2:
        left = max(1, len(steps) - (row.step or 0))
        due, queue = (days, 3) if row.due_ms is None else (row.due_ms // 1000, 1)
    if kind == 2:
        ivl = max(1, row.interval)
    elif kind == 3:
        ivl = max(1, desk.interval(row.stability, deck))
    stability = min(36_500.0, max(0.001, row.stability))
    data = f'"s":{round(stability, 4)},"d":{round(min(10.0, max(1.0, row.difficulty)), 3)},{ending}'
    return Columns(
        type=kind,
        queue=_queue(mark, queue, desk.today) if mark else queue,
        due=due,
        ivl=ivl,
        factor=0 if kind == 1 else _EASE,
        reps=row.reps,
        lapses=row.lapses,
        left=left,
        flags=mark.flag if mark else 0,
        mod=row.last_ms // 1000,
        data=data,
    )


def _queue(mark: Marked, queue: int, today: int) -> int:
    if mark.suspended:
        return -1
    return -3 if (mark.buried_day or 0) >= today else queue


def preset(settings: Settings, parameters: tuple[float, ...]) -> dict[str, Any]:
    """Deck options for Anki. Its id is made of the content: Anki never changes a preset that it knows."""
    minutes = [step / 60 for step in settings.learning_steps]
    bury = settings.bury_siblings
    content: dict[str, Any] = {
        "name": "studycards",
        "mod": 0,
        "usn": -1,
        "maxTaken": 60,
        "autoplay": True,
        "timer": 0,
        "replayq": True,
        "dyn": False,
        "new": {
            "bury": bury,
            "delays": minutes,
            "initialFactor": _EASE,
            "ints": [1, 4, 7],
            "order": 1,
            "perDay": settings.new_per_day,
        },
        "rev": {
            "bury": bury,
            "ease4": 1.3,
            "ivlFct": 1,
            "maxIvl": settings.maximum_interval,
            "perDay": settings.reviews_per_day,
            "hardFactor": 1.2,
        },
        "lapse": {
            "delays": [step / 60 for step in settings.relearning_steps],
            "leechAction": 1,
            "leechFails": settings.leech_threshold or 9999,
            "minInt": 1,
            "mult": 0,
        },
        "desiredRetention": settings.desired_retention,
        "fsrsParams6": list(parameters),
        "easyDaysPercentages": [1.0] * 7,
    }
    digest = sha256(json.dumps(content, sort_keys=True).encode()).digest()
    return content | {"id": 1_000_000_000 + int.from_bytes(digest, "big") % 1_000_000_000}
