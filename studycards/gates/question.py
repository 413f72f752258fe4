"""Refuses an answer that is itself a question, and a sentence that only asks."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("question-only",)

_ASKS = re.compile(r"[？?]\s*[)）”]?$")
_MIDDLE = re.compile(r"[？?](?=.)")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses an answer with a question mark and a question with two."""
    if any(_ASKS.search(line) for line in finding.answer.splitlines()):
        return Verdict("question-only", "the answer is a question")
    if _MIDDLE.search(finding.question.rstrip("？? ")) and not finding.text:
        return Verdict("question-only", "two questions in one")
    return None
