"""By what name somebody or something is honoured: `张三被誉为“蛇学之父”`, `“蛇学之父”李四`, `张三享有“蛇王”的美称`.

Asks who or what is meant; back, where the honour is the subject's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import glossed, is_dangling, is_term, size
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.persons import person
from studycards.phrasing import spaced

name = "epithet"
prior = 0.84
weight = 4.0

_QUOTED = r"[“「\"](?P<title>[^”」\"，。；]{2,16})[”」\"]"
_HONOURED = re.compile(
    rf"(?:^|[，；])(?P<who>[^，；：。“”]{{2,40}}?)(?:，)?(?:因此|因而|故|所以|也|又|常|一直|后来|后世|从而|曾|并)*"
    rf"(?P<verb>被?(?:后人|后世|人们|世人|誉|尊|称)*(?:誉为|尊为|称为|称作|誉称为|称之为|尊称为|视为)|素有|享有|获得了?|赢得了?)"
    rf"(?P<what>[^，；：。“”]{{0,12}}?){_QUOTED}(?P<tail>的?(?:美誉|美称|之称|称号|雅号|别称|名号|盛誉))?(?=[，；。]|$)"
)
_END = "，；：。、和与及（(的是在于将把被"
_PREFIXED = re.compile(rf"{_QUOTED}的?(?P<who>[^{_END}“”]{{2,16}})(?=[{_END}]|$)")
_OF_SOMEBODY = re.compile(r".+(?:之[父母]|始祖|鼻祖|圣人|诗[圣仙]|[书画医茶]圣|奠基人|第一人)$")
_HONOUR = re.compile(
    r".+(?:之[父母王祖神乡都城国冠花珠星光心肺窗门巅最源宗]|[^之]王|始祖|鼻祖|圣人|诗[圣仙]|[书画医茶]圣|奠基人|第一人)$"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the clauses that give somebody or something a quoted name of honour."""
    for spot in page.spots:
        if "“" in spot.text or "「" in spot.text or '"' in spot.text:
            yield from _found(spot, page)


def _found(spot: Spot, page: Page) -> Iterator[Finding]:
    for match in _HONOURED.finditer(spot.text):
        yield from _honoured(match, spot, page)
    for match in _PREFIXED.finditer(spot.text):
        who, title = person(match["who"], page.people), match["title"]
        if who and _HONOUR.match(title):
            yield Finding(name, f"“{title}”是谁？", who, spot.place, title, subject=title)


def _honoured(match: re.Match[str], spot: Spot, page: Page) -> Iterator[Finding]:
    verb, title = match["verb"], match["title"]
    names = "为" in verb or "作" in verb
    if not match["tail"] and not (names and _HONOUR.match(title)):
        return
    term, somebody = _bearer(match, spot, page)
    if not term or is_dangling(term):
        return
    rest, tail = f"{verb}{match['what']}", (match["tail"] or "").removeprefix("的")
    who = "谁" if somebody or _OF_SOMEBODY.match(title) else "什么"
    yield Finding(name, f"{who}{rest}“{title}”{match['tail'] or ''}？", term, spot.place, title, subject=title)
    asked = spaced(term, f"{rest}什么{tail}？", page.spacing)
    yield Finding(name, asked, title, spot.place, title, subject=term, direction="back")


def _bearer(match: re.Match[str], spot: Spot, page: Page) -> tuple[str, bool]:
    """Who or what bears the name, and whether it is a person; behind other clauses it is the sentence's subject."""
    said = match["who"].strip("，, ")
    who = person(said, page.people)
    if who:
        return who, True
    if match.start() > 0:
        subject = spot.sentence.subject
        return (person(subject, page.people), True) if subject else ("", False)
    named = glossed(said)
    bare = named[0] if named else said
    return (bare, False) if is_term(bare, 16) and size(bare) >= 2 else ("", False)
