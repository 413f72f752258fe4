"""Refuses a card whose context label holds the answer."""

from __future__ import annotations

from studycards.grammar import folded
from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("heading-gives-away",)


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses an answer that stands in the label shown with the question."""
    plain = folded(finding.answer)
    if finding.label and len(plain) > 1 and plain in folded(finding.place.label):
        return Verdict("heading-gives-away", "the label holds the answer")
    return None
