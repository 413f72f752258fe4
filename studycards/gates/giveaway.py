"""Refuses a card whose context label holds the answer."""

from __future__ import annotations

from studycards.model import Finding, Verdict
from studycards.notes.page import Page
from studycards.text import fold

codes = ("heading-gives-away",)


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses an answer that stands in the label shown with the question."""
    folded = fold(finding.answer)
    if finding.label and len(folded) > 1 and folded in fold(finding.place.label):
        return Verdict("heading-gives-away", "the label holds the answer")
    return None
