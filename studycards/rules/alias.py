"""Another name: `土豆又称马铃薯。`, `Bash, also known as the Bourne again shell`.

Asks both ways. The subject is named in the sentence; a sentence that opens with the verb speaks of its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import ENGLISH_ARTICLE, any_of, glossed, is_latin, is_noun_phrase, is_term, units
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.phrasing import other_name, spaced

name = "alias"
prior = 0.78
weight = 8.0

_VERB = re.compile(
    r"(?P<gap>[，,（(]?\s?)(?:所以|因此|有时|通常|一般|常|也常|又常)?(?P<verb>又被称为|也被称为|也被称作"
    r"|亦称为?|又称为?|也称为?|又稱為?|也稱為?|亦稱為?|簡稱為?|俗稱|也称作|又称作|又叫做?|也叫做?|又名"
    r"|初名|原名|本名|俗称|简称为?|别称|别名|旧称|古称|史称)\s?"
)
_ENGLISH = re.compile(
    r"^(?:(?P<term>(?:An? |The )?[A-Z][\w' -]{1,40}?),? (?:\(|(?:is|are|was) )?)?(?:also|sometimes"
    r"|otherwise) (?:known as|called|referred to as) "
    r"(?P<alias>(?:an? |the )?[\w'-]+(?: [\w'-]+){0,6})(?P<end>[,.)]|$)",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(r"(?P<term>[\u4e00-\u9fff]{2,10})[：:]它")
_CONDITION = re.compile(r"[在从当对把将按]|上[式图面述]|如果|此时|其中")
_GOES_ON = re.compile(r"[”\"' ]*[（(][^（）()]*[)）][\u4e00-\u9fff]")
_ALIAS_END = re.compile(r"[，。；：！？,;、）)（(]|(?:的|和|或|与|以及|等)|$")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences with a verb of naming."""
    for spot in page.spots:
        text = spot.text
        if "称" in text or "叫" in text or "名" in text:
            match = _VERB.search(text)
            if match:
                yield from _chinese(match, spot, page)
        elif "known as" in text or " called " in text or "referred to as" in text:
            english = _ENGLISH.match(text)
            if english:
                yield from _english(english, spot)


def _chinese(match: re.Match[str], spot: Spot, page: Page) -> Iterator[Finding]:
    left = spot.text[: match.start()]
    rest = spot.text[match.end() :].lstrip("“\"'：: ")
    other = _ALIAS_END.split(rest, maxsplit=1)[0].strip("“”\"' ")
    if _GOES_ON.match(rest[len(other) :]):
        return
    term, resolved = _term(left, spot)
    term = _untitled(term)
    named = glossed(term)
    if not term or not is_term(named[0] if named else term, 20) or not is_noun_phrase(other, 16) or len(other) < 2:
        return
    names = _names(rest)
    verb = match["verb"].removesuffix("为").replace("被称", "称").replace("做", "")
    one_way = verb in {"初名", "原名", "本名", "简称", "俗称", "旧称", "古称", "史称"}
    asked = other_name(term, verb, True, page.spacing)
    bonus = (
        *((("shared-head", 1.0),) if units(term) & units(other) else ()),
        *((("certain-subject", 0.5),) if spot.place.resolved and spot.nth == 1 else ()),
    )
    if len(names) > 1:
        asked = spaced(term, f"{verb}哪{'零一两三四'[len(names)]}个名字？", page.spacing)
        listed = "\n".join(names)
        yield Finding(name, asked, listed, spot.place, term, subject=term, listed=True, count=len(names), bonus=bonus)
        return
    yield Finding(name, asked, other, spot.place, term, subject=term, resolved=resolved, bonus=bonus)
    if not one_way and "的" not in term and is_term(other, 16):
        back = other_name(other, "又称", True, page.spacing)
        yield Finding(
            name, back, term, spot.place, term, subject=other, direction="back", resolved=resolved, bonus=bonus
        )


def _names(rest: str) -> tuple[str, ...]:
    """The two to four names that one clause gives, joined by 或 or 、; else the one or none."""
    clause = re.split(r"[，。；：！？,;（(]", rest, maxsplit=1)[0]
    names = tuple(part.strip("“”\"' ") for part in re.split(r"、|或者?|以及", clause))
    return names if 2 <= len(names) <= 4 and all(is_noun_phrase(one, 16) for one in names) else ()


def _untitled(term: str) -> str:
    """A foreign person's name without the office before it."""
    office = any_of("roles").match(term) if "·" in term else None
    return term[office.end() :] if office else term


def _term(left: str, spot: Spot) -> tuple[str, bool]:
    """The thing that has another name, and whether it stands outside the clause."""
    clause = re.split(r"[，。；,;]", left)[-1].strip() if left.strip() else ""
    if left.strip("，, ") == "" or left.strip() in {"它", "其"}:
        heading = spot.place.headings[-1] if spot.place.headings and spot.opens else ""
        return heading, False
    if clause != left.strip() and "的" in clause and _CONDITION.match(left.strip()):
        return "", False
    if clause and is_term(clause.removesuffix("所以").removesuffix("因此"), 20):
        return clause, False
    first = re.split(r"[，,]", left)[0].strip()
    if left.count("，") <= 1 and left.rstrip().endswith(("，", ",")) and is_term(first, 16):
        return first, False
    named = _NAMED_BEFORE.search(left)
    return (named["term"].split("是")[-1], False) if named else ("", False)


def _english(match: re.Match[str], spot: Spot) -> Iterator[Finding]:
    term = match["term"] or (spot.place.headings[-1] if spot.place.headings and spot.opens else "")
    other = match["alias"].strip()
    if not term or not is_latin(term) or not is_term(ENGLISH_ARTICLE.sub("", term)):
        return
    term = re.sub(r"^(?:An?|The) ", lambda article: article[0].lower(), term)
    bonus = (
        *((("shared-head", 1.0),) if units(term) & units(other) else ()),
        *((("certain-subject", 0.5),) if spot.place.resolved and spot.nth == 1 else ()),
    )
    if " or " in other or " and " in other:
        names = re.split(r" or | and ", other)
        asked = f"Which {len(names)} other names does {term} have?"
        listed = "\n".join(names)
        yield Finding(name, asked, listed, spot.place, term, subject=term, listed=True, count=len(names), bonus=bonus)
        return
    yield Finding(name, other_name(term, "", False), other, spot.place, term, subject=term, bonus=bonus)
    yield Finding(name, other_name(other, "", False), term, spot.place, term, direction="back", bonus=bonus)
