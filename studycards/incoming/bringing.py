"""An import as one action: media, deck files, index, answers and the log of it; all or nothing."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from studycards.history import Stamp
from studycards.incoming.planning import Plan, write_media
from studycards.incoming.schedule import Brought, settle
from studycards.intake.anki import Package
from studycards.landing import KIND, land
from studycards.model import Settings
from studycards.store import log
from studycards.store.intents import Landing

# Brings the index of the cards up to what the deck files say, inside the write lock.
Look = Callable[[], object]


def bring(db: Database, package: Package, planned: Plan, settings: Settings, stamp: Stamp, look: Look) -> Brought:
    """Bring in what was planned from a package. Raises OSError and StudycardsError, and then nothing came in."""

    def inside(number: int) -> Brought:
        write_media(package, planned)
        look()
        return settle(db, package, planned, settings, [_act(number, stamp)])

    return land(db, _landing(planned), stamp.ms, inside)


def bring_texts(db: Database, planned: Plan, stamp: Stamp, look: Look) -> None:
    """The same for plain blocks, which have no history."""

    def inside(number: int) -> None:
        look()
        log.append_act(db, _act(number, stamp))

    if planned.writes:
        land(db, _landing(planned), stamp.ms, inside)


def _landing(planned: Plan) -> Landing:
    media = tuple(str(path) for path in planned.media if not path.exists())
    return Landing(str(planned.folder), planned.writes, media)


def _act(number: int, stamp: Stamp) -> log.Act:
    return log.Act(KIND, stamp.ms, stamp.offset_min, stamp.day, payload={"landing": number})
