"""Due days anew after another desired retention or other parameters: shown first, then one row of the log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlite_utils import Database

from studycards.config import Config
from studycards.history import Stamp
from studycards.model import Settings
from studycards.scheduling.answer import kernel_of
from studycards.scheduling.intervals import respread
from studycards.store import histories, log, presets
from studycards.store.log import Act
from studycards.store.opening import writing


class Move(NamedTuple):
    """A card that would come due on another study day."""

    card_id: str
    due_before: int
    due_after: int
    interval: int
    settings: str


@dataclass(frozen=True, slots=True)
class Rescheduling:
    """What rescheduling would do: `cards` in review that may move, those that do, and how many are due by today."""

    cards: int
    moves: tuple[Move, ...]
    due_before: int
    due_after: int
    newest_ms: int = 0
    newest_day: int = 0


def look(db: Database, config: Config, parameters: tuple[float, ...], today: int) -> Rescheduling:
    """What it would do; nothing is changed. Cards on a step, suspended ones, and due days set by hand stay.

    `parameters` are those in force. A card is due as its deck's settings would have it since its last answer.
    """
    rows = histories.in_review(db)
    decks = {row[1] for row in rows}
    settings = {deck: replace(config.settings(deck), parameters=parameters) for deck in decks}
    texts = {deck: presets.payload(settings[deck]) for deck in decks}
    factors = {deck: _factor(settings[deck]) for deck in decks}
    moves = []
    after = 0
    for card_id, deck, stability, last_day, due_day, reps, _ in rows:
        days = respread(stability * factors[deck], settings[deck], (card_id, reps))
        after += last_day + days <= today
        if last_day + days != due_day:
            moves.append(Move(card_id, due_day, last_day + days, days, texts[deck]))
    return Rescheduling(
        cards=len(rows),
        moves=tuple(moves),
        due_before=sum(row[4] <= today for row in rows),
        due_after=after,
        newest_ms=max((row[6] for row in rows), default=0),
        newest_day=max((row[3] for row in rows), default=0),
    )


def apply(db: Database, stamp: Stamp, seen: Rescheduling) -> None:
    """Do what was shown: one transaction, one row, one step that can be undone."""
    if not seen.moves:
        return
    at, day = max(stamp.ms, seen.newest_ms + 1), max(stamp.day, seen.newest_day)
    act = log.wide({m.card_id: m.settings for m in seen.moves}, Act(log.WIDE, at, stamp.offset_min, day))
    with writing(db):
        log.append_act(db, act)
        histories.put_due(db, [(m.due_after, m.interval, m.card_id) for m in seen.moves])


def _factor(settings: Settings) -> float:
    return kernel_of(settings.parameters).interval_factor(settings.desired_retention)
