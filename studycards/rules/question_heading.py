"""A heading that asks, with its answer right below: `### 什么是缓存？` and one sentence, or a short list.

Asks the heading as it stands, once in a note. A list is asked with its number: `X有哪三个优点？`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from studycards.clauses import answers, answers_clearly, bare_question, sentence_part
from studycards.grammar import size, trim, word_count
from studycards.model import Finding
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page, place_of
from studycards.text import fold, has_chinese

name = "question-heading"
prior = 0.74
weight = 8.0

_WHICH = re.compile(r"有哪些|是哪些|包括哪些|^(?:What are|Which) ")
_HEAD_END = re.compile(r"[：:。；;]|\s[-–—]\s|——|\.(?:\s|$)|\s?[（(]")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the headings that ask a question and are answered at once."""
    asking = [b for b in page.note.blocks if b.kind == BlockKind.HEADING and b.text.rstrip().endswith(("？", "?"))]
    times = Counter(fold(bare_question(block.text)) for block in asking)
    for block in asking:
        if times[fold(bare_question(block.text))] == 1:
            yield from _found(block, page)


def _found(block: Block, page: Page) -> Iterator[Finding]:
    question, after = bare_question(block.text), page.after(block)
    if after is None:
        return
    place = place_of(block, block.line, after.end_line)
    if after.kind == BlockKind.LIST and _WHICH.search(question):
        yield from _listed(question, after, block)
    elif after.kind == BlockKind.PARAGRAPH and after.sentences and answers(question, after.sentences[0].text):
        said = sentence_part(after.sentences[0].text, 60)
        if said:
            bonus = (("clear-question", 0.5),) if answers_clearly(question) else ()
            yield Finding(name, question, said, place, question, label=len(question) < 12, bonus=bonus)


def _listed(question: str, after: Block, block: Block) -> Iterator[Finding]:
    """A question for things, answered by a list of two to seven short ones."""
    lines = [(item.bold.rstrip("：: ") or item.text).strip() for item in after.items]
    heads = [trim(_HEAD_END.split(line.splitlines()[0])[0]) if line else "" for line in lines]
    short = all(head and (size(head) <= 20 if has_chinese(head) else word_count(head) <= 8) for head in heads)
    if not 2 <= len(heads) <= 7 or not short or "".join(heads).find("？") >= 0:
        return
    number = "两" if len(heads) == 2 else "零一二三四五六七"[len(heads)]
    asked = (
        re.sub("哪些", f"哪{number}个", question)
        if has_chinese(question)
        else f"{question.rstrip('?')} ({len(heads)})?"
    )
    place = place_of(block, block.line, after.end_line)
    yield Finding(name, asked, "\n".join(heads), place, question, listed=True, count=len(heads), bonus=(("list", 0.4),))
