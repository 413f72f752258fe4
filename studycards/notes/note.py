"""A note as the rules see it: blocks with their lines, headings, items and sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from studycards.model import Problem


class BlockKind(StrEnum):
    """What a block of a note is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    QUOTE = "quote"
    CALLOUT = "callout"
    DEFINITIONS = "definitions"
    LINK = "link"
    IMAGE = "image"
    CODE = "code"
    MATH = "math"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block, cleaned of inline markup; `text` keeps its final mark, masks stay whole.

    `subject` is the noun phrase that the sentence speaks of (empty: none found), `resolved` true where a pronoun was
    replaced by the heading or by the one subject of the sentence before.
    """

    text: str
    line: int
    end_line: int
    subject: str = ""
    resolved: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its own text without mark and markup, and what is nested under it."""

    text: str
    raw: str
    line: int
    end_line: int
    number: int | None = None
    bold: str = ""
    children: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a note between blank lines, or what the reader gathered across them.

    `headings` is the cleaned heading path down to this block, for `source.headings`; `topic` numbers the topic block
    (`---` starts a new one); `label` is the nearest heading that still holds here (empty after a `---`).
    `raw` is the source text, `text` the cleaned one (a title for callouts, the title of a link for links);
    `level` is a heading's depth; `items` are a list's or a definition list's; `rows` a table's, header first.
    `after_image` says that an image stands directly before.
    """

    kind: BlockKind
    line: int
    end_line: int
    headings: tuple[str, ...]
    topic: int
    label: str
    raw: str
    text: str = ""
    level: int = 0
    url: str = ""
    sentences: tuple[Sentence, ...] = ()
    items: tuple[Item, ...] = ()
    rows: tuple[Row, ...] = ()
    ordered: bool = False
    after_image: bool = False
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note as read: what its front matter says, its blocks in order, and what is wrong with it.

    `lines` are the normalised source lines (index 0 is line 1), used to trace an answer back to its source;
    `titles` are the level-one headings. `dialects` are those the note invites.
    """

    path: str
    title: str
    tags: tuple[str, ...]
    deck: str
    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    dialects: frozenset[str] = field(default_factory=frozenset)
    titles: tuple[str, ...] = ()
    ignored: bool = False
    is_deck: bool = False
    digest: str = ""
