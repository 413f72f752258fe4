"""Refuses what cannot be a card though a person wrote it: a side with nothing on it, characters that were lost."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("debris",)

_LOST = re.compile("[\ufffd\x00-\x08\x0b-\x1f]")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses an empty side and a side with replacement or control characters; links and pictures are the person's."""
    if not finding.question.strip(" \n?？_") or not finding.answer.strip():
        return Verdict("debris", "one side is empty")
    if _LOST.search(finding.question + finding.answer):
        return Verdict("debris", "a character of it was lost")
    return None
