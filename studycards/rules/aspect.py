"""One side of a named thing: `交换的基本单位是进程`, `某算法的基本思想是，先排序再合并`, `Foo本意是香草`.

Asks for that side: `交换的基本单位是什么？`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import definition, points_away, sentence_part
from studycards.grammar import (
    by_first_letter,
    glossed,
    is_balanced,
    is_dangling,
    is_noun_phrase,
    is_term,
    size,
    trim,
    words,
)
from studycards.model import Finding
from studycards.notes.page import Page, Spot
from studycards.text import has_chinese

name = "aspect"
prior = 0.81
weight = 4.0

_HEADS = sorted((head for head in words("column_heads") if has_chinese(head)), key=lambda head: (-len(head), head))
_SIDE = re.compile(
    r"^(?:(?:可以看到|可见|也就是说|换句话说|显然|其中)，)?(?P<owner>[^，。；：]{2,30}?)\s?(?P<what>的(?:基本|核心|主要|最终|设计)?(?:思想|思路|单位|做法"
    r"|目的|目标|任务|作用|用途|功能|核心"
    r"|本质|前提|初衷|含义|原意|本意|第[一二三四五六七][个次][\u4e00-\u9fff]{2,4})|本意|原意)，?(?P<verb>就?是|为|在于)"
    r"[，：:,]?\s?(?P<said>[^。；]{2,80})$"
)
_PLAIN = re.compile(
    rf"^(?P<owner>[^，。；：]{{2,20}}?)的(?P<what>(?:主要|基本|默认|核心|最大)?的?(?:{'|'.join(_HEADS)}))(?P<verb>就?是|为|叫)"
    r"[：:]?\s?(?P<said>[^。；]{1,60})$"
)
_OF = re.compile(rf"的[^，。是为]{{0,4}}(?:{by_first_letter(_HEADS)})(?:就?是|为|叫)")
_WHO = re.compile(r"(?:人|者|作者|皇帝|国王|君主|将领|主将|主帅|指挥官|导演|代表人物|主演)$")
_CUE = re.compile("[思单做目任作用功核本前初含原第][想路位法的标务用途能心质提衷义意一二三四五六七].{0,5}[是为在]")
_SYMBOL = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])")
_TURN = re.compile(r"[，,](?=是|在|即|也|而|但|因此|所以|从而|使|这|它|当|故|以便|不过)")
_LOOSE = re.compile(
    r"什么|怎么|如何|哪|谁|吗|[这那该此它他她我你]|一样|[相不]同的|重要的|两[点个方]|三[点个方]|多方面|以下|如下|下[图面列]"
    r"|上[图面述]|^[不没很非]|(?:的|了|着)$"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sentences that open with one side of a named thing."""
    for spot in page.spots:
        text = spot.text
        if "是" not in text and "为" not in text and "在" not in text and "叫" not in text:
            continue
        if spot.mark.startswith(("？", "?", "：", ":")):
            continue
        if _CUE.search(text):
            yield from _found(spot)
        elif (spot.nth == 0 or spot.alone) and "的" in text and _OF.search(text):
            yield from _plain(spot)


def _plain(spot: Spot) -> Iterator[Finding]:
    """`某国的首都是某城`, `某算法的优点是可以…`."""
    match = _PLAIN.match(spot.text)
    if match is None:
        return
    owner, said = match["owner"].strip(), sentence_part(_TURN.split(match["said"], maxsplit=1)[0])
    named = glossed(owner)
    if not is_term(named[0] if named else owner, 18) or is_dangling(owner) or not is_balanced(owner):
        return
    if not 1 <= size(said) <= 30 or _LOOSE.search(said) or points_away(said) or is_dangling(said):
        return
    word = "谁" if _WHO.search(match["what"]) and is_noun_phrase(said, 16) else "什么"
    asked = f"{owner}的{match['what']}{match['verb'].removeprefix('就')}{word}？"
    term = f"{owner}的{match['what']}"
    yield Finding(name, asked, trim(said).removeprefix("要"), spot.place, term, subject=named[0] if named else owner)


def _found(spot: Spot) -> Iterator[Finding]:
    match = _SIDE.match(spot.text)
    if match is None:
        return
    owner, said = match["owner"].strip(), sentence_part(_TURN.split(match["said"], maxsplit=1)[0])
    named = glossed(owner)
    if not is_term(named[0] if named else owner, 20) or is_dangling(owner) or not is_balanced(owner):
        return
    if match["verb"] != "为" and definition(match["said"]):
        return
    if not 2 <= size(said) <= 40 or _LOOSE.search(said) or points_away(said):
        return
    if _SYMBOL.search(said):
        return
    said = re.sub(r"^要(?=[\u4e00-\u9fff]{3})", "", said)
    asked = f"{owner}{match['what']}{match['verb'].removeprefix('就')}什么？"
    late = () if spot.opens or spot.alone else (("inside-paragraph", -0.1),)
    term = f"{owner}{match['what']}"
    yield Finding(name, asked, said, spot.place, term, subject=named[0] if named else owner, label=True, bonus=late)
