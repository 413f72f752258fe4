"""A note as the rules see it: blocks with their lines, headings, items and sentences.

Code spans and formulas stand in every `text`, `subject`, `bold` and cell as one opaque character each, so that no rule
can cut inside them: one of `CODE` or of `MATH` (character ranges for a regex class). `Note.restore` gives them back.
`headings`, `label`, `title` and `titles` are restored already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from studycards.model import Problem

CODE = "\U000f0000-\U000ffffd"
MATH = "\U00100000-\U0010fffd"
TOKEN = re.compile(f"[{CODE}{MATH}]")


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


class Sentence(NamedTuple):
    """One sentence of a block, cleaned of inline markup; `text` keeps its final mark, masks stay whole.

    `subject` is the noun phrase that the sentence speaks of (empty: none found), `resolved` true where a pronoun was
    replaced by the heading or by the one subject of the sentence before; `pronoun` is that pronoun as it opens the
    text, so that `full` is the sentence with the subject in its place. `dangling` says that it opens with a pronoun
    that nothing resolves. `antecedent` is what a later pronoun or a left-out subject would mean here (empty:
    unknown). `bold` is the bold phrase that opens it, `first` true for the first sentence of a block or item.
    """

    text: str
    line: int
    end_line: int
    subject: str = ""
    resolved: bool = False
    first: bool = False
    pronoun: str = ""
    dangling: bool = False
    antecedent: str = ""
    bold: str = ""

    @property
    def full(self) -> str:
        """The text with its opening pronoun replaced by what it stands for."""
        if not self.resolved:
            return self.text
        tail = self.text[len(self.pronoun) :]
        return f"{self.subject}{tail}" if self.pronoun else self.text


class Item(NamedTuple):
    """One item of a list: its own text without mark and markup, and what is nested under it.

    `text` is its first paragraph, `raw` all its own lines as written, `number` the number written (None: a bullet),
    `bold` the bold phrase that opens it, `sentences` all its own. In a definition list `text` is the term and the
    children are its meanings.
    """

    text: str
    raw: str
    line: int
    end_line: int
    number: int | None = None
    bold: str = ""
    children: tuple[Item, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    task: bool = False


class Row(NamedTuple):
    """One row of a table."""

    cells: tuple[str, ...]
    line: int


class Block(NamedTuple):
    """A piece of a note between blank lines, or what the reader gathered across them.

    `headings` is the cleaned heading path down to this block, for `source.headings`; `topic` numbers the topic block
    (`---` starts a new one); `label` is the nearest heading that still holds here (empty after a `---`).
    `raw` is the source text, `text` the cleaned one (a title for callouts, the title of a link for links);
    `level` is a heading's depth; `items` are a list's or a definition list's; `rows` a table's, header first.
    `after_image` says that an image stands directly before. `name` is the label before a link (`官网`) or the kind
    of a callout (`question`, `note`, `tab`) or the language of code. A link's title stands on its `end_line`.

    `sentences` of a quote or callout are those of its `body`, of a list those of its `items`: read one or the other.
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
    name: str = ""
    bold: str = ""


@dataclass(frozen=True, slots=True)
class Explicit:
    """A card that a person wrote into an invited note in one of the dialects, its sides cleaned and restored.

    `text` is set for a cloze: its holes as `{{cN::answer::hint}}`, and `answer` what is shown with it. `both` asks back
    to front too.
    """

    dialect: str
    question: str
    answer: str
    line: int
    end_line: int
    headings: tuple[str, ...] = ()
    text: str = ""
    both: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note as read: what its front matter says, its blocks in order, and what is wrong with it.

    `lines` are the normalised source lines (index 0 is line 1), used to trace an answer back to its source;
    `titles` are the level-one headings. `dialects` are those the note invites. `title` is the front matter's, else
    the file name without its ending (`titled` false then). `masks` gives the text behind each opaque character.
    `explicit` are the cards written in a dialect where the note invites it; lines `first_line` and on are the body.
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
    titled: bool = False
    masks: Mapping[str, str] = field(default_factory=dict)
    explicit: tuple[Explicit, ...] = ()
    first_line: int = 1

    def restore(self, text: str) -> str:
        """The text with code spans and formulas back in the place of their opaque characters, marks and all."""
        if not self.masks or text.isascii() or not TOKEN.search(text):
            return text
        return TOKEN.sub(lambda found: self.masks.get(found[0], ""), text)

    def walk(self) -> Iterator[Block]:
        """Every block, those inside quotes and callouts after the one that holds them."""
        for block in self.blocks:
            yield from _walk(block)


def _walk(block: Block) -> Iterator[Block]:
    yield block
    for inner in block.body:
        yield from _walk(inner)
