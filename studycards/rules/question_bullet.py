"""A list item that asks, with its answer nested under it: `- What is a **heap**?` over one short item.

Asks it as it stands, once in a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from studycards.clauses import answers, answers_clearly, bare_question, sentence_part
from studycards.model import Finding
from studycards.notes.page import Page, place_of
from studycards.text import fold

name = "question-bullet"
prior = 0.76
weight = 8.0


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the items that ask a question and are answered by what is nested under them."""
    asking = [
        (block, item)
        for block, item in page.items
        if item.children and len(item.text) < 120 and item.text.rstrip().endswith(("？", "?"))
    ]
    times = Counter(fold(bare_question(item.text)) for _, item in asking)
    for block, item in asking:
        question, answer = bare_question(item.text), item.children[0].text
        said = sentence_part(answer, 60) if answers(question, answer) else ""
        if said and times[fold(question)] == 1:
            place = place_of(block, item.line, item.children[0].end_line)
            bonus = (("clear-question", 0.5),) if answers_clearly(question) else ()
            yield Finding(name, question, said, place, question, label=len(question) < 12, bonus=bonus)
