"""HTML as a tree: tags with their children, forgiving as a browser, with a limit to its depth."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

DEEPEST = 60
VOID = frozenset(("br", "img", "hr", "wbr", "input", "col", "source", "embed", "area", "link", "meta"))
_SILENT = ("script", "style")
_CLOSES = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol"))),
    "tr": (frozenset(("tr", "td", "th")), frozenset(("table",))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "p": (frozenset(("p",)), frozenset(("div", "li", "td", "th", "blockquote"))),
}


@dataclass(slots=True)
class Node:
    """A tag with its attributes and what is in it; the root has no tag."""

    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)


def tree(source: str) -> Node:
    """The tree of an HTML fragment. Comments, scripts and styles are gone."""
    parser = _Parser()
    parser.feed(source)
    parser.close()
    return parser.root


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node()
        self._open = [self.root]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
            return
        self._close_implied(tag)
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID and len(self._open) < DEEPEST:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self._open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
            return
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._open[-1].children.append(data)

    def _close_implied(self, tag: str) -> None:
        closed, stops = _CLOSES.get(tag, (frozenset(), frozenset()))
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag in stops:
                return
            if self._open[depth].tag in closed:
                del self._open[depth:]
                return
