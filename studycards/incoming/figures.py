"""Stability, difficulty and days as Anki keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from studycards.intake.apkg.tables import CardRow, Tables
from studycards.scheduling.fsrs import Kernel


def said_of(card: CardRow) -> Mapping[str, object]:
    """What a card's `data` says; nothing where it cannot be read."""
    try:
        known = json.loads(card.data) if card.data else {}
    except (ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def pair_of(known: Mapping[str, object]) -> tuple[float, float] | None:
    """Stability and difficulty, within their bounds; None where they are not there."""
    s, d = known.get("s"), known.get("d")
    if not isinstance(s, int | float) or not isinstance(d, int | float):
        return None
    return min(36_500.0, max(0.001, float(s))), min(10.0, max(1.0, float(d)))


def from_ease(card: CardRow, kernel: Kernel) -> tuple[float, float] | None:
    """Stability and difficulty of a card of SM-2; a card on its first steps has neither."""
    if card.ivl < 1 or card.factor < 1:
        return None
    return kernel.from_ease(card.factor / 1000, card.ivl, 0.9)


def day_zero(tables: Tables) -> int:
    """The study day from which Anki counts."""
    start = datetime.fromtimestamp(tables.day_zero, UTC)
    local = start.astimezone() if tables.west is None else start - timedelta(minutes=tables.west)
    return local.toordinal() - (local.hour < tables.rollover)
