"""What in a note is no prose: fences, formulas over several lines, comments, scripts, contents lists, template marks.

A region of code or formula is remembered with its lines; what says nothing at all becomes blank lines, so that every
line keeps its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from studycards.model import Problem
from studycards.notes.note import BlockKind
from studycards.notes.problems import COMMENT_OPEN, FENCE_OPEN, LINE_HUGE, MATH_OPEN

MAX_LINE = 20_000
_MARK = r"[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?"
_OPENER = re.compile(
    rf"^{_MARK}(?P<fence>`{{3,}}|~{{3,}})"
    rf"|^{_MARK}(?P<env>\\begin\{{[a-zA-Z]+\*?\}}|\\\[[ \t]*$)"
    r"|^[ \t]*\{%-?[ \t]*(?P<highlight>highlight)\b"
    r"|<(?P<tag>script|style|svg|pre)\b"
    r"|(?P<comment><!--)|(?P<math>\$\$)|(?P<code>`+)",
    re.I,
)
_HINTS = ("```", "~~~", "<!--", "$$", "\\begin{", "\\[", "{%", "<script", "<style", "<svg", "<pre", "<SCRIPT")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_NOTHING = re.compile(
    r"[ \t]*(?:\{:[^{}\n]*\}|\[toc\]|\[\[_?toc_?\]\]|[-*+][ \t]+toc|(?:\{%[^%\n]*%\}[ \t]*)+)[ \t]*$", re.I
)
_FENCE_LIKE = {
    "`": re.compile(r"[ \t]*(?:>[ \t]*)*(`{3,})[ \t]*$"),
    "~": re.compile(r"[ \t]*(?:>[ \t]*)*(~{3,})[ \t]*$"),
}


@dataclass(frozen=True, slots=True)
class Region:
    """Lines `start` to `end` (indexes, both included) that are code or a formula; `info` is the language."""

    kind: BlockKind
    start: int
    end: int
    text: str
    info: str = ""


@dataclass(slots=True)
class Masked:
    """Lines ready to be scanned, the regions by their first line, and what was not closed."""

    lines: list[str]
    first: int
    path: str
    regions: dict[int, Region] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # What was looked for in vain: from then on it need not be looked for again.
    _absent: set[str] = field(default_factory=set)
    _absent_fence: dict[str, int] = field(default_factory=dict)

    def skip_huge(self) -> None:
        """Blank the lines that are too long to be read."""
        for index, line in enumerate(self.lines):
            if len(line) > MAX_LINE:
                self.lines[index] = ""
                self._problem(index, LINE_HUGE, f"The line has {len(line)} characters; over {MAX_LINE} it is skipped.")

    def run(self) -> None:
        """Find every region once, from top to bottom."""
        at = 0
        while at < len(self.lines):
            at = self._line(at)

    def _line(self, at: int) -> int:
        line, start = self.lines[at], 0
        if not ("`" in line or "$$" in line or "<" in line or "\\" in line or "{%" in line or "~~~" in line):
            return at + 1
        while found := _OPENER.search(line, start):
            kind = found.lastgroup or ""
            if kind == "code":
                start = _after_code(line, found)
                continue
            if kind == "comment":
                line, moved = self._comment(at, found.start())
                if moved > at:
                    return moved
                start = found.start()
                continue
            end = self._region(kind, at, found)
            if end is not None:
                return end
            start = found.end() if kind != "math" else len(line)
        return at + 1

    def _region(self, kind: str, at: int, found: re.Match[str]) -> int | None:
        if kind == "fence":
            return self._fence(at, found)
        if kind == "math":
            return self._math(at, found)
        if kind == "env":
            word = found["env"]
            closing = "\\]" if word.startswith("\\[") else word.replace("begin", "end", 1)
            return self._until(at, closing, BlockKind.MATH)
        if kind == "highlight":
            return self._until(at, "endhighlight", BlockKind.CODE)
        tag = found["tag"].lower()
        return self._until(at, f"</{tag}>", BlockKind.CODE if tag == "pre" else None)

    def _fence(self, at: int, found: re.Match[str]) -> int | None:
        mark, info = found["fence"], self.lines[at][found.end() :].strip()
        if mark[0] == "`" and "`" in info:
            return None
        end = self._fence_end(at, mark)
        if end is None:
            end = self._before_heading(at)
            self._problem(at, FENCE_OPEN, f"The fence {mark[:3]} is never closed; it ends at line {self.first + end}.")
            text = "\n".join(self.lines[at + 1 : end + 1])
        else:
            text = "\n".join(self.lines[at + 1 : end])
        self.regions[at] = Region(BlockKind.CODE, at, end, text, info)
        return end + 1

    def _fence_end(self, at: int, mark: str) -> int | None:
        if len(mark) >= self._absent_fence.get(mark[0], MAX_LINE + 1):
            return None
        like = _FENCE_LIKE[mark[0]]
        for index in range(at + 1, len(self.lines)):
            found = like.match(self.lines[index]) if mark[:3] in self.lines[index] else None
            if found and len(found[1]) >= len(mark):
                return index
        self._absent_fence[mark[0]] = len(mark)
        return None

    def _math(self, at: int, found: re.Match[str]) -> int | None:
        """Dollar signs that no others on their line close; they open a formula only where at most a mark is before."""
        line = self.lines[at]
        if line.count("$$", found.start()) % 2 == 0 or not re.fullmatch(_MARK, line[: found.start()]):
            return None
        limit = len(self.lines) - 1
        for index in range(at + 1, len(self.lines)):
            if self._is_heading(index):
                limit = index - 1
                break
            if "$$" in self.lines[index]:
                text = "\n".join(self.lines[at : index + 1]).strip().strip("$").strip()
                self.regions[at] = Region(BlockKind.MATH, at, index, text)
                return index + 1
        self._problem(at, MATH_OPEN, f"The formula $$ is never closed; it ends at line {self.first + limit}.")
        self.regions[at] = Region(BlockKind.MATH, at, limit, "\n".join(self.lines[at : limit + 1]).strip("$ \n"))
        return limit + 1

    def _until(self, at: int, closing: str, kind: BlockKind | None) -> int | None:
        end = self._find(at, closing)
        if end is None:
            return None
        if kind is None:
            self.lines[at : end + 1] = [""] * (end + 1 - at)
        else:
            self.regions[at] = Region(kind, at, end, "\n".join(self.lines[at : end + 1]).strip())
        return end + 1

    def _find(self, at: int, word: str) -> int | None:
        if word in self._absent:
            return None
        for index in range(at, len(self.lines)):
            if word in self.lines[index].lower() if word[0] == "<" else word in self.lines[index]:
                return index
        self._absent.add(word)
        return None

    def _comment(self, at: int, start: int) -> tuple[str, int]:
        """Blank a comment; the line as it is then and the line to go on with."""
        line = self.lines[at]
        closed = line.find("-->", start + 4)
        if closed >= 0:
            self.lines[at] = line[:start] + line[closed + 3 :]
            return self.lines[at], at
        end = self._find(at + 1, "-->")
        rest = ""
        if end is None:
            end = self._before_heading(at)
            self._problem(at, COMMENT_OPEN, f"The comment <!-- is never closed; it ends at line {self.first + end}.")
        else:
            rest = self.lines[end].partition("-->")[2]
        self.lines[at] = line[:start]
        if end > at:
            self.lines[at + 1 : end + 1] = [""] * (end - at)
            self.lines[end] = rest
        return self.lines[at], end if end > at else at + 1

    def _before_heading(self, at: int) -> int:
        """The last line before the next heading that follows a blank line."""
        for index in range(at + 2, len(self.lines)):
            if self._is_heading(index):
                return index - 1
        return len(self.lines) - 1

    def _is_heading(self, at: int) -> bool:
        return not self.lines[at - 1].strip() and _HEADING.match(self.lines[at]) is not None

    def _problem(self, at: int, code: str, message: str) -> None:
        self.problems.append(Problem(self.path, self.first + at, code, message))


def mask(lines: list[str], first: int, path: str) -> Masked:
    """The lines with what is no prose taken out; the list handed in is not changed."""
    masked = Masked(list(lines), first, path)
    if max(map(len, lines), default=0) > MAX_LINE:
        masked.skip_huge()
    text = "\n".join(masked.lines)
    if any(hint in text for hint in _HINTS):
        masked.run()
    if "{" in text or "toc" in text or "TOC" in text:
        regions = {index for region in masked.regions.values() for index in range(region.start, region.end + 1)}
        for index, line in enumerate(masked.lines):
            if ("{" in line or "[" in line or "toc" in line) and index not in regions and _NOTHING.match(line):
                masked.lines[index] = ""
    return masked


def _after_code(line: str, found: re.Match[str]) -> int:
    """Where to go on after a run of backticks: behind the code span that it opens, if it opens one."""
    run = found["code"]
    closing = line.find(run, found.end())
    return closing + len(run) if closing >= 0 else found.end()
