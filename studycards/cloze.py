"""Holes of a cloze text: `{{c1::answer::hint}}`, found and filled; the one place that knows the notation."""

from __future__ import annotations

import re
from dataclasses import dataclass

LARGEST = 500
_OPEN = re.compile(r"\{\{c(\d+)::")
_BRACES = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Hole:
    """One hole: its written number, what it hides, the hint (may be empty) and its span in the text."""

    number: int
    answer: str
    hint: str
    start: int
    end: int


def holes(text: str) -> tuple[Hole, ...]:
    """The holes of `text` from left to right; a hole inside a hole belongs to the outer one's answer."""
    found: list[Hole] = []
    position = 0
    while opening := _OPEN.search(text, position):
        end = _end(text, opening.end())
        if end < 0:
            position = opening.end()
            continue
        answer, _, hint = text[opening.end() : end].partition("::")
        found.append(Hole(_number(opening[1]), answer, hint, opening.start(), end + 2))
        position = end + 2
    return tuple(found)


def is_broken(text: str) -> bool:
    """Whether a hole is opened and never closed."""
    position = 0
    while opening := _OPEN.search(text, position):
        end = _end(text, opening.end())
        if end < 0:
            return True
        position = end + 2
    return False


def fill(text: str, asked: int, blank: str | None = None) -> str:
    """The text with every hole filled but the asked one, which shows `blank` (None: `[hint]` or `[...]`)."""
    pieces: list[str] = []
    position = 0
    for hole in holes(text):
        shown = hole.answer
        if hole.number == asked:
            shown = f"[{hole.hint or '...'}]" if blank is None else blank
        pieces += [text[position : hole.start], shown]
        position = hole.end
    return "".join([*pieces, text[position:]])


def plain(text: str) -> str:
    """The text with every hole filled."""
    return fill(text, -1)


def _number(digits: str) -> int:
    return int(digits) if len(digits) < 5 else LARGEST + 1


def _end(text: str, start: int) -> int:
    """Where the `}}` of a hole stands: outside balanced braces, as in `\\frac{1}{x^{2}}`; else the first one."""
    depth, skip = 0, -1
    for brace in _BRACES.finditer(text, start):
        at = brace.start()
        if at < skip:
            continue
        if brace[0] == "{":
            depth += 1
        elif depth:
            depth -= 1
        elif text.startswith("}}", at):
            return at
    return text.find("}}", start)
