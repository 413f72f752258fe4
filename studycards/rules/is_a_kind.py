"""A Chinese subject that is said to be something: `蒙太奇是一种剪辑手法。`

Asks `蒙太奇是什么？` and, where the definition is particular enough, back: `… 叫什么？`
"""

from __future__ import annotations

from collections.abc import Iterator

from studycards.grammar import copula, definition, glossed, is_one_of_a_kind, is_term
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.phrasing import meaning, term_for
from studycards.text import has_chinese

name = "is-a-kind"
prior = 0.83
weight = 8.0


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences whose subject is a Chinese noun phrase."""
    for spot in page.spots:
        if "是" in spot.text or "指" in spot.text:
            parts = copula(spot.text)
            if parts and not spot.mark.startswith(("：", "？", "?", ":")):
                yield from _found(spot, *parts, page)


def _found(spot: Spot, term: str, rest: str, page: Page) -> Iterator[Finding]:
    if not has_chinese(term) or glossed(term) or not is_term(term, 16):
        return
    said = definition(rest)
    if not said:
        return
    late = () if spot.opens else (("inside-paragraph", -0.4),)
    plain = () if is_one_of_a_kind(said) or spot.alone else (("no-kind-word", -0.4),)
    yield Finding(name, meaning(term, True, page.spacing), said, spot.place, term, subject=term, bonus=(*late, *plain))
    back = term_for(said) if "的" not in term else ""
    if back:
        yield Finding(name, back, term, spot.place, term, direction="back", bonus=(*late, *plain))
