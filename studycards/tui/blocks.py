"""Card text as lines of blocks: paragraphs, items, code, tables, quotes; a small Markdown that never fails."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)")
_ITEM = re.compile(r"^(\s*)([-*+]|\d{1,9}[.)])\s+(?=\S)")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"^ {0,3}(?:-\s*){3,}$|^ {0,3}(?:\*\s*){3,}$|^ {0,3}(?:_\s*){3,}$")
_DELIMITER = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_BULLETS = "-*+"


@dataclass(frozen=True, slots=True)
class Block:
    """One block: `kind` is text, item, code, table, quote, heading, rule, formula or blank.

    `mark` is an item's mark or a code block's language, `indent` an item's depth in cells.
    """

    kind: str
    text: str = ""
    mark: str = ""
    indent: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def parse(text: str) -> list[Block]:
    """The blocks of one side, in order; line breaks inside a paragraph stay."""
    lines = text.strip("\n").split("\n")
    blocks: list[Block] = []
    place = 0
    while place < len(lines):
        block, place = _block(lines, place)
        if block.kind == "text" and blocks and blocks[-1].kind == "text":
            block = Block("text", f"{blocks.pop().text}\n{block.text}")
        if not (block.kind == "blank" and blocks and blocks[-1].kind == "blank"):
            blocks.append(block)
    return blocks


def top_items(blocks: list[Block]) -> list[int]:
    """The places of the items of the outermost list; empty for a text with fewer than two."""
    items = [n for n, block in enumerate(blocks) if block.kind == "item"]
    outermost = min((blocks[n].indent for n in items), default=0)
    top = [n for n in items if blocks[n].indent == outermost]
    return top if len(top) > 1 else []


def begun(blocks: list[Block], steps: int, *, left: bool = True) -> list[Block]:
    """The blocks as far as so many items of the list are shown; with `left`, the marks of the others too."""
    top = top_items(blocks)
    if steps >= len(top):
        return blocks
    marks = [Block("item", "…", blocks[n].mark, blocks[n].indent) for n in top[steps:]]
    return [*blocks[: top[steps]], *(marks if left else [])]


def _block(lines: list[str], place: int) -> tuple[Block, int]:
    line = lines[place]
    if fence := _FENCE.match(line):
        return _code(lines, place, fence[1], fence[2])
    if line.strip().startswith("$$"):
        return _formula(lines, place)
    if "|" in line and place + 1 < len(lines) and "|" in lines[place + 1] and _DELIMITER.match(lines[place + 1]):
        return _table(lines, place)
    if not line.strip():
        return Block("blank"), place + 1
    if _RULE.match(line):
        return Block("rule"), place + 1
    if heading := _HEADING.match(line):
        return Block("heading", heading[2]), place + 1
    if item := _ITEM.match(line):
        return _item(lines, place, item)
    if line.lstrip().startswith(">"):
        return _quote(lines, place)
    return Block("text", line.strip()), place + 1


def _code(lines: list[str], place: int, fence: str, language: str) -> tuple[Block, int]:
    end = place + 1
    while end < len(lines) and not lines[end].strip().startswith(fence):
        end += 1
    return Block("code", "\n".join(lines[place + 1 : end]), language), end + 1


def _formula(lines: list[str], place: int) -> tuple[Block, int]:
    first = lines[place].strip()
    if len(first) > 4 and first.endswith("$$"):
        return Block("formula", first), place + 1
    end = place + 1
    while end < len(lines) and not lines[end].strip().endswith("$$"):
        end += 1
    if end == len(lines):
        return Block("text", lines[place].strip()), place + 1
    return Block("formula", "\n".join(line.strip() for line in lines[place : end + 1])), end + 1


def _table(lines: list[str], place: int) -> tuple[Block, int]:
    rows = [_cells(lines[place])]
    end = place + 2
    while end < len(lines) and "|" in lines[end]:
        rows.append(_cells(lines[end]))
        end += 1
    return Block("table", rows=tuple(rows)), end


def _cells(line: str) -> tuple[str, ...]:
    bare = line.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", bare))


def _item(lines: list[str], place: int, match: re.Match[str]) -> tuple[Block, int]:
    text = [lines[place][match.end() :].strip()]
    end = place + 1
    while end < len(lines) and lines[end].strip() and lines[end].startswith(" ") and not _ITEM.match(lines[end]):
        text.append(lines[end].strip())
        end += 1
    mark = "•" if match[2] in _BULLETS else match[2]
    return Block("item", "\n".join(text), mark, len(match[1])), end


def _quote(lines: list[str], place: int) -> tuple[Block, int]:
    text = []
    while place < len(lines) and lines[place].lstrip().startswith(">"):
        text.append(lines[place].lstrip()[1:].strip())
        place += 1
    return Block("quote", "\n".join(text)), place
