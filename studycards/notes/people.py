"""Whether a name is somebody's, as far as its own characters say."""

from __future__ import annotations

import re
from functools import cache

from studycards.notes.wordlist import choice, words

_ROLE = re.compile(rf"(?:{choice('roles')})(?:[A-Z][\w·. ]+|[\u4e00-\u9fff·]{{2,8}})$")


def is_person(name: str) -> bool:
    """Whether a Chinese name, a name with 间隔号 or a role before a name says that this is somebody."""
    return "·" in name or _ROLE.search(name) is not None or (2 <= len(name) <= 3 and name[0] in _surnames())


def is_latin_person(name: str) -> bool:
    """Whether a Latin name may be somebody's: words with one capital each, no acronym, no digit."""
    parts = [part for part in name.replace(".", "").split() if len(part) > 1]
    return 1 <= len(parts) <= 4 and all(part[:1].isupper() and part[1:].islower() for part in parts)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words("surnames"))
