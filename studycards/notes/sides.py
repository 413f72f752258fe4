"""The sides of a card that a person wrote: inline markup off, code, formulas, images and line breaks kept."""

from __future__ import annotations

import re

from studycards.notes.inline import clean, joined
from studycards.notes.tokens import Tokens

_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|!\[\[[^\[\]\n]*\]\]")
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})", re.M)
_HOLE = re.compile(r"(\{\{c\d{1,3}::)([^{}]*)(\}\})")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_GAP = re.compile(r"\n[ \t]*\n")


class Sides:
    """Some lines of a note; `hidden` is their text with every code span, formula and image opaque."""

    def __init__(self, lines: list[str]) -> None:
        self._tokens = Tokens()
        self.hidden = "\n".join(lines).strip("\n")
        self._is_code = _FENCE.search(self.hidden) is not None
        if not self._is_code:
            self.hidden = self._tokens.hide(_IMAGE.sub(self._keep, self.hidden)).strip()

    @property
    def text(self) -> str:
        """The whole as it is shown."""
        return self.shown(self.hidden)

    def shown(self, hidden: str) -> str:
        """A piece of the hidden text with its spans back: a list one item a line, a paragraph on one line, with code
        as it is written.
        """
        if self._is_code:
            return hidden
        parts = (self._part(part.split("\n")) for part in _GAP.split(hidden) if part.strip())
        return self._tokens.restore("\n\n".join(parts))

    def _part(self, lines: list[str]) -> str:
        if len(lines) > 1 and any(map(_ITEM.match, lines)):
            return "\n".join(self._clean(_ITEM.sub("", line, count=1)) for line in lines)
        return self._clean(joined("\n".join(lines)))

    def _clean(self, text: str) -> str:
        return clean(_HOLE.sub(self._guard, text)).strip()

    def _guard(self, found: re.Match[str]) -> str:
        keep = self._tokens.keep
        return keep(found[1]) + found[2].replace("::", keep("::")) + keep(found[3])

    def _keep(self, found: re.Match[str]) -> str:
        return self._tokens.keep(found[0])
