"""A note laid open for the rules: every sentence in its place, every section with its own blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from studycards.model import Place
from studycards.notes.note import Block, BlockKind, Item, Note, Sentence
from studycards.persons import known
from studycards.text import is_chinese

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.CALLOUT})
_SPACED = re.compile(r"[\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u4e00-\u9fff]")
_TIGHT = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
_KEYED = re.compile(r"[:：]|\*\*|->|\s-\s|^\s*#")
_KEY = re.compile(r"[\s>*+#!\d.-]*(?P<key>[^\s：:*][^：:*\n]{0,40}?)\s*(?:\*\*)?\s*(?:[：:]|\*\*\s|\s-\s|->|\*\*$|$)")
_MARKS = frozenset("。！？；.!?;：: ")
_END = re.compile(r"(?<=[。！？；])|(?<=[.!?])\s+(?=[A-Z\"“])")


class Spot(NamedTuple):
    """One sentence where it stands: `text` without its final mark, `mark` that mark, `item` set inside a list.

    `nth` counts from 0 within its block or item, `alone` says that it is the only one there.
    """

    text: str
    mark: str
    block: Block
    sentence: Sentence
    nth: int
    item: Item | None = None
    alone: bool = False

    @property
    def opens(self) -> bool:
        """Whether the sentence is the first of its block or item."""
        return self.nth == 0

    @property
    def place(self) -> Place:
        """The sentence's own lines under its headings."""
        place = place_of(self.block, self.sentence.line, self.sentence.end_line)
        return place._replace(resolved=True) if self.sentence.resolved and self.sentence.pronoun else place


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the blocks that are its own, down to the next heading or `---`."""

    heading: Block | None
    title: str
    blocks: tuple[Block, ...]


class Page:
    """A note laid open; everything is worked out once and kept."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self._cleaned: dict[tuple[int, int], str] = {}
        self._columns: dict[tuple[int, int], tuple[str, ...]] = {}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in order, those inside quotes and callouts behind their parent."""
        return tuple(_flatten(self.note.blocks))

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """All sentences of prose and of list items."""
        found: list[Spot] = []
        for block in self.blocks:
            if block.kind in _PROSE and not block.body:
                found.extend(_prose_spots(block))
            elif block.kind == BlockKind.LIST:
                for item in items_of(block):
                    found.extend(_item_spots(block, item))
        return tuple(found)

    @cached_property
    def items(self) -> tuple[tuple[Block, Item], ...]:
        """All list items with their lists, nested ones behind their parent."""
        return tuple((block, item) for block in self.blocks if block.kind == BlockKind.LIST for item in items_of(block))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The note cut at its headings and topic breaks, in order."""
        found: list[Section] = []
        heading: Block | None = None
        own: list[Block] = []
        for block in self.note.blocks:
            if block.kind == BlockKind.HEADING or block.kind == BlockKind.BREAK:
                found.append(_section(heading, own))
                heading, own = (block if block.kind == BlockKind.HEADING else None), []
            else:
                own.append(block)
        found.append(_section(heading, own))
        return tuple(found)

    @cached_property
    def chinese(self) -> bool:
        """Whether the note as a whole is written in Chinese."""
        return is_chinese("\n".join(block.text or block.raw for block in self.blocks[:60])[:1500])

    @cached_property
    def spacing(self) -> bool:
        """Whether the note mostly puts a space between Chinese and Latin."""
        text = "\n".join(spot.text for spot in self.spots[:60] if not spot.text.isascii())
        return len(_SPACED.findall(text)) > len(_TIGHT.findall(text))

    @cached_property
    def heading_count(self) -> dict[str, int]:
        """How often each heading text occurs in the note."""
        counts: dict[str, int] = {}
        for block in self.blocks:
            if block.kind == BlockKind.HEADING:
                counts[block.text] = counts.get(block.text, 0) + 1
        return counts

    def times_key(self, term: str) -> int:
        """How many lines of the note open with a term (in lower case) as a key before a colon, dash or arrow."""
        count, (starts, text) = 0, self._lowered
        at = text.find(term)
        while at >= 0:
            index = bisect_right(starts, at)
            count += _key(self.note.lines[index - 1]) == term
            at = text.find(term, starts[index]) if index < len(starts) else -1
        return count

    @cached_property
    def _lowered(self) -> tuple[list[int], str]:
        """The note in lower case, and where its lines begin in that."""
        lines = [line.casefold() for line in self.note.lines]
        return [0, *accumulate(len(line) + 1 for line in lines[:-1])], "\n".join(lines)

    def column(self, block: Block, at: int) -> tuple[str, ...]:
        """The cells below the header in one column of a table."""
        known = self._columns.get((block.line, at))
        if known is None:
            cells = (row.cells[at] for row in block.rows[1:] if at < len(row.cells))
            known = self._columns[block.line, at] = tuple(self.note.restore(cell).strip() for cell in cells)
        return known

    @cached_property
    def people(self) -> frozenset[str]:
        """The names of persons that the note makes known somewhere."""
        return known(block.text or block.raw for block in self.blocks)

    def topic_of(self, line: int) -> int:
        """Which topic block a line belongs to; a `---` starts a new one."""
        block = self.block_at(line)
        return block.topic if block else 0

    def block_at(self, line: int) -> Block | None:
        """The top block that a line belongs to, or None before the first."""
        index = bisect_right(self._starts, line) - 1
        return self.note.blocks[index] if index >= 0 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [block.line for block in self.note.blocks]

    def source(self, place: Place) -> str:
        """The source lines of a place."""
        return "\n".join(self.note.lines[place.line - 1 : place.end_line])

    def clean(self, place: Place) -> str:
        """What the rules read in the lines of a place: their text without links and markup."""
        known = self._cleaned.get((place.line, place.end_line))
        if known is None:
            known = self._cleaned[place.line, place.end_line] = self._clean(place)
        return known

    def _clean(self, place: Place) -> str:
        block = self.block_at(place.line)
        if block is None:
            return ""
        inner = [sentence.text for sentence in block.sentences if _meets(sentence, place)]
        items = [item.text for item in items_of(block) if _meets(item, place)]
        cells = [cell for row in block.rows if row.line == place.line for cell in row.cells]
        return self.note.restore("\n".join([block.text if not block.items else "", *inner, *items, *cells]))

    def after(self, block: Block) -> Block | None:
        """The block behind another in reading order, or None at the end."""
        index = self._order.get(id(block))
        return self.note.blocks[index + 1] if index is not None and index + 1 < len(self.note.blocks) else None

    def ahead_of(self, block: Block) -> Block | None:
        """The block before another in reading order, or None at the start."""
        index = self._order.get(id(block))
        return self.note.blocks[index - 1] if index else None

    @cached_property
    def _order(self) -> dict[int, int]:
        return {id(block): i for i, block in enumerate(self.note.blocks)}


def place_of(block: Block, line: int = 0, end_line: int = 0) -> Place:
    """The place of a block, or of some of its lines."""
    return Place(
        line or block.line,
        end_line or line or block.end_line,
        block.headings,
        block.label,
        block.topic,
        block.after_image,
    )


def opening_of(block: Block) -> str:
    """The first sentence or item inside a quote or callout; empty where something else stands there."""
    for inner in block.body:
        if inner.kind == BlockKind.PARAGRAPH and inner.sentences:
            return inner.sentences[0].text
        if inner.kind == BlockKind.LIST and inner.items:
            return inner.items[0].text
        if inner.kind not in (BlockKind.IMAGE, BlockKind.BREAK):
            return ""
    return block.sentences[0].text if block.sentences and not block.body else ""


def items_of(block: Block) -> Iterator[Item]:
    """All items of a list with those nested under them, in order."""
    stack = list(reversed(block.items))
    while stack:
        item = stack.pop()
        yield item
        if item.children:
            stack.extend(reversed(item.children))


def _meets(part: Sentence | Item, place: Place) -> bool:
    return part.line <= place.end_line and part.end_line >= place.line


def sentences_of(text: str) -> list[str]:
    """A text cut at its sentence ends."""
    return [piece.strip() for piece in _END.split(text) if piece and piece.strip()]


def _key(line: str) -> str:
    """What stands before the colon, dash or arrow of a line, in lower case."""
    head = _KEY.match(line) if _KEYED.search(line) else None
    return head["key"].strip(" *_").casefold() if head else ""


def _flatten(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from _flatten(block.body)


def _section(heading: Block | None, own: list[Block]) -> Section:
    return Section(heading, heading.text if heading else "", tuple(own))


def _prose_spots(block: Block) -> Iterator[Spot]:
    alone = len(block.sentences) == 1
    for index, sentence in enumerate(block.sentences):
        text, mark = _cut_mark(sentence.full)
        yield Spot(text, mark, block, sentence, index, None, alone)


def _item_spots(block: Block, item: Item) -> Iterator[Spot]:
    alone = len(item.sentences) == 1
    for index, sentence in enumerate(item.sentences):
        text, mark = _cut_mark(sentence.full)
        yield Spot(text, mark, block, sentence, index, item, alone)


def _cut_mark(text: str) -> tuple[str, str]:
    text = text.strip()
    if text and text[-1] not in _MARKS:
        return text, ""
    cut = text.rstrip("。！？；.!?;：: ")
    return (cut, text[len(cut) :].strip()) if cut else (text, "")
