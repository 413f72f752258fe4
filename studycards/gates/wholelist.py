"""Refuses lists that are too long, whose items are sentences, or whose number is not the number said."""

from __future__ import annotations

from studycards.grammar import folded, size
from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("list-too-long", "list-count", "list-long")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses more than seven items, items past 24 characters or 12 words, repeated items, a wrong count."""
    if not finding.listed:
        return None
    items = finding.answer.splitlines()
    if finding.count and finding.count != len(items):
        return Verdict("list-count", f"the note says {finding.count}, {len(items)} were found")
    if len(items) > 7 or any(size(item) > 30 for item in items):
        return Verdict("list-too-long", "too many or too long items")
    if len(items) < 2 or len({folded(item) for item in items}) < len(items):
        return Verdict("list-count", "no list of different items")
    return Verdict("list-long", "six or seven items", refuse=False, penalty=-0.3) if len(items) > 5 else None
