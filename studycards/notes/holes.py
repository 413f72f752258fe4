"""Holes in a text: `{{c1::x::hint}}`, `==x==` and `[x]`, the last two turned into the first."""

from __future__ import annotations

import re
from itertools import count

_OPEN = re.compile(r"\{\{c\d")
_WHOLE = re.compile(r"\{\{c(?!0)\d{1,3}::[^{}\s][^{}]*\}\}")
_HIGHLIGHT = re.compile(r"(?<!=)==(?![\s=])([^=\n]+?)(?<![\s=])==(?!=)")
_BRACKET = re.compile(r"(?<![\\!\]])\[(?![\[^])([^\[\]\n]+)\](?![(\[:])")


def has_holes(text: str) -> bool:
    """Whether a hole with a number is begun somewhere."""
    return _OPEN.search(text) is not None


def is_cloze(text: str) -> bool:
    """Whether there are numbered holes and all of them are whole."""
    return has_holes(text) and len(_OPEN.findall(text)) == len(_WHOLE.findall(text))


def highlights(text: str) -> str | None:
    """The text with every highlight a hole of its own, or None without one."""
    numbers = count(1)
    made, number = _HIGHLIGHT.subn(lambda found: f"{{{{c{next(numbers)}::{found[1]}}}}}", text)
    return made if number else None


def has_brackets(text: str) -> bool:
    """Whether a bracket stands there that is no link, no image and not escaped."""
    return _BRACKET.search(text) is not None


def brackets(text: str) -> str:
    """The text with every such bracket a hole of its own, and escaped ones as brackets."""
    numbers = count(1)
    return _BRACKET.sub(lambda found: f"{{{{c{next(numbers)}::{found[1]}}}}}", text)
