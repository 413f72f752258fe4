"""A person with dates in a paragraph: `Foo Bar（1815年～1852年）英国数学家。1843年发表第一个算法。`

Asks for the dates, the role, and the year of what the later sentences tell of the same person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_dangling, is_noun_phrase, is_term, size, trim
from studycards.model import Finding
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, place_of
from studycards.phrasing import who

name = "life-dates"
prior = 0.80
weight = 4.0

_DAY = r"(?:公元)?前?\d{2,4}年?(?:\d{1,2}月(?:\d{1,2}[日号])?)?"
_DATES = rf"(?:约)?{_DAY}\s?(?:[～~—–－-]+|至|到)\s?(?:约)?{_DAY}"
_ROLE = re.compile(
    r"(?:家|人|者|员|长|王|帝|后|师|士|手|官|将|帅|臣|相|父|母|子|女|领袖|功臣|大亨|教授|院士|总统|总理|主席|首相|专家|学者|皇帝|贵族|商人|僧人|道士"
    r"|之一)$"
)
_ACTED = re.compile(r"^(?:成长|生于|出生|毕业|早年|曾|因|以|在|从|是在|原|\d)")
_PERSON = re.compile(
    rf"^(?P<name>[\u4e00-\u9fffA-Za-z·. ’'-]{{2,30}}?)\s?[（(](?P<gloss>[^（()）]*?[，,;；]\s?)?"
    rf"(?P<dates>{_DATES})[^（()）]*[)）]\s?[，,]?\s?(?P<role>是?[^。]*)[。]?$"
)
_LATER = re.compile(r"^(?P<year>(?:公元)?前?\d{3,4}年)[，,]?(?P<act>[^，。；]{4,30})(?:[，。；]|$)")
_BY = re.compile(r"[遭被](?P<who>[^，。；]{2,24}?)(?=猜忌|杀害|暗杀|弹劾|囚禁|流放|伏击|处死|推翻|废黜|任命为)")
_AGED = re.compile(
    r"^(?P<name>[^，。（(]{2,16})(?:[（(][^）)]*[)）])?，(?P<age>\d{1,3}岁)，[^。]{0,40}?(?P<end>身亡|去世"
    r"|逝世|阵亡|牺牲|遇难)"
)
_TIMES = frozenset({"今年", "去年", "明年", "当年", "同年", "次年", "期间", "任期", "学期"})
_PART = re.compile(r"[，,]")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the paragraphs that open with a person's name and dates."""
    for block in page.blocks:
        if block.kind == BlockKind.PARAGRAPH and block.sentences and ("年" in block.text or "～" in block.text):
            yield from _found(block, page)
        if block.kind == BlockKind.PARAGRAPH and block.sentences and "岁，" in block.text:
            yield from _age(block)


def _found(block: Block, page: Page) -> Iterator[Finding]:
    first = block.sentences[0]
    match = _PERSON.match(first.text.strip())
    if match is None or not is_term(match["name"], 24) or match["name"] in _TIMES:
        return
    person, place = match["name"].strip(), place_of(block, first.line, first.end_line)
    yield Finding(name, f"{person}的生卒年是什么？", match["dates"], place, person, subject=person, direction="dates")
    role = trim(match["role"])
    parts = _PART.split(role)
    role = role if size(role) <= 40 else parts[0]
    role = role.removeprefix("是")
    told = role and not _ACTED.match(role) and _ROLE.search(role)
    if told and all(is_noun_phrase(part, 30) for part in _PART.split(role)):
        yield Finding(
            name, who(person, True, page.spacing), role, place, person, subject=person, bonus=(("role", 0.3),)
        )
    for sentence in block.sentences[1:]:
        later = _LATER.match(sentence.text.strip())
        if later and not is_dangling(later["act"].removeprefix("因其").removeprefix("在")) and "他" not in later["act"]:
            asked = f"{person}哪一年{later['act']}？"
            where = place_of(block, first.line, sentence.end_line)
            yield Finding(name, asked, later["year"], where, f"{person} {later['act']}", direction="year")
            by = _BY.search(later["act"])
            if by and is_noun_phrase(by["who"], 24):
                act = later["act"][: by.start("who")] + "谁" + later["act"][by.end("who") :]
                yield Finding(name, f"{person}{act}？", by["who"].removeprefix("当时"), where, person, direction="by")


def _age(block: Block) -> Iterator[Finding]:
    """`张三（…），95岁，…身亡`: the age at death."""
    first = block.sentences[0]
    match = _AGED.match(first.text)
    if match and is_noun_phrase(match["name"], 20):
        place = place_of(block, first.line, first.end_line)
        asked = f"{match['name']}{match['end']}时多少岁？"
        yield Finding(name, asked, match["age"], place, match["name"], subject=match["name"], direction="age")
