"""Headings as labels: without numbering, （续）, emoji, tags and links; and the path of them down to a block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studycards.notes.inline import EMOJI, clean, joined

_NUMBERING = re.compile(
    r"(?:\d{1,3}(?:[.．]\d{1,3})*[.．、)）](?!\d)[ \t]*"
    r"|\d{1,3}(?:\.\d{1,3})+[ \t]+"
    r"|\d{1,2}[ \t]+(?=[A-Z]|(?![个種种类大条项步年月日天人次点层位款部篇本])[\u3400-\u9fff])"
    r"|[一二三四五六七八九十]{1,3}[、.．][ \t]*"
    r"|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）][ \t]*"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节讲课篇][ \t:：]+)(?=\S)"
)
_CONTINUED = re.compile(r"[ \t]*[（(][ \t]*续[ \t]*[\d一二三四五六七八九十]*[ \t]*[)）]$")
_PLUS = re.compile(r"(?<=[\u3400-\u9fff)）])[ \t]*\+{1,3}$")
_TAG = re.compile(r"(?:^|[ \t]+)#[^\s#,，]+(?=[ \t]|$)")
_ANCHOR = re.compile(r"\{#[^{}]*\}[ \t]*$")


def heading_tags(raw: str) -> tuple[str, ...]:
    """The `#tags` in a heading, without their mark."""
    return tuple(found[0].strip().lstrip("#") for found in _TAG.finditer(raw)) if "#" in raw else ()


def clean_heading(hidden: str) -> str:
    """A heading whose spans are opaque, as a label."""
    text = joined(clean(_TAG.sub("", _ANCHOR.sub("", hidden)) if "#" in hidden else hidden))
    text = EMOJI.sub("", text).strip() if not text.isascii() else text
    text = _PLUS.sub("", _CONTINUED.sub("", text)).strip()
    return _NUMBERING.sub("", text, count=1).strip() or text


@dataclass(slots=True)
class HeadingPath:
    """Where in the note we are: topic block, label that holds, `names` of the headings from the outermost down."""

    topic: int = 0
    label: str = ""
    names: tuple[str, ...] = ()
    _levels: list[tuple[int, str]] = field(default_factory=list)

    def enter(self, level: int, name: str) -> None:
        """Go under a heading."""
        while self._levels and self._levels[-1][0] >= level:
            self._levels.pop()
        self._levels.append((level, name))
        self.names = tuple(held for _, held in self._levels)
        self.label = name
        self.topic += 1

    def leave_topic(self) -> None:
        """Pass a break: nothing said before holds any more."""
        self.label = ""
        self.topic += 1
