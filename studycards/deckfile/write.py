"""Blocks written as text that reads back as the same blocks, whatever their sides say."""

from __future__ import annotations

import re

from studycards.deckfile.comment import write_comment
from studycards.deckfile.entry import DeckText, Entry, tidy, tidy_tag
from studycards.deckfile.grammar import ends_side, indentation
from studycards.deckfile.head import write_head
from studycards.deckfile.scan import escape
from studycards.model import Kind

_INDENT = "  "
_MARKED = re.compile(r"[QAC][:：]")


def write(deck: DeckText) -> str:
    """The whole file; `parse` gives the same deck again."""
    return "\n".join([write_head(deck.deck, deck.tags, deck.reverse), *map(write_entry, deck.entries)])


def write_entry(entry: Entry) -> str:
    """One block with its comment, ending in a line break."""
    lines = [_side("Q" if entry.kind is Kind.BASIC else "C", entry.front)]
    if entry.back:
        lines.append(_side("A", entry.back))
    if entry.reverse:
        lines.append("R:")
    if tags := [word for tag in entry.tags if (word := tidy_tag(tag))]:
        lines.append(f"T: {', '.join(tags)}")
    if comment := write_comment(entry.id, entry.source, entry.rule):
        lines.append(comment)
    return "\n".join(lines) + "\n"


def _side(mark: str, text: str) -> str:
    lines = tidy(text).split("\n")
    if len(lines) == 1 and not _MARKED.match(lines[0]):
        return f"{mark}: {escape(lines)[0][0]}"
    written, literal = escape(lines)
    if literal[0] or _MARKED.match(lines[0]) or indentation(lines[1:]):
        return "\n".join([f"{mark}:", *_safe(written, literal)])
    return "\n".join([f"{mark}: {written[0]}", *_safe(written[1:], literal[1:])])


def _safe(lines: list[str], literal: list[bool]) -> list[str]:
    """The lines at the margin if each would be read as text there, else all of them indented."""
    after_blank = False
    for text, covered in zip(lines, literal, strict=True):
        if (not covered or _MARKED.match(text)) and text and ends_side(text, after_blank):
            return [f"{_INDENT}{line}" if line else "" for line in lines]
        after_blank = not text
    return lines
