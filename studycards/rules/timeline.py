"""Years and events in a row: `1914年：一战爆发`, `1957 - Sputnik is launched`.

Asks for the year of each event, where three or more stand together and none is an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_dangling, size
from studycards.model import Finding, Place
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, Section, place_of
from studycards.text import has_chinese

name = "timeline"
prior = 0.77
weight = 8.0

_YEAR = r"(?:(?:公元前?|前)\s?\d{1,4}\s?年|(?:公元)?\d{3,4}\s?年?|(?:公元前?|前)?\s?\d{1,2}\s?世纪[初中末]?)"
_ENTRY = re.compile(
    rf"^(?P<year>(?:约|大约)?{_YEAR}(?:左右|前后)?(?:\s?(?:BC|AD|BCE|CE))?)\s?(?:[：:，,]|[-–—]+|→|->)\s?"
    r"(?P<event>\S.{3,60})$"
)
_FIRST = frozenset("0123456789公前约大")
_AMOUNT = re.compile(r"^\d[\d.,万亿]*\s?[%吨艘人元米公里个架辆万亿次]")
_FIRST_CLAUSE = re.compile(r"[，,](?=.{4})")
_UNSAID = re.compile(r"被|不久|随后|此后|同年|开始|仍|又|再|[与和]")
_END = re.compile(r"[。；;]")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the rows of years with their events."""
    for section in page.sections:
        rows = list(_rows(section))
        if len(rows) >= 3 and len({year for year, _, _ in rows}) == len(rows):
            for year, event, place in rows:
                yield from _card(year, event, place)


def _rows(section: Section) -> Iterator[tuple[str, str, Place]]:
    for block in section.blocks:
        if block.kind == BlockKind.LIST:
            for item in block.items:
                if item.text.lstrip()[:1] in _FIRST:
                    yield from _row(item.text, place_of(block, item.line, item.end_line))
        elif block.kind == BlockKind.PARAGRAPH and block.text.lstrip()[:1] in _FIRST:
            yield from _row(block.text, place_of(block))


def _row(text: str, place: Place) -> Iterator[tuple[str, str, Place]]:
    match = _ENTRY.match(text.strip())
    if match and _is_date(match["year"]):
        event = _FIRST_CLAUSE.split(_END.split(match["event"])[0].strip())[0]
        if not _AMOUNT.match(event) and not re.search(r"\d{4}", event):
            yield match["year"].strip(), event, place


def _is_date(year: str) -> bool:
    number = int(re.sub(r"\D", "", year) or 0)
    return "世纪" in year or "前" in year or 100 <= number <= 2100


def _card(year: str, event: str, place: Place) -> Iterator[Finding]:
    if size(event) < 3 or is_dangling(event) or _UNSAID.match(event):
        return
    which = "哪个世纪" if "世纪" in year else "哪一年"
    asked = f"{event}是{which}？" if has_chinese(event) else f"In which year: {event}?"
    yield Finding(name, asked, year, place, event, label=not has_chinese(event) or size(event) <= 5)
