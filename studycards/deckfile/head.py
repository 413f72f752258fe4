"""The front matter of a deck file: the deck's name, tags for all its cards, and whether all are asked both ways."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from studycards.deckfile.entry import tidy_tag, visible
from studycards.deckfile.scan import Complain

_PLAIN = re.compile(r"[^\W\d_][\w-]*(?:(?: |::)[\w-]+)*")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_SEPARATOR = re.compile(r"\s*::\s*")


def read_head(front: Mapping[str, object], complain: Complain, path: str) -> tuple[str, tuple[str, ...], bool]:
    """Deck, tags and direction; what makes no sense is told and left out."""
    given = front.get("deck")
    deck = "" if given is None or isinstance(given, list | dict) else tidy_deck(str(given))
    if not deck:
        deck = tidy_deck(PurePath(path).stem) or "studycards"
        complain(1, "deck-name", f"the deck has no name; it is called {deck}")
    reverse = front.get("reverse", False)
    if not isinstance(reverse, bool):
        complain(1, "deck-reverse", "reverse: wants true or false; it is left out")
        reverse = False
    return deck, _tags(front.get("tags"), complain), reverse


def write_head(deck: str, tags: tuple[str, ...], reverse: bool) -> str:
    """Front matter that reads back as these values."""
    lines = ["---", f"deck: {_scalar(deck)}"]
    if tags:
        lines.append(f"tags: [{', '.join(_scalar(tag) for tag in tags)}]")
    if reverse:
        lines.append("reverse: true")
    return "\n".join([*lines, "---", ""])


def tidy_deck(name: str) -> str:
    """A deck's name as it is kept: parts between `::` without blanks around them, none empty, no control character."""
    parts = _SEPARATOR.split(" ".join(visible(name).split()))
    return "::".join(part.strip(": ") for part in parts if part.strip(": "))


def _tags(given: object, complain: Complain) -> tuple[str, ...]:
    if given is None:
        return ()
    words: Iterable[object] = re.split("[,，、]", given) if isinstance(given, str) else ()
    if isinstance(given, list):
        words = given
    elif not isinstance(given, str):
        complain(1, "deck-tags", "tags: wants a list like [a, b]; it is left out")
    tags = [tidy_tag(str(word)) for word in words if isinstance(word, str | int | float)]
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)
