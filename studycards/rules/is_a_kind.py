"""A Chinese subject that is said to be something: `蒙太奇是一种剪辑手法。`

Asks `蒙太奇是什么？` and, where the definition is particular enough, back: `… 叫什么？`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import copula, definition, is_one_of_a_kind, is_person
from studycards.grammar import glossed, is_noun_phrase, is_term, split_list, words
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.phrasing import meaning, term_for, who
from studycards.text import has_chinese

name = "is-a-kind"
prior = 0.83
weight = 8.0

_BELONGS = re.compile(r"^(?P<term>[^，。；：]{2,40}?)(?P<verb>属于)(?P<said>[^，。；：]{2,24})(?=$|[，；])")
_CLEFT = re.compile(
    r"^(?:其实|实际上)?(?P<term>[^，。；：的]{2,16}?)(?P<verb>(?:采?用|使用|依据|依靠|遵循|研究|负责"
    r"|基于)的是)(?P<said>[^，。；：]{2,20})$"
)
_JUDGING = re.compile(r"缺陷|缺点|优点|优势|劣势|问题|原因|好处|坏处|不足|理由")
_PASSING = re.compile(r"新任|前任|现任|当时|现在|目前|如今")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences whose subject is a Chinese noun phrase."""
    for spot in page.spots:
        if "是" in spot.text or "指" in spot.text:
            parts = copula(spot.text)
            if parts and not spot.mark.startswith(("：", "？", "?", ":")) and not _is_judged(spot, page):
                yield from _found(spot, *parts, page)
        if "属于" in spot.text or "的是" in spot.text:
            yield from _in_place(spot)


def _is_judged(spot: Spot, page: Page) -> bool:
    """Whether a sentence stands in a list of advantages or defects, where it judges and does not define."""
    above = page.ahead_of(spot.block) if spot.item else None
    return above is not None and _JUDGING.search(above.text[-24:]) is not None


def _in_place(spot: Spot) -> Iterator[Finding]:
    """`X属于Y` and `X用的是Y`, asked with 什么 where Y stands."""
    match = _BELONGS.match(spot.text) or _CLEFT.match(spot.text)
    if match is None:
        return
    term, said = match["term"], match["said"]
    named = glossed(term)
    if (
        not is_term(named[0] if named else term, 16)
        or not is_noun_phrase(said, 20)
        or said.endswith(("的", "了", "时"))
        or said.startswith(("特定", "某", "一定", "相应", "不同", "各"))
    ):
        return
    asked = f"{term}{match['verb']}什么？"
    yield Finding(name, asked, said, spot.place, term, subject=named[0] if named else term, direction=match["verb"])


def _found(spot: Spot, term: str, rest: str, page: Page) -> Iterator[Finding]:
    if "每" in term or not has_chinese(term) or glossed(term) or not is_term(term, 16):
        return
    said = definition(rest)
    if not said or (_PASSING.search(term) and "年" not in spot.text):
        return
    if "、" in term:
        yield from _several(spot, term, said)
        return
    late = () if spot.opens else (("inside-paragraph", -0.4),)
    plainly = is_one_of_a_kind(said) or spot.alone or f"{term}就是" in spot.text
    plain = () if plainly else (("no-kind-word", -0.4),)
    asked = who(term, True, page.spacing) if is_person(said) or _is_office(term) else meaning(term, True, page.spacing)
    yield Finding(name, asked, said, spot.place, term, subject=term, bonus=(*late, *plain))
    back = term_for(said) if "的" not in term else ""
    if back:
        yield Finding(name, back, term, spot.place, term, direction="back", bonus=(*late, *plain))


def _is_office(term: str) -> bool:
    """Whether a term ends in the word for an office, so that a person holds it."""
    return any(term.endswith(role) for role in words("roles"))


def _several(spot: Spot, term: str, said: str) -> Iterator[Finding]:
    """`A、B、C是Y`: asked for all of them with their number, where they are persons."""
    names = split_list(term)
    if is_person(said) and 2 <= len(names) <= 5 and all(is_term(one, 8) for one in names):
        asked = f"{said}是哪{'零一两三四五'[len(names)]}位？"
        yield Finding(name, asked, "\n".join(names), spot.place, said, listed=True, count=len(names))
