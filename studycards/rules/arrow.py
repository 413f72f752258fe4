"""Definitions by arrow: `Carbon sink -> a reservoir that …`, only in a note that writes four or more of them.

Asks what the left side is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import points_away
from studycards.grammar import is_term, size, trim
from studycards.model import Finding, Place
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, items_of, place_of
from studycards.phrasing import meaning
from studycards.text import has_chinese

name = "arrow"
prior = 0.62
weight = 4.0

_LINE = re.compile(r"^(?P<term>[^`$>=-]{2,40}?)\s?(?:->|→|=>|-->)\s?(?P<said>[^`$>]{6,120})$")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the lines with one arrow, where the note has four or more that define."""
    rows = [row for row in _rows(page) if _defines(*row[:2])]
    if len(rows) < 4:
        return
    for term, said, place in rows:
        yield Finding(
            name, meaning(term, has_chinese(said), page.spacing), trim(said), place, term, subject=term, label=True
        )


def _rows(page: Page) -> Iterator[tuple[str, str, Place]]:
    for block in page.note.blocks:
        if "->" not in block.raw and "→" not in block.raw and "=>" not in block.raw:
            continue
        if block.kind == BlockKind.PARAGRAPH:
            lines = block.raw.splitlines()
            for i, line in enumerate(lines):
                yield from _row(line, place_of(block, block.line + i, block.line + i))
        elif block.kind == BlockKind.LIST:
            for item in items_of(block):
                yield from _row(item.text.splitlines()[0] if item.text else "", place_of(block, item.line, item.line))


def _row(line: str, place: Place) -> Iterator[tuple[str, str, Place]]:
    match = _LINE.match(line.strip().lstrip("-*+ "))
    if match:
        yield match["term"].strip(), match["said"].strip(), place


def _defines(term: str, said: str) -> bool:
    words = len(said.split()) if not has_chinese(said) else size(said)
    return is_term(term) and not points_away(said) and words >= 3 and not re.match(r"^\d", said)
