"""A naming verb with the name behind it: `两膜之间的空间被称为膜间隙`, `The loss of heat is called cooling`.

Asks for the name of what is described, and back where the description stands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_balanced, is_dangling, is_noun_phrase, is_term, size, word_count
from studycards.model import Finding
from studycards.notes.note import MATH
from studycards.notes.page import Page, Spot
from studycards.phrasing import in_place, meaning, spaced
from studycards.text import has_chinese

name = "called"
prior = 0.82
weight = 4.0

_VERB = r"(?:一般|通常|常|便|就|则)?(?<![全简簡统統自])被?(?:[称稱]之[为為]|[称稱][为為]|[称稱]作|叫做|叫作)"
_OPEN = r"(?:一[个种])?[“\"「]?"
_TERM = r"(?P<term>[^，。；：、“”\"「」（(的]{2,20}?)[”\"」]?(?P<gloss>\s?[（(][^（()）]{1,60}[)）])?"
_NAMED = re.compile(rf"(?:^|[，；])(?P<said>[^，；：]{{1,40}}?)，?\s?{_VERB}\s?{_OPEN}\s?{_TERM}(?=[，。；]|$)")
_IF = re.compile(rf"^(?P<said>[^；：]{{8,50}})，则(?:被?称为|称其为|称之为|叫做)\s?{_OPEN}{_TERM}(?=[，。；]|$)")
_THAT_IS = re.compile(
    r"^(?P<said>[^，。；：]{5,20})，(?:即|也就是)所谓的?\s?[“\"]?(?P<term>[^，。；：“”\"]{2,24}?)[”\"]?$"
)
_HISTORY = re.compile(
    r"^(?P<said>[^。；：]{8,50})，(?:这[次场一个][^，。；：]{0,6})?史称\s?[“\"]?(?P<term>[^，。；：“”\"]{2,16}?)[”\"]?$"
)
_ANAPHOR = re.compile(r"(?:后来|随后|于是|因此|同年|次年|不久|此后|从此|结果)")
_KIND = re.compile(
    r"^(?P<said>[^，。；：]{3,24}?一[种个类](?:名为|被?称为|叫做?|叫作))\s?[“\"]?"
    r"(?P<term>[^，。；：“”\"的（(]{2,20}?)[”\"]?\s?的[^，。；：]{2,16}(?=[，。；]|$)"
)
_CUE = re.compile("(?=[称稱叫名所史])(?:史称|稱為|稱作|稱之為|称为|称作|称之为|称其为|叫做|叫作|一[种个]叫|名为|所谓)")
_HEADED = re.compile(r"^(?P<modifier>.{2,30})的(?P<head>[^的]{1,12})$")
_KINDLY = re.compile(r"^(?:这种|这类|这样的|此类|这里的|这个)(?=.{4,}$)")
_AWAY = re.compile(
    r"[上下前后左右]面|[左右]边|[上下]式|[上下前]述|上[图文]|下[图文]|这|那|该|此|其|它|他|她|我|你|公式|每个|每一|所以|因此"
    r"|如果|假设|以[上下]|前者|后者|人们|[也又还](?=$|可|常|会)|[可就]以|常被|不能|不再|分别|最后|最终|后来|曾|后人|便把|就把|人把"
)
_CLAUSE_HEAD = re.compile(r"^(?:而|且|并|但|则|将|把|被|使|让|由|从|对|为|通过|根据|若|当|设|因)")
_FORMULA = re.compile(f"^[{MATH}]$")
_ENGLISH = re.compile(
    r"^(?P<lead>(?:When|If|While|During|In|After|Before|For|At) [^,;:]{3,90}, )?(?P<said>[A-Za-z][^,;:]{6,110}?) "
    r"(?P<verb>is|are) (?:often |usually |commonly |generally |also )?(?:called|known as|referred to as|termed) "
    r"(?P<article>the |an? )?(?P<term>[^,;:.()]{2,40}?)(?P<gloss> \([^()]{1,60}\))?(?=[,;.]|$)",
    re.IGNORECASE,
)
_WHICH_IS = re.compile(
    r"^(?P<said>(?:The|An?|Each|Every|[A-Z][a-z]+s?) [^,;:]{8,90}? (?:called|known as)) (?:the |an? )?"
    r"(?P<term>[^,;:.()]{2,40}?)(?=[,;.]|$)"
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|can|will|should|we|you|it|this|these|they|there)\b", re.I)
_LOOSE = re.compile(r"^(?:the )?(?:process|result|method|technique|thing|former|latter|rest|other)$", re.I)
_OR = re.compile(r"\s?(?:或者?|和|与| or )")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences that describe a thing first and name it last."""
    for spot in page.spots:
        hinted = (
            "称" in spot.text or "稱" in spot.text or "叫" in spot.text or "所谓" in spot.text or "名为" in spot.text
        )
        if hinted and _CUE.search(spot.text):
            yield from _chinese(spot, page)
        elif " called " in spot.text or " known as " in spot.text or " referred to as " in spot.text:
            yield from _english(spot, page)


def _chinese(spot: Spot, page: Page) -> Iterator[Finding]:
    text = spot.text
    found = _HISTORY.match(text)
    if found and not is_dangling(found["said"]) and not _ANAPHOR.match(found["said"]) and _is_name(found["term"]):
        yield _in_clause(found, spot)
        return
    found = _IF.match(text) or _THAT_IS.match(text)
    if found:
        if not _AWAY.search(found["said"]) and _is_name(found["term"]) and not is_dangling(found["said"]):
            yield _in_clause(found, spot)
        return
    found = _KIND.match(text)
    if found and not _AWAY.search(found["said"]) and not is_dangling(text) and _is_name(found["term"]):
        yield Finding(
            name, in_place(found[0], _within(found), "什么"), found["term"], spot.place, found["term"], label=True
        )
        return
    for found in _NAMED.finditer(text):
        yield from _named(found, spot, page)


def _in_clause(found: re.Match[str], spot: Spot) -> Finding:
    asked = in_place(found[0][: found.end("term")].rstrip('”"'), _within(found), "什么")
    return Finding(name, asked, found["term"], spot.place, found["term"], direction="clause", label=True)


def _within(found: re.Match[str]) -> tuple[int, int]:
    return found.start("term") - found.start(), found.end("term") - found.start()


def _named(found: re.Match[str], spot: Spot, page: Page) -> Iterator[Finding]:
    whole, term = found["said"].strip(), found["term"].strip()
    said = _KINDLY.sub("", whole)
    formula = _FORMULA.match(whole) is not None
    if not _is_name(term) or not (formula or _describes(said)):
        return
    bold = _is_marked(term, spot) or bool(found["gloss"])
    bonus = () if bold else (("unmarked", -0.2),)
    asked = spaced(said, "叫什么？", page.spacing)
    yield Finding(name, asked, term, spot.place, term, label=True, bonus=bonus)
    headed = _HEADED.match(said)
    if headed and size(headed["modifier"]) >= 4 and said == whole:
        back = meaning(term, True, page.spacing)
        yield Finding(name, back, said, spot.place, term, subject=term, direction="back", label=True, bonus=bonus)


def _describes(said: str) -> bool:
    """Whether a phrase says by itself what is to be named: a noun with what tells it from others."""
    if _AWAY.search(said) or _CLAUSE_HEAD.match(said) or is_dangling(said) or not is_balanced(said):
        return False
    headed = _HEADED.match(said)
    if headed:
        return is_noun_phrase(headed["head"], 12)
    return has_chinese(said) and size(said) >= 4 and is_term(said, 14)


def _is_name(term: str) -> bool:
    return is_term(term, 20) and not _OR.search(term)


def _is_marked(term: str, spot: Spot) -> bool:
    raw = spot.item.raw if spot.item else spot.block.raw
    return any(f"{mark}{term}" in raw for mark in ("**", "__", "“", '"', "「", "*"))


def _english(spot: Spot, page: Page) -> Iterator[Finding]:
    found = _ENGLISH.match(spot.text)
    if found:
        yield from _english_named(found, spot)
        return
    found = _WHICH_IS.match(spot.text)
    if found and _is_marked(found["term"], spot) and not is_dangling(found["said"]):
        asked = f"{found['said']} what?"
        yield Finding(name, asked, found["term"], spot.place, found["term"], direction="clause", label=True)


def _english_named(found: re.Match[str], spot: Spot) -> Iterator[Finding]:
    lead, said, term = found["lead"] or "", found["said"].strip(), found["term"].strip()
    loose = _LOOSE.match(said) or word_count(said) < 3
    if _FINITE.search(said) or is_dangling(said) or (loose and not lead):
        return
    if not _is_name(term) or word_count(term) > 4 or (lead and re.search(r"\b(?:this|it|we|you|they)\b", lead, re.I)):
        return
    plain = re.sub(r"^(The|An?)\b", lambda article: article[0].lower(), said)
    opening = f"{lead[0].upper()}{lead[1:]}what" if lead else "What"
    asked = f"{opening} {found['verb']} {plain} called?"
    yield Finding(name, asked, term, spot.place, term, label=True)
    if not lead and word_count(said) >= 4:
        back = f"What {found['verb']} {(found['article'] or '').lower()}{term}?"
        yield Finding(name, back, said, spot.place, term, subject=term, direction="back", label=True)
