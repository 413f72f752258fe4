"""Refuses a question that holds its own answer; lowers one that holds half of it."""

from __future__ import annotations

from studycards.grammar import folded, units
from studycards.model import Finding, Verdict
from studycards.notes.page import Page
from studycards.text import has_chinese

codes = ("leak", "half-leak")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses the answer, or four fifths of its words, in the question; half of them cost one in log-odds."""
    if finding.text:
        return _holes(finding)
    for item in finding.answer.splitlines():
        if _holds(finding.question, item):
            return Verdict("leak", "the question holds the answer")
    share = overlap(finding.question, finding.answer)
    if share >= 0.8:
        return Verdict("leak", "the question holds nearly all of the answer")
    if share >= 0.5:
        return Verdict("half-leak", "the question holds half of the answer", refuse=False, penalty=-1.0)
    return None


def overlap(question: str, answer: str) -> float:
    """The share of the answer's content units that stand in the question."""
    wanted = units(answer)
    return len(wanted & units(question)) / len(wanted) if wanted else 0.0


def _holds(question: str, answer: str) -> bool:
    plain = folded(answer)
    if len(plain) > 2 or has_chinese(plain):
        return len(plain) > 0 and plain in folded(question)
    return f" {answer.strip().casefold()} " in f" {question.casefold()} "


def _holes(finding: Finding) -> Verdict | None:
    shown = folded(finding.question.replace("____", " "))
    if finding.answer.count("\n") == 0 and len(folded(finding.answer)) > 1 and folded(finding.answer) in shown:
        return Verdict("leak", "the hole's word stands elsewhere in the text")
    return None
