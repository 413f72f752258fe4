"""Refuses lines of a derivation; lowers an answer that is only a formula."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("formula-cut", "formula-answer")

_DERIVATION = re.compile(
    r"^(?:令|设|则|因此|于是|由.{1,20}可[得知]|代入|化简|整理|考虑到|Let |Suppose |Then |Hence |Thus )|其中\$|可得|得证"
)
_MATH = re.compile(r"\$[^$]+\$")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses the steps of a derivation; an answer that is a bare formula costs one in log-odds."""
    if "$" in finding.question + finding.answer and _DERIVATION.search(page.source(finding.place).lstrip()):
        return Verdict("formula-cut", "the line is a step of a derivation")
    if "$" in finding.answer and not _MATH.sub("", finding.answer.replace("$$", "$")).strip(" ，。,."):
        if "$" in finding.term:
            return None
        return Verdict("formula-answer", "the answer is only a formula", refuse=False, penalty=-1.0)
    return None
