"""Lists gathered by shape, across blank lines: `1.中文`, （1）, ①, 一、, bold-led paragraphs, nested ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from studycards.notes.marks import Mark, indent_of, item_mark
from studycards.notes.node import Node, Part, RawItem
from studycards.notes.note import BlockKind

_MAX_BETWEEN = 3
_MAX_LEVEL = 12
MAX_ITEMS = 2000
_NEAR = 1


@dataclass(slots=True)
class _Level:
    indent: int
    mark: Mark
    last: int | None
    slips: int = 0


@dataclass(slots=True)
class Gathering:
    """One list being gathered.

    `ends` gives the last line of what opens at a line and ends the list, `skip` of what may stand inside it (code, an
    image); None where neither is there.
    """

    lines: list[str]
    ends: Callable[[int], int | None]
    skip: Callable[[int], int | None]
    items: list[RawItem] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    pending: list[Part] = field(default_factory=list)
    end: int = 0

    def gather(self, at: int, mark: Mark) -> Node:
        """The list that opens at a line with that mark."""
        self.levels.append(_Level(mark.indent, mark, mark.number))
        self._add(at, mark, 0)
        index, blank = at + 1, False
        while index < len(self.lines):
            if not self.lines[index].strip():
                blank, index = True, index + 1
                continue
            following = self._take(index, blank)
            if following is None:
                break
            # What was only passed over (an image, code) leaves a gap behind it.
            blank, index = following > index + 1 and blank, following
        ordered = self.items[0].number is not None
        return Node(BlockKind.LIST, at, self.end, level=int(ordered), items=self.items)

    def _take(self, at: int, blank: bool) -> int | None:
        """Take a line in and give the next one to look at, or None where the list is over."""
        line = self.lines[at]
        mark = item_mark(line)
        if mark is not None:
            return self._item(at, mark, blank)
        over = self.skip(at)
        if over is not None:
            if not blank or indent_of(line) >= 2:
                self.end = self.items[-1].end = over
            return over + 1
        end = self.ends(at)
        if end is None:
            return self._text(at, line, blank)
        # What would end the list belongs to the item where it is indented under it.
        if indent_of(line) < self.levels[-1].indent + 2 or self.pending:
            return None
        self.end = self.items[-1].end = end
        return end + 1

    def _text(self, at: int, line: str, blank: bool) -> int | None:
        item, text = self.items[-1], line.strip(" \t")
        if not self.pending and (not blank or indent_of(line) >= 2):
            if blank:
                item.parts.append(Part(at, [text]))
            elif at == item.parts[-1].start + len(item.parts[-1].lines):
                item.parts[-1].lines.append(text)
            else:
                item.parts.append(Part(at, [text]))
            self.end = item.end = at
            return at + 1
        if self.levels[0].last is None:
            return None
        if blank or not self.pending:
            if len(self.pending) == _MAX_BETWEEN:
                return None
            self.pending.append(Part(at, [text]))
        else:
            self.pending[-1].lines.append(text)
        return at + 1

    def _item(self, at: int, mark: Mark, blank: bool) -> int | None:
        level = self._place(mark, blank)
        if level is None or len(self.items) >= MAX_ITEMS:
            return None
        if self.pending:
            if mark.number is None:
                return None
            self.items[-1].parts.extend(self.pending)
            self.items[-1].end = self.pending[-1].start + len(self.pending[-1].lines) - 1
            self.pending = []
        self._add(at, mark, level)
        return at + 1

    def _add(self, at: int, mark: Mark, level: int) -> None:
        self.items.append(RawItem(level, mark.number, mark.style, at, at, [Part(at, [mark.text])], mark.task))
        self.end = at

    def _place(self, mark: Mark, blank: bool) -> int | None:
        """The level on which an item stands, or None where it opens a list of its own."""
        beside: int | None = None
        for index in range(len(self.levels) - 1, -1, -1):
            level = self.levels[index]
            if level.indent > mark.indent + _NEAR and index > 0:
                continue
            if mark.indent > level.indent + _NEAR and beside is None:
                return self._nest(index, mark)
            if level.mark.style == mark.style:
                return self._follow(index, mark)
            if level.indent < mark.indent - _NEAR:
                break
            beside = index if beside is None else beside
        if beside is None or mark.rank <= self.levels[beside].mark.rank:
            return None
        if blank and mark.number is None:
            return None
        return self._nest(beside, mark)

    def _nest(self, parent: int, mark: Mark) -> int:
        del self.levels[parent + 1 :]
        if parent + 1 >= _MAX_LEVEL:
            return parent
        self.levels.append(_Level(mark.indent, mark, mark.number))
        return parent + 1

    def _follow(self, index: int, mark: Mark) -> int | None:
        level = self.levels[index]
        if index == 0 and not _counts_on(level, mark.number):
            return None
        del self.levels[index + 1 :]
        level.last = mark.number
        return index


def _counts_on(level: _Level, number: int | None) -> bool:
    """Whether a number goes on from the last one; one slip (the same again, one left out) is forgiven."""
    if number is None or level.last is None or number == level.last + 1:
        return True
    if number == level.last == 1 and level.mark.number == 1:
        return True
    if number in (level.last, level.last + 2) and level.slips == 0:
        level.slips = 1
        return True
    return False
