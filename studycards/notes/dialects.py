"""Cards that a person wrote into a note, read only where the note invites it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studycards.model import Problem
from studycards.notes.headings import HeadingPath, clean_heading, heading_tags
from studycards.notes.holes import brackets, has_brackets, has_holes, highlights, is_cloze
from studycards.notes.mask import Masked, mask
from studycards.notes.note import Explicit
from studycards.notes.options import DIALECTS, INVITING
from studycards.notes.pairs import split_pair
from studycards.notes.problems import DIALECT_BLOCK, MARKUP_UNINVITED
from studycards.notes.sides import Sides

# Without one of these an uninviting note has nothing to say here; plain searches, as every note is asked.
_HINTS = ("{{c", "#flashcard", "\nQ:", "\nQ：", "\n问：", "\n问:")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)$")
_BREAK = re.compile(r"[ \t]*(?:-[ \t]*){3,}$")
_SECTIONS = frozenset({"flashcards", "flashcard", "闪卡", "卡片", "问答"})
_QUESTION = re.compile(r"(?:Q|问)[:：][ \t]*")
_ANSWER = re.compile(r"(?:A|答)[:：][ \t]*")
_CLOZE = re.compile(r"^C[:：][ \t]*")
_TAGGED = re.compile(r"(?:^|(?<=\s))#flashcard(?![\w/-])")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_UNINVITED = re.compile(r"\{\{c\d{1,3}::[^{}]+\}\}|(?:^|\s)#flashcard(?![\w/-])")
INVITATION = "Cards are written here that were not asked for: `studycards: [all]` in the front matter has them read."


@dataclass(frozen=True, slots=True)
class Found:
    """The cards of a note, and what is wrong with some of them."""

    cards: tuple[Explicit, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_explicit(lines: list[str], first: int, path: str, dialects: frozenset[str]) -> Found:
    """The cards in normalised body lines, the first of which is line `first` of the file."""
    text = "\n" + "\n".join(lines)
    if not dialects and not any(hint in text for hint in _HINTS) and not _has_invitation(text, lines):
        return Found()
    reading = _Reading(mask(lines, first, path), path, dialects)
    reading.run()
    return Found(tuple(reading.cards), tuple(reading.problems))


def _has_invitation(text: str, lines: list[str]) -> bool:
    """Whether some heading invites its section."""
    lowered = text.lower()
    if not any(name in lowered for name in _SECTIONS):
        return False
    headings = filter(None, map(_HEADING.match, lines))
    return any(_is_invitation(found[2], clean_heading(found[2])) for found in headings)


def _is_invitation(raw: str, name: str) -> bool:
    tags = {tag.lower() for tag in heading_tags(raw)} - {"flashcard"}
    return bool(tags & INVITING) or name.lower() in _SECTIONS


class _Reading:
    """One pass over the lines of a note, from card to card."""

    def __init__(self, masked: Masked, path: str, dialects: frozenset[str]) -> None:
        self.lines = masked.lines
        self.first = masked.first
        self.path = path
        self.cards: list[Explicit] = []
        self.problems: list[Problem] = []
        self._regions = {at for r in masked.regions.values() for at in range(r.start, r.end + 1)}
        self._whole = dialects
        self._on = dialects
        self._section = 0
        self._where = HeadingPath()
        self._told = False
        self._whole_lines = (0, -1)  # the paragraph that was looked at last
        self._marked = (-1, -1)  # its last line, and where its `?` stands

    def run(self) -> None:
        """Read every line once."""
        at = 0
        while at < len(self.lines):
            at = self._next(at)

    def _next(self, at: int) -> int:
        line = self.lines[at]
        if at in self._regions or not line.strip():
            return at + 1
        heading = _HEADING.match(line)
        if heading is not None:
            self._enter(len(heading[1]), heading[2])
            return self._tagged(at) if "tag" in self._on and _TAGGED.search(line) else at + 1
        if not self._on:
            self._warn(at)
            return at + 1
        return self._card(at, line)

    def _enter(self, level: int, raw: str) -> None:
        """A heading that invites does so for its section: down to the next one on its level or above."""
        name = clean_heading(raw)
        self._where.enter(level, name)
        if self._section and level <= self._section:
            self._section, self._on = 0, self._whole
        if not self._section and _is_invitation(raw, name):
            self._section, self._on = level, DIALECTS

    def _warn(self, at: int) -> None:
        if self._told:
            return
        asked = _QUESTION.match(self.lines[at]) and any(map(_ANSWER.match, self.lines[at + 1 : at + 4]))
        if asked or _UNINVITED.search(re.sub(r"`[^`]*`", "", self.lines[at])):
            self._told = True
            self.problems.append(Problem(self.path, self.first + at, MARKUP_UNINVITED, INVITATION))

    def _card(self, at: int, line: str) -> int:
        if "qa" in self._on and (_QUESTION.match(line) or _ANSWER.match(line)):
            return self._question(at)
        if "brackets" in self._on and _CLOZE.match(line):
            return self._bracketed(at)
        if "tag" in self._on and _TAGGED.search(line):
            return self._tagged(at)
        end = self._paragraph(at)
        mark = self._mark(at, end) if "lines" in self._on else -1
        if mark >= 0:
            return self._two_lines(at, mark, end)
        return self._single(at, self._unit(at, end))

    def _question(self, at: int) -> int:
        """`Q:` and `A:`, each over several lines, up to the next mark, a heading, a break or a margin paragraph."""
        found = _QUESTION.match(self.lines[at])
        if found is None:
            return self._malformed(at, at + 1, "An answer (A:) has no question (Q:) above it.")
        middle = self._side_end(at)
        answer = _ANSWER.match(self.lines[middle]) if middle < len(self.lines) else None
        if answer is None:
            return self._malformed(at, middle, "A question (Q:) has no answer (A:) below it.")
        end = self._side_end(middle)
        front = [self.lines[at][found.end() :], *self.lines[at + 1 : middle]]
        back = [self.lines[middle][answer.end() :], *self.lines[middle + 1 : end]]
        return self._add("qa", at, end, front, back)

    def _side_end(self, at: int) -> int:
        """The line after a side that opens at a line."""
        index = at + 1
        while index < len(self.lines):
            line = self.lines[index]
            if index in self._regions or self.lines[index - 1].strip():
                ends = index not in self._regions and self._opens(line)
            else:
                ends = bool(line.strip()) and (self._opens(line) or not (line[:1] in " \t|" or _ITEM.match(line)))
            if ends:
                break
            index += 1
        return index

    def _opens(self, line: str) -> bool:
        return any(form.match(line) for form in (_QUESTION, _ANSWER, _CLOZE, _HEADING, _BREAK))

    def _bracketed(self, at: int) -> int:
        end = self._paragraph(at)
        lines = self.lines[at : end + 1]
        lines[0] = _CLOZE.sub("", lines[0], count=1)
        sides = Sides(lines)
        text = sides.hidden
        if is_cloze(text):
            return self._cloze("brackets", at, end, sides.shown(text))
        if not has_brackets(text):
            return self._malformed(at, end + 1, "A cloze (C:) has no hole: put what is asked into [brackets].")
        return self._cloze("brackets", at, end, sides.shown(brackets(text)))

    def _tagged(self, at: int) -> int:
        end = at + 1
        while end < len(self.lines) and self.lines[end].strip() and not _BREAK.match(self.lines[end]):
            if end not in self._regions and _HEADING.match(self.lines[end]):
                break
            end += 1
        question = _TAGGED.sub("", self.lines[at], count=1)
        heading = _HEADING.match(question)
        front = heading[2] if heading else _ITEM.sub("", question, count=1)
        return self._add("tag", at, end, [front], self.lines[at + 1 : end])

    def _two_lines(self, at: int, mark: int, end: int) -> int:
        both = self.lines[mark].strip() == "??"
        following = mark + 1
        while end + 1 < len(self.lines) and end + 1 in self._regions:
            end += 1
        return self._add("lines", at, end + 1, self.lines[at:mark], self.lines[following : end + 1], both)

    def _single(self, at: int, end: int) -> int:
        """A paragraph or item: `front::back`, or holes."""
        lines = self.lines[at : end + 1]
        lines[0] = _ITEM.sub("", lines[0], count=1)
        sides = Sides(lines)
        if "colons" in self._on and at == end and "::" in sides.hidden and not has_holes(sides.hidden):
            pair = split_pair(sides.hidden)
            if pair is not None:
                front, back, both = pair
                return self._write("colons", at, at + 1, sides.shown(front), sides.shown(back), both)
        if "cloze" in self._on and has_holes(sides.hidden):
            if not is_cloze(sides.hidden):
                return self._malformed(at, end + 1, "A hole is not written as {{c1::answer}} or {{c1::answer::hint}}.")
            return self._cloze("cloze", at, end, sides.shown(sides.hidden))
        if "highlight" in self._on and (text := highlights(sides.hidden)) is not None:
            return self._cloze("highlight", at, end, sides.shown(text))
        return end + 1

    def _mark(self, at: int, end: int) -> int:
        """The line of a paragraph, from `at` on, that is a `?` or `??` alone, or -1; looked for once a paragraph."""
        if self._marked[0] != end or 0 <= self._marked[1] < at:
            marks = (index for index in range(at, end + 1) if self.lines[index].strip() in ("?", "??"))
            self._marked = end, next(marks, -1)
        return self._marked[1]

    def _paragraph(self, at: int) -> int:
        """The last line of the lines that follow each other without a blank one; looked for once a paragraph."""
        if not self._whole_lines[0] <= at <= self._whole_lines[1]:
            self._whole_lines = at, self._paragraph_end(at)
        return self._whole_lines[1]

    def _paragraph_end(self, at: int) -> int:
        end = at
        while end + 1 < len(self.lines) and self.lines[end + 1].strip() and end + 1 not in self._regions:
            if self._opens(self.lines[end + 1]):
                break
            end += 1
        return end

    def _unit(self, at: int, end: int) -> int:
        """A line with a separator stands alone; else an item, or the paragraph, with its further lines."""
        if "::" in self.lines[at] and "{{c" not in self.lines[at]:
            return at
        for index in range(at + 1, end + 1):
            line = self.lines[index]
            if _ITEM.match(line) or ("::" in line and "{{c" not in line):
                return index - 1
        return end

    def _add(self, dialect: str, at: int, end: int, front: list[str], back: list[str], both: bool = False) -> int:
        return self._write(dialect, at, end, Sides(front).text, Sides(back).text, both)

    def _write(self, dialect: str, at: int, end: int, question: str, answer: str, both: bool) -> int:
        """Keep a card of lines `at` to before `end`, unless a side of it is empty."""
        if not question or not answer:
            side = "question" if not question else "answer"
            return self._malformed(at, max(end, at + 1), f"A card has an empty {side}.")
        last = end
        while last - 1 > at and not self.lines[last - 1].strip():
            last -= 1
        where = self._where.names
        card = Explicit(dialect, question, answer, self.first + at, self.first + last - 1, where, both=both)
        self.cards.append(card)
        return max(end, at + 1)

    def _cloze(self, dialect: str, at: int, end: int, text: str) -> int:
        place = (self.first + at, self.first + end, self._where.names)
        self.cards.append(Explicit(dialect, "", "", *place, text=text))
        return end + 1

    def _malformed(self, at: int, following: int, message: str) -> int:
        self.problems.append(Problem(self.path, self.first + at, DIALECT_BLOCK, message))
        return max(following, at + 1)
