"""A whole as a sum of named parts: `总成本 = 固定成本 + 可变成本 + 机会成本`.

Asks for the parts with their number. The terms are words, never symbols.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_term
from studycards.model import Finding
from studycards.notes.page import Page
from studycards.phrasing import spaced
from studycards.text import has_chinese

name = "sum"
prior = 0.82
weight = 4.0

_SUM = re.compile(r"^(?P<whole>[^=＝+＋]{2,30}?)\s?[=＝]\s?(?P<parts>[^=＝]+(?:[+＋][^=＝+＋]+)+)$")
_NUMBERS = "零一二三四五六七"


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the lines that add up words."""
    for spot in page.spots:
        match = _SUM.match(spot.text) if ("=" in spot.text or "＝" in spot.text) else None
        if match is None:
            continue
        whole, parts = match["whole"].strip(), [part.strip() for part in re.split(r"[+＋]", match["parts"])]
        if not 2 <= len(parts) <= 7 or not all(_is_word(part) for part in (whole, *parts)):
            continue
        if has_chinese(whole):
            count = "两" if len(parts) == 2 else _NUMBERS[len(parts)]
            asked = spaced(whole, f"由哪{count}部分组成？", page.spacing)
        else:
            asked = f"Which {len(parts)} parts make up {whole}?"
        yield Finding(name, asked, "\n".join(parts), spot.place, whole, subject=whole, listed=True, count=len(parts))


def _is_word(text: str) -> bool:
    plain = re.fullmatch(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z -]{2,23}", text)
    return plain is not None and is_term(text) and not re.search(r"\d", text)
