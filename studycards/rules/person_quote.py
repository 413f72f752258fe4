"""A person in a quote: `>Emmy Noether，1882～1935，德国数学家。`

Asks who it is and, where the role is the only one of its kind (第一, 创立者, 之父), who held it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_noun_phrase, size, trim
from studycards.model import Finding
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, place_of, sentences_of
from studycards.phrasing import who

name = "person-quote"
prior = 0.90
weight = 8.0

_FIELDS = re.compile(r"[，,](?![^（(]*[）)])\s?")
_DATES = re.compile(
    r"^(?:生于|约)?(?:前|公元前)?\d{1,4}年?\s?(?:[～~—–－-]+\s?(?:前)?(?:\d{1,4}年?|至今|今|现在|\?|？)?)?$"
    r"|^(?:生于)?\d{4}年?生?$"
)
_NOTE = re.compile(r"^(?:注|PS|作者|附注|按)[：:]\s?")
_DATED = re.compile(r"(?:注[：:]\s?)?[^，。,：]{2,40}[，,]\s?(?:生于|约)?(?:公元)?前?\d{2,4}年?\s?[～~—–－-]")
_SKIPPED = frozenset({"男", "女", "汉族", "已故"})
_ONLY_ONE = re.compile(
    r"第一[个位任名]|首[位个任]|创立者|创始人|创办者|缔造者|之父|之母|发明者|发现者|提出者|奠基人|开国|末代"
)
_BIRTHPLACE = re.compile(r"[\u4e00-\u9fff]{2,10}(?<![候创始立办发起奠基继承负责主持导])人")
_STUDIED = re.compile(r"本[科硕博]|[博硕学]士|毕业|肄业|就读")
_LATER = re.compile(r"后|曾|该|任|[于在]")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Za-z][\w.'’-]*){0,5}|[\u4e00-\u9fff·•]{2,16}")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the quotes that open with a name and dates."""
    for block in page.blocks:
        quoted = block.kind == BlockKind.QUOTE and block.text
        if quoted or (block.kind == BlockKind.PARAGRAPH and _has_comma(block.text) and _DATED.match(block.text)):
            yield from _found(block, page)


def _has_comma(text: str) -> bool:
    return "，" in text or "," in text


def _found(block: Block, page: Page) -> Iterator[Finding]:
    first, *rest = sentences_of(_NOTE.sub("", block.text).replace("\n", " ").strip()) or [""]
    fields = [field.strip() for field in _FIELDS.split(first.rstrip("。.；;"))]
    if len(fields) < 3 or not _NAME.fullmatch(fields[0]):
        return
    dated = next((i for i in (1, 2) if i < len(fields) and _DATES.match(fields[i])), 0)
    if not dated:
        return
    roles = [field for field in fields[dated + 1 :] if field not in _SKIPPED]
    while roles and (_STUDIED.search(roles[0]) or _LATER.match(roles[0])):
        roles.pop(0)
    person, place = fields[0], place_of(block)
    role = trim("，".join(roles))
    if _BIRTHPLACE.fullmatch(role):
        return
    if role and role in block.text and not re.search(r"\d{4}|[年]", role) and 2 <= size(role) <= 40:
        yield Finding(name, who(person, True, page.spacing), role, place, person, subject="")
    elif roles:
        told = next((field for field in roles if not _BIRTHPLACE.fullmatch(field)), roles[0])
        yield Finding(name, who(person, True, page.spacing), trim(told), place, person, subject="")
    for sentence in [*roles, *rest]:
        text = trim(sentence)
        if _ONLY_ONE.search(text) and is_noun_phrase(text, 28) and text not in {role}:
            yield Finding(name, who(text, True, page.spacing), person, place, person, direction=text)
