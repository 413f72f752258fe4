"""Chinese wrapped as it is written: between characters, marks kept with what they close or open."""

from __future__ import annotations

import re
from collections.abc import Callable

from rich.cells import cell_len, chop_cells

Divide = Callable[..., list[int]]

_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_MARKS = "\u0300-\u036f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_CLOSING = "，。、！？；：）」』】》〉〕”’…—·％,.!?;:)\\]}%"
_OPENING = "（「『【《〈〔“‘(\\[{"
_HAS_CJK = re.compile(f"[{_CJK}]")
_UNIT = re.compile(rf"\s*[{_OPENING}]*(?:[{_CJK}][{_MARKS}]*|[^\s{_CJK}{_OPENING}]+)?[{_CLOSING}]*\s*")


def divider(original: Divide) -> Divide:
    """A `divide_line` that knows Chinese; text without any goes to the original and stays as it was."""

    def divide_line(text: str, width: int, fold: bool = True) -> list[int]:
        if not _HAS_CJK.search(text):
            return original(text, width, fold)
        return _divide(text, width, fold)

    return divide_line


def _divide(text: str, width: int, fold: bool) -> list[int]:
    breaks: list[int] = []
    used = position = 0
    while position < len(text):
        match = _UNIT.match(text, position)
        end = max(match.end() if match else 0, position + 1)
        unit = text[position:end]
        bare = cell_len(unit.rstrip())
        if bare > width - used and position and used:
            breaks.append(position)
            used = 0
        if bare > width and fold:
            pieces = chop_cells(unit, width)
            for piece in pieces[:-1]:
                position += len(piece)
                breaks.append(position)
            used = cell_len(pieces[-1])
        else:
            used += cell_len(unit)
        position = end
    return breaks


def install() -> None:
    """Make Textual and Rich wrap this way. Does nothing where their line breaking has moved."""
    import rich.text
    import textual.content

    for module in (rich.text, textual.content):
        original = getattr(module, "divide_line", None)
        if original is not None and original.__module__ != __name__:
            module.divide_line = divider(original)  # type: ignore[attr-defined]
