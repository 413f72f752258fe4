"""Refuses cells of tables that hold no facts: columns of figures, columns of ticks and crosses."""

from __future__ import annotations

import re
from functools import lru_cache

from studycards.grammar import folded
from studycards.model import Finding, Verdict
from studycards.notes.note import Block, BlockKind
from studycards.notes.page import Page

codes = ("truth-table", "data-table")

_TRUTH = re.compile(
    r"^(?:[01TF√×✓✗xX✔✘]|true|false|yes|no|是|否|有|无|支持|不支持|优|良|差|一般|同上|N/?A|-|—)?$", re.IGNORECASE
)
_DATA = re.compile(r"^[\d.,%:/年月日～~\-–— +×x*()]+$")
_YEAR = re.compile(r"(?:公元前?|前)?\d{3,4}年|(?:公元)?前\d{2,4}")


def judge(finding: Finding, page: Page) -> Verdict | None:
    """Refuses what stands in a column of which a third is yes and no, or half is figures that are no years."""
    block = page.block_at(finding.place.line)
    if block is None or block.kind != BlockKind.TABLE or finding.direction:
        return None
    return _kind(_column(block, finding, page))


@lru_cache(maxsize=64)
def _kind(column: tuple[str, ...]) -> Verdict | None:
    """The verdict on a column, which its other cells get too."""
    filled = [cell for cell in column if cell]
    if sum(1 for cell in filled if _TRUTH.match(cell)) * 3 > len(filled):
        return Verdict("truth-table", "its column says yes and no, row by row")
    if sum(1 for cell in filled if _DATA.match(cell) and not _YEAR.fullmatch(cell)) * 2 > len(filled):
        return Verdict("data-table", "its column is a series of figures")
    return None


def _column(block: Block, finding: Finding, page: Page) -> tuple[str, ...]:
    """The cells below the header in the column that the answer comes from."""
    row = next((row for row in block.rows if row.line == finding.place.line), None)
    said = [folded(page.note.restore(cell)) for cell in row.cells] if row else []
    answer = folded(finding.answer)
    if answer not in said:
        return ()
    at = said.index(answer, 1) if answer in said[1:] else 0
    return page.column(block, at)
