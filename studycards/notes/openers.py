"""What one line opens by its first character: a heading, a break, a link, an image, HTML, an admonition, a tab."""

from __future__ import annotations

import re
from collections.abc import Callable

from studycards.notes.inline import clean
from studycards.notes.marks import dedent, indent_of
from studycards.notes.node import Node
from studycards.notes.note import BlockKind
from studycards.notes.tables import html_rows

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$|(?<=##)(?=[^\s#]))")
_BREAK = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_URL = re.compile(r"<?((?:https?|ftp)://[^\s<>]+|www\.[^\s<>]+\.[^\s<>]+)>?[ \t]*$")
_LINK = re.compile(r"\[([^\[\]]+)\]\(<?([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)>?(?:[ \t]+\"[^\"]*\")?\)[ \t]*$")
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:\(([^()]*(?:\([^()]*\)[^()]*)*)\))?|!\[\[([^\[\]]*)\]\]")
_HTML_IMAGE = re.compile(r"<img\b[^<>]*>", re.I)
_SOURCE = re.compile(r"\bsrc=[\"']?([^\"'\s<>]*)", re.I)
_REFERENCE = re.compile(r"\[[^\[\]^][^\[\]]*\]:[ \t]*\S+")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+\"([^\"]*)\"|[ \t]+(.*))?[ \t]*$")
_TAB = re.compile(r"===[!+]?[ \t]+\"([^\"]*)\"[ \t]*$")
_MAX_TABLE_LINES = 5_000


def _heading(lines: list[str], at: int, text: str) -> Node | None:
    found = _HEADING.match(text)
    if found is None or indent_of(lines[at]) > 3:
        return None
    title = text[found.end() :].rstrip()
    bare = title.rstrip("#")
    title = bare.rstrip() if bare != title and bare[-1:] in ("", " ", "\t") else title
    return Node(BlockKind.HEADING, at, _decoration(lines, at), text=title, level=len(found[1]))


def _decoration(lines: list[str], at: int) -> int:
    """A rule right under a heading belongs to it."""
    below = lines[at + 1].strip() if at + 1 < len(lines) else ""
    return at + 1 if below[:1] in ("-", "*", "_") and below and _BREAK.match(below) else at


def _break(lines: list[str], at: int, text: str) -> Node | None:
    return Node(BlockKind.BREAK, at, at) if _BREAK.match(text) else None


def _url(lines: list[str], at: int, text: str) -> Node | None:
    if not text.startswith(("http://", "https://", "ftp://", "www.")):
        return None
    found = _URL.match(text)
    return Node(BlockKind.LINK, at, at, url=found[1]) if found else None


def _bracket(lines: list[str], at: int, text: str) -> Node | None:
    if text.startswith("[!["):
        return _images(lines, at, text) if not clean(text).strip() else None
    found = _LINK.match(text)
    if found is not None:
        return Node(BlockKind.LINK, at, at, text=found[1], url=found[2])
    return Node(BlockKind.LINK, -1, at) if _REFERENCE.match(text) else None


def _bang(lines: list[str], at: int, text: str) -> Node | None:
    return _images(lines, at, text) if text.startswith("![") else _admonition(lines, at, text)


def _images(lines: list[str], at: int, text: str) -> Node | None:
    found = _IMAGE.search(text)
    if found is None or clean(text).strip():
        return None
    return Node(BlockKind.IMAGE, at, at, text=found[1] or "", url=(found[2] or found[3] or "").strip())


def _html(lines: list[str], at: int, text: str) -> Node | None:
    low = text[:8].lower()
    if low.startswith("<table"):
        return _html_table(lines, at)
    if low.startswith("<http"):
        return _url(lines, at, text[1:])
    if clean(text).strip() or clean(text) == text:
        return None
    image = _HTML_IMAGE.search(text)
    if image is None:
        return Node(BlockKind.IMAGE, -1, at)
    source = _SOURCE.search(image[0])
    return Node(BlockKind.IMAGE, at, at, url=source[1] if source else "")


def _html_table(lines: list[str], at: int) -> Node | None:
    for index in range(at, min(len(lines), at + _MAX_TABLE_LINES)):
        if "</table" in lines[index].lower():
            return Node(BlockKind.TABLE, at, index, rows=html_rows(lines[at : index + 1], at))
    return None


def _admonition(lines: list[str], at: int, text: str) -> Node | None:
    found = _ADMONITION.match(text)
    if found is None:
        return None
    return _indented(lines, at, (found[2] or found[3] or "").strip(), found[1].lower())


def _tab(lines: list[str], at: int, text: str) -> Node | None:
    found = _TAB.match(text)
    return _indented(lines, at, found[1].strip(), "tab") if found else None


def _indented(lines: list[str], at: int, title: str, name: str) -> Node:
    """A callout whose body is what is indented under its first line."""
    depth = indent_of(lines[at]) + 2
    inner: list[str] = []
    end = index = at + 1
    while index < len(lines):
        line = lines[index]
        if line.strip() and indent_of(line) < depth:
            break
        inner.append(dedent(line, depth + 2))
        index += 1
        end = index if line.strip() else end
    return Node(BlockKind.CALLOUT, at, end - 1, title, name=name, inner=inner[: end - at - 1], inner_start=at + 1)


# Each gives the node that opens at a line, None where nothing does, and a node that starts at -1 for what says nothing.
OPENERS: dict[str, Callable[[list[str], int, str], Node | None]] = {
    "#": _heading,
    "-": _break,
    "*": _break,
    "_": _break,
    "!": _bang,
    "?": _admonition,
    "=": _tab,
    "<": _html,
    "[": _bracket,
    "h": _url,
    "w": _url,
    "f": _url,
}
