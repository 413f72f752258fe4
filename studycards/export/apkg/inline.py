"""One paragraph of Markdown → HTML: emphasis, code, mathematics, links, pictures; everything else is escaped.

Emphasis follows the delimiter rules of CommonMark 0.31 (section 6.2), with one change: a Chinese character beside a
delimiter counts as a boundary, so that `**「名」**字` is strong.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

Picture = Callable[[str, str, bool], str | None]
"""Gives the HTML for (text, address, is an image), or None where the address is nothing that Anki can show."""

_TOKEN = re.compile(
    r"(?=[\\`$!\[<\n*_~=&{>\"])(?:\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\$\$(?P<display>(?:[^$\\]|\\.)+?)\$\$"
    r"|\$(?P<formula>(?!\s)(?:[^$\\]|\\.)+?(?<!\s))\$(?!\d)"
    r"|(?P<bang>!?)\[(?P<label>(?:[^\[\]\\]|\\.|!?\[[^\[\]]*\](?:\([^()]*\))?)*)\]"
    r"\(\s*(?P<address><[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]+)>"
    r"|<(?P<close>/?)(?P<tag>b|i|u|s|sub|sup|mark|kbd|ruby|rt|rp)>"
    r"|(?P<break><br\s*/?>|\n)"
    r"|(?P<run>\*+|_+|~~|==)"
    r"|&(?P<entity>\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|(?P<taken>\{\{|\[(?:/?\${1,2}\]|(?=sound:|latex\]|/?anki:)))"
    r"|(?P<bare>[&<>\"]))",
    re.S,
)
_BARE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_CJK = re.compile(
    "[\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_UNTAKEN = re.compile(r"\[(?=sound:|latex\]|/?\${1,2}\]|/?anki:)")
_MARKS = re.compile(r"[\[\]{}$:]")
_NAMES = {"*": ("em", "strong"), "_": ("em", "strong"), "~": ("s", "s"), "=": ("mark", "mark")}
_DEPTH = 50  # how many open delimiters a closing one looks back over
_SCHEMES = ("http", "https", "mailto")


def escape(text: str) -> str:
    """Text that shows as itself in an Anki field: no tag, no entity, nothing Anki would take for its own."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    text = text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return _UNTAKEN.sub("&#91;", text.replace("{{", "{&#123;")) if "{{" in text or "[" in text else text


def link(text: str, address: str) -> str:
    """A link where the address is one that may be followed, else the text alone; `text` is HTML."""
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return text
    return f'<a href="{escape(address)}">{text}</a>' if scheme in _SCHEMES else text


@dataclass(slots=True)
class _Run:
    """A run of one delimiter: its place in the pieces, what it may do, and the tags it has turned into."""

    at: int
    mark: str
    count: int
    length: int
    opens: bool
    closes: bool
    opening: str = ""
    closing: str = ""


def inline(text: str, picture: Picture) -> str:
    """The HTML of one paragraph; a line break becomes `<br>`."""
    pieces: list[str] = []
    runs: list[_Run] = []
    tags: list[tuple[str, int]] = []
    end = 0
    for token in _TOKEN.finditer(text):
        pieces.append(text[end : token.start()])
        end = token.end()
        if token["run"]:
            runs.append(_run(text, token, len(pieces)))
            pieces.append(token["run"])
        elif token["tag"]:
            _raw_tag(token, pieces, tags)
        else:
            pieces.append(_piece(token, picture))
    pieces.append(text[end:])
    if runs:
        _emphasise(pieces, runs)
    return "".join(pieces)


def _piece(token: re.Match[str], picture: Picture) -> str:
    kind = token.lastgroup
    if kind == "bare":
        return _BARE[token["bare"]]
    if kind == "escaped":
        return _literal(token["escaped"])
    if kind == "break":
        return "<br>"
    if kind == "code":
        return f"<code>{escape(_code(token['code']))}</code>"
    if kind == "display":
        return _UNTAKEN.sub("[ ", f"\\[{escape(token['display'])}\\]")
    if kind == "formula":
        return f"\\({escape(token['formula'])}\\)"
    if kind == "auto":
        return link(escape(token["auto"].removeprefix("mailto:")), token["auto"])
    if kind == "entity":
        return _literal(html.unescape(token[0]))
    if kind == "taken":
        return "{&#123;" if token["taken"] == "{{" else f"&#91;{token['taken'][1:]}"
    return _linked(token, picture)


def _literal(text: str) -> str:
    """Characters that were escaped in the card, so that Anki does not make marks of them either."""
    return _MARKS.sub(lambda mark: f"&#{ord(mark[0])};", escape(text))


def _code(text: str) -> str:
    text = text.replace("\n", " ")
    return text[1:-1] if text.startswith(" ") and text.endswith(" ") and text.strip() else text


def _linked(token: re.Match[str], picture: Picture) -> str:
    address = token["address"]
    address = address[1:-1] if address.startswith("<") else re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", address)
    label, is_image = token["label"], bool(token["bang"])
    shown = picture(label, address, is_image)
    if shown is not None:
        return shown
    if is_image:
        return link(escape(label or address), address)
    return link(inline(label, picture), address)


def _raw_tag(token: re.Match[str], pieces: list[str], tags: list[tuple[str, int]]) -> None:
    """A raw tag counts only in pairs: what is never closed, or never opened, is shown as text."""
    name = token["tag"]
    pieces.append(f"&lt;{token['close']}{name}&gt;")
    if not token["close"]:
        tags.append((name, len(pieces) - 1))
        return
    for depth in range(len(tags) - 1, max(-1, len(tags) - 20), -1):
        if tags[depth][0] == name:
            pieces[tags[depth][1]], pieces[-1] = f"<{name}>", f"</{name}>"
            del tags[depth:]
            return


def _run(text: str, token: re.Match[str], at: int) -> _Run:
    before = text[token.start() - 1] if token.start() else " "
    after = text[token.end()] if token.end() < len(text) else " "
    mark, count = token["run"][0], len(token["run"])
    left = _flanks(after, before)
    right = _flanks(before, after)
    if mark == "_":
        left, right = left and (not right or _is_mark(before)), right and (not left or _is_mark(after))
    return _Run(at, mark, count, count, left, right)


def _flanks(inside: str, outside: str) -> bool:
    if inside.isspace():
        return False
    return not _is_mark(inside) or outside.isspace() or _is_mark(outside) or _CJK.match(outside) is not None


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _emphasise(pieces: list[str], runs: list[_Run]) -> None:
    """Pair the runs, innermost first, and write their tags into the pieces; what is left of a run stays text."""
    waiting: list[_Run] = []
    for run in runs:
        if run.closes:
            _close(waiting, run)
        if run.opens and run.count:
            waiting.append(run)
    for run in runs:
        pieces[run.at] = run.closing + run.mark * run.count + run.opening


def _close(waiting: list[_Run], closer: _Run) -> None:
    depth = len(waiting) - 1
    lowest = max(0, depth - _DEPTH)
    while closer.count and depth >= lowest:
        opener = waiting[depth]
        if not _matches(opener, closer):
            depth -= 1
            continue
        width = 2 if opener.count >= 2 and closer.count >= 2 else 1
        name = _NAMES[closer.mark][width - 1]
        opener.opening, closer.closing = f"<{name}>{opener.opening}", f"{closer.closing}</{name}>"
        opener.count -= width
        closer.count -= width
        del waiting[depth + (opener.count > 0) :]
        depth = len(waiting) - 1


def _matches(opener: _Run, closer: _Run) -> bool:
    if opener.mark != closer.mark:
        return False
    both = (opener.opens and opener.closes) or (closer.opens and closer.closes)
    return not (both and (opener.length + closer.length) % 3 == 0 and (opener.length % 3 or closer.length % 3))
