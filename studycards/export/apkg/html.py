"""A side of a card, Markdown → the HTML of an Anki field: at once where it is plain, by the full parser where it must.

Three ways, quickest first: a side without a special character is only escaped; paragraphs of inline marks go through
`inline`; lists, tables, code and headings are cut into blocks by the parser that is handed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Protocol

from studycards.export.apkg.inline import Picture, escape, inline

_NOT_PLAIN = re.compile("[\n\\\\`*_~=$\\[<{&\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_STARTS = frozenset("-+#>|0123456789 \t")
# Searched with a line break put before the text. A number starts a list only where another line follows.
_BLOCKS = re.compile(
    r"\n(?: {0,3}(?:[-+*][ \t]+\S|#{1,6}[ \t]+\S|>|```|~~~|(?:-{2,}|={2,})[ \t]*(?:\n|\Z)|\d{1,9}[.)][ \t]+\S[^\n]*\n)"
    r"|(?: {4}|\t)\S|[^\n]*\|[^\n]*\n[ |:-]*-)"
)
# A list of one level, each item one line of text that begins no other block; the numbered one counts from 1.
_ITEM = r"[^\s>#|`~*+\-\d\[:][^\n]*"
_FLAT = re.compile(
    rf"(?:-[ ]{_ITEM}(?:\n(?=-)|\Z))+|(?:\*[ ]{_ITEM}(?:\n(?=\*)|\Z))+|1\.[ ]{_ITEM}(?:\n\d\.[ ]{_ITEM})+"
)
_DISPLAY = re.compile(r"(?<!\\)\$\$(?:[^$\\]|\\.)+?\$\$", re.S)
_KEPT = re.compile("\x0e(\\d+)\x0f")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_KNOWN = frozenset(
    ["ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"]
)  # `p` is dealt with apart: in a tight list it is hidden


class Block(Protocol):
    """A block token as markdown-it gives it."""

    @property
    def type(self) -> str: ...
    @property
    def tag(self) -> str: ...
    @property
    def nesting(self) -> int: ...
    @property
    def content(self) -> str: ...
    @property
    def hidden(self) -> bool: ...


Blocks = Callable[[str], Sequence[Block]]
"""Cuts Markdown into block tokens; `inline` tokens keep their source in `content`."""


def field_text(text: str) -> str:
    """Text in the one form that Anki stores: NFC, without the characters that would break the import."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _UNFIT.sub("", text) if _UNFIT.search(text) else text


def is_unfit(text: str) -> bool:
    """Whether `field_text` takes a character away."""
    return _UNFIT.search(text) is not None


def field(text: str, blocks: Blocks, picture: Picture) -> str:
    """The HTML of one side. `text` is field text; U+0001 to U+0005 pass through untouched (they mark holes)."""
    text = text.strip("\n")
    if not _NOT_PLAIN.search(text):
        if text[:1] not in _STARTS or not _BLOCKS.search("\n" + text):
            return text.replace(">", "&gt;").replace('"', "&quot;")
    elif not _BLOCKS.search("\n" + text):
        return _paragraphs(text, picture)
    if _FLAT.fullmatch(text) and "$$" not in text:
        return _flat(text, picture)
    return _full(text, blocks, picture)


def _flat(text: str, picture: Picture) -> str:
    name = "ol" if text[0] == "1" else "ul"
    items = "".join(f"<li>{inline(line.partition(' ')[2].strip(), picture)}</li>" for line in text.split("\n"))
    return f"<{name}>{items}</{name}>"


def _paragraphs(text: str, picture: Picture) -> str:
    parts = _PARAGRAPHS.split(text.strip()) if "\n" in text else [text]
    if len(parts) == 1:
        return inline(_flush(parts[0]), picture)
    return "".join(f"<p>{inline(_flush(part), picture)}</p>" for part in parts)


def _flush(paragraph: str) -> str:
    """A paragraph with the blanks at the ends of its lines gone; a backslash there is a line break too."""
    return re.sub(r"[ \t]*\\?\n[ \t]*", "\n", paragraph) if "\n" in paragraph else paragraph


def _full(text: str, blocks: Blocks, picture: Picture) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x0e{len(kept) - 1}\x0f"

    def restore(part: str) -> str:
        return _KEPT.sub(lambda match: kept[int(match[1])], part) if kept else part

    shown = []
    tokens = blocks(_DISPLAY.sub(keep, text))
    if len(tokens) == 3 and tokens[0].tag == "p":
        tokens = tokens[1:2]
    for token in tokens:
        if token.type == "inline":
            shown.append(inline(_flush(restore(token.content)), picture))
        elif token.type in ("fence", "code_block"):
            code = escape(restore(token.content).rstrip("\n"))
            shown.append(f"<pre><code>{code}</code></pre>")
        else:
            shown.append(_tag(token))
    return "".join(shown)


def _tag(token: Block) -> str:
    if token.type == "hr":
        return "<hr>"
    if token.tag == "p":
        if token.hidden:
            return ""
        return "<p>" if token.nesting > 0 else "</p>"
    if token.tag in _KNOWN:
        return f"<{token.tag}>" if token.nesting > 0 else f"</{token.tag}>"
    return escape(token.content)
