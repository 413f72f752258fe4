"""Word lists: one file a use under `words/`, one word a line, `#` for remarks, so that a person can add to them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list, in the order of the file."""
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def choice(name: str) -> str:
    """The words of one list as a regex that tries the longest first; one look at a character rules most places out."""
    listed = sorted(words(name), key=lambda word: (-len(word), word))
    firsts = "".join(sorted({re.escape(word[0]) for word in listed}))
    by_first: dict[str, list[str]] = {}
    for word in listed:
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    branches = (f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in sorted(by_first.items()))
    return f"(?=[{firsts}])(?:{'|'.join(branches)})"
