"""A callout whose title is a question: `> [!question] What is a monad?`, `!!! question "什么是单子？"`.

Asks it as it stands; the first sentence of its body answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from studycards.clauses import points_away, sentence_part
from studycards.model import Finding
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, opening_of, place_of

name = "callout-question"
prior = 0.78
weight = 8.0


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the callouts that ask in their title and answer in their body."""
    for block in page.note.blocks:
        if block.kind == BlockKind.CALLOUT and block.text.strip():
            title = block.text.strip().splitlines()[0]
            said = sentence_part(opening_of(block)) if title.endswith(("？", "?")) else ""
            if said and not points_away(said):
                yield Finding(name, title, said, place_of(block), title, label=len(title) < 12)
