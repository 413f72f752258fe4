"""Link blocks: a URL line, the label before it and the title after it are one thing."""

from __future__ import annotations

from studycards.notes.node import Node
from studycards.notes.note import BlockKind

_MAX_LABEL = 20
_COLONS = ("：", ":")


def join_links(nodes: list[Node], lines: list[str]) -> list[Node]:
    """The nodes with labels and titles taken into their links."""
    joined: list[Node] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        if node.kind != BlockKind.LINK:
            joined.append(node)
            at += 1
            continue
        _take_label(node, joined, lines)
        at += 1
        if not node.text and at < len(nodes) and _is_title(nodes, at, lines):
            at += _take_title(node, nodes[at], lines)
        joined.append(node)
    return joined


def is_label(text: str) -> bool:
    """Whether a line only says what comes after it: `官网：`."""
    return text.endswith(_COLONS) and len(text) <= _MAX_LABEL


def _take_label(link: Node, before: list[Node], lines: list[str]) -> None:
    if not before or before[-1].kind != BlockKind.PARAGRAPH:
        return
    label = before[-1]
    text = lines[label.end].strip()
    if not is_label(text) or link.start - label.end > 2:
        return
    link.name, link.start = text.rstrip("：: "), label.end
    if label.end > label.start:
        label.end -= 1
    else:
        before.pop()


def _is_title(nodes: list[Node], at: int, lines: list[str]) -> bool:
    node = nodes[at]
    if node.kind != BlockKind.PARAGRAPH or node.start - nodes[at - 1].end > 2:
        return False
    if nodes[at - 1].name and "参考" not in nodes[at - 1].name and lines[node.start].rstrip().endswith("。"):
        return False
    followed = at + 1 < len(nodes) and nodes[at + 1].kind == BlockKind.LINK
    return not (followed and node.start == node.end and is_label(lines[node.start].strip()))


def _take_title(link: Node, title: Node, lines: list[str]) -> int:
    """Give the link its title; 1 if the paragraph is used up, 0 if more of it follows."""
    link.text, link.end = lines[title.start].strip(), title.start
    if title.end == title.start:
        return 1
    title.start += 1
    return 0
