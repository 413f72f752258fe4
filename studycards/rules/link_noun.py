"""A link's title that says what a name is: `FooNet：一种轻量的图像分割网络`.

Asks what the name is. Only in notes that are more than links, only where the noun names a kind of thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import ends_in_kind
from studycards.grammar import is_name, is_noun_phrase, word_set
from studycards.model import Finding
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, place_of
from studycards.phrasing import meaning

name = "link-noun"
prior = 0.85
weight = 8.0

_SHAPE = re.compile(r"^(?P<name>[A-Za-z0-9][\w.+-]*(?: [A-Z][\w.+-]*){0,2})[：:]\s?(?P<said>[^，。！？；：]{6,36})$")
_NEWS = re.compile(
    r"发布|开源|提出|解读|详解|介绍|实战|教程|论文|笔记|原理|分析|综述|指南|入门|浅谈|盘点|总结|揭秘|如何|让"
    r"|把|超越|最强|最新|首个|全新|来了|登场|背后|下一代"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the link titles that are a name, a colon and one noun phrase."""
    prose = sum(1 for block in page.note.blocks if block.kind == BlockKind.PARAGRAPH and len(block.text) > 30)
    if prose < 3:
        return
    for block in page.note.blocks:
        match = _SHAPE.match(block.text.strip()) if block.kind == BlockKind.LINK else None
        if match is None or _NEWS.search(match["said"]) or match["name"].casefold() in word_set("generic_names"):
            continue
        if is_name(match["name"]) and is_noun_phrase(match["said"], 30) and ends_in_kind(match["said"]):
            asked = meaning(match["name"], True, page.spacing)
            yield Finding(name, asked, match["said"], place_of(block), match["name"], subject=match["name"])
