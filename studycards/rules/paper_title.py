"""A paper's title in 《》 under a heading such as 论文: `《Foo Networks (FN): A Model for Bars》`.

Asks by the name that the title gives its model, or by the task that a survey is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import word_set
from studycards.model import Finding
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, place_of

name = "paper-title"
prior = 0.82
weight = 4.0

_TITLE = re.compile(r"^《(?P<title>[A-Z][^》]{8,200})》[。.]?$")
_PAPERS = re.compile(r"论文|综述|文献|[Pp]aper|[Ss]urvey|[Ss]urveys")
_SHORT = re.compile(r"^[^:：(（]{3,60}[（(](?P<name>[A-Z][A-Za-z0-9-]{1,12})[)）]")
_NAMED = re.compile(r"^(?P<name>[A-Z0-9][A-Za-z0-9+.-]*[A-Z0-9][A-Za-z0-9+.-]*|[A-Z][a-z]+[A-Z]\w*)[:：]\s")
_SURVEY = re.compile(
    r"^(?P<field>.+?)\s(?P<link>for|in|on|of)\s(?P<task>[^:：]+?)[:：]\s?An? (?:\w+ ){0,2}(?:Survey|Review|Overview)$"
)
_MADE_FOR = re.compile(
    r"[:：]\s?An? [^:：]{4,60}? (?:Model|Network|Framework|Method|Toolkit|Library|Approach|Algorithm"
    r"|System) for (?P<use>[^:：]{4,60})$"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the titles that stand alone under a heading for papers or after a line that announces one."""
    for section in page.sections:
        for i, block in enumerate(section.blocks):
            match = _TITLE.match(block.text.strip()) if block.kind == BlockKind.PARAGRAPH else None
            if match and (_PAPERS.search(section.title) or _announced(section.blocks, i)):
                yield from _asked(match["title"], block, page)


def _announced(blocks: tuple[Block, ...], index: int) -> bool:
    return index > 0 and re.search(r"(?:论文|综述|文章)(?:有|如下)?[：:]$", blocks[index - 1].text.strip()) is not None


def _asked(title: str, block: Block, page: Page) -> Iterator[Finding]:
    named = _SHORT.match(title) or _NAMED.match(title)
    survey = _SURVEY.match(title)
    chinese = page.chinese or block.text.startswith("《")
    if named and named["name"].casefold() not in word_set("generic_names"):
        model = named["name"]
        asked = f"{model}的论文题目是什么？" if chinese else f"Which paper introduced {model}?"
        yield Finding(name, asked, title, place_of(block), model, label=True)
        use = _MADE_FOR.search(title)
        if use:
            asked = f"{model}用于什么？" if chinese else f"What is {model} for?"
            yield Finding(name, asked, use["use"], place_of(block), model, direction="use", label=True)
    elif survey:
        task = survey["task"]
        asked = f"关于{task}的综述论文题目是什么？" if chinese else f"Which survey is about {task}?"
        yield Finding(name, asked, title, place_of(block), task, label=True)
