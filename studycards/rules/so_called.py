"""A thing named in passing: `X，即Y`, `Y，也就是所谓的X`, `所谓X，就是Y`, `Y，这就是X`.

Asks `X是什么？`, and for the name in place: `Y，也就是所谓的什么？`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import points_away, sentence_part
from studycards.grammar import is_dangling, is_noun_phrase, is_term, size, trim
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.phrasing import in_place, meaning, term_for

name = "so-called"
prior = 0.77
weight = 4.0

_THAT_IS = re.compile(
    r"^(?P<term>[^，。：；]{2,16})[，,]\s?(?:即是|即为|也即是?|也就是|就是指?|是指|指的是|亦即)(?P<said>[^。；]{4,40})$|^"
    r"(?P<term2>[^，。：；]{2,16})[，,]即(?P<said2>[^。；，便使将可是]{1}[^。；，]{4,40})$"
)
_NAMED_THAT_IS = re.compile(
    r"(?:就是|称为|称作|叫做|叫作|叫|称之为)(?P<term>[\u4e00-\u9fffA-Za-z]{2,12})[，,]\s?(?:也就是"
    r"|即)(?P<said>[^。；，]{4,40})$"
)
_ALSO_CALLED = re.compile(
    r"^(?P<said>[^。；]{6,60})[，,]\s?(?:这?(?:也就|就|便)是)(?:人们?|我们|大家|通常|平时|俗话|历史上|著名"
    r"|有名)?(?:所?常?说)?的?(?:所谓的?|著名的|有名的"
    r"|大名鼎鼎的)?[“\"《]?(?P<term>[^，。；“”\"]{2,14}?)[”\"》]?$"
)
_SO_CALLED = re.compile(
    r"^所谓的?[“\"]?(?P<term>[^，。；“”\"是指]{2,14})[”\"]?[，,]?\s?(?:就是指?|即是?|是指|指的是|是"
    r"|指)(?P<said>[^。；]{4,50})$"
)

_MEANS = re.compile(r"^(?P<term>[^，。：；]{2,14}?)(?:就|也就|则|便)?意味着(?P<said>[^。；]{4,40})$")
_REASONED = re.compile(r"我们|因此|所以|由于|你|大家|可见|如果|起来")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences that name a thing and say it in other words."""
    for spot in page.spots:
        if "即" in spot.text or "是" in spot.text:
            yield from _found(spot, page)
        if "意味着" in spot.text and spot.opens:
            match = _MEANS.match(spot.text)
            if match and is_term(match["term"], 14) and not points_away(match["said"]):
                said = sentence_part(match["said"])
                asked = f"{match['term']}意味着什么？"
                yield Finding(name, asked, said, spot.place, match["term"], subject=match["term"], label=True)


def _found(spot: Spot, page: Page) -> Iterator[Finding]:
    text = spot.text
    match = _SO_CALLED.match(text) or _THAT_IS.match(text)
    if match:
        groups = match.groupdict()
        term, said = groups.get("term") or groups.get("term2"), groups.get("said") or groups.get("said2")
        pairs = list(_pair(term or "", said or "", spot, page))
        if pairs and not _narrates(spot, term or "", said or ""):
            yield from pairs
            return
    match = _ALSO_CALLED.match(text)
    if match:
        term = match["term"]
        if _REASONED.search(match["said"]) or is_dangling(match["said"]):
            return
        if "所谓" not in text and "名" not in text and not is_noun_phrase(match["said"], 30):
            return
        if (
            is_term(term, 14)
            and ("所谓" in text or size(term) <= 8)
            and not re.search(
                r"原因|结果|来历|由来|目的|问题|关键|特点|意思|说法|区别|为什么|时候|地方|优势|意义|情况|做法"
                r"|方法|方式|思路|思想|现状|例子|一",
                term,
            )
        ):
            asked = in_place(text, match.span("term"), "什么")
            yield Finding(name, asked, term, spot.place, term, direction="back", bonus=(("named-in-place", 0.9),))
        return
    match = _NAMED_THAT_IS.search(text)
    if match and is_term(match["term"], 12):
        yield from _pair(match["term"], match["said"], spot, page)


def _narrates(spot: Spot, term: str, said: str) -> bool:
    """Whether `X，就是Y` tells of somebody or speaks on, so that it defines nothing."""
    if not spot.text[len(term) :].lstrip("，, ").startswith(("就是", "是指", "指的是")):
        return False
    return not spot.opens or size(term) > 10 or re.match(r"个|一个", said) is not None or "的" not in said


def _pair(term: str, said: str, spot: Spot, page: Page) -> Iterator[Finding]:
    said = trim(said)
    if (
        not is_term(term, 16)
        or term.endswith(("说", "讲", "看", "讲解", "点"))
        or not is_noun_phrase(term, 16)
        or said.startswith("所谓")
        or said.endswith(("的", "了"))
        or len(said) < 4
    ):
        return
    yield Finding(name, meaning(term, True, page.spacing), said, spot.place, term, subject=term)
    back = term_for(said)
    if back:
        yield Finding(name, back, term, spot.place, term, direction="back")
