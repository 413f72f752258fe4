"""Refuses a side whose brackets, quotes or code marks are not paired: it was cut in the wrong place."""

from __future__ import annotations

from studycards.grammar import is_balanced
from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("unbalanced",)


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses unpaired brackets, quotes, dollars and backticks in question, answer or hole text."""
    for side in (finding.question, finding.answer):
        if side.count("$") % 2 or not is_balanced(_without_formulas(side)):
            return Verdict("unbalanced", "a bracket or quote is cut")
    return None


def _without_formulas(text: str) -> str:
    return "x".join(part for i, part in enumerate(text.split("$")) if i % 2 == 0) if "$" in text else text
