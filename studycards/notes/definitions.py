"""Definition lists: terms with `: meaning` lines under them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from studycards.notes.lists import MAX_ITEMS
from studycards.notes.marks import indent_of
from studycards.notes.node import Node, Part, RawItem
from studycards.notes.note import BlockKind

_DEFINITION = re.compile(r" {0,3}:[ \t]+(?=\S)")


def is_meaning(line: str) -> bool:
    """Whether a line is a meaning under a term."""
    return _DEFINITION.match(line) is not None


def gather_definitions(
    lines: list[str], at: int, regions: Container[int], interrupts: Callable[[int], bool]
) -> Node | None:
    """The definition list whose first term is a line, or None. `interrupts` says what opens a block of its own."""
    items: list[RawItem] = []
    term = last = at
    while len(items) < MAX_ITEMS and (first := _meaning_after(lines, term)) is not None:
        items.append(RawItem(0, None, "term", term, term, [Part(term, [lines[term].strip()])]))
        last = _meanings(lines, first, items, regions)
        term = _past_blanks(lines, last + 1)
        if term >= len(lines) or interrupts(term) or indent_of(lines[term]) > 3:
            break
    return Node(BlockKind.DEFINITIONS, at, last, items=items) if items else None


def _past_blanks(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _meaning_after(lines: list[str], term: int) -> int | None:
    for index in (term + 1, term + 2):
        below = lines[index].strip() if index < len(lines) else ""
        if below:
            return index if below[0] == ":" and _DEFINITION.match(lines[index]) else None
    return None


def _meanings(lines: list[str], at: int, items: list[RawItem], regions: Container[int]) -> int:
    index, last = at, at
    while index < len(lines):
        line = lines[index]
        found = _DEFINITION.match(line)
        if found:
            items.append(RawItem(1, None, "meaning", index, index, [Part(index, [line[found.end() :].strip()])]))
        elif line.strip() and indent_of(line) >= 2 and index not in regions:
            part = items[-1].parts[-1]
            if index == part.start + len(part.lines):
                part.lines.append(line.strip())
            else:
                items[-1].parts.append(Part(index, [line.strip()]))
        elif line.strip():
            break
        if line.strip():
            last = items[-1].end = index
        index += 1
    return last
