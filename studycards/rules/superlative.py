"""What is the largest or first of its kind: `北海最大的岛——雪岛`, `雪岛是北海最大的岛`, `Foo is the longest bay`.

Asks what it is; only measurable superlatives with a scope, since those have one answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import glossed, is_dangling, is_noun_phrase, is_term, size, word_count
from studycards.model import Finding
from studycards.notes.page import Page, Spot

name = "superlative"
prior = 0.84
weight = 4.0

_MOST = (
    r"(?:最[早大小长短高低深浅古老快慢重轻多少远近新]{1,2}(?:的|一[个座部条种])"
    r"|第一[个座部条种位次所家本篇款颗台场]|首[个座部条种位次所家款颗台]|唯一(?:的|一[个座部条种]))"
)
_WHAT = rf"(?P<what>[^，。；：、“”了]{{0,16}}?{_MOST}[^，。；：、“”是为]{{1,14}}?)"
_NAME = r"(?P<name>《[^》]+》|[^，。；：、“”（(]{2,20}?)(?:\s?[（(][^（()）]{1,60}[)）])?"
_APPOSED = re.compile(
    rf"(?:^|[，；了])(?:(?:还|也)?(?:颁布|诞生|建成|建立|出现|产生|发射|制造|拥有)了)?{_WHAT}(?:——|：|，即){_NAME}(?=[，。；]|$)"
)
_IS_MOST = re.compile(rf"^{_NAME}，?(?:就|也|则|便)?是{_WHAT}(?=[，。；]|$)")
_MOST_IS = re.compile(rf"^(?:目前|现在|其中)?{_WHAT}(?:就|则|便)?(?:是|为){_NAME}(?=[，。；]|$)")
_CUE = re.compile("最[早大小长短高低深浅古老快慢重轻多少远近新]|第一|首|唯一")
_SCOPE = re.compile(
    r"世界|全球|人类|历史|中国|[国洲省市州县岛海洋系界史代]|[东西南北]方|现存|太阳|地球|已知|目前|当时|[上中里内]"
)
_LOOSE = re.compile(
    r"之一|这|那|其|他|她|它|我|你|自己|该|此|问题|原因|特点|优点|缺点|好处|区别|不同|挑战|贡献|影响|成就|变化|收获|障碍|任务"
)
_SOMEBODY = re.compile(r"[位名任]|[人者员家佬王帝师手]$")
_ENGLISH = re.compile(
    r"^(?P<name>(?:The )?[A-Z][\w'’-]*(?: (?:of |the )?[A-Z][\w'’-]*){0,4}) (?:is|was|became) "
    r"(?P<what>the (?:first|only|largest|smallest|longest|shortest|tallest|highest|lowest|deepest|oldest|youngest"
    r"|earliest|fastest|heaviest|second[- ]largest|most populous|(?:north|south|east|west)ernmost) [^,;:()]{4,60})$"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences that say what is the most of its kind."""
    for spot in page.spots:
        if spot.text.isascii():
            if " the " in spot.text:
                yield from _english(spot)
        elif _CUE.search(spot.text):
            yield from _chinese(spot)


def _chinese(spot: Spot) -> Iterator[Finding]:
    found = _APPOSED.search(spot.text) or _MOST_IS.match(spot.text) or _IS_MOST.match(spot.text)
    if found is None or not _is_scoped(found["what"]):
        return
    what, said = found["what"], found["name"].strip()
    named = glossed(said)
    answer = named[0] if named else said
    if (answer.startswith("《") or is_term(answer, 16)) and not _LOOSE.search(answer):
        asked = "谁" if _SOMEBODY.search(what) else "什么"
        yield Finding(name, f"{what}是{asked}？", answer, spot.place, what, subject=what)


def _is_scoped(what: str) -> bool:
    """Whether a superlative says among what: it has a place, a time or a whole in front or inside."""
    return (
        _SCOPE.search(what) is not None
        and not _LOOSE.search(what)
        and not is_dangling(what)
        and size(what) >= 6
        and is_noun_phrase(what.replace("唯一", ""), 26)
    )


def _english(spot: Spot) -> Iterator[Finding]:
    match = _ENGLISH.match(spot.text)
    if (
        match is None
        or is_dangling(match["name"])
        or "one of" in match["what"]
        or not 4 <= word_count(match["what"]) <= 12
    ):
        return
    if re.search(r"\b(?:of|in|on|to|from|ever|by|with|known)\b", match["what"]):
        asked = f"What was {match['what']}?" if " was " in spot.text else f"What is {match['what']}?"
        yield Finding(name, asked, match["name"], spot.place, match["what"], subject=match["what"])
