"""Several things and what each stands for: `分别对应甲Jia（红）、乙Yi（绿）`, `A、B分别是C、D`.

A run of names with one gloss each gives a card a pair; two lists of equal length give one too, but only doubtfully.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_term, size, small_classes, split_list
from studycards.model import Finding
from studycards.notes.page import Page, Spot

name = "respectively"
prior = 0.60
weight = 4.0

_RUN = re.compile(
    r"^(?P<lead>[^、]*?)(?P<verb>分别(?:是|为|对应|代表|象征|表示)|对应着?|代表|象征)\s?(?P<items>[^。；]+)$"
)
_GLOSS = re.compile(r"^(?P<term>[^（(]{2,30}?)\s?[（(](?P<gloss>[^（()）]{1,12})[)）]$")
_TWO = re.compile(
    r"^(?P<left>[^。；，]{3,60}?)(?:，)?分别(?P<verb>是|为|对应|代表|表示|象征|叫|叫做|称为)(?P<right>[^。；]{3,80})$"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences with 分别 or a run of glossed names."""
    for spot in page.spots:
        if "分别" in spot.text or "对应" in spot.text or "象征" in spot.text or "代表" in spot.text:
            found = list(_run(spot))
            yield from found or _two(spot)


def _run(spot: Spot) -> Iterator[Finding]:
    match = _RUN.match(spot.text)
    if match is None:
        return
    items = split_list(match["items"])
    pairs = [_GLOSS.match(item) for item in items]
    if len(pairs) < 2 or not all(pairs):
        return
    glosses = [pair["gloss"].strip() for pair in pairs if pair]
    kinds = {small_classes().get(gloss.casefold()) for gloss in glosses}
    kind = kinds.pop() if len(kinds) == 1 else None
    verb = match["verb"].removeprefix("分别")
    if kind is None and any(size(gloss) > 8 for gloss in glosses):
        return
    for pair, gloss in zip(pairs, glosses, strict=True):
        if pair:
            asked = f"{pair['term'].strip()}{verb}什么{kind or ''}？"
            bonus = (("gloss-run", 1.3),) if kind else (("gloss-run", 0.8),)
            yield Finding(
                name, asked, gloss, spot.place, pair["term"].strip(), subject=pair["term"].strip(), bonus=bonus
            )


def _two(spot: Spot) -> Iterator[Finding]:
    match = _TWO.match(spot.text)
    if match is None:
        return
    left, right = split_list(match["left"]), split_list(match["right"])
    if not 2 <= len(left) == len(right) <= 5 or not all(is_term(term, 16) for term in left):
        return
    verb = match["verb"]
    for term, value in zip(left, right, strict=True):
        if size(value) <= 20:
            yield Finding(name, f"{term}{verb}什么？", value, spot.place, term, subject=term)
