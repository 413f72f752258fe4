"""The marks that open list items, as people write them in Chinese and English notes."""

from __future__ import annotations

import re
from typing import NamedTuple

_HAN = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_OPENS = frozenset("-*+•●◦▪■◆▶►·0123456789（(" + _CIRCLED + _HAN)
_ITEM = re.compile(
    r"(?P<bold>\*\*(?:(?P<b1>\d{1,2})[.、．)）](?!\d)[ \t]*(?=[^\s*])"
    r"|(?P<b2>\d{1,2})[.、．)）]?\*\*[.、．)）:：]?[ \t]*))"
    r"|(?P<bullet>[-*+](?=[ \t]|$)[ \t]*|[•●◦▪■◆▶►·][ \t]*(?=\S))"
    r"|(?P<point>(?P<n1>\d{1,3})[.．、](?![\d.])[ \t]*)"
    r"|(?P<half>(?P<n2>\d{1,3})[)）][ \t]*)"
    r"|(?P<paren>[（(](?:(?P<n3>\d{1,2})|(?P<h3>[" + _HAN + r"]{1,3}))[)）][ \t]*)"
    r"|(?P<circled>[" + _CIRCLED + r"][ \t]*)"
    r"|(?P<han>(?P<h1>[" + _HAN + r"]{1,3})、[ \t]*)"
)
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_RANK = {"han": 0, "han-paren": 1, "bold": 1, "point": 2, "half": 3, "paren": 3, "circled": 4, "bullet": 5}


class Mark(NamedTuple):
    """An item's mark: how far it is indented, its style, its number (None: a bullet) and the text behind it."""

    indent: int
    style: str
    number: int | None
    text: str
    task: bool = False

    @property
    def rank(self) -> int:
        """How far down the style usually stands: 一、 before 1. before （1） before ① before bullets."""
        return _RANK[self.style.partition(":")[0]]


def indent_of(line: str) -> int:
    """Blanks before the text, a tab counting up to the next multiple of four."""
    lead = line[: len(line) - len(line.lstrip(" \t"))]
    return len(lead.expandtabs(4)) if "\t" in lead else len(lead)


def dedent(line: str, depth: int) -> str:
    """The line with up to `depth` of its indentation taken away."""
    indent = indent_of(line)
    return " " * (indent - min(indent, depth)) + line.lstrip(" \t")


def item_mark(line: str) -> Mark | None:
    """The mark that opens a line, or None."""
    text = line.lstrip(" \t")
    if not text or text[0] not in _OPENS:
        return None
    found = _ITEM.match(text)
    if found is None:
        return None
    kind = found.lastgroup or ""
    style, number = _style(kind, found)
    rest = text[found.end() :]
    if kind == "bold" and found["b1"]:
        rest = "**" + rest
    task = bool(kind == "bullet" and _TASK.match(rest))
    if task:
        rest = _TASK.sub("", rest, count=1)
    return Mark(indent_of(line), style, number, rest, task)


def _style(kind: str, found: re.Match[str]) -> tuple[str, int | None]:
    if kind == "bullet":
        return f"bullet:{found[0][0]}", None
    if kind == "circled":
        return kind, _CIRCLED.index(found[0][0]) + 1
    if kind == "han":
        return kind, _han(found["h1"])
    if kind == "paren" and found["h3"]:
        return "han-paren", _han(found["h3"])
    digits = found["b1"] or found["b2"] or found["n1"] or found["n2"] or found["n3"]
    return kind, int(digits)


def _han(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    value = _HAN.find(ones) + 1 if ones else 0
    if not ten:
        return value
    return 10 * (_HAN.find(tens) + 1 if tens else 1) + value
