"""Refuses keys that are a template of the note (**优点**, **Steps** again and again), not terms."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("template-key",)

_TERM_RULES = frozenset({"bold-term", "heading-bullet", "colon-line", "callout-term"})
_NUMBERED = re.compile(
    r"(?:定义|场景|情况|情形|步骤|例|例子|示例|性质|定理|引理|推论|阶段|方案|方法|问题|案例|结论|规则|要点|原则|图|表|第)\s?"
    r"[一二三四五六七八九十\d]+[步点条种类个]?"
    r"|(?:Case|Step|Example|Definition|Theorem|Lemma|Part|Scenario|Phase|Question|Rule|Fact|Point|Figure|Table)"
    r"\s?(?:\d+|[A-Z]|[IVX]+)",
    re.IGNORECASE,
)


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses a term that the note uses as a key three times or more, and one that only counts."""
    if finding.rule not in _TERM_RULES:
        return None
    if _NUMBERED.fullmatch(finding.term.strip()):
        return Verdict("template-key", "a number in a series, not a term")
    count = page.times_key(finding.term.strip().casefold())
    return Verdict("template-key", "the note uses it as a key again and again") if count >= 3 else None
