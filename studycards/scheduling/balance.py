"""Load balance: among the days that fuzz allows, the quieter one is the likelier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LONGEST = 90  # longer intervals are not balanced
REACH = 100  # days from now on which those that are can fall


@dataclass(frozen=True, slots=True)
class Load:
    """What is due when: cards per study day, and the due days of the siblings of the card in question.

    Whoever holds `due` keeps it true after each answer; days that are not in it have nothing due.
    """

    due: Mapping[int, int] = field(default_factory=dict)
    siblings: tuple[int, ...] = ()


def quieter(lower: int, upper: int, u: float, today: int, load: Load) -> int:
    """The interval out of `lower..upper` days that the lot `u` in [0, 1) falls on, quiet days being wider targets."""
    weights = [_weight(days, today + days, load) for days in range(lower, upper + 1)]
    target = u * sum(weights)
    total = 0.0
    for days, weight in enumerate(weights, lower):
        total += weight
        if total > target:
            return days
    return upper


def _weight(days: int, day: int, load: Load) -> float:
    cards = load.due.get(day, 0)
    if cards <= 0:
        return 1.0
    weight = float(cards**-2.15 * days**-3)
    for sibling in load.siblings:
        weight *= _apart(abs(day - sibling))
    return weight


def _apart(distance: int) -> float:
    if distance >= 5:
        return 1.0
    return 0.2 * distance if distance else 1e-6
