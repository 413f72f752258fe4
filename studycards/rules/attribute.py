"""A measure of a named thing: `塞舌尔面积455平方公里`, `《某书》成书于1231年`, `Foo身价36亿美元`.

Asks in place for the number, with 据笔记 for what changes (wealth, population).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import glossed, is_noun_phrase, is_term, word_in, words
from studycards.model import Finding
from studycards.notes.page import Page, Spot

name = "attribute"
prior = 0.76
weight = 4.0

_UNITS = "(?:" + "|".join(sorted(words("units"), key=lambda unit: (-len(unit), unit))) + ")"
_ATTRIBUTE = "|".join(sorted(words("attributes"), key=lambda word: (-len(word), word)))
_MEASURE = (
    rf"(?P<what>{_ATTRIBUTE})(?P<verb>是|为|约为|高达"
    r"|达到?|只有|仅有?|约|大约"
    rf"|有|：)*(?P<value>(?:约|近|超过?|大约)?[\d,.]+(?:[-–~～至到][\d,.]+)?(?:多|余)?(?:万|亿|千|百)*{_UNITS})"
)
_SHAPE = re.compile(rf"(?P<owner>[^，。；：]{{0,30}}?)(?P<of>的)?(?P<kind>家族)?{_MEASURE}")
_CUE = re.compile(_MEASURE)
_DIGIT = re.compile(r"\d")
_WRITTEN = re.compile(
    r"(?P<owner>[^，。；：]{0,30}?)(?P<what>成书|写成|完成|落成)于(?P<value>[^，。；]{0,6}\d{3,4}年(?:（[^）]*）)?)"
)
_HOLDER = re.compile(rf"(?P<name>[^，。]{{2,14}}(?:{'|'.join(words('roles'))})[^，。]{{2,20}})，")
_LIES = re.compile(
    r"^(?P<owner>[^，。；：]{2,30}?)，?(?P<verb>位于|坐落于|坐落在|发源于|葬于|总部设在|总部位于)"
    r"(?P<where>[^，。；：]{2,20}?)(?=[，。；]|$)"
)
_VAGUE_PLACE = re.compile(
    r".{0,4}(?:平原|山区|中心|[东西南北]部|[东西南北]边|内陆|沿海|附近|旁边|之间|中间|两侧|上方|下方|[内外]侧|那里|这里)"
)
_LIE_CUE = re.compile("(?=[位坐发葬总住定生])(?:位于|坐落|发源于|葬于|总部|住在|定居|生活在)")
_WRITTEN_CUE = re.compile("(?=[成写完落])(?:成书|写成|完成|落成)于")
_LIVES = re.compile(
    r"，(?P<verb>(?:常年|长期|后来?|现在?)?(?:住在|居住在|定居在?|生活在))(?P<where>[^，。；：]{2,10})$"
)
_CHANGES = frozenset({"身价", "家产", "资产", "财产", "遗产", "人口", "票房", "市值", "营收", "军费", "预算", "产量"})
_PRONOUN = re.compile(r"^(?:[他她它]也?是?|该书|该国|该岛|该[^，]{0,2}|其|全书|此书|书中)?的?$")
_TITLED = re.compile(r"^(?P<name>《[^》]+》|[^，。（(《]{2,24}?)(?:[（(][^）)]*[)）])?(?=[，,]|是|他|她|为)")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences that give a named thing's measure."""
    for spot in page.spots:
        text = spot.text
        if text.isascii():
            continue
        if _DIGIT.search(text) and word_in("attributes", text) and _CUE.search(text):
            for match in _SHAPE.finditer(text):
                yield from _found(match, spot)
        if ("于" in text or "在" in text or "居" in text) and _LIE_CUE.search(text):
            yield from _where(spot)
        if "于" in text and _WRITTEN_CUE.search(text):
            for match in _WRITTEN.finditer(text):
                yield from _found(match, spot)


def _found(match: re.Match[str], spot: Spot) -> Iterator[Finding]:
    owner, resolved = _owner(match["owner"].strip(), spot.text[: match.start()], spot)
    named = glossed(owner)
    if not owner or not is_term(named[0] if named else owner.strip("《》"), 20):
        return
    groups = match.groupdict()
    what = f"{groups.get('kind') or ''}{match['what']}"
    value = match["value"]
    written = what in {"成书", "写成", "完成", "落成"}
    asked = f"{owner}{what}于哪一年？" if written else f"{owner}的{what}是多少？"
    if what.removeprefix("家族") in _CHANGES:
        asked = f"据笔记，{asked}"
    yield Finding(
        name,
        asked,
        value,
        spot.place,
        f"{owner} {what}",
        subject=owner.strip("《》"),
        resolved=resolved,
        bonus=(("one-person", 0.5),) if resolved else (),
    )


def _where(spot: Spot) -> Iterator[Finding]:
    """Where a named thing lies or a person lives."""
    match = _LIES.match(spot.text)
    if match and _VAGUE_PLACE.fullmatch(match["where"]):
        return
    if (
        match
        and not re.search("[是指]", match["owner"])
        and is_term(_plain(match["owner"]), 16)
        and is_noun_phrase(match["where"], 16)
    ):
        asked = f"{match['owner']}{match['verb']}哪里？"
        yield Finding(
            name, asked, match["where"], spot.place, f"{match['owner']} {match['verb']}", subject=_plain(match["owner"])
        )
        return
    match = _LIVES.search(spot.text)
    if match and ("他" in spot.text or "她" in spot.text) and is_noun_phrase(match["where"], 10):
        holder = _HOLDER.match(spot.block.sentences[0].text if spot.block.sentences else "")
        if holder and holder["name"] not in spot.text:
            asked = f"据笔记，{holder['name']}{match['verb']}哪里？"
            term = f"{holder['name']} {match['verb']}"
            yield Finding(name, asked, match["where"], spot.place, term, resolved=True, bonus=(("one-person", 0.5),))


def _plain(owner: str) -> str:
    named = glossed(owner)
    return (named[0] if named else owner).strip("《》")


def _owner(owner: str, before: str, spot: Spot) -> tuple[str, bool]:
    """Whose measure it is, and whether that stands outside the clause."""
    inside = re.split(r"[他她它]的?$|[他她它]也?是$", owner)[0] if owner else ""
    if inside and inside != owner and len(inside) > 1:
        return _cleaned(inside), False
    if owner and not _PRONOUN.match(owner):
        return _cleaned(owner), False
    opened = _TITLED.match(spot.text) if before else None
    if opened and is_term(_cleaned(opened["name"]).strip("《》"), 20):
        return _cleaned(opened["name"]), False
    first = spot.block.sentences[0].text if spot.block.sentences and not spot.opens else ""
    holder = _HOLDER.match(first)
    return (_cleaned(holder["name"]), True) if holder and owner.startswith(("他", "她")) else ("", False)


def _cleaned(owner: str) -> str:
    return re.sub(r"^(?:一个|而|但|其中|如今|目前|最[^的]{1,3}的)", "", owner).strip()
