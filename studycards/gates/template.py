"""Refuses keys that are a template of the note (**优点**, **Steps** again and again), not terms."""

from __future__ import annotations

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("template-key",)

_TERM_RULES = frozenset({"bold-term", "heading-bullet", "colon-line", "callout-term"})


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses a term that the note uses as a key three times or more."""
    if finding.rule not in _TERM_RULES:
        return None
    count = page.keys.get(finding.term.strip().casefold(), 0)
    return Verdict("template-key", "the note uses it as a key again and again") if count >= 3 else None
