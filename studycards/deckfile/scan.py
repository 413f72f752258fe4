"""Lines of a deck file with what covers them: fences, HTML comments, the comment under a card."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_PREFIX = r"[ \t]*(?:[QAC][:：][ \t]*)?(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
_FENCE = re.compile(rf"({_PREFIX})(?:(`{{3,}})[^`]*|(~{{3,}}).*)")
_CLOSER = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*")
_ESCAPED_FENCE = re.compile(rf"({_PREFIX})\\(\\*(?:`{{3,}}|~{{3,}}))")
_ANY_FENCE = re.compile(rf"^({_PREFIX})(\\*(?:`{{3,}}|~{{3,}}))")
_COMMENT = re.compile(r"(?<!\\)<!--")
_ESCAPED_COMMENT = re.compile(r"\\(\\*<!--)")
_ANY_COMMENT = re.compile(r"(\\*<!--)")
_CARD = re.compile(r" {0,3}<!--[ \t]*card:((?:(?!-->).)*)-->[ \t]*")
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_MARKED = re.compile(r"[QAC][:：]")

Complain = Callable[[int, str, str], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text without comments, and whether a fence covers it, only a comment stands on it, or the
    comment under a card (then `card` is what it says)."""

    number: int
    text: str
    literal: bool = False
    hidden: bool = False
    card: str | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing but blanks, and no comment either."""
        return not self.hidden and not self.text.strip()


class Fences:
    """Where the fences of some lines end; linear, however many of them are never closed."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._longest: dict[str, list[int]] = {}

    def opens(self, index: int) -> bool:
        """Whether the line could open a fence."""
        return _FENCE.fullmatch(self._lines[index]) is not None

    def end(self, index: int) -> int:
        """The index of the line that closes the fence opened at `index`, -1 if none does."""
        fence = _FENCE.fullmatch(self._lines[index])
        run = (fence[2] or fence[3]) if fence else ""
        if not run or self._beyond(run[0])[index + 1] < len(run):
            return -1
        return next(at for at in range(index + 1, len(self._lines)) if _run(self._lines[at], run[0]) >= len(run))

    def _beyond(self, mark: str) -> list[int]:
        """For each index the longest closing run of `mark` at or after it."""
        if mark not in self._longest:
            beyond = [0] * (len(self._lines) + 1)
            for at in range(len(self._lines) - 1, -1, -1):
                beyond[at] = max(beyond[at + 1], _run(self._lines[at], mark))
            self._longest[mark] = beyond
        return self._longest[mark]


def scan(lines: Sequence[str], first: int, complain: Complain) -> Iterator[Line]:
    """Every line of a body whose first line has the number `first`; open fences and comments are told and read as
    text, so that they cost their own line and not the file."""
    fences = Fences(lines)
    end_of_fence = -1
    in_comment = False
    ends = _last_end(lines)
    for index, text in enumerate(lines):
        number = first + index
        if index <= end_of_fence:
            yield Line(number, text, literal=True)
            continue
        if in_comment:
            _, mark, rest = text.partition("-->")
            if not mark:
                yield Line(number, "", hidden=True)
                continue
            in_comment, text = False, rest
            if not rest.strip():
                yield Line(number, "", hidden=True)
                continue
        elif card := _CARD.fullmatch(text):
            yield Line(number, "", hidden=True, card=card[1].strip())
            continue
        elif fences.opens(index):
            end = fences.end(index)
            if end >= 0:
                end_of_fence = end
                yield Line(number, text, literal=not _MARKED.match(text))
                continue
            complain(number, "deck-fence-open", "this fence is never closed; it is read as text")
        shown, opened = _without_comments(text, index < ends)
        if opened is None:
            complain(number, "deck-comment-open", "this comment is never closed; it is read as text")
        in_comment = bool(opened)
        yield Line(number, unescape(shown), hidden=not shown.strip() and bool(text.strip()))


def escape(lines: Sequence[str]) -> tuple[list[str], list[bool]]:
    """Lines of a side in which nothing opens a comment or leaves a fence open, and which of them a fence covers."""
    fences = Fences(lines)
    written: list[str] = []
    literal: list[bool] = []
    end_of_fence = -1
    for index, text in enumerate(lines):
        if index > end_of_fence and fences.opens(index):
            end_of_fence = fences.end(index)
        covered = index <= end_of_fence
        literal.append(covered)
        written.append(text if covered else _ANY_COMMENT.sub(r"\\\1", _ANY_FENCE.sub(r"\1\\\2", text, count=1)))
    return written, literal


def unescape(text: str) -> str:
    """What a line says once the backslash before a fence or a comment has done its work."""
    text = _ESCAPED_COMMENT.sub(r"\1", text) if "<!--" in text else text
    escaped = _ESCAPED_FENCE.match(text) if "\\" in text else None
    return f"{escaped[1]}{escaped[2]}{text[escaped.end() :]}" if escaped else text


def _run(text: str, mark: str) -> int:
    closer = _CLOSER.fullmatch(text)
    return len(closer[1]) if closer and closer[1][0] == mark else 0


def _last_end(lines: Sequence[str]) -> int:
    """The index of the last line on which a comment can end, -1 if there is none."""
    return next((index for index in range(len(lines) - 1, -1, -1) if "-->" in lines[index]), -1)


def _without_comments(text: str, can_close_later: bool) -> tuple[str, bool | None]:
    """The line without its comments, and whether one stays open at its end (None: open for ever, so it is text)."""
    if "<!--" not in text:
        return text, False
    kept = ""
    position = 0
    for opening in _COMMENT.finditer(text):
        if opening.start() < position or _in_code(text, opening.start()):
            continue
        end = text.find("-->", opening.end())
        if end < 0:
            if not can_close_later:
                return kept + text[position:], None
            return kept + text[position : opening.start()], True
        kept += text[position : opening.start()]
        position = end + 3
    return kept + text[position:], False


def _in_code(text: str, at: int) -> bool:
    return any(span.start() < at < span.end() for span in _SPAN.finditer(text))
