"""`front::back` and `front:::back` told from `std::vector` and `:::note`."""

from __future__ import annotations

import re

_IDENTIFIER = re.compile(r"[A-Za-z_]\w*(?:<[^<>]*>)?$")
_CODE_AFTER = re.compile(r"[A-Za-z_]\w*(?:::|[(<;])|[A-Z]\w*[a-z]\w*[A-Z]")
_NAMESPACES = frozenset({"std", "boost", "crate", "self", "super", "core", "alloc", "os", "fs", "io", "http", "https"})


def split_pair(text: str) -> tuple[str, str, bool] | None:
    """`front::back` and whether it is asked both ways; neither `std::vector` in prose nor `:::note`."""
    at = text.find("::")
    end = at + 3 if text.startswith(":::", at) else at + 2
    front, back = text[:at].rstrip(), text[end:].lstrip()
    if at <= 0 or not front or text.startswith(":", end):
        return None
    tight = front == text[:at] and back == text[end:] and back[:1].isascii() and back != ""
    name = _IDENTIFIER.search(front) if tight else None
    if name is not None and (name[0].lower() in _NAMESPACES or _CODE_AFTER.match(back)):
        return None
    return front, back, end - at == 3
