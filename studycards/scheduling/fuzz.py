"""Fuzz: which days around an interval are as good as it, and which of them a card takes, by lot but repeatably."""

from __future__ import annotations

from hashlib import blake2b
from math import floor


def rounded(days: float) -> int:
    """The nearest whole number, halves upward (Python's own `round` goes to the even one)."""
    return floor(days + 0.5)


def spread(interval: float) -> float:
    """How many days an interval may come early or late."""
    if interval < 2.5:
        return 0.0
    delta = 1.0 + 0.15 * (min(interval, 7.0) - 2.5)
    if interval > 7.0:
        delta += 0.1 * (min(interval, 20.0) - 7.0)
        if interval > 20.0:
            delta += 0.05 * (interval - 20.0)
    return delta


def bounds(interval: float, minimum: int, maximum: int) -> tuple[int, int]:
    """The first and the last day that an interval may become."""
    interval = max(float(minimum), min(interval, float(maximum)))
    delta = spread(interval)
    lower = max(minimum, min(rounded(interval - delta), maximum))
    upper = max(minimum, min(rounded(interval + delta), maximum))
    if lower == upper and 2 < upper < maximum:
        upper += 1
    return lower, upper


def lot(card_id: str, number: int) -> float:
    """A number in [0, 1) that belongs to the `number`-th review (from 1) of a card for ever."""
    digest = blake2b(f"{card_id}/{number}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 9_007_199_254_740_992.0


def drawn(lower: int, upper: int, u: float) -> int:
    """The day out of `lower..upper` that the lot `u` falls on; all are equally likely."""
    return lower + floor(u * (upper - lower + 1))
