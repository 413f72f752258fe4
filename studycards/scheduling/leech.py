"""Leeches: cards that were forgotten so often that something is wrong with the card."""

from __future__ import annotations


def is_leech(lapses: int, threshold: int) -> bool:
    """Whether this lapse is one to be told about: at the threshold and then every half of it; 0 is never."""
    if threshold <= 0 or lapses < threshold:
        return False
    return (lapses - threshold) % -(-threshold // 2) == 0
