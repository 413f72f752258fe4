"""A question that the note asks and answers: a heading, a bold line or a list item, with its answer right below.

`### 什么是缓存？` then one sentence; `- What is a **heap**?` with the answer nested under it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from studycards.clauses import points_away, sentence_part
from studycards.model import Finding, Place
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, place_of
from studycards.text import fold

name = "question-answer"
prior = 0.74
weight = 8.0

_ASKS = re.compile(r"[？?]$")
_VAGUE = re.compile(r"^(?:为什么|怎么办|如何|是什么|what|why|how|and|so|那|这|它)[？?]*$", re.IGNORECASE)
_CLEAR = re.compile(
    r"^(?:What (?:is|are)|Why (?:do|does|is|are)|How (?:do|does)|什么是|为什么|.{2,16}是什么)", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\d+(?:\.\d+)*[.、]?\s*(?=\D)")
_BOLD = re.compile(r"^\*\*[^*]+[？?]\*\*$|^\*\*[^*]+\*\*[？?]$")
_YES_NO = re.compile(r"^(?:is|are|do|does|did|can|could|should|has|have|will)\b|吗[？?]|是否|是不是", re.IGNORECASE)


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the questions that stand once in the note and are answered at once."""
    asked = [found for found in _questions(page) if found[1].strip()]
    times = Counter(fold(question) for question, _, _ in asked)
    for question, answer, place in asked:
        if times[fold(question)] == 1 and _fits(question, answer):
            said = sentence_part(answer, 60)
            if said:
                clear = _CLEAR.match(question) is not None and "\n" in page.source(place)
                bonus = (("clear-question", 0.5),) if clear else ()
                yield Finding(name, question, said, place, question, label=_needs_label(question), bonus=bonus)


def _questions(page: Page) -> Iterator[tuple[str, str, Place]]:
    for block in page.note.blocks:
        if (block.kind == BlockKind.HEADING and block.text.rstrip().endswith(("？", "?"))) or (
            block.kind == BlockKind.PARAGRAPH and block.raw.startswith("**") and _BOLD.match(block.raw.strip())
        ):
            yield from _below(block, page)
    for block, item in page.items:
        if item.children and item.text.rstrip().endswith(("？", "?")) and len(item.text) < 120:
            place = place_of(block, item.line, item.children[0].end_line)
            yield _NUMBERED.sub("", item.text.strip()), item.children[0].text, place


def _below(block: Block, page: Page) -> Iterator[tuple[str, str, Place]]:
    after = page.after(block)
    place = place_of(block, block.line, after.end_line if after else block.end_line)
    answer = after.sentences[0].text if after and after.kind == BlockKind.PARAGRAPH and after.sentences else ""
    yield _NUMBERED.sub("", block.text.strip()), answer, place


def _fits(question: str, answer: str) -> bool:
    return (
        bool(answer.strip())
        and "有哪些" not in question
        and not re.match(r"^\d|Q\.A|$", answer.strip())
        and len(answer.strip()) >= 6
        and not _ASKS.search(answer.strip())
        and not answer.strip().endswith(("：", ":"))
        and not _VAGUE.match(question)
        and not _YES_NO.search(question)
        and not points_away(answer)
        and len(re.findall(r"[？?]", question)) == 1
    )


def _needs_label(question: str) -> bool:
    return len(question) < 12
