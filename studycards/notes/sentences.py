"""Cleaned text cut into sentences: at final marks outside brackets and quotes, and at deliberate line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studycards.notes.wordlist import words

_PLAIN_MARK = re.compile(r"[。！？；.!?;\n]")
_MARK = re.compile(
    r"(?P<open>[（(【\[「『“《〈])|(?P<close>[）)】\]」』”》〉])|(?P<quote>\")"
    r"|(?P<end>[。！？；]+|[!?]+(?=[\s\u2e80-\uffef\"]|$))|(?P<point>\.(?=[\s\"”’)\]]|$))|(?P<line>\n)"
)
_PAIRS = {"（": "）", "(": ")", "【": "】", "[": "]", "「": "」", "『": "』", "“": "”", "《": "》", "〈": "〉"}
_WIDTHS = {"（": "(", "）": ")"}
_CLOSERS = '”’」』"）)'
_LABEL = re.compile(r"[^\s：:。，,.]{1,24}(?: [^\s：:。，,.]{1,20}){0,3}[：:]")
_LAST_WORD = re.compile(r"([A-Za-z.]+)\Z")
_GOES_ON = "，,、；;：:的与和及或"
_STOPPED = re.compile(r"[。！？；.!?：:]\Z")
_MAX_PAIR = 400
_LINE_SLACK = 4


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end), final marks included, blanks at the ends not."""
    if not _PLAIN_MARK.search(text):
        return _trimmed(text, 0, len(text))
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text):
        if end > start:
            spans.extend(_trimmed(text, start, end))
            start = end
    spans.extend(_trimmed(text, start, len(text)))
    return spans


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return [(start + left, start + right)] if right > left else []


def _ends(text: str) -> Iterator[int]:
    marks = [(found.lastgroup, found.start(), found.end()) for found in _MARK.finditer(text)]
    inside = _inside(text, marks)
    widest = max(map(_width, text.split("\n"))) if "\n" in text else 0
    for index, (kind, start, end) in enumerate(marks):
        if inside[index]:
            continue
        stops = kind == "end" or (kind == "point" and _is_full_stop(text, start))
        if stops:
            yield _with_closers(text, end)
        elif _is_deliberate(text, start, widest) if kind == "line" else _ends_in_quote(text, start, end):
            yield end


def _inside(text: str, marks: list[tuple[str | None, int, int]]) -> list[bool]:
    """For each mark whether it stands inside a closed pair of brackets or quotes; pairs never closed do not count."""
    inside = [False] * len(marks)
    stack: list[tuple[str, int]] = []
    covered = -1
    spans: list[tuple[int, int]] = []
    for index, (kind, start, _) in enumerate(marks):
        if kind == "open":
            stack.append((_PAIRS[text[start]], index))
        elif kind == "close":
            opened = _pop(stack, text[start])
            if opened is not None and start - marks[opened][1] <= _MAX_PAIR:
                spans.append((opened, index))
        elif kind == "quote":
            opened = _pop(stack, '"')
            if opened is None:
                stack.append(('"', index))
            elif start - marks[opened][1] <= _MAX_PAIR:
                spans.append((opened, index))
    for opened, closed in sorted(spans):
        for index in range(max(opened, covered) + 1, closed):
            inside[index] = True
        covered = max(covered, closed - 1)
    return inside


def _pop(stack: list[tuple[str, int]], closing: str) -> int | None:
    """The opener that a closing mark belongs to, taken off with what was left open inside it (at most a few)."""
    wanted = _WIDTHS.get(closing, closing)
    for depth in range(len(stack) - 1, max(-1, len(stack) - 6), -1):
        if _WIDTHS.get(stack[depth][0], stack[depth][0]) == wanted:
            index = stack[depth][1]
            del stack[depth:]
            return index
    return None


def _with_closers(text: str, end: int) -> int:
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    return end


def _ends_in_quote(text: str, start: int, end: int) -> bool:
    """Whether a closing quote also closes the sentence around it: 他说：“……。”然后."""
    if start == 0 or text[start] not in '”」』"' or text[start - 1] not in "。！？!?.":
        return False
    rest = text[end : end + 1]
    if rest == " ":
        return not text[end + 1 : end + 2].islower()
    return not rest or rest not in "，,、；;：:）)。！？."


def _is_full_stop(text: str, at: int) -> bool:
    after = text[at + 1 : at + 6].lstrip(' \n"”’)]')
    if after[:1].islower():
        return False
    found = _LAST_WORD.search(text, max(0, at - 12), at)
    if found is None:
        return not (at and text[at - 1].isdigit() and _is_number_mark(text, at))
    word = found[1]
    return not ((len(word) == 1 and word.isupper()) or word.lower() in _abbreviations() or "." in word)


def _is_number_mark(text: str, at: int) -> bool:
    """Whether a number and a point open a line, as in `1. First`."""
    begin = text.rfind("\n", 0, at) + 1
    return text[begin:at].strip().isdigit()


def _abbreviations() -> frozenset[str]:
    return frozenset(words("abbreviations"))


def _is_deliberate(text: str, at: int, widest: int) -> bool:
    """Whether a line break in a paragraph was meant as one: the next word would have had room, or a label follows."""
    begin = text.rfind("\n", 0, at) + 1
    left, stop = text[begin:at], text.find("\n", at + 1)
    right = text[at + 1 : stop if stop >= 0 else len(text)].strip()
    if not left.strip() or not right:
        return True
    if left.endswith(("  ", "\\")) or _LABEL.match(right) or _STOPPED.search(left.rstrip()):
        return True
    if left.rstrip()[-1] in _GOES_ON or right[0].islower() or right[0] in "，。；、）)":
        return False
    word = right.split(" ", 1)[0]
    need = 1 if word[0] > "\u2e80" else len(word)
    return _width(left) + need + _LINE_SLACK < widest


def _width(line: str) -> int:
    return len(line) if line.isascii() else len(line) * 2
