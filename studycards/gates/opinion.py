"""Refuses opinion, hearsay and banter; lowers what the note itself hedges."""

from __future__ import annotations

import re
from functools import lru_cache

from studycards.grammar import word_in
from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("opinion", "hearsay", "hedged")

_HAN = "[\u4e00-\u9fff]"
_BANTER = re.compile(
    r"！[！!]+|![！!]+|。。+|……?$|\^_\^|:\)|：\)|X(?<!\wX)D\b|233+"
    rf"|~(?<={_HAN}~)(?:$|{_HAN})|～(?<={_HAN}～)(?:$|{_HAN})"
)

_HEARSAY = re.compile(r"据说|听说|传说|谣传|reportedly|allegedly", re.IGNORECASE)
_MAYBE = re.compile(r"(?<!尽)可能(?![性世])")

_SENTENCE = re.compile(r"[。！？；\n]")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses 我觉得, 据说, I think in the source of the card; 应该, 大概 inside it costs 0.7 in log-odds."""
    said = finding.question + "\n" + finding.answer
    banter = _BANTER.search(said)
    found = banter[0] if banter else word_in("opinion", said) or _near_opinion(finding, page)
    if found and _HEARSAY.search(found):
        return Verdict("hearsay", f"{found!r} is what others are said to have said")
    if found:
        return Verdict("opinion", f"{found!r} is opinion or banter")
    maybe = _MAYBE.search(said) if "可能" in said else None
    hedge = maybe[0] if maybe else word_in("hedge", said)
    return Verdict("hedged", f"{hedge!r} hedges", refuse=False, penalty=-0.7) if hedge else None


def _near_opinion(finding: Finding, page: Page) -> str:
    """An opinion in the sentence that the answer was taken from."""
    place = finding.place
    if place.end_line != place.line:
        return ""
    for sentence in _opinions(page.source(place)):
        if finding.answer[:8] in sentence:
            return word_in("opinion", sentence)
    return ""


@lru_cache(maxsize=1024)
def _opinions(text: str) -> tuple[str, ...]:
    """The sentences of a text that hold an opinion."""
    if not word_in("opinion", text):
        return ()
    return tuple(sentence for sentence in _SENTENCE.split(text) if word_in("opinion", sentence))
