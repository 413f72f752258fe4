"""Refuses answers and questions that are too long to be one fact; lowers those near the limit."""

from __future__ import annotations

from studycards.grammar import word_count
from studycards.model import Finding, Verdict
from studycards.notes.page import Page
from studycards.text import has_chinese, is_chinese

codes = ("long-answer", "long-question", "longish-answer")

_ANSWER = {True: (40, 60), False: (20, 30)}
_QUESTION = {True: 70, False: 35}


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses past 60 Chinese characters or 30 words; past 40 or 20 an answer goes to the inbox at best."""
    question, answer = finding.question, finding.answer
    if len(question) > 35 and measure(question) > _QUESTION[has_chinese(question)]:
        return Verdict("long-question", "the question is too long")
    if finding.listed or finding.text or len(answer) <= 20:
        return None
    length = measure(answer)
    soft, hard = _ANSWER[is_chinese(answer)]
    if length > hard:
        return Verdict("long-answer", "the answer is too long to be one fact")
    if length > soft:
        return Verdict("longish-answer", "the answer is long", refuse=False, penalty=-2.5)
    return None


def measure(text: str) -> int:
    """Characters of a Chinese text, words of another."""
    if not has_chinese(text):
        return word_count(text)
    return len(text.replace(" ", "")) if is_chinese(text) else word_count(text)
