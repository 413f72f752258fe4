"""The HTML of an Anki field → Markdown that reads well and shows the same text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from studycards.intake.apkg.dom import Node, tree
from studycards.intake.apkg.marks import address_of, code, fenced, is_cell, link, math, plain, rows_of

_BLOCK = frozenset(
    ("div", "p", "ul", "ol", "table", "pre", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "dl")
)
_KEPT = frozenset(("u", "s", "sub", "sup", "mark", "kbd", "ruby", "rt", "rp"))
_BOLD, _SLANTED = ("b", "strong"), ("i", "em")
_STRUCK = {"del": "s", "strike": "s", "ins": "u"}
_GAPS = re.compile(r"[ \t\r\n\f\u00a0]{2,}|[\t\r\n\f\u00a0]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TAKEN = re.compile(
    r"\\\((?P<inline>.+?)\\\)|\\\[(?P<display>.+?)\\\]|\[\$\](?P<dollar>.+?)\[/\$\]|\[\$\$\](?P<dollars>.+?)\[/\$\$\]"
    r"|\[latex\](?P<latex>.+?)\[/latex\]|\[sound:(?P<sound>[^\]]+)\]",
    re.S,
)
_SPECIAL = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|\Z)|`|\*|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|=(?==)|(?<==)=|\$|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)|\[|\{(?=\{)|\{(?=c\d+::)"
)
_MAY_BE_SPECIAL = re.compile(r"[\\`*_~=$<&\[{]")  # what `_SPECIAL` can begin with
_START = re.compile(
    r"^(?P<gap>\s*)(?:(?P<mark>[-+#>|])|(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?P<rule>[=-]{2,}\s*$|:-))", re.M
)
_HOLE = re.compile(r"\{\{c\d+::|::|\}\}")

Media = Callable[[str], str]
"""Where a media file of that name stands, seen from the deck file; empty for one that is not taken."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns fields into Markdown. `cloze` leaves `{{c1::` and its end as they are."""

    media: Media
    cloze: bool = False

    def read(self, source: str) -> str:
        """The Markdown of a field."""
        if "<" not in source and "&" not in source:
            return self._ended(self._text(source)).strip()
        if self.cloze:  # what stands for itself inside a hole must not end it when it is read back
            source = source.replace("&#125;", "\x01").replace("&#58;", "\x02")
        done = self._blocks(tree(source).children)
        if self.cloze:
            done = re.sub("(?<=:)\x02|\x02(?=:)", "&#58;", done.replace("\x01", "}")).replace("\x02", ":")
        return done.strip()

    def _blocks(self, children: Iterable[Node | str]) -> str:
        """Blocks apart by a blank line where one of them is more than a line of text; else by a line break."""
        parts: list[tuple[bool, str]] = []
        line: list[Node | str] = []
        for child in children:
            if isinstance(child, Node) and child.tag in _BLOCK:
                self._flush(parts, line)
                text = self._block(child)
                if text:
                    parts.append((child.tag not in ("div", "section"), text))
            else:
                line.append(child)
        self._flush(parts, line)
        out, was_apart = "", False
        for apart, text in parts:
            gap = "\n\n" if apart or was_apart else "\n"
            out, was_apart = f"{out}{gap if out else ''}{text}", apart
        return out

    def _flush(self, parts: list[tuple[bool, str]], line: list[Node | str]) -> None:
        text = self._ended(self._inline(line)).strip("\n")
        if text.strip():
            parts.append((False, text.strip()))
        line.clear()

    def _ended(self, text: str) -> str:
        """Lines without blanks at their ends, and none that would read as the start of a list, a heading, a table."""
        if "\n" in text:
            text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
        return _START.sub(_guard, text)

    def _block(self, node: Node) -> str:
        tag = node.tag
        if tag == "hr":
            return "***"
        if tag == "pre":
            return fenced(plain(node))
        if tag in ("ul", "ol"):
            return self._list(node)
        if tag == "table":
            return self._table(node)
        if tag == "blockquote":
            return "\n".join(f"> {line}".rstrip() for line in self._blocks(node.children).split("\n"))
        if tag[0] == "h" and tag[1:].isdigit():
            return self._wrapped(self._inline(node.children).replace("\n", " "), "**", "b")
        return self._blocks(node.children)

    def _list(self, node: Node) -> str:
        lines = []
        number = 0
        for item in node.children:
            if not isinstance(item, Node) or item.tag != "li":
                text = self._blocks([item])
                lines += [f"  {line}" for line in text.split("\n") if line]
                continue
            number += 1
            mark = f"{number}. " if node.tag == "ol" else "- "
            first, *rest = self._tight(item).split("\n")
            lines.append(mark + first)
            lines += [f"{' ' * len(mark)}{line}" if line else "" for line in rest]
        return "\n".join(lines)

    def _tight(self, item: Node) -> str:
        """An item whose nested list follows without a blank line, as it was tight in the field."""
        return re.sub(r"\n\n(?=(?:- |\d+\. ))", "\n", self._blocks(item.children))

    def _table(self, node: Node) -> str:
        rows = [[self._cell(cell) for cell in row.children if is_cell(cell)] for row in rows_of(node)]
        rows = [row for row in rows if row]
        if not rows or len({len(row) for row in rows}) > 1:
            return "\n".join(" ".join(row) for row in rows)
        head, *body = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([head, "|" + "---|" * len(rows[0]), *body])

    def _cell(self, cell: Node | str) -> str:
        text = self._inline(cell.children if isinstance(cell, Node) else [cell])
        return re.sub(r"\s*\n\s*", " ", text).replace("|", "\\|").strip()

    def _inline(self, children: Iterable[Node | str]) -> str:
        return re.sub(r" *\n *", "\n", "".join(map(self._piece, children)))

    def _piece(self, child: Node | str) -> str:
        if isinstance(child, str):
            return self._text(child)
        tag = child.tag
        if tag == "br":
            return "\n"
        if tag == "img":
            return self._image(child)
        if tag == "code":
            return code(plain(child))
        if tag == "anki-mathjax":
            block = child.attributes.get("block", "false") != "false"
            return math(plain(child), display=block)
        if tag in _BLOCK:
            return f"\n{self._block(child)}\n"
        text = self._inline(child.children)
        if tag in _BOLD:
            return self._wrapped(text, "**", "b")
        if tag in _SLANTED:
            return self._wrapped(text, "*", "i")
        if tag == "a":
            return link(text, child.attributes.get("href", ""))
        name = _STRUCK.get(tag, tag)
        return f"<{name}>{text}</{name}>" if name in _KEPT and text.strip() else text

    def _wrapped(self, text: str, mark: str, tag: str) -> str:
        """Emphasis by marks where they are sure to be read so, else by the tag; blanks stay outside."""
        inner = text.strip()
        if not inner:
            return text
        before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
        sure = inner[0].isalnum() and inner[-1].isalnum() and "\n" not in inner
        return before + (f"{mark}{inner}{mark}" if sure else f"<{tag}>{inner}</{tag}>") + after

    def _image(self, node: Node) -> str:
        name = node.attributes.get("src", "")
        alt = re.sub(r"([\[\]\\])", r"\\\1", _GAPS.sub(" ", node.attributes.get("alt", "")))
        if "://" in name:
            return f"![{alt}]({address_of(name)})"
        place = self.media(name)
        return f"![{alt}]({address_of(place)})" if place else self._text(alt or name)

    def _text(self, text: str) -> str:
        """Text with its mathematics and sounds as Markdown has them, and all else made to show as it is."""
        text = _CONTROL.sub("", text) if not self.cloze else re.sub("[\x00\x03-\x08\x0b-\x1f\x7f-\x9f]", "", text)
        if "\\" not in text and "[" not in text:
            return self._escaped(text)
        out, at = [], 0
        for taken in _TAKEN.finditer(text):
            out += [self._escaped(text[at : taken.start()]), self._took(taken, text[taken.end() : taken.end() + 1])]
            at = taken.end()
        return "".join([*out, self._escaped(text[at:])])

    def _took(self, taken: re.Match[str], following: str) -> str:
        if name := taken["sound"]:
            place = self.media(name)
            shown = re.sub(r"([\[\]\\])", r"\\\1", name)
            return f"[{shown}]({address_of(place)})" if place else shown
        formula = taken["inline"] or taken["dollar"] or taken["latex"]
        if formula is None or following.isdigit():
            return math(taken["display"] or taken["dollars"] or formula or "", display=True)
        return math(formula, display=False)

    def _escaped(self, text: str) -> str:
        text = _GAPS.sub(" ", text)
        if _MAY_BE_SPECIAL.search(text) is None:
            return text
        if not self.cloze:
            return _SPECIAL.sub(r"\\\g<0>", text)
        out, at = [], 0
        for mark in _HOLE.finditer(text):
            out += [_SPECIAL.sub(r"\\\g<0>", text[at : mark.start()]), mark[0]]
            at = mark.end()
        return "".join([*out, _SPECIAL.sub(r"\\\g<0>", text[at:])])


def _guard(start: re.Match[str]) -> str:
    if start["number"]:
        return f"{start['gap']}{start['number']}\\"
    return f"{start['gap']}\\{start[0][len(start['gap']) :]}"
