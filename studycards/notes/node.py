"""What the scanner finds, before headings, links and inline text are worked out."""

from __future__ import annotations

from dataclasses import dataclass, field

from studycards.notes.note import BlockKind


@dataclass(slots=True)
class Part:
    """A paragraph of an item: its lines without marks, the first of which is line `start` (an index)."""

    start: int
    lines: list[str]


@dataclass(slots=True)
class RawItem:
    """An item as gathered: `level` of nesting, paragraphs, last line with all that is nested under it not counted."""

    level: int
    number: int | None
    style: str
    start: int
    end: int
    parts: list[Part]
    task: bool = False


@dataclass(slots=True)
class Node:
    """A piece of a note by its lines `start` to `end` (indexes into the scanned lines, both included).

    `inner` are the lines inside a quote or callout, the first of which is line `inner_start`.
    """

    kind: BlockKind
    start: int
    end: int
    text: str = ""
    level: int = 0
    url: str = ""
    name: str = ""
    items: list[RawItem] = field(default_factory=list)
    rows: list[tuple[list[str], int]] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    inner_start: int = 0
