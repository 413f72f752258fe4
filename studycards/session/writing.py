"""One answer written: its row of the log, the memory, the card's version, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlite_utils import Database

from studycards.history import Stamp
from studycards.model import Rating, Review, Settings
from studycards.scheduling.answer import Outcome
from studycards.session.values import Showing
from studycards.store import log, presets, reviews, sitting
from studycards.store import marks as marks_rows
from studycards.store import memory as memory_rows
from studycards.store.memory import from_ms, to_ms
from studycards.store.opening import writing


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given to the card on screen; in a `cram` it changes no memory."""

    showing: Showing
    rating: Rating
    outcome: Outcome
    stamp: Stamp
    duration_ms: int
    cram: bool


class Pen:
    """Writes the answers of one sitting; the number of settings that were written before is known."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._presets: dict[int, tuple[Settings, int]] = {}  # by identity, which holds as long as they are kept here

    def write(self, given: Given, settings: Settings) -> bool:
        """Write an answer; False, and nothing written, if the card is no longer the one that was painted."""
        db, card_id, memory = self._db, given.showing.card.id, given.outcome.memory
        with writing(db):
            if not sitting.bump(db, card_id, given.showing.version):
                return False
            _, preset = self._presets.get(id(settings)) or (None, presets.preset_id(db, settings, given.stamp.ms))
            review = _crammed(db, given, preset) if given.cram else _reviewed(given, preset)
            after = None if given.cram else (memory.stability, memory.difficulty)
            log.append_review(db, review, clock_ms=given.stamp.ms, memory=after)
            if not given.cram:
                memory_rows.save(db, card_id, memory, is_new=given.showing.memory is None)
            if given.outcome.leech:
                marks_rows.save(db, card_id, replace(given.showing.marks, leech=True))
        self._presets[id(settings)] = settings, preset
        return True


def found_elsewhere(db: Database, showing: Showing, stamp: Stamp) -> str:
    """What another process did to the card since it was painted: `Good 09:14`, or `changed`."""
    rows = reviews.of_card(db, showing.card.id)
    since = to_ms(showing.memory.last_review) if showing.memory else -1
    if not rows or rows[-1].reviewed_at <= since:
        return "changed"
    local = from_ms(rows[-1].reviewed_at).astimezone(stamp.moment.tzinfo)
    return f"{rows[-1].rating.name.capitalize()} {local:%H:%M}"


def _reviewed(given: Given, preset: int) -> Review:
    memory = given.outcome.memory
    return Review(
        card_id=given.showing.card.id,
        rating=given.rating,
        state=given.showing.memory.state if given.showing.memory else None,
        reviewed_at=to_ms(memory.last_review),
        utc_offset_min=given.stamp.offset_min,
        study_day=memory.last_day,
        duration_ms=given.duration_ms,
        device="",
        seq=0,
        scheduled=given.outcome.scheduled,
        predicted=given.outcome.predicted,
        day_start=given.stamp.day_start,
        settings=preset,
    )


def _crammed(db: Database, given: Given, preset: int) -> Review:
    at = max(given.stamp.ms, log.newest_ms(db, given.showing.card.id) + 1)
    row = _reviewed(given, preset)
    return replace(row, kind="cram", scheduled=0, reviewed_at=at, study_day=given.stamp.day)
