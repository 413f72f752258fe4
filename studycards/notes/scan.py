"""Lines to nodes: which lines make a heading, a paragraph, a list, a table, a quote."""

from __future__ import annotations

import re
from collections.abc import Callable

from studycards.notes.inline import clean
from studycards.notes.lists import MAX_ITEMS, Gathering
from studycards.notes.marks import indent_of, item_mark
from studycards.notes.mask import Masked
from studycards.notes.node import Node, Part, RawItem
from studycards.notes.note import BlockKind
from studycards.notes.tables import MAX_CELLS, html_rows, is_rule

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$|(?<=##)(?=[^\s#]))")
_BREAK = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_URL = re.compile(r"<?((?:https?|ftp)://[^\s<>]+|www\.[^\s<>]+\.[^\s<>]+)>?[ \t]*$")
_LINK = re.compile(r"\[([^\[\]]+)\]\(<?([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)>?(?:[ \t]+\"[^\"]*\")?\)[ \t]*$")
_IMAGE = re.compile(r"!\[([^\[\]]*)\](?:\(([^()]*(?:\([^()]*\)[^()]*)*)\))?|!\[\[([^\[\]]*)\]\]")
_HTML_IMAGE = re.compile(r"<img\b[^<>]*>", re.I)
_SOURCE = re.compile(r"\bsrc=[\"']?([^\"'\s<>]*)", re.I)
_REFERENCE = re.compile(r"\[[^\[\]^][^\[\]]*\]:[ \t]*\S+")
_CALLOUT = re.compile(r"\[!([\w-]+)\][+-]?[ \t]*")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+\"([^\"]*)\"|[ \t]+(.*))?[ \t]*$")
_TAB = re.compile(r"===[!+]?[ \t]+\"([^\"]*)\"[ \t]*$")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_DEFINITION = re.compile(r" {0,3}:[ \t]+(?=\S)")
_SETEXT = re.compile(r"[ \t]*(=+|-{2,})[ \t]*$")
_SENTENCE_END = tuple("。，：:.!?！？；;,、")
_CJK = re.compile("[\u3400-\u9fff]")
_MAX_SETEXT = 60
MAX_PIECES = 30_000
_MAX_PARAGRAPH = 40_000
_MAX_TABLE_LINES = 5_000


class Scanner:
    """One pass over masked lines; each method looks at the line it is given and gives a node or None."""

    def __init__(self, masked: Masked, limit: int = MAX_PIECES) -> None:
        self.left = limit
        self.lines = masked.lines
        self.regions = masked.regions
        self.nodes: list[Node] = []
        self._openers: dict[str, Callable[[int, str], Node | None]] = {
            "#": self._heading,
            ">": self._quote,
            "!": self._bang,
            "?": self._admonition,
            "=": self._tab,
            "|": self._table,
            "<": self._html,
            "[": self._bracket,
            "h": self._url,
            "w": self._url,
            "f": self._url,
        }
        for character in "-*_":
            self._openers[character] = self._break

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
        opener = self._openers.get(text[0])
        return opener(at, text) if opener is not None else None

    def _interrupts(self, at: int) -> bool:
        """Whether a line ends the paragraph before it."""
        text = self.lines[at].strip()
        if not text or at in self.regions or self._open(at, text) is not None:
            return True
        mark = item_mark(self.lines[at])
        if mark is not None and mark.text:
            return mark.number in (None, 1) or self.lines[at - 1].rstrip().endswith(("：", ":"))
        return self._is_table(at)

    def _heading(self, at: int, text: str) -> Node | None:
        found = _HEADING.match(text)
        if found is None or indent_of(self.lines[at]) > 3:
            return None
        title = text[found.end() :].rstrip()
        bare = title.rstrip("#")
        title = bare.rstrip() if bare != title and bare[-1:] in ("", " ", "\t") else title
        return Node(BlockKind.HEADING, at, self._decoration(at), text=title, level=len(found[1]))

    def _decoration(self, at: int) -> int:
        """A rule right under a heading belongs to it."""
        below = self.lines[at + 1].strip() if at + 1 < len(self.lines) else ""
        return at + 1 if below[:1] in ("-", "*", "_") and below and _BREAK.match(below) else at

    def _break(self, at: int, text: str) -> Node | None:
        return Node(BlockKind.BREAK, at, at) if _BREAK.match(text) else None

    def _url(self, at: int, text: str) -> Node | None:
        if not text.startswith(("http://", "https://", "ftp://", "www.")):
            return None
        found = _URL.match(text)
        return Node(BlockKind.LINK, at, at, url=found[1]) if found else None

    def _bracket(self, at: int, text: str) -> Node | None:
        if text.startswith("[!["):
            return self._images(at, text) if not clean(text).strip() else None
        found = _LINK.match(text)
        if found is not None:
            return Node(BlockKind.LINK, at, at, text=found[1], url=found[2])
        return Node(BlockKind.LINK, -1, at) if _REFERENCE.match(text) else None

    def _bang(self, at: int, text: str) -> Node | None:
        return self._images(at, text) if text.startswith("![") else self._admonition(at, text)

    def _images(self, at: int, text: str) -> Node | None:
        found = _IMAGE.search(text)
        if found is None or clean(text).strip():
            return None
        return Node(BlockKind.IMAGE, at, at, text=found[1] or "", url=(found[2] or found[3] or "").strip())

    def _html(self, at: int, text: str) -> Node | None:
        low = text[:8].lower()
        if low.startswith("<table"):
            return self._html_table(at)
        if low.startswith("<http"):
            return self._url(at, text[1:])
        if clean(text).strip() or clean(text) == text:
            return None
        image = _HTML_IMAGE.search(text)
        if image is None:
            return Node(BlockKind.IMAGE, -1, at)
        source = _SOURCE.search(image[0])
        return Node(BlockKind.IMAGE, at, at, url=source[1] if source else "")

    def _html_table(self, at: int) -> Node | None:
        for index in range(at, min(len(self.lines), at + _MAX_TABLE_LINES)):
            if "</table" in self.lines[index].lower():
                return Node(BlockKind.TABLE, at, index, rows=html_rows(self.lines[at : index + 1], at))
        return None

    def _is_table(self, at: int) -> bool:
        line = self.lines[at]
        return "|" in line and at + 1 < len(self.lines) and is_rule(self.lines[at + 1]) and line.count("|") < MAX_CELLS

    def _table(self, at: int, text: str) -> Node | None:
        if not self._is_table(at):
            return None
        end = at + 1
        while end + 1 < len(self.lines) and "|" in self.lines[end + 1] and end + 1 not in self.regions:
            end += 1
        rows = [([self.lines[index]], index) for index in range(at, end + 1) if index != at + 1]
        return Node(BlockKind.TABLE, at, end, rows=rows, name="pipe")

    def _quote(self, at: int, text: str) -> Node | None:
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

    def _admonition(self, at: int, text: str) -> Node | None:
        found = _ADMONITION.match(text)
        if found is None:
            return None
        return self._indented(at, (found[2] or found[3] or "").strip(), found[1].lower())

    def _tab(self, at: int, text: str) -> Node | None:
        found = _TAB.match(text)
        return self._indented(at, found[1].strip(), "tab") if found else None

    def _indented(self, at: int, title: str, name: str) -> Node:
        """A callout whose body is what is indented under its first line."""
        depth = indent_of(self.lines[at]) + 2
        inner: list[str] = []
        end = index = at + 1
        while index < len(self.lines):
            line = self.lines[index]
            if line.strip() and indent_of(line) < depth:
                break
            inner.append(_dedent(line, depth + 2))
            index += 1
            end = index if line.strip() else end
        return Node(BlockKind.CALLOUT, at, end - 1, title, name=name, inner=inner[: end - at - 1], inner_start=at + 1)

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
            node = self._table(at, "")
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
        if self._is_table(at) and (table := self._table(at, "")):
            return table
        if self._is_code(at):
            return self._code(at)
        end, size = at, len(self.lines[at])
        while end + 1 < len(self.lines) and size < _MAX_PARAGRAPH:
            below = self.lines[end + 1]
            if end == at and below and self._is_setext(at, below):
                return Node(BlockKind.HEADING, at, at + 1, self.lines[at].strip(), level=1 if "=" in below else 2)
            if self._interrupts(end + 1) or _DEFINITION.match(below):
                break
            end += 1
            size += len(below)
        return self._definitions(at, end) or Node(BlockKind.PARAGRAPH, at, end)

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
        text = "\n".join(_dedent(line, 4) for line in self.lines[at : end + 1])
        return Node(BlockKind.CODE, at, end, text=text)

    def _definitions(self, at: int, end: int) -> Node | None:
        """Terms with `: meaning` lines under them."""
        items: list[RawItem] = []
        term = end
        last = end
        while len(items) < MAX_ITEMS and (first := self._meaning_after(term)) is not None:
            items.append(RawItem(0, None, "term", term, term, [Part(term, [self.lines[term].strip()])]))
            last = self._meanings(first, items)
            term = self._past_blanks(last + 1)
            if term >= len(self.lines) or self._interrupts(term) or indent_of(self.lines[term]) > 3:
                break
        if not items:
            return None
        if end > at:
            self.nodes.append(Node(BlockKind.PARAGRAPH, at, end - 1))
        return Node(BlockKind.DEFINITIONS, end, last, items=items)

    def _past_blanks(self, at: int) -> int:
        while at < len(self.lines) and not self.lines[at].strip():
            at += 1
        return at

    def _meaning_after(self, term: int) -> int | None:
        for index in (term + 1, term + 2):
            below = self.lines[index].strip() if index < len(self.lines) else ""
            if below:
                return index if below[0] == ":" and _DEFINITION.match(self.lines[index]) else None
        return None

    def _meanings(self, at: int, items: list[RawItem]) -> int:
        index, last = at, at
        while index < len(self.lines):
            line = self.lines[index]
            found = _DEFINITION.match(line)
            if found:
                items.append(RawItem(1, None, "meaning", index, index, [Part(index, [line[found.end() :].strip()])]))
            elif line.strip() and indent_of(line) >= 2 and index not in self.regions:
                part = items[-1].parts[-1]
                if index == part.start + len(part.lines):
                    part.lines.append(line.strip())
                else:
                    items[-1].parts.append(Part(index, [line.strip()]))
            elif line.strip():
                break
            if line.strip():
                last = items[-1].end = index
            index += 1
        return last


def _dedent(line: str, depth: int) -> str:
    lead = min(indent_of(line), depth)
    return " " * (indent_of(line) - lead) + line.lstrip(" \t")
