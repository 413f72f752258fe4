"""A heading that its first sentence defines: `## 倒排索引`, then `倒排索引是一种…` or `是一种…`.

Asks what the heading is; surer than a definition elsewhere, because the author made it a subject of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from studycards.clauses import copula, definition
from studycards.grammar import glossed, is_term
from studycards.model import Finding
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, Section, place_of
from studycards.phrasing import meaning, term_for
from studycards.text import fold

name = "heading-definition"
prior = 0.85
weight = 20.0


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sections whose first paragraph opens by defining their heading."""
    for section in page.sections:
        if section.heading is not None and section.blocks:
            yield from _found(section, page)


def _found(section: Section, page: Page) -> Iterator[Finding]:
    first = section.blocks[0]
    if first.kind != BlockKind.PARAGRAPH or not first.sentences or not is_term(section.title):
        return
    sentence = first.sentences[0]
    text = sentence.text.strip().rstrip("。.；;！!")
    parts = (section.title, text[1:]) if text.startswith("是一") else copula(text)
    if parts is None or text.endswith(("：", ":", "？", "?")):
        return
    term, rest = parts
    named = glossed(term)
    if fold(named[0] if named else term) != fold(section.title):
        return
    said = definition(rest)
    if said:
        place = place_of(first, sentence.line, sentence.end_line)
        yield Finding(
            name, meaning(term, True, page.spacing), said, place, term, subject=term, bonus=(("heading", 0.5),)
        )
        back = term_for(said)
        if back:
            yield Finding(name, back, term, place, term, direction="back")
