"""Refuses what cuts a formula or code in two, and lines of a derivation; lowers an answer that is only a formula."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("formula-cut", "code-cut", "formula-answer")

_DERIVATION = re.compile(
    r"^(?:令|设|则|因此|于是|由.{1,20}可[得知]|代入|化简|整理|考虑到|Let |Suppose |Then |Hence |Thus )|其中\$|可得|得证"
)
_MATH = re.compile(r"\$[^$]+\$")
_SPAN = re.compile(r"(`+)(?P<code>[^`]+)\1|(?P<mark>\$\$?)(?P<math>[^$]+)(?P=mark)")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses pieces of code and formulas, and the steps of a derivation; an answer that is a bare formula costs one
    in log-odds."""
    source = page.source(finding.place)
    if "`" in source or "$" in source:
        cut = _cut(finding.answer.strip(), source)
        if cut:
            return cut
    if "$" in finding.question + finding.answer and _DERIVATION.search(source.lstrip()):
        return Verdict("formula-cut", "the line is a step of a derivation")
    if "$" in finding.answer and not _MATH.sub("", finding.answer.replace("$$", "$")).strip(" ，。,."):
        if "$" in finding.term:
            return None
        return Verdict("formula-answer", "the answer is only a formula", refuse=False, penalty=-1.0)
    return None


def _cut(answer: str, source: str) -> Verdict | None:
    """An answer that stands in the source only as a piece of code or of a formula."""
    if not answer or answer in _SPAN.sub("\0", source):
        return None
    for span in _SPAN.finditer(source):
        whole = (span["code"] or span["math"]).strip()
        if answer in whole and answer != whole:
            code, name = ("code-cut", "code") if span["code"] else ("formula-cut", "a formula")
            return Verdict(code, f"the answer is a piece of {name}")
    return None
