"""Nodes to blocks: headings in force, cleaned text, sentences, items, rows, what stands inside quotes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from studycards.model import Problem
from studycards.notes.bold import gather_bold
from studycards.notes.headings import HeadingPath, clean_heading
from studycards.notes.inline import clean, joined, leading_bold, undecorated
from studycards.notes.links import join_links
from studycards.notes.mask import Masked, mask
from studycards.notes.node import Node, Part, RawItem
from studycards.notes.note import TOKEN, Block, BlockKind, Item, Row, Sentence
from studycards.notes.problems import TOO_LARGE
from studycards.notes.scan import MAX_PIECES, Scanner
from studycards.notes.sentences import split
from studycards.notes.subjects import Speaker
from studycards.notes.tables import cells
from studycards.notes.tokens import Tokens

_MAX_DEPTH = 6
_MAX_PROBLEMS = 100
_QUOTE_MARKS = re.compile(r"[ \t>]+")
_CONTENTS = re.compile(r"\[[^\n]*\]\(#[^\n]*\)[ \t]*$")


class Builder:
    """Builds the blocks of one note; `problems` gathers what was wrong on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.tokens = Tokens()
        self.problems: list[Problem] = []
        self.titles: list[str] = []
        self._where = HeadingPath()
        self._speaker = Speaker()
        self._lines: list[str] = []
        self._first = 1
        self._depth = 0
        self._left = MAX_PIECES
        self._build: dict[BlockKind, Callable[[Node], Block | None]] = {
            BlockKind.HEADING: self._heading,
            BlockKind.PARAGRAPH: self._paragraph,
            BlockKind.LIST: self._list,
            BlockKind.DEFINITIONS: self._list,
            BlockKind.TABLE: self._table,
            BlockKind.QUOTE: self._container,
            BlockKind.CALLOUT: self._container,
            BlockKind.LINK: self._link,
            BlockKind.BREAK: self._break,
        }

    def blocks(self, lines: list[str], first: int) -> tuple[Block, ...]:
        """The blocks of some normalised lines, the first of which is line `first` of the file."""
        if self._left < 0:
            return ()
        masked = mask(lines, first, self.path)
        self.problems.extend(masked.problems[: _MAX_PROBLEMS - len(self.problems)])
        outer = self._lines, self._first
        self._lines, self._first = masked.lines, first
        found = self._from(masked)
        self._lines, self._first = outer
        return found

    def _from(self, masked: Masked) -> tuple[Block, ...]:
        scanner = Scanner(masked, self._left)
        nodes = join_links(scanner.scan(), masked.lines)
        self._left = scanner.left
        if self._left < 0 and nodes:
            line = masked.first + nodes[-1].end
            message = f"More than {MAX_PIECES} paragraphs and items; what follows is not read. Split the note."
            self.problems = [*self.problems, Problem(self.path, line, TOO_LARGE, message)][:_MAX_PROBLEMS]
        found: list[Block] = []
        image = False
        for node in gather_bold(nodes, masked.lines):
            block = self._build.get(node.kind, self._plain)(node)
            if block is None:
                continue
            found.append(
                _after_image(block) if image and block.kind not in (BlockKind.HEADING, BlockKind.BREAK) else block
            )
            image = node.kind == BlockKind.IMAGE
        return tuple(found)

    def _block(self, node: Node, **more: Any) -> Block:
        raw = "\n".join(self._lines[node.start : node.end + 1])
        where = self._where
        return Block(
            node.kind,
            self._first + node.start,
            self._first + node.end,
            where.names,
            where.topic,
            where.label,
            raw,
            **more,
        )

    def _plain(self, node: Node) -> Block:
        return self._block(node, text=node.text.strip("\n"), url=node.url, name=node.name)

    def _heading(self, node: Node) -> Block:
        name = clean_heading(self.tokens.hide(node.text))
        shown = self.tokens.restore(name)
        if not self._depth:
            self._where.enter(node.level, shown)
            self._speaker.enter(name)
            if node.level == 1:
                self.titles.append(shown)
        return self._block(node, text=name, level=node.level)

    def _break(self, node: Node) -> Block:
        if not self._depth:
            self._where.leave_topic()
            self._speaker.leave_topic()
        return self._block(node)

    def _link(self, node: Node) -> Block:
        title = joined(clean(self.tokens.hide(node.text)))
        return self._block(node, text=title, url=node.url, name=node.name)

    def _paragraph(self, node: Node) -> Block | None:
        text, sentences, bold = self._prose(Part(node.start, self._lines[node.start : node.end + 1]), self._speaker)
        if not text:
            return None
        if len(text) == 1 and TOKEN.match(text) and self.tokens.is_math(text):
            node.kind = BlockKind.MATH
            return self._block(node, text=self.tokens.restore(text).strip("$").strip())
        return self._block(node, text=text, sentences=sentences, bold=bold)

    def _prose(self, part: Part, speaker: Speaker) -> tuple[str, tuple[Sentence, ...], str]:
        """A paragraph's text, its sentences and the bold phrase that opens it."""
        lines = part.lines
        raw = lines[0].lstrip(" \t") if len(lines) == 1 else "\n".join(line.lstrip(" \t") for line in lines)
        hidden = self.tokens.hide(raw)
        cleaned = clean(hidden)
        bold = leading_bold(hidden) if hidden.startswith(("**", "__")) else ""
        first = line = self._first + part.start
        found: list[Sentence] = []
        counted = 0
        for start, end in split(cleaned):
            text, inside = cleaned[start:end], 0
            if len(lines) > 1:
                line += cleaned.count("\n", counted, start)
                inside = text.count("\n")
                counted = start
            opens = bold if not found else _bold_at(hidden, line - first, found, line)
            found.append(speaker.say(joined(text) if inside else text, line, line + inside, not found, opens))
        return joined(cleaned), tuple(found), bold

    def _list(self, node: Node) -> Block | None:
        if node.kind == BlockKind.LIST and all(_CONTENTS.match(item.parts[0].lines[0]) for item in node.items):
            return None
        items, _ = self._items(node.items, 0, node.items[0].level)
        found: list[Sentence] = []
        for item in items:
            _gather(item, found)
        text = "\n".join(item.text for item in items)
        return self._block(node, text=text, items=items, sentences=tuple(found), ordered=bool(node.level))

    def _items(self, raws: list[RawItem], at: int, level: int) -> tuple[tuple[Item, ...], int]:
        found: list[Item] = []
        while at < len(raws) and raws[at].level >= level:
            raw, at = raws[at], at + 1
            children: tuple[Item, ...] = ()
            if at < len(raws) and raws[at].level > raw.level:
                children, at = self._items(raws, at, raws[at].level)
            found.append(self._item(raw, children))
        return tuple(found), at

    def _item(self, raw: RawItem, children: tuple[Item, ...]) -> Item:
        speaker = self._speaker.aside()
        parts = [self._prose(part, speaker) for part in raw.parts]
        text, _, bold = parts[0]
        return Item(
            undecorated(text),
            "\n".join(self._lines[raw.start : raw.end + 1]),
            self._first + raw.start,
            self._first + raw.end,
            raw.number,
            bold,
            children,
            parts[0][1] if len(parts) == 1 else tuple(sentence for part in parts for sentence in part[1]),
            raw.task,
        )

    def _table(self, node: Node) -> Block | None:
        rows = tuple(
            Row(tuple(self._cell(cell) for cell in self._raw_cells(raw)), self._first + index)
            for raw, index in node.rows
        )
        return self._block(node, rows=rows) if rows else None

    def _raw_cells(self, raw: list[str]) -> list[str]:
        return (
            cells(self.tokens.hide(raw[0])) if len(raw) == 1 and "|" in raw[0] else [self.tokens.hide(c) for c in raw]
        )

    def _cell(self, text: str) -> str:
        return undecorated(joined(clean(text)))

    def _container(self, node: Node) -> Block | None:
        title = joined(clean(self.tokens.hide(node.text)))
        inner = node.inner
        if self._depth >= _MAX_DEPTH:
            inner = [_QUOTE_MARKS.sub("", line, count=1) if line[:1] in " \t>" else line for line in inner]
        if self._depth > _MAX_DEPTH:
            return None
        self._depth += 1
        speaker, self._speaker = self._speaker, self._speaker.aside(title)
        body = self.blocks(inner, self._first + node.inner_start)
        self._speaker = speaker
        self._depth -= 1
        sentences = tuple(sentence for block in body for sentence in block.sentences)
        if node.kind == BlockKind.QUOTE:
            title = "\n".join(block.text for block in body if block.text)
        return self._block(node, text=title, name=node.name, body=body, sentences=sentences)


def _bold_at(hidden: str, row: int, before: list[Sentence], line: int) -> str:
    """The bold phrase that opens a sentence which begins its line."""
    if "**" not in hidden or (before and before[-1].end_line == line):
        return ""
    return leading_bold(hidden.split("\n")[row])


def _after_image(block: Block) -> Block:
    return block._replace(after_image=True)


def _gather(item: Item, found: list[Sentence]) -> None:
    """Add the sentences of an item and of what is nested under it."""
    found.extend(item.sentences)
    for child in item.children:
        _gather(child, found)
