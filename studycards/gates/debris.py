"""Refuses what a reader would see as rubbish: markup, addresses, list marks, emoji, an empty side, a doubled word."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("debris",)

_MARKUP = re.compile(
    r"\*\*|\]\(|!\[|\[\[|\]\]|\{:|\{%|</?[a-zA-Z][^>]*>|\n\s*(?:#{1,6}|[-*+•>])\s|\|\s*:?-{2,}|\[\^"
    r"|&[a-z]{2,6};|==|~~"
)
_ADDRESS = re.compile(r"https?:|www\.|\b\w+@\w+\.\w|\.(?:png|jpe?g|gif|svg|webp)\b", re.IGNORECASE)
_ODD = re.compile("[\ufffd\u200b-\u200d\ufeff\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")
_TWICE = re.compile("什么什么|哪[^？]{0,6}哪|是是|的的|谁谁|什么[^？]{0,8}什么|多少[^？]{0,8}多少")
_NO_OPENING = tuple("？?，。：:、；;.)）")
_CODE = re.compile(r"`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses an empty side, markup, addresses, marks that are no text, and a question word said twice."""
    if not finding.question.strip(" ？?_") or not finding.answer.strip(" .。_-—？?"):
        return Verdict("debris", "one side is empty")
    for side in (finding.question, finding.answer):
        bare = _CODE.sub("x", side) if "`" in side or "$" in side else side
        found = _MARKUP.search(f"\n{bare}") or _address(side) or _ODD.search(side)
        if found:
            return Verdict("debris", f"{found[0].strip()!r} is no part of a card")
    if finding.question.startswith(_NO_OPENING):
        return Verdict("debris", f"{finding.question[0]!r} does not read well")
    found = _TWICE.search(finding.question)
    return Verdict("debris", f"{found[0]!r} does not read well") if found else None


def _address(side: str) -> re.Match[str] | None:
    return _ADDRESS.search(side) if "." in side or ":" in side else None
