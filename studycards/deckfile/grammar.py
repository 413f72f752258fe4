"""A deck file's text read into blocks; what cannot be a card is a problem with its line, never an exception."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from studycards.cloze import LARGEST, holes, is_broken
from studycards.deckfile.comment import NOTHING, Made, read_comment
from studycards.deckfile.entry import DeckText, Entry, tidy, tidy_tag
from studycards.deckfile.head import read_head
from studycards.deckfile.scan import Line, scan
from studycards.model import Kind, Problem

MARK = re.compile(r"([QAC])[:：][ \t]*(.*)", re.S)
REVERSE = re.compile(r"R[:：][ \t]*")
TAGS = re.compile(r"T[:：](.*)", re.S)
STOP = re.compile(r"#{1,6}(?:[ \t].*)?|-{3,}[ \t]*", re.S)
ESCAPED = re.compile(r"\\+(?:[QACT][:：]|R[:：][ \t]*$|#{1,6}(?:[ \t]|$)|-{3,}[ \t]*$)")
_NO_PARAGRAPH = re.compile(r"[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|[|>]|!\[|\$\$|</?[A-Za-z]|`{3}|~{3}|\\[`~|>]")


@dataclass(slots=True)
class _Block:
    """A block being read: its sides as raw lines, the side that is open, where it stands."""

    mark: str
    line: int
    end_line: int
    sides: dict[str, list[str]]
    open: str = ""
    reverse: bool = False
    tags: list[str] = field(default_factory=list)
    blank: bool = False


def parse(front: Mapping[str, object], body: str, first_line: int, path: str) -> DeckText:
    """Read a deck file whose front matter is `front` and whose body starts at line `first_line`."""
    reader = _Reader(path)
    for line in scan(body.split("\n"), first_line, reader.complain):
        reader.take(line)
    reader.close()
    deck, tags, reverse = read_head(front, reader.complain, path)
    problems = tuple(sorted(reader.problems, key=lambda problem: problem.line))
    return DeckText(deck, tags, reverse, tuple(reader.entries), problems)


def ends_side(text: str, after_blank: bool) -> bool:
    """Whether a line would not be read as the further text of a side that it is meant to belong to."""
    marks = (MARK, REVERSE, TAGS, STOP)
    return any(mark.fullmatch(text) for mark in marks) or bool(ESCAPED.match(text)) or starts_prose(text, after_blank)


def starts_prose(text: str, after_blank: bool) -> bool:
    """Whether a line begins a plain paragraph at the margin, which belongs to no card."""
    return after_blank and not _NO_PARAGRAPH.match(text)


def indentation(lines: list[str]) -> str:
    """The blanks with which every line of `lines` begins that is not empty."""
    found = [line[: len(line) - len(line.lstrip(" \t"))] for line in lines if line.strip()]
    low, high = (min(found), max(found)) if found else ("", "")
    same = next((at for at, (left, right) in enumerate(zip(low, high, strict=False)) if left != right), None)
    return low[:same] if same is not None else low[: len(high)]


class _Reader:
    """Takes the lines one by one; knows the block that is open."""

    def __init__(self, path: str) -> None:
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self._path = path
        self._block: _Block | None = None

    def complain(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(self._path, line, code, message))

    def take(self, line: Line) -> None:
        text = line.text
        if line.card is not None:
            self._comment(line)
        elif line.hidden:
            return
        elif line.literal:
            self._text(line)
        elif mark := MARK.fullmatch(text):
            self._mark(line, mark[1], mark[2])
        elif REVERSE.fullmatch(text):
            self._reverse(line)
        elif tags := TAGS.fullmatch(text):
            self._tags(line, tags[1])
        elif STOP.fullmatch(text):
            self.close()
        else:
            self._text(line)

    def _mark(self, line: Line, mark: str, text: str) -> None:
        if mark != "A":
            self.close()
            self._block = _Block(mark, line.number, line.number, {mark: [text]}, mark)
            return
        block = self._block
        if block is None:
            self.complain(line.number, "deck-no-question", "an A: with no Q: or C: above it is left out")
            return
        block.blank = False
        block.end_line = line.number
        if "A" in block.sides:
            self.complain(line.number, "deck-second-answer", "a second A: in one card is left out; join the two")
            block.open = ""
            return
        block.sides["A"] = [text]
        block.open = "A"

    def _reverse(self, line: Line) -> None:
        if self._block is None or self._block.mark == "C":
            self.complain(line.number, "deck-stray-mark", "R: stands under no Q: and is left out")
            return
        self._block.reverse = True
        self._end_side(line)

    def _tags(self, line: Line, text: str) -> None:
        if self._block is None:
            self.complain(line.number, "deck-stray-mark", "T: stands under no card and is left out")
            return
        self._block.tags += [tag for part in re.split("[,，、]", text) if (tag := tidy_tag(part))]
        self._end_side(line)

    def _end_side(self, line: Line) -> None:
        if self._block is not None:
            self._block.open, self._block.blank, self._block.end_line = "", False, line.number

    def _text(self, line: Line) -> None:
        block = self._block
        if block is None or not block.open:
            return
        if line.is_blank and not line.literal:
            block.blank = True
        elif not line.literal and starts_prose(line.text, block.blank):
            block.open = ""
            return
        else:
            block.blank = False
            block.end_line = line.number
        escaped = not line.literal and ESCAPED.match(line.text)
        block.sides[block.open].append(line.text[1:] if escaped else line.text)

    def _comment(self, line: Line) -> None:
        block = self._block
        if block is None:
            self.complain(line.number, "deck-stray-comment", "this comment stands under no card and is left out")
            return
        block.end_line = line.number
        made = read_comment(line.card or "")
        if made is None:
            self.complain(line.number, "deck-comment", "this comment names no id of letters and digits; it is left out")
        self.close(made or NOTHING)

    def close(self, made: Made = NOTHING) -> None:
        """End the open block: an entry, or a problem that says why it is none."""
        block, self._block = self._block, None
        if block is None:
            return
        sides = {mark: _side(lines) for mark, lines in block.sides.items()}
        kind = Kind.BASIC if block.mark == "Q" else Kind.CLOZE
        if fault := _fault(kind, sides):
            self.complain(block.line, *fault)
            return
        tags = tuple(dict.fromkeys(block.tags))
        place = block.line, block.end_line
        self.entries.append(Entry(kind, sides[block.mark], sides.get("A", ""), block.reverse, tags, *made, *place))


def _side(lines: list[str]) -> str:
    """The text of a side: what stands beside the mark, and the lines under it without their common indentation."""
    head, rest = lines[0], lines[1:]
    cut = len(indentation(rest))
    under = [line[cut:] if line.strip() else "" for line in rest]
    return tidy("\n".join([head, *under]))


def _fault(kind: Kind, sides: Mapping[str, str]) -> tuple[str, str] | None:
    if kind is Kind.CLOZE:
        return _cloze_fault(sides["C"])
    if not sides["Q"]:
        return "deck-empty-question", "the question is empty; the card is left out"
    if "A" not in sides:
        return "deck-no-answer", "this Q: has no A:; the card is left out"
    if not sides["A"]:
        return "deck-empty-answer", "the answer is empty; the card is left out"
    return None


def _cloze_fault(text: str) -> tuple[str, str] | None:
    found = holes(text)
    if is_broken(text):
        return "deck-hole-open", "a hole {{c… is never closed with }}; the card is left out"
    if not found:
        return "deck-no-hole", "this C: has no hole like {{c1::answer}}; the card is left out"
    if any(not hole.answer.strip() for hole in found):
        return "deck-empty-hole", "a hole is empty; the card is left out"
    if any(not 1 <= hole.number <= LARGEST for hole in found):
        return "deck-hole-number", f"holes are numbered from 1 to {LARGEST}; the card is left out"
    return None
