"""Code and its meaning on one line: `` `ls -a`：显示隐藏文件 ``, `` - `git stash` - shelve changes ``.

Asks what the code does, under the heading as label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.clauses import points_away
from studycards.grammar import size, trim
from studycards.model import Finding, Place
from studycards.notes.note import BlockKind
from studycards.notes.page import Page, place_of
from studycards.text import has_chinese

name = "code-meaning"
prior = 0.68
weight = 8.0

_LINE = re.compile(r"^`(?P<code>[^`]{1,60})`\s?(?:[：:]|[-–—]\s|——|=\s)\s?(?P<said>[^\n]{2,100})$")


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the lines that open with code and say what it does."""
    for block in page.note.blocks:
        if "`" not in block.raw:
            continue
        if block.kind == BlockKind.PARAGRAPH:
            yield from _found(page.note.restore(block.text).strip(), place_of(block))
    for block, item in page.items:
        if item.raw.count("`") > 1:
            yield from _found(page.note.restore(item.text).strip(), place_of(block, item.line, item.end_line))


def _found(text: str, place: Place) -> Iterator[Finding]:
    match = _LINE.match(text)
    if match is None:
        return
    said = trim(re.split(r"[。；]|\.\s", match["said"].strip())[0])
    if size(said) < 4 or points_away(said) or "`" in said:
        return
    code = f"`{match['code']}`"
    asked = f"{code}的作用是什么？" if has_chinese(said) else f"What does {code} do?"
    yield Finding(name, asked, said, place, match["code"], label=True)
