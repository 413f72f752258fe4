"""A bold term on a line of its own and what it is in the paragraph below: `**冰川**`, then `由积雪压成的冰体。`

Asks what the term is, where three or more stand so; what is said must be short and speak of the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_balanced, is_term, size, trim, word_count
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind, Sentence
from studycards.notes.page import Page, place_of
from studycards.phrasing import meaning
from studycards.text import has_chinese

name = "bold-line"
prior = 0.82
weight = 4.0

_ALONE = re.compile(r"(?:\*\*|__)(?P<term>[^*_\n：:？?]{2,40})(?:\*\*|__)[：:]?")
_POINTS = re.compile(
    r"又称|例|如[果下图]|假设|因为|由于|所以|但|而|也|还|首先|其次|我|你|这|那|他|它|该|此|其|上|下面|在|对于|通常|一[般些]|注|见|可以看"
    r"|For |If |When |Note|See "
)
_SELF = re.compile(r"^(?:就?是指|就是|是|指的是|指(?![向出导标])|means |is )\s?")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the bold lines with a short paragraph below."""
    pairs = [pair for block in page.note.blocks for pair in _pairs(block, page)]
    if len(pairs) >= 3:
        for term, said, place in pairs:
            yield Finding(name, meaning(term, has_chinese(term), page.spacing), said, place, term, subject=term)


def _pairs(block: Block, page: Page) -> Iterator[tuple[str, str, Place]]:
    """Term, what is said of it, and where: of a bold paragraph and the next, or of bold items with one below each."""
    if block.kind == BlockKind.LIST and "**" in block.raw:
        for item in block.items:
            if item.bold and item.text.strip("：: ") == item.bold.strip("：: ") and len(item.sentences) > 1:
                yield from _pair(item.bold, item.sentences[1], place_of(block, item.line, item.sentences[1].end_line))
    elif block.kind == BlockKind.PARAGRAPH:
        match, after = _ALONE.fullmatch(block.raw.strip()), page.after(block)
        if match and after is not None and after.kind == BlockKind.PARAGRAPH and after.sentences:
            first = after.sentences[0]
            yield from _pair(match["term"], first, place_of(block, block.line, first.end_line))


def _pair(term: str, sentence: Sentence, place: Place) -> Iterator[tuple[str, str, Place]]:
    term, text = term.strip("：: "), sentence.text.strip()
    said = trim(_SELF.sub("", text.removeprefix(term)))
    if is_term(term) and _is_said(said) and not text.endswith(("：", ":", "？", "?")):
        yield term, said, place


def _is_said(said: str) -> bool:
    short = size(said) <= 40 if has_chinese(said) else 3 <= word_count(said) <= 20
    return (
        short
        and size(said) >= 5
        and is_balanced(said)
        and _POINTS.match(said) is None
        and said.count("，") <= 2
        and not said.endswith(("的", "了", "呢", "吗", "时", "下"))
    )
