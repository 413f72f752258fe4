"""Header, legend and buttons as lines that fit: what matters least goes first when it gets narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from studycards.language import count, say
from studycards.model import Rating
from studycards.scheduling import intervals
from studycards.tui.keys import Key, name
from studycards.tui.words import rating_name

_SIGNS = {"↓": "Down", "↑": "Up", "←": "Left", "→": "Right"}


def legend(rows: Sequence[Key], width: int, ascii_only: bool = False) -> str:
    """` Space show  o note  ? keys  q stop`, as much of it as fits."""
    kept = list(rows)
    while kept:
        line = " " + "  ".join(f"{_sign(row.keys[0], ascii_only)} {say(row.label)}" for row in kept)
        if cell_len(line) <= width:
            return line
        kept.remove(max(kept, key=lambda row: row.rank))
    return ""


def _sign(key: str, ascii_only: bool) -> str:
    shown = name(key)
    return _SIGNS.get(shown, shown) if ascii_only else shown


def buttons(scheduled: Mapping[Rating, int], shown: bool, width: int) -> str:
    """` 1 Again <10m     2 Hard 3d     3 Good 8d (Space)     4 Easy 21d`, as roomy as fits."""

    def label(rating: Rating, interval: bool, space: bool) -> str:
        words = [str(int(rating)), rating_name(rating)]
        if interval and shown:
            words.append(intervals.say(scheduled[rating]))
        if space and rating is Rating.GOOD:
            words.append(f"({name('space')})")
        return " ".join(words)

    for gap, interval, space in ((5, True, True), (3, True, True), (2, True, False), (2, False, False)):
        line = " " + (" " * gap).join(label(rating, interval, space) for rating in scheduled)
        if cell_len(line) <= width:
            return line
    return " " + " ".join(f"{int(rating)} {intervals.say(scheduled[rating])}" for rating in scheduled)


def bar(done: int, total: int, cells: int, ascii_only: bool) -> str:
    """`[###-----]`: how much of the sitting is behind."""
    full = min(cells, cells * done // total) if total else cells
    filled, rest = ("#", "-") if ascii_only else ("━", "─")
    return f"[{filled * full}{rest * (cells - full)}]" if ascii_only else filled * full + rest * (cells - full)


def header(title: str, pieces: Sequence[str], width: int) -> str:
    """The title and what else fits beside it, from left to right."""
    line = f" {title}"
    for piece in pieces:
        if piece and cell_len(line) + 2 + cell_len(piece) <= width:
            line += f"  {piece}"
    return line


def minutes_left(minutes: float) -> str:
    """`about 25 min left`."""
    return count("about {n} min left", "about {n} min left", max(1, round(minutes)))


def kinds(new: int, review: int, learning: int) -> str:
    """`17 new  165 review  7 learn`."""
    return say("{new} new  {review} review  {learning} learn", new=new, review=review, learning=learning)


def sides(left: str, right: str, width: int) -> str:
    """One text at the left edge, one at the right; the left one is cut where both do not fit."""
    from rich.cells import set_cell_size

    left, right = " ".join(left.split()), right.replace("\n", " ")
    room = width - cell_len(right) - 3
    if room < 8:
        return set_cell_size(f" {left}", width)
    if cell_len(left) > room:
        left = set_cell_size(left, room - 1).rstrip() + "…"
    return f" {left}{' ' * (width - 2 - cell_len(left) - cell_len(right))}{right} "


def more(below: int) -> str:
    """`(12 more lines: j, PgDn, Space)`."""
    return count("({n} more line: j, PgDn, Space)", "({n} more lines: j, PgDn, Space)", below)
