"""Refuses questions that are answered by yes, no or one of two words already said."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("yes-no",)

_CHINESE = re.compile(r"吗[？?]|是否|是不是|有没有|能不能|可不可以|要不要|还是[^？]*[？?]$")
_ENGLISH = re.compile(
    r"^(?:\([^)]*\) )?(?:is|are|was|were|do|does|did|can|could|should|has|have|will|would)\b", re.IGNORECASE
)


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses 吗, 是否, 还是 and Is …?, Does …?"""
    if _CHINESE.search(finding.question) or _ENGLISH.match(finding.question):
        return Verdict("yes-no", "yes or no would answer it")
    return None
