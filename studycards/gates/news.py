"""Refuses the news of one day: a day without a year, prices, scores, casualties; lowers what a diary of news says."""

from __future__ import annotations

import re

from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("news", "dated")

_DAY = re.compile(r"(?<!年)(?<!\d)\d{1,2}月\d{1,2}[日号]|(?<![月\d])\d{1,2}[日号](?![耳])")
_TALLY = re.compile(r"(?:死亡|受伤|被打死|遇难|丧生|涨幅|跌幅|涨了|跌了|收盘|股价|比分)")
_YEAR = re.compile(r"\d{3,4}年")
_ENTRY = re.compile(r"(?m)^[\s>*-]*(?:(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}([./-])\d{1,2}\1\d{1,2}\b|\d{1,2}[日号])")
_DIARY = 3


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses a question with a day but no year, and the tallies of a day's news; a line among three or more that open
    with a day costs 0.5 in log-odds."""
    dated = "日" in finding.question or "号" in finding.question
    if dated and _DAY.search(finding.question) and not _YEAR.search(finding.question):
        return Verdict("news", "a day without its year")
    if _TALLY.search(finding.question + finding.answer) and re.search(r"\d", finding.answer):
        return Verdict("news", "a figure of one day's news")
    if _ENTRY.match(page.source(finding.place)) and _is_diary(finding, page):
        return Verdict("dated", "it stands among the news of single days", refuse=False, penalty=-0.5)
    return None


def _is_diary(finding: Finding, page: Page) -> bool:
    """Whether three or more lines of the same topic block open with a day."""
    around = (block.raw for block in page.note.blocks if block.topic == finding.place.topic)
    return sum(len(_ENTRY.findall(raw)) for raw in around) >= _DIARY
