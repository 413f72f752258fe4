"""The marks of Markdown around a piece of text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studycards.intake.apkg.dom import Node


def math(formula: str, *, display: bool) -> str:
    """A formula between its marks; empty for none."""
    formula = formula.strip()
    if not formula:
        return ""
    formula = re.sub(r"(?<!\\)\$", r"\\$", formula)
    return f"$${formula}$$" if display else f"${formula}$"


def code(text: str) -> str:
    """Code inside a line, between enough backticks."""
    text = re.sub(r"\s", " ", text)
    if not text.strip():
        return text
    ticks = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    if text[0] in "` " or text[-1] in "` ":
        text = f" {text} "
    return f"{ticks}{text}{ticks}"


def fenced(text: str) -> str:
    """Code on lines of its own."""
    text = text.strip("\n")
    ticks = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{ticks}\n{text}\n{ticks}"


def link(text: str, address: str) -> str:
    """A link where the address may be followed, else its text."""
    if not address.lower().startswith(("http://", "https://", "mailto:")) or not text.strip():
        return text
    return f"[{text.strip()}]({address_of(address)})"


def address_of(address: str) -> str:
    """An address as it stands in a link."""
    address = address.replace("\n", "").replace("\r", "")
    if re.search(r"[\s()<>\\]", address):
        return "<" + address.replace("<", "%3C").replace(">", "%3E") + ">"
    return address


def plain(node: Node) -> str:
    """The text of a node, line breaks kept."""
    out = []
    for child in node.children:
        if isinstance(child, str):
            out.append(child)
        elif child.tag == "br":
            out.append("\n")
        else:
            out.append(plain(child) + ("\n" if child.tag == "div" else ""))
    return "".join(out)


def rows_of(node: Node) -> Sequence[Node]:
    """The rows of a table, whatever they lie in."""
    rows: list[Node] = []
    for child in node.children:
        if isinstance(child, Node):
            rows += [child] if child.tag == "tr" else rows_of(child) if child.tag in ("thead", "tbody", "tfoot") else []
    return rows


def is_cell(child: Node | str) -> bool:
    """Whether this is a cell of a table."""
    return isinstance(child, Node) and child.tag in ("td", "th")
