"""How likely a person keeps a card as it stands: a rule's mean, moved by named pieces of evidence in log-odds."""

from __future__ import annotations

import math
from dataclasses import dataclass

Evidence = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """What a rule is trusted with: a Beta belief of mean `prior` that is worth `weight` decisions, and the decisions
    since: an edited card counts half on each side."""

    prior: float
    weight: float
    kept: float = 0.0
    dropped: float = 0.0

    @property
    def mean(self) -> float:
        """The mean after the decisions."""
        return (self.prior * self.weight + self.kept) / (self.weight + self.kept + self.dropped)

    @property
    def is_moved(self) -> bool:
        """Whether anything was decided."""
        return self.kept + self.dropped > 0


def combine(mean: float, evidence: Evidence) -> float:
    """The chance from a rule's mean and its evidence, rounded to four places so that it compares alike everywhere."""
    mean = min(max(mean, 0.001), 0.999)
    odds = math.log(mean / (1 - mean)) + sum(value for _, value in evidence)
    return round(1 / (1 + math.exp(-odds)), 4)
