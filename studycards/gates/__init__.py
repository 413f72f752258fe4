"""Quality gates, in the order in which they speak: the first that refuses gives the reason."""

from __future__ import annotations

from typing import Protocol

from studycards.gates import (
    damage,
    dangling,
    debris,
    formula,
    giveaway,
    image,
    leak,
    length,
    news,
    opinion,
    question,
    steps,
    table,
    template,
    term,
    traceable,
    unbalanced,
    wholelist,
    yesno,
)
from studycards.model import Finding, Verdict
from studycards.notes.page import Page


class Gate(Protocol):
    """Says of a finding that it must not pass, or passes lowered; None where it has nothing to say."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that its verdicts carry."""

    def judge(self, finding: Finding, page: Page) -> Verdict | None:
        """The verdict on one finding of a page."""


GATES: tuple[Gate, ...] = (
    debris,
    unbalanced,
    formula,
    dangling,
    image,
    term,
    opinion,
    question,
    yesno,
    leak,
    giveaway,
    length,
    wholelist,
    template,
    table,
    steps,
    news,
    traceable,
)

# What is asked of a card that a person wrote into a note: no taste, only whether it is whole.
BY_HAND: tuple[Gate, ...] = (damage,)
