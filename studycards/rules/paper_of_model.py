"""The paper of a model: a heading `SqueezeNet`, then `论文：` or at once `《SqueezeNet: …》`.

A name said right before (`还有FireNet。`, `FireNet论文：`) wins over the heading. Asks from the model to the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_latin, is_noun_phrase, size, word_set
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, Section, place_of
from studycards.phrasing import paper
from studycards.text import fold

name = "paper-of-model"
prior = 0.88
weight = 8.0

_TITLE = re.compile(r"^(?:(?P<lead>[^《：:]{0,30}?)(?:的)?论文[：:]?\s?)?《(?P<title>[A-Z0-9][^》]{8,200})》[。.]?$")
_MARK = re.compile(r"^(?P<lead>[^：:。，]{0,30}?)\s?(?:的)?(?:相关)?(?:论文|Paper|paper)[：:]?$")
_NAMED = re.compile(
    r"(?:还有|叫做|叫作|叫|名为|称为|例如|比如|提出了?|就是|则是|有|是)\s?"
    r"(?P<name>[A-Z][A-Za-z0-9+]*(?:[- ][A-Z0-9][\w+-]*){0,3})[。.]?$"
)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the sections that name a paper of theirs."""
    for section in page.sections:
        taken: set[str] = set()
        for i, block in enumerate(section.blocks):
            match = _TITLE.match(block.text.strip()) if _is_titled(block) else None
            if match is None:
                continue
            model = _model(match["lead"] or "", section, i)
            if model and fold(model) not in taken:
                taken.add(fold(model))
                asked = paper(model, True, page.spacing)
                label = not is_latin(model)
                yield Finding(name, asked, match["title"], _place(section, i), model, subject=model, label=label)


def _is_titled(block: Block) -> bool:
    return block.kind == BlockKind.PARAGRAPH and "《" in block.text


def _model(lead: str, section: Section, index: int) -> str:
    """The model that the title at `index` belongs to; empty where nothing says it."""
    earlier = [block for block in section.blocks[:index] if block.kind not in (BlockKind.IMAGE, BlockKind.QUOTE)]
    marked = _MARK.match(earlier[-1].text.strip()) if earlier and earlier[-1].kind == BlockKind.PARAGRAPH else None
    lead = lead or (marked["lead"] if marked else "")
    if lead:
        return lead.strip() if _fits(lead.strip()) else ""
    before = earlier[:-1] if marked else earlier
    said = _said(before[-1]) if before else ""
    if said:
        return said
    if before and not marked:
        return ""
    heading = section.title.strip()
    return heading if heading and _fits(heading) else ""


def _place(section: Section, index: int) -> Place:
    """From the line that names the model to the title."""
    block = section.blocks[index]
    before = [
        b for b in section.blocks[max(0, index - 2) : index] if b.kind == BlockKind.PARAGRAPH and size(b.text) <= 30
    ]
    return place_of(block, min([block.line, *(b.line for b in before)]), block.end_line)


def _said(block: Block) -> str:
    if block.kind != BlockKind.PARAGRAPH or size(block.text) > 30:
        return ""
    match = _NAMED.search(block.text.strip())
    return match["name"].strip() if match else ""


def _fits(text: str) -> bool:
    plain = text.casefold()
    return (
        is_noun_phrase(text, 24)
        and plain not in word_set("generic_headings")
        and plain not in word_set("stop_terms")
        and not text.endswith(("？", "?", "综述", "介绍"))
    )
