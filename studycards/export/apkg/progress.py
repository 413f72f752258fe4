"""Memory, marks and answers → the columns in which Anki keeps learning progress."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from studycards.model import Settings, State

DAY_ZERO = date(2014, 9, 19).toordinal()  # of genanki's collection, for every importer
_TYPE = (0, 1, 2, 3)  # by our states, which count as Anki's types do
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


Answered = tuple[int, str, int, int | None, str, int, int, float | None, int]
"""One standing answer: UTC ms, card id, rating (0: a reset), state before it, kind, scheduled, ms it took, difficulty
after it (None: not kept), and a number that means nothing here."""


class Marked(NamedTuple):
    """What a person set on a card; `buried_day` is the study day for which it is put off."""

    suspended: int
    buried_day: int | None
    flag: int


class Columns(NamedTuple):
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


RevlogRow = tuple[int, int, int, int, int, int, int, int]
"""id, card id, ease, ivl, lastIvl, factor, time, type."""


def shifted(answers: Sequence[Answered]) -> dict[int, int]:
    """The ids of the rows that cannot have their own ms, since the row before has it; by place. In order of time."""
    moved: dict[int, int] = {}
    last = 0
    for place, row in enumerate(answers):
        at = row[0]
        if at <= last:
            moved[place] = at = last + 1
        last = at
    return moved


def revlog(answers: Sequence[Answered], moved: Mapping[int, int], cards: Mapping[str, int]) -> Iterator[RevlogRow]:
    """The rows of the cards that go out, in order of their ids; `cards` turns our ids into Anki's."""
    before: dict[int, int] = {}
    get, last, types = cards.get, before.get, _ROW_TYPE
    for place, (at, card_id, rating, state, kind, scheduled, duration, difficulty, _) in enumerate(answers):
        row_id = get(card_id)
        if row_id is None:
            continue
        if moved:
            at = moved.get(place, at)
        previous = last(row_id, 0)
        if kind == "review":
            before[row_id] = scheduled
            factor = int(difficulty * 111.1111111 - 10.6111) if difficulty else 0
            yield at, row_id, rating, scheduled, previous, factor, duration, types[state]
        elif rating == 0:
            before[row_id] = 0
            yield at, row_id, 0, 0, previous, 0, 0, _RESET
        else:
            yield at, row_id, rating, scheduled, previous, 0, duration, _CRAM


def last_counted(answers: Sequence[Answered], moved: Mapping[int, int]) -> dict[str, int]:
    """Card id → the id of its last row that counts, where that is not the ms of the answer."""
    return {answers[place][1]: at for place, at in moved.items() if answers[place][4] != "cram"}


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
    """Card id → its columns, for cards that were started or marked. `decks` has the deck of each card that goes out,
    `counted` the ms of last answers that the log of the package moves."""
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
        last = counted.get(row.card_id, row.last_ms) // 1000 if counted else row.last_ms // 1000
        found[row.card_id] = _started(row, marks.get(row.card_id), settings, desk, f'{ending},"lrt":{last}}}', deck)
    for card_id, mark in marks.items():
        if card_id in decks and card_id not in found:
            queue = _queue(mark, 0, desk.today)
            found[card_id] = Columns(0, queue, 0, 0, 0, 0, 0, 0, mark.flag, None, "")
    return found


def _started(row: Remembered, mark: Marked | None, settings: Settings, desk: Desk, ending: str, deck: str) -> Columns:
    _, state, step, stability, difficulty, due_day, due_ms, last_ms, reps, lapses, interval = row
    left, ivl, due, queue, factor = 0, 0, due_day - DAY_ZERO, 2, _EASE
    if state == State.REVIEW:
        ivl = max(interval, 1)
    else:
        relearning = state == State.RELEARNING
        left = max(1, len(settings.relearning_steps if relearning else settings.learning_steps) - (step or 0))
        due, queue = (due, 3) if due_ms is None else (due_ms // 1000, 1)
        ivl, factor = (max(1, desk.interval(stability, deck)), _EASE) if relearning else (0, 0)
    if mark:
        queue = _queue(mark, queue, desk.today)
    data = f'"s":{min(36500.0, max(0.001, stability)):.4f},"d":{min(10.0, max(1.0, difficulty)):.3f},{ending}'
    flags = mark.flag if mark else 0
    return Columns(_TYPE[state], queue, due, ivl, factor, reps, lapses, left, flags, last_ms // 1000, data)


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
