"""A person as heading and who it was as the first sentence: `### 张三`, then `蛇国的第一位国王。`

Asks who the person of the heading is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import is_person
from studycards.grammar import is_dangling, is_noun_phrase, size
from studycards.model import Finding
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, Section, place_of
from studycards.phrasing import who
from studycards.text import has_chinese

name = "heading-person"
prior = 0.85
weight = 4.0

_ROLE = re.compile(
    r"(?:英雄|师长|军长|司令|君主|军阀|刺客|谋士|宰相|丞相|商人|医生|律师|[探冒]险家|航海家|革命家|外交官|主教|教皇|骑士"
    r"|战士|运动员|球员|教练|冠军|棋手|船长|人物|首领|头领|大王|公爵|伯爵|元帅|独裁者)$"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sections that are about a person and open with what that person was."""
    for section in page.sections:
        if section.heading is not None and section.blocks and 2 <= size(section.title) <= 10:
            yield from _found(section, page)


def _found(section: Section, page: Page) -> Iterator[Finding]:
    first = section.blocks[0]
    if first.kind != BlockKind.PARAGRAPH or not first.sentences or not has_chinese(section.title):
        return
    sentence = first.sentences[0]
    said = sentence.text.strip().rstrip("。.；;！!")
    clauses = said.split("，")
    if len(clauses) > 3 or any(mark in said for mark in "：:？?") or is_dangling(said):
        return
    if all(is_noun_phrase(clause, 24) for clause in clauses) and any(
        is_person(clause) or _ROLE.search(clause) for clause in clauses
    ):
        place = place_of(first, sentence.line, sentence.end_line)
        yield Finding(name, who(section.title, True, page.spacing), said, place, section.title, subject=section.title)
