"""Inline Markdown as styled text; brackets and tags of the card's own text are never markup to the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from studycards.cloze import Hole, holes
from studycards.language import say
from studycards.tui.formula import formulas

_DEPTH = 8
_SPAN = 2_000
# While inline marks are read, a hole stands in the text as one character of the last private plane.
_FIRST_HOLE = 0x100000
_MOST_HOLES = 500
_STAND_IN = re.compile("[\U00100000-\U001001f3]")
_PIECE = re.compile(
    r"(?P<hole>[\U00100000-\U001001f3])"
    r"|(?P<code>(?P<ticks>`+)(?P<inside>.+?)(?<!`)(?P=ticks)(?!`))"
    r"|(?P<math>\$\$.+?\$\$|(?<!\w)\$(?=\S)[^$\n]*?\S\$(?!\d)|\\\(.+?\\\)|\\\[.+?\\\])"
    r"|(?P<image>!\[(?P<alt>[^\]\n]*)\]\((?P<file>[^)\n]*)\)|!\[\[(?P<embed>[^\]\n]+)\]\])"
    r"|(?P<link>\[(?P<label>[^\]\n]+)\]\((?P<url>[^)\n]*)\)|\[\[(?P<target>[^\]\n|]+)(?:\|(?P<alias>[^\]\n]+))?\]\])"
    rf"|(?P<strong>\*\*(?=\S)(?P<bold>.{{1,{_SPAN}}}?)(?<=\S)\*\*)"
    rf"|(?P<mark>==(?=\S)(?P<marked>.{{1,{_SPAN}}}?)(?<=\S)==)"
    rf"|(?P<strike>~~(?=\S)(?P<struck>.{{1,{_SPAN}}}?)(?<=\S)~~)"
    rf"|(?P<emphasis>\*(?=[^\s*])(?P<slanted>[^*]{{1,{_SPAN}}}?)(?<=\S)\*|(?<!\w)_(?=\S)(?P<under>[^_]{{1,{_SPAN}}}?)(?<=\S)_(?!\w))"
    r"|(?P<escape>\\(?P<literal>[!-/:-@\[-`{-~]))",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Ink:
    """How inline things look: styles of Rich. Without colour they still differ, or need no telling.

    `picture` gives what is drawn below a block for a picture that it names (None: it cannot be drawn)."""

    code: str = "bold"
    link: str = "underline"
    mark: str = "reverse"
    hole: str = "bold underline"
    quiet: str = "dim"
    picture: Callable[[str], RenderableType | None] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The holes of a side, which number is asked (None: none) and whether it is filled by now."""

    hole: int | None = None
    revealed: bool = True
    holes: tuple[Hole, ...] = ()


def stand_in(text: str, hole: int | None, revealed: bool) -> tuple[str, Asked]:
    """The text with a stand-in for each hole, so that a hole may stand inside a table, an item or bold text."""
    found = holes(text)[:_MOST_HOLES]
    pieces: list[str] = []
    place = 0
    for n, one in enumerate(found):
        pieces += [_STAND_IN.sub("\ufffd", text[place : one.start]), chr(_FIRST_HOLE + n)]
        place = one.end
    pieces.append(_STAND_IN.sub("\ufffd", text[place:]))
    return "".join(pieces), Asked(hole, revealed, found)


def inline(text: str, asked: Asked, ink: Ink, depth: int = 0) -> Text:
    """The text with its inline marks taken as style; what is no mark stays as it is, brackets too."""
    result = Text()
    place = 0
    for match in _PIECE.finditer(text):
        result.append(text[place : match.start()])
        result.append_text(_piece(match, asked, ink, depth))
        place = match.end()
    result.append(text[place:])
    return result


def _piece(match: re.Match[str], asked: Asked, ink: Ink, depth: int) -> Text:
    kind = next(name for name in _KINDS if match[name] is not None)
    if kind == "hole":
        return _hole(match[0], asked, ink, depth)
    if kind == "code":
        return Text(match["inside"].strip(), ink.code)
    if kind == "math":
        return Text(formulas(match[0]))
    if kind == "image":
        return Text(_image(match["alt"], match["file"] or match["embed"]), ink.quiet)
    if kind == "escape":
        return Text(match["literal"])
    return _styled(match, kind, asked, ink, depth)


_KINDS = ("hole", "code", "math", "image", "link", "strong", "mark", "strike", "emphasis", "escape")


def _styled(match: re.Match[str], kind: str, asked: Asked, ink: Ink, depth: int) -> Text:
    inner, style = {
        "link": (match["label"] or match["alias"] or match["target"], ink.link),
        "strong": (match["bold"], "bold"),
        "mark": (match["marked"], ink.mark),
        "strike": (match["struck"], "strike"),
        "emphasis": (match["slanted"] or match["under"], "italic"),
    }[kind]
    if depth >= _DEPTH:
        return Text(inner, style)
    text = inline(inner, asked, ink, depth + 1)
    text.stylize_before(style)
    return text


def _hole(character: str, asked: Asked, ink: Ink, depth: int) -> Text:
    number = ord(character) - _FIRST_HOLE
    if number >= len(asked.holes):
        return Text("\ufffd")
    hole = asked.holes[number]
    mine = hole.number == asked.hole
    if mine and not asked.revealed:
        return Text(f"[{hole.hint or '...'}]", ink.hole)
    text = inline(hole.answer, Asked(), ink, depth + 1) if depth < _DEPTH else Text(hole.answer)
    if mine:
        text.stylize_before(ink.hole)
    return text


def _image(alt: str | None, file: str) -> str:
    name = file.split("|")[0].rpartition("/")[2]
    if alt:
        return say("[picture: {what} ({file})]", what=alt, file=name)
    return say("[picture: {file}]", file=name)
