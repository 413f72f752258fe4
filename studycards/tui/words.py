"""Names of ratings and spans of time, in the person's language; shared by the pages and by line mode."""

from __future__ import annotations

from studycards.language import count, later, say
from studycards.model import Rating, State

_RATINGS = {
    Rating.AGAIN: later("Again"),
    Rating.HARD: later("Hard"),
    Rating.GOOD: later("Good"),
    Rating.EASY: later("Easy"),
}
_STATES = {
    "NEW": later("NEW"),
    "LEARNING": later("LEARNING"),
    "REVIEW": later("REVIEW"),
    "RELEARNING": later("RELEARNING"),
}


def rating_name(rating: Rating) -> str:
    """`Good`."""
    return say(_RATINGS[rating])


def state_name(name: str) -> str:
    """`REVIEW`, from the session's word for it."""
    return say(_STATES[name])


def state_of(state: State | None) -> str:
    """The session's word for a state; None is a new card."""
    return "NEW" if state is None else state.name


def next_time(scheduled: int) -> str:
    """`Next in 8 days.`; days if positive, minus seconds if negative."""
    if scheduled > 0:
        return count("Next in {n} day.", "Next in {n} days.", scheduled)
    seconds = -scheduled
    if seconds < 60:
        return count("Next in {n} second.", "Next in {n} seconds.", max(1, seconds))
    if seconds < 3600:
        return count("Next in {n} minute.", "Next in {n} minutes.", round(seconds / 60))
    return count("Next in {n} hour.", "Next in {n} hours.", round(seconds / 3600))


def minutes(seconds: float) -> str:
    """`9 min 12 s`."""
    whole = round(seconds)
    if whole < 60:
        return say("{s} s", s=whole)
    return say("{m} min {s} s", m=whole // 60, s=whole % 60)


def short(text: str, cells: int = 40) -> str:
    """One line of at most that many cells, cut with an ellipsis."""
    from rich.cells import cell_len, set_cell_size

    line = " ".join(text.split())
    return line if cell_len(line) <= cells else set_cell_size(line, cells - 1).rstrip() + "…"
