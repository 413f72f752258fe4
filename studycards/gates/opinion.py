"""Refuses opinion, hearsay and banter; lowers what the note itself hedges."""

from __future__ import annotations

import re

from studycards.grammar import any_of
from studycards.model import Finding, Verdict
from studycards.notes.page import Page

codes = ("opinion", "hedged")

_BANTER = re.compile(
    r"[！!]{2,}|。。+|…{1,2}$|\^_\^|[:：]\)|(?<=[\u4e00-\u9fff])[~～](?:$|[\u4e00-\u9fff])|\bXD\b|233+"
)

_MAYBE = re.compile(r"(?<!尽)可能(?![性世])")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses 我觉得, 据说, I think in the source of the card; 应该, 大概 inside it costs 0.7 in log-odds."""
    said = finding.question + "\n" + finding.answer
    found = any_of("opinion").search(said) or _BANTER.search(said)
    if found is None and finding.place.end_line == finding.place.line:
        found = _near_opinion(finding, page)
    if found:
        return Verdict("opinion", f"{found[0]!r} is opinion or hearsay")
    found = any_of("hedge").search(said) or _MAYBE.search(said)
    return Verdict("hedged", f"{found[0]!r} hedges", refuse=False, penalty=-0.7) if found else None


def _near_opinion(finding: Finding, page: Page) -> re.Match[str] | None:
    for sentence in re.split(r"[。！？；\n]", page.source(finding.place)):
        if finding.answer[:8] in sentence:
            return any_of("opinion").search(sentence)
    return None
