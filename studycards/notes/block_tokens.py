"""Markdown → block tokens, their inline text left as it is: for the side of a card that is more than a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


def block_tokens(text: str) -> Sequence[Token]:
    """The block tokens of CommonMark with tables, in order; raw HTML is text."""
    return _parser().parse(text)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("inline")
