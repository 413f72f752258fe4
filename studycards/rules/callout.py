"""A callout whose title is a term or a question: `!!! note "塔基亚原则"`, `> [!question] What is a monad?`

Asks the title; the first sentence of its body answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import points_away, sentence_part
from studycards.grammar import glossed, is_term
from studycards.model import Finding
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, place_of
from studycards.phrasing import about
from studycards.text import has_chinese

name = "callout"
prior = 0.76
weight = 8.0

_STOCK = re.compile(
    r"^(?:note|tip|info|warning|important|caution|danger|success|failure|abstract|summary|example|question|quote"
    r"|bug|todo|solution|hint|attention|see also|关于.*|注意|提示|警告|总结|说明|示例)$",
    re.IGNORECASE,
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the callouts with a telling title and prose in them."""
    for block in page.note.blocks:
        if block.kind == BlockKind.CALLOUT and block.text.strip():
            yield from _found(block, page)


def _found(block: Block, page: Page) -> Iterator[Finding]:
    title = block.text.strip().splitlines()[0]
    if _STOCK.match(title):
        return
    said = sentence_part(_body(block))
    if not said or points_away(said):
        return
    place = place_of(block)
    if title.endswith(("？", "?")):
        yield Finding(name, title, said, place, title, label=len(title) < 12)
        return
    named = glossed(title)
    if is_term(named[0] if named else title):
        asked = about(title, said, has_chinese(title + said), page.spacing)
        yield Finding(name, asked, said, place, title, subject=title, label=not named)


def _body(block: Block) -> str:
    for inner in block.body:
        if inner.kind == BlockKind.PARAGRAPH and inner.sentences:
            return inner.sentences[0].text
        if inner.kind == BlockKind.LIST and inner.items:
            return inner.items[0].text
        if inner.kind not in (BlockKind.IMAGE, BlockKind.BREAK):
            return ""
    return block.sentences[0].text if block.sentences and not block.body else ""
