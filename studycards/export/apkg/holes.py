"""The holes of a cloze on their way into an Anki field: carried through rendering by marks, then written as its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from studycards.cloze import holes

# What stands for a hole while its text is rendered; field text holds no control characters of its own.
_BEGIN, _NUMBERED, _HINT, _END = "\x01", "\x02", "\x03", "\x04"
_MARK = re.compile("\x01(\\d+)\x02|\x03|\x04")


def mark(text: str, stable: Mapping[int, int]) -> str:
    """`text` with its holes marked; `stable` turns written numbers into those that Anki gets, others are filled."""
    out: list[str] = []
    at = 0
    for hole in holes(text):
        number = stable.get(hole.number)
        inner = mark(hole.answer, stable)
        hint = f"{_HINT}{hole.hint}" if hole.hint else ""
        out.append(text[at : hole.start])
        out.append(inner if number is None else f"{_BEGIN}{number}{_NUMBERED}{inner}{hint}{_END}")
        at = hole.end
    return "".join(out) + text[at:]


def write(rendered: str) -> str:
    """Rendered HTML with the marks turned into Anki's own; what it would misread inside a hole becomes entities."""
    out: list[str] = []
    at = depth = 0
    for match in _MARK.finditer(rendered):
        text = rendered[at : match.start()]
        out.append(_guarded(text) if depth else text)
        at = match.end()
        if match[1]:
            depth += 1
            out.append(f"{{{{c{match[1]}::")
        elif match[0] == _HINT:
            out.append("::")
        else:
            depth -= 1
            out.append("}}")
    return "".join(out) + rendered[at:]


def _guarded(text: str) -> str:
    """Text inside a hole: nothing in it, nor at its end, closes the hole or begins a hint."""
    text = text.replace("}}", "}&#125;").replace("::", ":&#58;")
    if text.endswith("}"):
        return text[:-1] + "&#125;"
    return text[:-1] + "&#58;" if text.endswith(":") else text
