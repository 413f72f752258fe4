"""What marks a turn of history: `以1900年张三发表的《书》作为蛇学诞生的标志`, `以《书》的出版为现代蛇学的开端`.

Asks for what marks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_balanced, is_dangling, is_noun_phrase, size
from studycards.model import Finding
from studycards.notes.page import Page

name = "landmark"
prior = 0.82
weight = 4.0

_TURN = r"(?P<turn>[^，。；：以]{3,24}?的(?P<kind>标志|开端|起点|象征|里程碑|开始|终点))"
_BY = re.compile(rf"以(?P<what>[^，。；：]{{4,40}}?)(?:作为|为|视为){_TURN}(?:之一)?(?=[，。；]|$)")
_IS = re.compile(
    rf"^(?P<what>[^，。；：]{{4,40}}?)(?:，)?(?:是|成为|标志着|被?(?:认为|视)(?:是|为|作))(?:了)?{_TURN}(?=[，。；]|$)"
)
_FOR = re.compile(
    r"^(?P<turn>(?P<of>[^，。；：]{2,16}?)(?:出现|诞生|形成|开始|产生|兴起|建立|创立|结束|灭亡|独立|统一))(?:的时间)?，"
    r"(?:[^，。；：]{2,20}，)?以(?P<what>[^，。；：]{4,40}?)为标志(?=[，。；]|$)"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the clauses that say what marks the beginning or the end of a thing."""
    for spot in page.spots:
        text = spot.text
        if "标志" in text or "开端" in text or "起点" in text or "里程碑" in text or "象征" in text:
            started = _FOR.match(text)
            if started and _is_told(started["what"]) and _is_turn(started["of"]):
                turn = f"{started['turn']}的标志"
                yield Finding(name, f"{turn}是什么？", started["what"], spot.place, turn, subject=started["of"])
                continue
            match = _BY.search(text) or _IS.match(text)
            if match and _is_told(match["what"]) and _is_turn(match["turn"].rpartition("的")[0]):
                yield Finding(
                    name, f"{match['turn']}是什么？", match["what"], spot.place, match["turn"], subject=match["turn"]
                )


def _is_told(what: str) -> bool:
    return not is_dangling(what) and is_balanced(what) and size(what) >= 4


def _is_turn(turn: str) -> bool:
    return is_noun_phrase(turn, 20) and not is_dangling(turn) and size(turn) >= 3 and "一个" not in turn
