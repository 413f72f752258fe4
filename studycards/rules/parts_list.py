"""The parts of a thing, their number unsaid: `胶卷分为负片、正片和反转片`, `X consists of A and B`.

Asks for the parts with their number counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import COUNT, is_dangling, is_latin, is_noun_phrase, is_term, size, split_list, trim
from studycards.model import Finding, Place
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, Spot

name = "parts-list"
prior = 0.66
weight = 8.0

_NUMBERS = "零一二三四五六七"
_VERB = r"(?P<verb>(?:主要|一般|通常|可以?|又可以?|大致)*(?:分[为為]|分成|包括|包含|指的是(?=[：:])|由))"
_INLINE = re.compile(
    rf"^(?P<lead>[^，。；：]{{2,40}}?){_VERB}(?:了)?[：:]?\s?(?P<items>[^。；：]+?)(?P<end>(?:几?[种个类部分]+)?(?:组成|构成)?)$"
)
_BEFORE_LIST = re.compile(
    rf"^(?P<lead>[^，。；：]{{2,30}}?){_VERB}(?:以下|如下|下列)?(?:几?[种个类部方]?[分面]?)?[：:]?$"
)
_ENGLISH = re.compile(
    r"^(?P<lead>(?:The |An? )?[A-Z][\w' -]{2,50}?) (?P<verb>consists? of|is made up of|is divided into|comprises?"
    r"|is composed of) (?P<items>[^.:;]+)$"
)
_MAINLY = re.compile(r"^(?P<lead>[^，。；：]{3,16}?)主要(?P<verb>是|有)(?P<items>[^。；：]+)$")
_COUNTED = re.compile(rf"{COUNT}[^，。]{{0,8}}$")
_CUE = re.compile("(?=[分包由指])(?:分[为為]|分成|包括|包含|指的是[：:]|由)")
_OPEN_END = re.compile(r"等$|等等|其他|其它|etc|and so on|and more|……|\.\.\.")
_ACTS = re.compile(r"^(?:从|将|把|对|在|通过|是否|如何|为|不|没|可以|能)")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences and announced lists that name all parts of a thing."""
    for spot in page.spots:
        text = spot.text
        divided = "分" in text or "包" in text or "由" in text
        if (divided or "指的是" in text) and _CUE.search(text):
            yield from _inline_anywhere(spot)
        if "主要" in text and ("和" in text or "、" in text):
            yield from _mainly(spot)
        if divided:
            continue
        if " of " in text or " into " in text or "comprise" in text:
            english = _ENGLISH.match(text)
            if english:
                yield from _english(english, spot)
    yield from _announced(page)


def _inline_anywhere(spot: Spot) -> Iterator[Finding]:
    """The first clause on which the shape fits."""
    clauses = [0, *(found.end() for found in re.finditer("，", spot.text))]
    for start in clauses[:3]:
        match = _INLINE.match(spot.text[start:].strip())
        found = list(_inline(match, spot)) if match else []
        if found:
            yield from found
            return


def _mainly(spot: Spot) -> Iterator[Finding]:
    """`抓包工具主要是A和B`, the items names in Latin letters."""
    match = _MAINLY.match(spot.text)
    items = split_list(match["items"]) if match else ()
    if match is None or not 2 <= len(items) <= 5 or not all(is_latin(item) and size(item) <= 10 for item in items):
        return
    lead = match["lead"]
    if is_term(lead, 16):
        asked = f"{lead}主要{match['verb']}哪{_NUMBERS[len(items)]}个？".replace("哪二", "哪两")
        yield Finding(
            name, asked, "\n".join(items), spot.place, lead, subject=lead, listed=True, bonus=(("names", 0.8),)
        )


def _inline(match: re.Match[str], spot: Spot) -> Iterator[Finding]:
    verb, tail = match["verb"], match["end"]
    if verb.endswith("由") != tail.endswith(("组成", "构成")):
        return
    items = split_list(match["items"].removesuffix("两种").removesuffix("三种"))
    yield from _card(match["lead"].strip(), verb, items, tail, spot.place)


def _card(lead: str, verb: str, items: tuple[str, ...], tail: str, place: Place) -> Iterator[Finding]:
    subject = re.split(r"根据|按照?|从|在|依", lead)[0].strip() or lead
    if _COUNTED.search(items[-1] if items else ""):
        return
    if not 2 <= len(items) <= 5 or not is_term(subject, 16) or is_dangling(lead) or size(lead) > 24:
        return
    if any(_OPEN_END.search(item) or _ACTS.match(item) or not is_noun_phrase(item, 16) for item in items):
        return
    unit = "部分" if verb.endswith("由") else "种" if "分" in verb else "个" if "指" in verb else "项"
    end = re.sub(r"^几?[种个类部分]+", "", tail)
    asked = f"{lead}{verb}哪{_NUMBERS[len(items)]}{unit}{end}？".replace("哪二", "哪两")
    bonus = (("divided", 0.8),) if "分" in verb or "指" in verb or verb.endswith("由") else ()
    yield Finding(
        name, asked, "\n".join(items), place, lead, subject=subject, listed=True, count=len(items), bonus=bonus
    )


def _english(match: re.Match[str], spot: Spot) -> Iterator[Finding]:
    items = split_list(match["items"])
    if not 2 <= len(items) <= 5 or any(size(item) > 16 or _OPEN_END.search(item) for item in items):
        return
    lead = re.sub(r"^(The|An?) ", lambda m: m[1].lower() + " ", match["lead"])
    if is_dangling(match["lead"]):
        return
    asked = f"Which {len(items)} parts make up {lead}?"
    yield Finding(name, asked, "\n".join(items), spot.place, lead, listed=True, count=len(items), subject=match["lead"])


def _announced(page: Page) -> Iterator[Finding]:
    for block in page.note.blocks:
        before = page.ahead_of(block) if block.kind == BlockKind.LIST else None
        if before is None or before.kind != BlockKind.PARAGRAPH or not before.sentences:
            continue
        match = _BEFORE_LIST.match(before.sentences[-1].text.strip())
        if match and not match["verb"].endswith("由"):
            items = tuple(trim(re.split(r"[：:。（(；]", item.bold or item.text)[0]) for item in block.items)
            place = Place(before.sentences[-1].line, block.end_line, block.headings, block.label, block.topic)
            yield from _card(match["lead"].strip(), match["verb"], items, "", place)
