"""Fuzz: which days around an interval are as good as it, and which of them a card takes, by lot but repeatably."""

from __future__ import annotations

from hashlib import blake2b
from math import floor
from struct import Struct

_fresh = blake2b(digest_size=8).copy  # taking a copy is cheaper than setting one up
_whole = Struct(">Q").unpack


def rounded(days: float) -> int:
    """The nearest whole number, halves upward (Python's own `round` goes to the even one)."""
    return floor(days + 0.5)


def bounds(interval: float, minimum: int, maximum: int) -> tuple[int, int]:
    """The first and the last day that an interval may become; `minimum` is at least 1 and at most `maximum`.

    Nothing is spread below 2.5 days; then a day, and 15 % of the part from 2.5 to 7 days, 10 % of that from 7 to 20
    and 5 % of that beyond.
    """
    if interval < minimum:
        interval = minimum
    elif interval > maximum:
        interval = maximum
    if interval < 2.5:
        delta = 0.0
    elif interval <= 7.0:
        delta = 1.0 + 0.15 * (interval - 2.5)
    elif interval <= 20.0:
        delta = 1.0 + 0.15 * 4.5 + 0.1 * (interval - 7.0)
    else:
        delta = 1.0 + 0.15 * 4.5 + 0.1 * 13.0 + 0.05 * (interval - 20.0)
    lower, upper = int(interval - delta + 0.5), int(interval + delta + 0.5)
    if lower < minimum:
        lower = minimum
    if upper > maximum:
        upper = maximum
    if lower == upper and 2 < upper < maximum:
        upper += 1
    return lower, upper


def lot(card_id: str, number: int) -> float:
    """A number in [0, 1) that belongs to the `number`-th review (from 1) of a card for ever."""
    digest = _fresh()
    digest.update(f"{card_id}/{number}".encode())
    whole: int = _whole(digest.digest())[0]
    return (whole >> 11) / 9_007_199_254_740_992.0
