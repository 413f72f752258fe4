"""What a note's front matter asks of studycards: tags, deck, dialects, to be left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from studycards.model import Problem
from studycards.notes.problems import FRONT_MATTER

DIALECTS = frozenset({"qa", "colons", "lines", "highlight", "cloze", "brackets", "tag"})
INVITING = frozenset({"flashcards", "flashcard", "卡片"})
_TAG_SEPARATORS = re.compile(r"[,，;；\s]+")
_TRUE = frozenset({"true", "yes", "on", "1"})


@dataclass(frozen=True, slots=True)
class NoteOptions:
    """The part of the front matter that concerns the generator."""

    tags: tuple[str, ...] = ()
    deck: str = ""
    dialects: frozenset[str] = frozenset()
    ignored: bool = False
    problems: tuple[Problem, ...] = ()


def read_options(front: dict[str, Any], path: str) -> NoteOptions:
    """Read `tags` and `studycards:` (a list of dialects, or `dialects`, `deck`, `ignore`)."""
    tags = _tags(front.get("tags", front.get("tag")))
    own = front.get("studycards")
    asked = own if isinstance(own, dict) else {"dialects": own}
    names = _names(asked.get("dialects"))
    unknown = sorted(names - DIALECTS - {"all"})
    dialects = DIALECTS if "all" in names or INVITING & {tag.lower() for tag in tags} else names & DIALECTS
    problems: tuple[Problem, ...] = ()
    if unknown:
        known = ", ".join(sorted(DIALECTS))
        message = f"studycards: knows no dialect '{unknown[0][:40]}'; there are all, {known}."
        problems = (Problem(path, 1, FRONT_MATTER, message),)
    deck = asked.get("deck")
    return NoteOptions(
        tags=tags,
        deck=" ".join(str(deck).split()) if isinstance(deck, str) else "",
        dialects=frozenset(dialects),
        ignored=str(asked.get("ignore", "")).lower() in _TRUE,
        problems=problems,
    )


def _tags(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = _TAG_SEPARATORS.split(value)
    if not isinstance(value, list):
        return ()
    tags = (tag.strip().lstrip("#").replace(" ", "_") for tag in value if isinstance(tag, str))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _names(value: object) -> set[str]:
    if isinstance(value, str):
        value = _TAG_SEPARATORS.split(value)
    if not isinstance(value, list):
        return set()
    return {name.strip().lower() for name in value if isinstance(name, str) and name.strip()}
