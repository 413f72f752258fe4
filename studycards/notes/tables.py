"""Tables: pipes and HTML, as rows of raw cells with their lines."""

from __future__ import annotations

import re

_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR = re.compile(r"(?<!\\)\|")
_TAG = re.compile(r"<(/?)(tr|th|td|thead|tbody|tfoot|table|caption)\b[^<>]*>", re.I)
MAX_CELLS = 100


def is_rule(line: str) -> bool:
    """Whether a line is the rule under a table's header."""
    return "|" in line and "-" in line and _RULE.match(line) is not None


def cells(line: str) -> list[str]:
    """The raw cells of a pipe table's row; spans with a bar in them should have been made opaque before."""
    text = line.strip()
    text = text[1:] if text.startswith("|") else text
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    if "\\|" not in text:
        return [cell.strip() for cell in text.split("|")]
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(text)]


def html_rows(lines: list[str], start: int) -> list[tuple[list[str], int]]:
    """The rows of an HTML table whose first line is line `start`."""
    rows: list[tuple[list[str], int]] = []
    text = "\n".join(lines)
    open_at: int | None = None
    line, counted = start, 0
    for found in _TAG.finditer(text):
        if open_at is not None and rows:
            rows[-1][0].append(" ".join(text[open_at : found.start()].split()))
            open_at = None
        name = found[2].lower()
        if found[1]:
            continue
        if name == "tr":
            line += text.count("\n", counted, found.start())
            counted = found.start()
            rows.append(([], line))
        elif name in ("td", "th"):
            open_at = found.end()
    return [row for row in rows if row[0]]
