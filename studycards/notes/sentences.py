"""Cleaned text cut into sentences: at final marks outside brackets and quotes, and at deliberate line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from studycards.notes.wordlist import words

_STOP_INSIDE = re.compile(r"[。！？；.!?\n](?=.)", re.S)
# One look at a character, then by what it was: closed brackets and quotes are stepped over whole, up to a length that
# a person would still close.
_MARK = re.compile(
    r"[（(“《\"「『【\[。！？；!?.\n](?:"
    r"(?<=[（(])(?P<round>[^（()）]{0,400}+(?:[（(][^（()）]{0,200}+[)）][^（()）]{0,400}+){0,20}+[)）])"
    r"|(?<=“)(?P<quote>[^“”]{0,400}+”)|(?<=《)(?P<title>[^《》]{0,200}+》)|(?<=\")(?P<straight>[^\"\n]{0,400}+\")"
    r"|(?<=「)(?P<corner>[^「」]{0,400}+」)|(?<=『)(?P<double>[^『』]{0,400}+』)"
    r"|(?<=【)(?P<lens>[^【】]{0,200}+】)|(?<=\[)(?P<square>[^\[\]]{0,200}+\])"
    r"|(?<=[。！？；])(?P<end>[。！？；]*)|(?<=[!?])(?P<asked>[!?]*(?=[\s\u2e80-\uffef\"]|$))"
    r"|(?<=\.)(?P<point>(?=[\s\"”’)\]]|$))|(?<=\n)(?P<line>))"
)
_CLOSERS = '”’」』"）)'
_LABEL = re.compile(r"[^\s：:。，,.]{1,24}(?: [^\s：:。，,.]{1,20}){0,3}[：:]")
_GOES_ON = "，,、；;：:的与和及或"
_STOPPED = re.compile(r"[。！？；.!?：:]\Z")
# An English line that ends like this goes on in the next one.
_JOINS = re.compile(
    r"(?:\A|\s)(?:the|an?|of|in|on|at|to|for|by|from|with|and|or|as|is|are|was|were|that|which|than)\Z", re.I
)
_LINE_SLACK = 4
_MAX_SENTENCES = 300
_LONGEST_WORD = 20
_BLANKS = frozenset(" \t\n")


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end), final marks included, blanks at the ends not; at most 300."""
    spans: list[tuple[int, int]] = []
    start = 0
    if _STOP_INSIDE.search(text):
        for end in _ends(text):
            if end > start:
                _trim(text, start, end, spans)
                start = end
                if len(spans) >= _MAX_SENTENCES:
                    return spans
    _trim(text, start, len(text), spans)
    return spans


def _trim(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Add a span without the blanks at its ends, unless it is nothing but blanks."""
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS:
        end -= 1
    if end > start:
        spans.append((start, end))


def _ends(text: str) -> Iterator[int]:
    widest, unmarked = 0, False
    if "\n" in text:
        widest = max(map(_width, text.split("\n")))
        unmarked = not _STOPPED.search(text.rstrip()[-1:])
    for found in _MARK.finditer(text):
        kind, start, end = found.lastgroup, found.start(), found.end()
        if kind in ("end", "asked") or (kind == "point" and _is_full_stop(text, start)):
            yield _with_closers(text, end)
        elif _is_deliberate(text, start, widest, unmarked) if kind == "line" else _ends_in_quote(text, end):
            yield end


def _with_closers(text: str, end: int) -> int:
    while end < len(text) and text[end] in _CLOSERS:
        end += 1
    return end


def _ends_in_quote(text: str, end: int) -> bool:
    """Whether a closing quote also closes the sentence around it: 他说：“……。”然后."""
    if text[end - 1] not in '”」』"' or text[end - 2] not in "。！？!?.":
        return False
    rest = text[end : end + 1]
    if rest == " ":
        return not text[end + 1 : end + 2].islower()
    return not rest or rest not in "，,、；;：:）)。！？."


def _is_full_stop(text: str, at: int) -> bool:
    after = text[at + 1 : at + 6].lstrip(' \n"”’)]')
    if after[:1].islower():
        return False
    begin = max(text.rfind(" ", max(0, at - _LONGEST_WORD), at), text.rfind("\n", max(0, at - _LONGEST_WORD), at)) + 1
    word = text[begin:at].lstrip("（(\"“'")
    if word[-1:].isdigit():
        return not _is_number_mark(text, at)
    if "." in word or word.lower() in _abbreviations():
        return False
    return not (len(word) == 1 and "A" <= word <= "Z")


def _is_number_mark(text: str, at: int) -> bool:
    """Whether a number and a point open a line, as in `1. First`."""
    begin = text.rfind("\n", 0, at) + 1
    return text[begin:at].strip().isdigit()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(words("abbreviations"))


def _is_deliberate(text: str, at: int, widest: int, unmarked: bool) -> bool:
    """Whether a line break in a paragraph was meant as one: the next word would have had room, or a label follows.

    In a paragraph that ends without a mark, as jotted lines do, a capital letter at a line's head begins a sentence.
    """
    begin = text.rfind("\n", 0, at) + 1
    left, stop = text[begin:at], text.find("\n", at + 1)
    right = text[at + 1 : stop if stop >= 0 else len(text)].strip()
    if not left.strip() or not right:
        return True
    if left.endswith(("  ", "\\")) or _LABEL.match(right) or _STOPPED.search(left.rstrip()[-1:]):
        return True
    if left.rstrip()[-1] in _GOES_ON or right[0].islower() or right[0] in "，。；、）)":
        return False
    if unmarked and right[0].isupper() and not _JOINS.search(left.rstrip()):
        return True
    word = right.split(" ", 1)[0]
    need = 1 if word[0] > "\u2e80" else len(word)
    return _width(left) + need + _LINE_SLACK < widest


def _width(line: str) -> int:
    return len(line) if line.isascii() else len(line) * 2
