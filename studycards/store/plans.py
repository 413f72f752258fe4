"""Plans for days with too much due, and for days away: the newest standing row of the log of each kind."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from studycards.store import log

CATCH_UP = "catchup"
BREAK = "break"


@dataclass(frozen=True, slots=True)
class CatchUp:
    """So many reviews more a day than the limit, from one study day until before another; `no_new`: no new cards
    meanwhile."""

    extra_reviews: int
    no_new: bool
    since_day: int
    until_day: int


def catch_up(db: Database, today: int) -> CatchUp | None:
    """The catch-up plan that holds on a study day."""
    act = log.last_standing(db, CATCH_UP)
    if act is None:
        return None
    value = act.payload
    extra, until = value.get("extra_reviews"), value.get("until_day")
    if not isinstance(extra, int) or not isinstance(until, int) or not act.study_day <= today < until:
        return None
    return CatchUp(extra, bool(value.get("no_new")), act.study_day, until)


def back_on(db: Database, today: int) -> int | None:
    """The study day on which a break that holds today ends; None outside a break."""
    act = log.last_standing(db, BREAK)
    until = act.payload.get("until_day") if act else None
    if act is None or not isinstance(until, int) or not act.study_day <= today < until:
        return None
    return until
