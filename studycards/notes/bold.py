"""Bold-led paragraphs in a row as the list that they are."""

from __future__ import annotations

from studycards.notes.node import Node, Part, RawItem
from studycards.notes.note import BlockKind

_MAX_BETWEEN = 2


def gather_bold(nodes: list[Node], lines: list[str]) -> list[Node]:
    """The nodes with every run of two or more bold-led paragraphs turned into a list."""
    gathered: list[Node] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        if not _is_led(node, lines):
            gathered.append(node)
            at += 1
            continue
        run = _run(nodes, at, lines)
        if len(run) > 1:
            gathered.append(_list(run, nodes, lines))
            at = run[-1][-1] + 1
        else:
            gathered.append(_lines_as_list(node, lines) or node)
            at += 1
    return gathered


def _is_led(node: Node, lines: list[str]) -> bool:
    if node.kind != BlockKind.PARAGRAPH:
        return False
    text = lines[node.start].lstrip()
    return text.startswith("**") and text.find("**", 3) > 0


def _is_only_bold(node: Node, lines: list[str]) -> bool:
    text = lines[node.start].strip().rstrip("：:")
    return node.start == node.end and text.endswith("**") and text.count("**") == 2


def _run(nodes: list[Node], at: int, lines: list[str]) -> list[list[int]]:
    """The items of the run that opens at a node, each as the indexes of its nodes."""
    run: list[list[int]] = []
    while at < len(nodes) and _is_led(nodes[at], lines):
        item = [at]
        at += 1
        if _is_only_bold(nodes[item[0]], lines):
            while at < len(nodes) and len(item) <= _MAX_BETWEEN and _continues(nodes[at], lines):
                item.append(at)
                at += 1
        run.append(item)
    return run


def _continues(node: Node, lines: list[str]) -> bool:
    return node.kind == BlockKind.PARAGRAPH and not _is_led(node, lines)


def _list(run: list[list[int]], nodes: list[Node], lines: list[str]) -> Node:
    items = []
    for item in run:
        members = [nodes[index] for index in item]
        parts = [Part(node.start, lines[node.start : node.end + 1]) for node in members]
        items.append(RawItem(0, None, "bold", members[0].start, members[-1].end, parts))
    return Node(BlockKind.LIST, items[0].start, items[-1].end, items=items)


def _lines_as_list(node: Node, lines: list[str]) -> Node | None:
    """A paragraph of which every line is led by a bold phrase."""
    if node.end == node.start:
        return None
    own = range(node.start, node.end + 1)
    if not all(lines[index].lstrip().startswith("**") and lines[index].find("**", 3) > 0 for index in own):
        return None
    items = [RawItem(0, None, "bold", index, index, [Part(index, [lines[index]])]) for index in own]
    return Node(BlockKind.LIST, node.start, node.end, items=items)
