"""What a deck file holds, as values, and the form in which a text survives being written and read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studycards.cloze import holes
from studycards.model import Kind, Problem, Source

_BREAK = re.compile(r"\r\n?")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_TAG_SPACE = re.compile(r"[\s,，、]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One block of a deck file: `Q:`/`A:`, or `C:` with its holes (`back` is what an `A:` under it says).

    `tags` are the block's own, `reverse` its own `R:`. `id`, `source` and `rule` come from the comment under it
    (empty: none). `line`..`end_line` is the block in its file, from 1, and no part of what makes two entries equal.
    """

    kind: Kind
    front: str
    back: str = ""
    reverse: bool = False
    tags: tuple[str, ...] = ()
    id: str = ""
    source: Source | None = None
    rule: str = ""
    line: int = field(default=0, compare=False)
    end_line: int = field(default=0, compare=False)

    @property
    def holes(self) -> tuple[int, ...]:
        """The written numbers of a cloze block's holes, each once, in order of appearance."""
        if self.kind is not Kind.CLOZE:
            return ()
        return tuple(dict.fromkeys(hole.number for hole in holes(self.front)))


@dataclass(frozen=True, slots=True)
class DeckText:
    """A deck file as read: the deck's name, the tags and direction of all its cards, its blocks, its problems."""

    deck: str
    tags: tuple[str, ...] = ()
    reverse: bool = False
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


def tidy(text: str) -> str:
    """A side in the form that survives: `\\n` as line break, no blanks around it, blank lines empty."""
    lines = _BREAK.sub("\n", text).strip().split("\n")
    return "\n".join(line if line.strip() else "" for line in lines)


def tidy_tag(tag: str) -> str:
    """A tag as it can stand in a list: one word, no comma, no leading `#`, nothing hidden; may become empty."""
    return _TAG_SPACE.sub("_", visible(tag)).replace("<!--", "").replace("-->", "").lstrip("#_").rstrip("_")


def visible(name: str) -> str:
    """A name with a space for each character that no line of a file should hold."""
    return _HIDDEN.sub(" ", name)
