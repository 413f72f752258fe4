"""A table of terms: a header, a first column of unique names, short cells.

Asks a cell by its row and column; a column of meanings asks what the name stands for, and back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.grammar import is_term
from studycards.model import Finding
from studycards.notes.note import Block, BlockKind, Row
from studycards.notes.page import Page, place_of
from studycards.text import fold, has_chinese

name = "table-row"
prior = 0.72
weight = 8.0

_MEANING = re.compile(
    r"^(?:meaning|description|definition|含义|意义|说明|描述|解释|作用|用途|功能|定义|purpose|what it does|use)$",
    re.IGNORECASE,
)
_TRUTH = re.compile(
    r"^(?:[01TF√×✓✗xX✔✘]|true|false|yes|no|是|否|有|无|支持|不支持|优|良|差|一般|N/?A|-|—)?$", re.IGNORECASE
)
_DATA = re.compile(r"^[\d.,%:/年月日～~\-–— +×x*()]+$")
_STEP = re.compile(r"^\d+[.、)]")
_ROWS = 20


def find(page: Page, topics: tuple[str, ...]) -> Iterator[Finding]:
    """Findings of the tables that map names to short facts."""
    for block in page.blocks:
        if block.kind == BlockKind.TABLE and len(block.rows) >= 3:
            block = _restored(block, page)
        if block.kind == BlockKind.TABLE and len(block.rows) >= 3 and _is_of_terms(block):
            for column, header in enumerate(block.rows[0].cells):
                if column and header.strip() and _is_of_facts(block, column):
                    yield from _column(block, column, page)


def _restored(block: Block, page: Page) -> Block:
    rows = (Row(tuple(page.note.restore(cell) for cell in row.cells), row.line) for row in block.rows)
    return block._replace(rows=tuple(rows))


def _is_of_terms(block: Block) -> bool:
    keys = [row.cells[0].strip() for row in block.rows[1:] if row.cells]
    return (
        bool(block.rows[0].cells and block.rows[0].cells[0].strip())
        and len({fold(key) for key in keys}) == len(keys)
        and all(key and (is_term(key, 30) or "$" in key) and not _STEP.match(key) for key in keys)
    )


def _is_of_facts(block: Block, column: int) -> bool:
    cells = [row.cells[column].strip() for row in block.rows[1:] if column < len(row.cells)]
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or sum(1 for cell in filled if _TRUTH.match(cell)) * 3 > len(filled):
        return False
    if sum(1 for cell in filled if _DATA.match(cell)) * 2 > len(filled):
        return False
    return len({fold(cell) for cell in filled}) * 2 > len(filled) and sum(1 for c in filled if len(c) <= 40) * 2 > len(
        filled
    )


def _column(block: Block, column: int, page: Page) -> Iterator[Finding]:
    header = block.rows[0].cells[column].strip()
    values = [row.cells[column].strip() for row in block.rows[1:] if column < len(row.cells)]
    for row in block.rows[1 : _ROWS + 1]:
        if column < len(row.cells):
            cell = row.cells[column].strip()
            if 1 < len(cell) <= 60 and not _STEP.match(cell):
                yield from _cards(row, header, cell, values.count(cell) == 1, block, page)


def _cards(row: Row, header: str, cell: str, unique: bool, block: Block, page: Page) -> Iterator[Finding]:
    key, place = row.cells[0].strip(), place_of(block, row.line, row.line)
    chinese = page.chinese or has_chinese(header + key + cell)
    meant = _MEANING.match(header) is not None
    if chinese:
        asked = f"{key}表示什么？" if meant and "$" in key else f"{key}的{header}是什么？"
    else:
        asked = f"What does {key} mean?" if meant else f"What is the {header} of {key}?"
    bonus = (("meaning", 0.5),) if meant else ()
    yield Finding(
        name, asked, cell, place, f"{key} {header}", subject="" if "$" in key else key, label=True, bonus=bonus
    )
    if meant and unique and "$" in key:
        back = f"{cell}用什么符号表示？" if chinese else f"Which symbol is used for {cell}?"
        yield Finding(name, back, key, place, f"{key} {header}", direction="back", label=True, bonus=bonus)
