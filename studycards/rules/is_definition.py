"""A Latin or glossed subject that is said to be something: `Redis是一种键值数据库。`

Asks `Redis是什么？` and, where the definition is particular enough, back: `… 叫什么？`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import copula, definition, is_person, points_away, sentence_part
from studycards.grammar import glossed, is_dangling, is_latin, is_noun_phrase, is_term, size
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.phrasing import meaning, spaced, term_for, who
from studycards.text import fold

name = "is-definition"
prior = 0.92
weight = 20.0

_WORK = re.compile(r"年?的(?:作品|著作|论文|成果|产品|代表作)$")

_APPOSED = re.compile(r"[\u4e00-\u9fff]{3,10} ?[A-Z]{2,6}")
_FIRST = re.compile(
    r"，(?:也|同时)?是(?P<what>[^，。]{2,16}最[^，。热常流好重简基典主强优著有]{1,2}[^，。]{0,3}的?[^，。]{2,8})$"
)
_ASKED = {"用来": "用来做什么？", "用于": "用于什么？", "允许": "的作用是什么？", "负责": "负责什么？"}
_SHOWN = re.compile(
    r"^(?:其中，)?(?P<term>[^，。；：由用以令设典上]{1,10}?(?:[位度率量值数项性]|函数|系数|字段|参数|符号|指标|因子|标志|信息))"
    r"(?:可以|可)?(?:用来|用于)?(?P<verb>表示|反映|衡量|描述)了?(?:的是)?(?P<said>[^。；：]{4,60})$"
)
_PURPOSE = re.compile(
    r"^(?P<term>[^，。；：]{2,30}?)\s?(?:主要|通常|一般)?(?:可以?)?(?P<verb>用来|用于|允许|负责)\s?"
    r"(?P<said>[^，。；：]{5,40})(?=$|[，；])"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences whose subject is a Latin name or carries a gloss."""
    for spot in page.spots:
        if "是" in spot.text or "指" in spot.text:
            parts = copula(spot.text)
            if parts and not spot.mark.startswith(("：", "？", "?", ":")):
                yield from _found(spot, *parts, page)
        if "表示" in spot.text or "反映" in spot.text or "衡量" in spot.text:
            yield from _shown(spot)
        if "用" in spot.text or "允许" in spot.text or "负责" in spot.text:
            yield from _purpose(spot, page)


def _shown(spot: Spot) -> Iterator[Finding]:
    """What a mark or a measure says: `驻留位表示该页是否在内存`."""
    match = _SHOWN.match(spot.text)
    if match is None or spot.mark.startswith(("：", "？", "?", ":")):
        return
    term, said = match["term"], sentence_part(match["said"])
    if is_term(term, 14) and not is_dangling(term) and 4 <= size(said) <= 36 and not points_away(said):
        asked = f"{term}{match['verb']}什么？"
        bonus = (("shown", -1.3),)
        yield Finding(name, asked, said, spot.place, term, subject=term, direction="shown", label=True, bonus=bonus)


def _purpose(spot: Spot, page: Page) -> Iterator[Finding]:
    """What a Latin, glossed or heading name is for: `strace用来跟踪系统调用`."""
    match = _PURPOSE.match(spot.text)
    if match is None or spot.mark.startswith(("：", "？", "?", ":")):
        return
    term = match["term"].strip()
    named = glossed(term)
    heading = spot.place.headings[-1] if spot.place.headings else ""
    known = named or is_latin(term) or fold(term) == fold(heading) or _APPOSED.fullmatch(term)
    if not known or not is_term(named[0] if named else term, 20):
        return
    said = match["said"] if match["verb"] != "允许" else match["verb"] + spot.text[match.start("said") : match.end()]
    if said.endswith(("的", "了")) or points_away(said):
        return
    asked = spaced(term, _ASKED[match["verb"]], page.spacing)
    bonus = () if spot.opens else (("inside-paragraph", -0.2),)
    yield Finding(
        name, asked, said, spot.place, term, subject=term, direction="purpose", bonus=(*bonus, ("purpose", -0.8))
    )


def _found(spot: Spot, term: str, rest: str, page: Page) -> Iterator[Finding]:
    gloss = glossed(term)
    if (
        not (is_latin(term) or gloss)
        or not (is_term(gloss[0]) or len(gloss[0]) == 1 if gloss else is_term(term))
        or size(term) > 40
        or "、" in term
    ):
        return
    said = definition(rest)
    if not said or _WORK.search(said):
        return
    late = () if spot.opens else (("inside-paragraph", -0.3),)
    bonus = (*late, ("glossed", 0.5)) if gloss else late
    asked = who(term, True, page.spacing) if is_person(said) else meaning(term, True, page.spacing)
    yield Finding(name, asked, said, spot.place, term, subject=term, bonus=bonus)
    first = _FIRST.search(rest)
    if first and is_noun_phrase(first["what"], 24):
        what = first["what"]
        yield Finding(name, meaning(what, True, page.spacing), term, spot.place, term, direction="first", bonus=bonus)
    back = term_for(said)
    if back:
        yield Finding(name, back, term, spot.place, term, direction="back", bonus=(("back", -0.5),))
