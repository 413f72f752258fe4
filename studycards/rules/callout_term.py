"""A callout whose title is a term: `!!! note "塔基亚原则"`, `> [!info] Backpressure`.

Asks what it is; the first sentence of its body answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import points_away, sentence_part
from studycards.grammar import glossed, is_term
from studycards.model import Finding
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, opening_of, place_of
from studycards.phrasing import about
from studycards.text import has_chinese

name = "callout-term"
prior = 0.76
weight = 8.0

_STOCK = re.compile(
    r"^(?:note|tip|info|warning|important|caution|danger|success|failure|abstract|summary|example|question|quote"
    r"|bug|todo|solution|hint|attention|see also|关于.*|注意|提示|警告|总结|说明|示例)$",
    re.IGNORECASE,
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the callouts that are titled by a term and have prose in them."""
    for block in page.note.blocks:
        if block.kind == BlockKind.CALLOUT and block.text.strip():
            yield from _found(block, page)


def _found(block: Block, page: Page) -> Iterator[Finding]:
    title = block.text.strip().splitlines()[0]
    if _STOCK.match(title) or title.endswith(("？", "?")):
        return
    said, named = sentence_part(opening_of(block)), glossed(title)
    if said and not points_away(said) and is_term(named[0] if named else title):
        asked = about(title, said, has_chinese(title + said), page.spacing)
        yield Finding(name, asked, said, place_of(block), title, subject=title, label=not named)
