"""A foreign name with its Chinese in brackets: `Steganography（隐写术）`.

Asks both ways; the gloss must be a short noun phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_noun_phrase, is_term, word_set
from studycards.model import Finding
from studycards.notes.page import Page
from studycards.phrasing import foreign, names_a_kind

name = "gloss-en-zh"
prior = 0.76
weight = 8.0

_SHAPE = re.compile(
    r"(?:(?<=[于的是为叫做作成称用和与及即指如对])|(?<![A-Za-z0-9’'.\u4e00-\u9fff-] )(?<![A-Za-z0-9’'.\u4e00-\u9fff-]))"
    r"(?P<term>[A-ZÀ-Þ][A-Za-zÀ-ɏ’'-]{2,}(?: (?:of |and "
    r"|the )?[A-ZÀ-Þ][A-Za-zÀ-ɏ’'-]+){0,3})\s?[（(](?P<gloss>[\u4e00-\u9fff·]{2,8})[)）]"
)
_CUE = re.compile(r"[（(](?<=[A-Za-zÀ-ɏ’'\s-].)[\u4e00-\u9fff·]{2,8}[)）]")
_CLAUSE_GLOSS = re.compile(
    r"[了的是在有吗呢吧和与或]|如|例|续|上|下|见|即|前|后|中$|版$|译$|暂|略|注|图|表|原|新|旧|大|小|高|低|多"
    r"|少|推荐|可选|默认|必须|官方|开源|免费"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the Latin names that carry a Chinese gloss, each once."""
    seen: set[str] = set()
    for spot in page.spots:
        if "（" not in spot.text and "(" not in spot.text:
            continue
        for match in _SHAPE.finditer(spot.text) if _CUE.search(spot.text) else ():
            term, gloss = match["term"].strip(), match["gloss"]
            known = term in seen or term.casefold() in word_set("generic_names")
            if known or _CLAUSE_GLOSS.search(gloss) or not is_noun_phrase(gloss, 8) or not is_term(gloss, 8):
                continue
            seen.add(term)
            bonus = (("first-name", -1.0),) if term.casefold() in word_set("first_names") else ()
            yield Finding(name, foreign(term, chinese_to_latin=False), gloss, spot.place, term, bonus=bonus)
            if term.isascii():
                kind = names_a_kind(gloss)
                asked = foreign(gloss, chinese_to_latin=True) if kind else f"“{gloss}”的外文名是什么？"
                yield Finding(name, asked, term, spot.place, term, direction="back", bonus=bonus)
