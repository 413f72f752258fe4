"""A question in bold on a line of its own, answered by the paragraph below: `**什么是缓存？**`.

Asks it as it stands, once in a note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from studycards.clauses import answers, answers_clearly, bare_question, sentence_part
from studycards.model import Finding
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, place_of
from studycards.text import fold

name = "question-bold"
prior = 0.72
weight = 8.0

_BOLD = re.compile(r"^\*\*[^*]+[？?]\*\*$|^\*\*[^*]+\*\*[？?]$")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the bold lines that ask a question and are answered at once."""
    asking = [
        block
        for block in page.note.blocks
        if block.kind == BlockKind.PARAGRAPH and block.raw.startswith("**") and _BOLD.match(block.raw.strip())
    ]
    times = Counter(fold(block.text) for block in asking)
    for block in asking:
        after, question = page.after(block), bare_question(block.text)
        if after is None or after.kind != BlockKind.PARAGRAPH or not after.sentences or times[fold(block.text)] > 1:
            continue
        answer = after.sentences[0].text
        said = sentence_part(answer, 60) if answers(question, answer) else ""
        if said:
            bonus = (("clear-question", 0.5),) if answers_clearly(question) else ()
            place = place_of(block, block.line, after.end_line)
            yield Finding(name, question, said, place, question, label=len(question) < 12, bonus=bonus)
