"""Lines to nodes: which lines make a heading, a paragraph, a list, a table, a quote."""

from __future__ import annotations

import re

from studycards.notes.definitions import gather_definitions, is_meaning
from studycards.notes.lists import Gathering
from studycards.notes.marks import dedent, indent_of, item_mark
from studycards.notes.mask import Masked
from studycards.notes.node import Node
from studycards.notes.note import BlockKind
from studycards.notes.openers import OPENERS
from studycards.notes.tables import MAX_CELLS, is_rule

_CALLOUT = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_SETEXT = re.compile(r"[ \t]*(=+|-{2,})[ \t]*$")
_SENTENCE_END = tuple("。，：:.!?！？；;,、")
_CJK = re.compile("[\u3400-\u9fff]")
_MAX_SETEXT = 60
MAX_PIECES = 30_000
_MAX_PARAGRAPH = 40_000


class Scanner:
    """One pass over masked lines; each method looks at the line it is given and gives a node or None."""

    def __init__(self, masked: Masked, limit: int = MAX_PIECES) -> None:
        self.left = limit
        self.lines = masked.lines
        self.regions = masked.regions
        self.nodes: list[Node] = []

    def scan(self) -> list[Node]:
        """Every node in order, until `limit` nodes, items and rows are reached; `left` is then below 0."""
        at = 0
        while at < len(self.lines) and self.left >= 0:
            at = self._next(at)
        return self.nodes

    def _next(self, at: int) -> int:
        line = self.lines[at]
        text = line.strip()
        if not text and at not in self.regions:
            return at + 1
        node = self._open(at, text) or self._list(at) or self._paragraph(at)
        if node.start >= 0:
            self.nodes.append(node)
        self.left -= 1 + len(node.items) + len(node.rows)
        return node.end + 1

    def _open(self, at: int, text: str) -> Node | None:
        """A node that a line opens by its first character; one that starts at -1 stands for nothing."""
        if at in self.regions:
            region = self.regions[at]
            return Node(region.kind, at, region.end, text=region.text, name=region.info)
        first = text[0]
        if first == ">":
            return self._quote(at)
        if first == "|":
            return self._table(at)
        opener = OPENERS.get(first)
        return opener(self.lines, at, text) if opener is not None else None

    def _interrupts(self, at: int) -> bool:
        """Whether a line ends the paragraph before it."""
        text = self.lines[at].strip()
        if not text or at in self.regions or self._open(at, text) is not None:
            return True
        mark = item_mark(self.lines[at])
        if mark is not None and mark.text:
            return mark.number in (None, 1) or self.lines[at - 1].rstrip().endswith(("：", ":"))
        return self._is_table(at)

    def _is_table(self, at: int) -> bool:
        line = self.lines[at]
        return "|" in line and at + 1 < len(self.lines) and is_rule(self.lines[at + 1]) and line.count("|") < MAX_CELLS

    def _table(self, at: int) -> Node | None:
        if not self._is_table(at):
            return None
        end = at + 1
        while end + 1 < len(self.lines) and "|" in self.lines[end + 1] and end + 1 not in self.regions:
            end += 1
        rows = [([self.lines[index]], index) for index in range(at, end + 1) if index != at + 1]
        return Node(BlockKind.TABLE, at, end, rows=rows, name="pipe")

    def _quote(self, at: int) -> Node | None:
        inner: list[str] = []
        index = at
        while index < len(self.lines):
            line = self.lines[index]
            found = _QUOTE.match(line)
            if found is None and (not line.strip() or not inner[-1].strip() or self._interrupts(index)):
                break
            inner.append(line[found.end() :] if found else line.strip())
            index += 1
        callout = _CALLOUT.match(inner[0].lstrip())
        if callout is None:
            return Node(BlockKind.QUOTE, at, index - 1, inner=inner, inner_start=at)
        title = inner[0].lstrip()[callout.end() :].strip()
        kind = callout[1].lower()
        return Node(BlockKind.CALLOUT, at, index - 1, text=title, name=kind, inner=inner[1:], inner_start=at + 1)

    def _list(self, at: int) -> Node | None:
        mark = item_mark(self.lines[at])
        if mark is None or (not mark.text and not self._goes_on(at)):
            return None
        return Gathering(self.lines, self._ends_list, self._skips).gather(at, mark)

    def _goes_on(self, at: int) -> bool:
        return at + 1 < len(self.lines) and indent_of(self.lines[at + 1]) >= 2

    def _ends_list(self, at: int) -> int | None:
        node = self._open(at, self.lines[at].strip())
        if node is None and self._is_table(at):
            node = self._table(at)
        return node.end if node is not None else None

    def _skips(self, at: int) -> int | None:
        if at in self.regions:
            return self.regions[at].end
        text = self.lines[at].strip()
        if text[0] not in "!<[":
            return None
        node = self._open(at, text)
        return node.end if node is not None and node.kind == BlockKind.IMAGE else None

    def _paragraph(self, at: int) -> Node:
        if self._is_table(at) and (table := self._table(at)):
            return table
        if self._is_code(at):
            return self._code(at)
        end, size = at, len(self.lines[at])
        while end + 1 < len(self.lines) and size < _MAX_PARAGRAPH:
            below = self.lines[end + 1]
            if end == at and below and self._is_setext(at, below):
                return Node(BlockKind.HEADING, at, at + 1, self.lines[at].strip(), level=1 if "=" in below else 2)
            if self._interrupts(end + 1) or is_meaning(below):
                break
            end += 1
            size += len(below)
        definitions = gather_definitions(self.lines, end, self.regions, self._interrupts)
        if definitions is None:
            return Node(BlockKind.PARAGRAPH, at, end)
        if end > at:
            self.nodes.append(Node(BlockKind.PARAGRAPH, at, end - 1))
        return definitions

    def _is_setext(self, at: int, below: str) -> bool:
        text = self.lines[at].strip()
        return (
            below.lstrip()[:1] in ("=", "-")
            and _SETEXT.match(below) is not None
            and len(text) <= _MAX_SETEXT
            and not text.endswith(_SENTENCE_END)
        )

    def _is_code(self, at: int) -> bool:
        """Indented by four or more after a blank line, and no Chinese prose."""
        line = self.lines[at]
        if indent_of(line) < 4 or (at and self.lines[at - 1].strip()):
            return False
        return not _CJK.search(line)

    def _code(self, at: int) -> Node:
        end = index = at
        while index < len(self.lines):
            line = self.lines[index]
            if line.strip():
                if indent_of(line) < 4 or (end < index - 1 and _CJK.search(line)):
                    break
                end = index
            index += 1
        text = "\n".join(dedent(line, 4) for line in self.lines[at : end + 1])
        return Node(BlockKind.CODE, at, end, text=text)
