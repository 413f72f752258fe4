"""CSV and TSV: a row a block, which reads back as the same block and runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from studycards.model import Written

COLUMNS = ("id", "kind", "front", "back", "reverse", "deck", "tags")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write(blocks: Iterable[Written], *, tabs: bool = False) -> str:
    """The table with its head. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter="\t" if tabs else ",", lineterminator="\r\n")
    table.writerow(COLUMNS)
    for block in blocks:
        row = (block.id, block.kind.value, block.front, block.back, "yes" if block.reverse else "", block.deck)
        table.writerow([_inert(cell) for cell in (*row, " ".join(block.tags))])
    return out.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
