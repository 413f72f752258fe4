"""Refuses a question about something that is no term: a clause, a time, a stock word such as 代码 or Example."""

from __future__ import annotations

from studycards.grammar import is_term
from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("not-a-term",)


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses a subject that holds a verb, an adverb, a clause mark or is a stock word."""
    if finding.subject and not is_term(finding.subject, 40):
        return Verdict("not-a-term", f"{finding.subject[:20]!r} is no term")
    return None
