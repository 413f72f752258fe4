"""How likely a person keeps a card as it stands: a rule's mean, moved by named pieces of evidence in log-odds."""

from __future__ import annotations

import math

Evidence = tuple[tuple[str, float], ...]


def posterior(prior: float, weight: float, kept: float, dropped: float) -> float:
    """The mean of a rule's Beta belief after decisions: `weight` says how many decisions the prior is worth."""
    return (prior * weight + kept) / (weight + kept + dropped)


def combine(mean: float, evidence: Evidence) -> float:
    """The chance from a rule's mean and its evidence, rounded to four places so that it compares alike everywhere."""
    mean = min(max(mean, 0.001), 0.999)
    odds = math.log(mean / (1 - mean)) + sum(value for _, value in evidence)
    return round(1 / (1 + math.exp(-odds)), 4)
