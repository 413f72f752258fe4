"""Refuses a card that says what its source lines do not say."""

from __future__ import annotations

import re

from studycards.grammar import any_of, folded, word_set
from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("not-traceable",)

_LATIN = re.compile(r"[A-Za-z][A-Za-z'’]{2,}")
_COUNTED = re.compile("哪(?!本书|篇论文|部作品)[一二三四五六七两\\d]*(?:部分|大类|方面|[个种项类层条点位步])?")
_JOINTS = frozenset("的是在有为由于和把被从到都也了时用与")
_RUN = re.compile("[\u4e00-\u9fff]{2,}")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses an answer that does not occur in its lines, and a question with words from elsewhere."""
    place = finding.place
    source = folded(page.source(place))
    items = finding.answer.splitlines()
    if any(folded(item) not in source for item in items):
        source += folded(page.clean(place))
    missing = [item for item in items if folded(item) not in source]
    headings = folded("".join(place.headings) + page.note.title)
    if missing and (
        len(missing) < len(items) or folded(finding.answer) not in headings + folded(_around(finding, page))
    ):
        return Verdict("not-traceable", f"{missing[0][:30]!r} does not stand in the source lines")
    strange = strangers(finding.question, source + headings)
    if strange:
        wider = folded(page.clean(place)) + folded(_around(finding, page))
        strange = strangers(finding.question, source + headings + wider)
    return Verdict("not-traceable", f"{strange!r} does not stand in the source") if strange else None


def _around(finding: Finding, page: Page) -> str:
    """The block that the lines belong to, and what stands before where the subject was taken from there."""
    block = page.block_at(finding.place.line)
    own = block.raw if block else ""
    if not (finding.resolved or finding.place.resolved):
        return own
    return own + "\n".join(page.note.lines[max(0, finding.place.line - 8) : finding.place.line])


def strangers(question: str, context: str) -> str:
    """The first word of a question that neither its form nor its context holds; empty if there is none."""
    words: list[str] = _LATIN.findall(question)
    for word in words:
        if word.casefold() not in word_set("forms_en") and folded(word) not in context:
            return word
    pieces = any_of("forms").sub("\n", _COUNTED.sub("\n", question) if "哪" in question else question)
    runs: list[str] = _RUN.findall(pieces)
    return next((run for run in runs if not _covered(run, context)), "")


def _covered(run: str, context: str) -> bool:
    """Whether a run of characters is made of pieces of the context; its joints may be anywhere."""
    start = 0
    while start < len(run):
        end = len(run)
        while end > start and run[start:end] not in context:
            end -= 1
        if end == start and run[start] not in _JOINTS:
            return False
        start = max(end, start + 1)
    return True
