"""A paper's title in 《》 under a heading such as 论文: `《Foo Networks (FN): A Model for Bars》`.

Asks by the name that the title gives its model, or by the task that a survey is about. In a list of references, as
`A, B. [FooNet: Bars](url). VENUE, 2020.`, by the name of the line or of its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import word_set
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, place_of
from studycards.phrasing import paper

name = "paper-title"
prior = 0.82
weight = 4.0

_TITLE = re.compile(r"^《(?P<title>[A-Z0-9][^》]{8,200})》[。.]?$")
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
_CITED = re.compile(
    r"^\s*(?:[-*+]|\d+[.)])\s+(?P<before>[^\n]*?)\[(?P<title>[A-Z0-9][^\]\[\n]{12,200})\]\(\S+\)[.,]?\s*"
    r"(?:[A-Z][\w&' -]{1,60}?,?\s+)?(?:19|20)\d\d\.?\s*$"
)
_KEYED = re.compile(r"^\W*\[(?:[^\[\]]{3,60}[(])?(?P<name>[A-Z][A-Za-z0-9+-]{1,24})[)]?\]")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the titles that stand alone under a heading for papers or after a line that announces one."""
    for section in page.sections:
        for i, block in enumerate(section.blocks):
            match = _TITLE.match(block.text.strip()) if block.kind == BlockKind.PARAGRAPH else None
            if match and (_PAPERS.search(section.title) or _announced(section.blocks, i)):
                yield from _asked(match["title"], block, page)
    for block, item in page.items:
        match = _CITED.match(item.raw) if "](" in item.raw else None
        if match:
            yield from _cited(match, place_of(block, item.line, item.end_line), page)


def _cited(match: re.Match[str], place: Place, page: Page) -> Iterator[Finding]:
    """The paper of a line of references, by the name that the line or its title gives it."""
    keyed = _KEYED.match(match["before"])
    named = keyed or _SHORT.match(match["title"]) or _NAMED.match(match["title"])
    if named is None or named["name"].casefold() in word_set("generic_names"):
        return
    model, chinese = named["name"], page.chinese
    yield Finding(name, paper(model, chinese, page.spacing), match["title"].strip(), place, model)


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
