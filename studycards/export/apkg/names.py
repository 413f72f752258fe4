"""Names as Anki takes them: tags without spaces, decks without empty parts, ids that never change."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

_GAPS = re.compile("[\\s\u3000]+")
_UNSEEN = re.compile('[\x00-\x1f\x7f-\x9f\ud800-\udfff"]')
FALLBACK = "studycards"


@lru_cache(maxsize=4096)
def tag(word: str) -> str:
    """A tag of ours as one of Anki's: `/` parts levels, white space becomes `_`; empty where nothing is left."""
    parts = _GAPS.sub("_", _UNSEEN.sub("", word.strip())).replace("/", "::").split("::")
    return "::".join(part for part in parts if part)


@lru_cache(maxsize=4096)
def deck(name: str) -> str:
    """A deck name of ours as one of Anki's, its parts stripped and none empty."""
    parts = [_UNSEEN.sub("", part).strip() for part in name.split("::")]
    clean = "::".join(part for part in parts if part) or FALLBACK
    return f"{FALLBACK}::{clean}" if clean.casefold() == "default" else clean


def number(name: str) -> int:
    """An id made of a name: the same for ever, between 10⁹ and 2 · 10⁹."""
    return 1_000_000_000 + int.from_bytes(sha256(name.encode()).digest(), "big") % 1_000_000_000
