"""A number and as many items in one sentence: `彩虹有七种颜色：红、橙、…`, `There are 3 layers: A, B, C`.

Asks for the whole list with its number; three to five items also as a cloze with a hole for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import COUNT, MEASURES, is_dangling, is_noun_phrase, number, size, split_list, word_count
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.phrasing import holes, which

name = "count-inline"
prior = 0.84
weight = 8.0

_COLON = re.compile(
    rf"^(?P<lead>.*?){COUNT}(?P<noun>[^，。：:、（(]{{0,14}}?)(?:，?(?:分别是|分别为|即|是"
    r"|为))?\s?[：:]\s?(?P<items>.+)$"
)
_RESPECTIVE = re.compile(
    rf"^(?P<lead>.*?){COUNT}(?P<noun>[^，。：:、（(]{{0,14}}?)[，,]\s?(?:分别是|分别为|即)[：:]?\s?(?P<items>.+)$"
)
_LAST = re.compile(
    rf"^(?P<lead>[^、：:]*?(?:有|是|包括|包含|由|分为|分成))(?P<items>[^：:]+?){COUNT}"
    rf"(?P<noun>[^，。：:、（(]{{1,14}})$"
)
_ENGLISH = re.compile(
    r"^(?P<lead>(?:[^:]*? )?(?:there are|has|have|are|the)\s+(?:the\s+)?)(?P<count>\d|two|three|four|five|six|seven)\s+"
    r"(?P<noun>[a-zA-Z][\w -]{2,40}?)(?P<where>\s+(?:of|in|for|to)\s+[\w' -]{2,40}?)?\s*(?:[:–—]|\s-)\s*"
    r"(?P<items>[^:]+)$",
    re.IGNORECASE,
)
_ARE = re.compile(
    r"^(?:The|Its) (?:(?P<count>two|three|four|five|six|seven|\d) )?(?P<noun>(?:main |major |key |basic "
    r"|primary |most common )?[a-z][a-z -]{2,30}s)"
    r"(?P<where> (?:of|for|in) (?:the |an? )?[\w' -]{2,40}?)? are (?P<items>[^.:;]+?, [^.:;]+? and [^.:;,]+"
    r"|[^.:;]+?, [^.:;]+?, and [^.:;,]+)$"
)
_TWO = re.compile(
    r"(?:^|，)(?P<lead>[^，。]{2,24}?)两(?P<measure>[个种类位派])"
    r"(?P<noun>[^，：]{0,12})[，：:]\s?一[个种类位派](?:就?是|叫)(?P<a>[^，；]{2,16})"
    r"[，；]\s?(?:另外?一|还有一|一)[个种类位派](?:就?是|叫)(?P<b>[^，；]{2,16})$"
)
_COUNTED = re.compile(rf"[一二三四五六七八九十两兩\d]\s?(?:大类|部分|方面|阶段|层次|[{MEASURES}])")
_JUNK = re.compile(r"还有|这里|进入正题|下面|接下来|上面|以上|之一|至少|第")
_VERB_END = re.compile(r" (?:are|is)$")
_AWAY_WORD = re.compile(r"\b(?:it|them|this|that|these|those|which|its|their)\b")
_AWAY = re.compile(r"(?:of|in|for|to) (?:it|them|this|these)")
_NO_ITEM = re.compile(r"，|^(?:称为|叫|是|如|它|这|提供|可以|通过|使得|因此|从而|并)")
_NO_THING = re.compile(r"^[用以把将被由从对向]|来[\u4e00-\u9fff]{1,3}$")
_SUBJECTLESS = re.compile(r"^(?:可以?|又可以?|主要|一般|通常|大致)*(?:分为|分成|有|包括)$")
_FROM = re.compile(r"(?:从|按照?|根据|依)[^，。；]{2,16}(?:来看|看|角度)?，[^，]{1,8}$")
_POINTING = re.compile(r"(?:有|包括|包含|分为|是)?(?:以下|如下|下列|下面)(?=$|[的这])")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences that say a number and then list as many things."""
    for spot in page.spots:
        text = spot.text
        if "：" in text or ":" in text or "、" in text or "和" in text or "分别" in text or "即" in text:
            match = _match(text)
            if match:
                yield from _chinese(match, spot, page)
        if "两" in text and "一" in text:
            yield from _one_and_other(spot)
        if " are " in text and text.startswith(("The ", "Its ")):
            are = _ARE.match(text)
            if are:
                yield from _are(are, spot)
        if ":" in text or " - " in text or "–" in text:
            english = _ENGLISH.match(text)
            if english:
                yield from _english(english, spot)


def _match(text: str) -> re.Match[str] | None:
    if not _COUNTED.search(text):
        return None
    colon = "：" in text or ":" in text
    match = _COLON.match(text) if colon else None
    if match is None and ("分别" in text or "即" in text):
        match = _RESPECTIVE.match(text)
    if match is None and not colon and ("、" in text or "和" in text):
        match = _LAST.match(text)
    return match


def _chinese(match: re.Match[str], spot: Spot, page: Page) -> Iterator[Finding]:
    lead = re.split(r"[，。,；]", match["lead"])[-1].strip()
    led = _FROM.search(match["lead"]) if _SUBJECTLESS.match(lead) else None
    lead = led[0].strip() if led else lead
    lead = re.sub(r"^(?:其中|而|但|也|并且|目前|常见的)", "", _POINTING.sub("有", lead))
    items = _items(match["items"])
    if spot.mark.startswith("；") or any(_NO_ITEM.search(item) for item in items):
        return
    if match.re is _LAST and not _is_plain_list(items, match["noun"]):
        return
    if len(items) != number(match["count"]) or not 2 <= len(items) <= 9 or _JUNK.search(lead + match["noun"]):
        return
    if size(lead) < 2 or lead.startswith(("包括", "包含")) or is_dangling(lead) or size(lead) > 30:
        return
    asked = f"{lead}{which(match['count'], match['measure'])}{match['noun']}？"
    subject = re.split(r"[上中里内]?(?:主要|一般|通常|大致|可以|可|共|总共|逐渐)?(?:有|是|分|包|由|发展|提)", lead)[0]
    yield Finding(
        name,
        asked,
        "\n".join(items),
        spot.place,
        lead,
        subject=subject if len(subject) > 1 and led is None else "",
        listed=True,
        count=len(items),
        label=led is not None,
    )
    if 3 <= len(items) <= 5 and led is None:
        prefix = f"{lead}{match['count']}{match['measure']}{match['noun']}："
        yield _cloze(prefix, items, "、", spot, lead)


def _is_plain_list(items: tuple[str, ...], noun: str) -> bool:
    """Whether what stands before a counted noun is a list of things, and the noun no phrase of its own."""
    if re.search(r"的|之间", noun):
        return False
    return all(is_noun_phrase(item, 24) and not _NO_THING.search(item) for item in items)


def _one_and_other(spot: Spot) -> Iterator[Finding]:
    """`有两个学派，一个是A，另一个是B`."""
    match = _TWO.search(spot.text)
    if match is None or is_dangling(match["lead"]) or size(match["lead"]) < 3:
        return
    items = [re.sub(r"^就是", "", match[key]).strip() for key in ("a", "b")]
    asked = f"{match['lead']}{which('两', match['measure'])}{match['noun']}？"
    if all(is_noun_phrase(item, 20) for item in items):
        yield Finding(name, asked, "\n".join(items), spot.place, match["lead"], listed=True, count=2)


def _english(match: re.Match[str], spot: Spot) -> Iterator[Finding]:
    items = _items(match["items"])
    noun = _VERB_END.sub("", match["noun"].strip())
    where = _VERB_END.sub("", (match["where"] or "").strip())
    where = "" if _AWAY.fullmatch(where) and spot.place.headings else where
    if _AWAY_WORD.search(f"{noun} {where}"):
        return
    if spot.mark.startswith("；") or any(_NO_ITEM.search(item) for item in items):
        return
    if len(items) != number(match["count"]) or any(size(item) > 16 for item in items):
        return
    tail = f"{match['count'].lower()} {noun}{' ' + where if where else ''}"
    counted = f"{match['count'].lower()} {noun} are there{' ' + where if where else ''}"
    named = match["lead"].lower().endswith("the ") and len(noun.split()) > 1
    asked = f"Which are the {tail}?" if named else f"Which {counted}?"
    yield Finding(
        name, asked, "\n".join(items), spot.place, noun + where, listed=True, count=len(items), label=not where
    )
    if 3 <= len(items) <= 5:
        prefix = f"The {match['count']} {noun}{' ' + where if where else ''}: "
        yield _cloze(prefix, items, ", ", spot, noun + where, not where)


def _are(match: re.Match[str], spot: Spot) -> Iterator[Finding]:
    """`The main parts of a cell are A, B and C`."""
    items = _items(match["items"])
    where, said = (match["where"] or "").strip(), number(match["count"] or "")
    if not 3 <= len(items) <= 6 or (said and said != len(items)) or any(word_count(item) > 6 for item in items):
        return
    if _AWAY_WORD.search(f"{match['noun']} {where}") or not (where or said):
        return
    asked = f"What are the {len(items)} {match['noun']}{' ' + where if where else ''}?"
    yield Finding(
        name, asked, "\n".join(items), spot.place, match["noun"] + where, listed=True, count=len(items), label=not where
    )


def _items(text: str) -> tuple[str, ...]:
    text = re.split(r"[。；]", text)[0]
    return tuple(re.sub(r"^(?:分别是|分别为|即|是|the |一是|二是|三是)", "", item) for item in split_list(text))


def _cloze(prefix: str, items: tuple[str, ...], mark: str, spot: Spot, term: str, label: bool = False) -> Finding:
    return Finding(
        name,
        prefix + mark.join("____" for _ in items),
        "\n".join(items),
        spot.place,
        term,
        direction="cloze",
        label=label,
        text=holes(prefix, items, mark),
        listed=True,
        count=len(items),
    )
