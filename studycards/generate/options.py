"""What a run of the generator is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for.

    `only` names the rules to run (empty: all), `off` those never tried; `means` holds each rule's posterior mean where
    a person's decisions have moved it; `topics` are the headings under which link titles become cards.
    """

    min_confidence: float = 0.80
    inbox_confidence: float = 0.50
    only: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    reading_list: bool = True
    topics: tuple[str, ...] = ("多任务学习", "multi-task learning", "multitask learning", "MTL")
    means: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    shown_path: str = ""
    taken: frozenset[str] = frozenset()

    def wants(self, rule: str) -> bool:
        """Whether a rule is to be tried."""
        return rule not in self.off and (not self.only or rule in self.only)
