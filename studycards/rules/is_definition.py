"""A Latin or glossed subject that is said to be something: `Redis是一种键值数据库。`

Asks `Redis是什么？` and, where the definition is particular enough, back: `… 叫什么？`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import copula, definition, glossed, is_latin, is_term, size
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.phrasing import meaning, term_for

name = "is-definition"
prior = 0.92
weight = 20.0

_WORK = re.compile(r"年?的(?:作品|著作|论文|成果|产品|代表作)$")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences whose subject is a Latin name or carries a gloss."""
    for spot in page.spots:
        if "是" in spot.text or "指" in spot.text:
            parts = copula(spot.text)
            if parts and not spot.mark.startswith(("：", "？", "?", ":")):
                yield from _found(spot, *parts, page)


def _found(spot: Spot, term: str, rest: str, page: Page) -> Iterator[Finding]:
    gloss = glossed(term)
    if not (is_latin(term) or gloss) or not is_term(gloss[0] if gloss else term) or size(term) > 40:
        return
    said = definition(rest)
    if not said or _WORK.search(said):
        return
    late = () if spot.opens else (("inside-paragraph", -0.3),)
    bonus = (*late, ("glossed", 0.5)) if gloss else late
    yield Finding(name, meaning(term, True, page.spacing), said, spot.place, term, subject=term, bonus=bonus)
    back = term_for(said)
    if back:
        yield Finding(name, back, term, spot.place, term, direction="back", bonus=(("back", -0.5),))
