"""A typed answer beside the right one: Chinese by character, Latin by word and within a word by letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from studycards.model import Card
from studycards.text import clean, fold

CAP = 1_000
_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARK = "\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
# A number with its points, a comparison, Chinese by character, a word, another sign; with the marks that belong to it.
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)+|[!<>=]=|[{_CJK}][{_MARK}]*|"
    rf"(?:[^\W{_CJK}][{_MARK}]*)+|\s+|[^\w\s](?:\u200d[^\w\s]|[{_MARK}])*|.",
    re.S,
)
_GRAPHEME = re.compile(rf"[^{_MARK}](?:\u200d[^{_MARK}]|[{_MARK}])*|.", re.S)
_LIKE = 0.5
TAG = "type"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `sign` is `=` where both say it, `-` what was typed too much, `+` what is missing."""

    sign: str
    text: str


def compare(typed: str, right: str, *, exact: bool = False) -> tuple[Piece, ...]:
    """What was typed against what is right. Width, white space, sentence punctuation and, unless `exact`, case do
    not count; what is equal is shown as it is right."""
    ours, theirs = _tokens(typed, exact), _tokens(right, exact)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, _keys(ours), _keys(theirs), autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("=", _text(theirs[c:d])))
        else:
            pieces += _changed(ours[a:b], theirs[c:d], exact)
    return tuple(_joined(pieces))


def is_right(pieces: Sequence[Piece]) -> bool:
    """Whether nothing is too much and nothing missing."""
    return all(piece.sign == "=" for piece in pieces)


def written(pieces: Sequence[Piece]) -> str:
    """The comparison in plain text: `尼苏毕特[-的-]名{+字+}`."""
    shapes = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(shapes[piece.sign].format(piece.text) for piece in pieces)


def is_typed(card: Card, wanted: bool) -> bool:
    """Whether the answer to a card is typed: as its deck says, or by its tag."""
    return wanted or TAG in card.tags


@dataclass(frozen=True, slots=True)
class _Token:
    key: str
    text: str


def _tokens(text: str, exact: bool) -> list[_Token]:
    """What counts, each with the spaces and marks after it that do not."""
    found: list[_Token] = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", clean(text).strip())[:CAP]):
        key = _key(match[0], exact)
        if key or not found:
            found.append(_Token(key, match[0]))
        else:
            found[-1] = _Token(found[-1].key, found[-1].text + match[0])
    return [token for token in found if token.key]


def _key(text: str, exact: bool) -> str:
    return unicodedata.normalize("NFKC", text).strip() if exact and fold(text) else fold(text)


def _keys(tokens: Sequence[_Token]) -> list[str]:
    return [token.key for token in tokens]


def _text(tokens: Sequence[_Token]) -> str:
    return "".join(token.text for token in tokens)


def _changed(ours: Sequence[_Token], theirs: Sequence[_Token], exact: bool) -> Iterator[Piece]:
    """Other words in one place: where as many stand there and they are alike, what differs inside them."""
    if len(ours) == len(theirs) and all(_alike(a.key, b.key) for a, b in zip(ours, theirs, strict=True)):
        for a, b in zip(ours, theirs, strict=True):
            yield from _letters(a.text, b.text, exact)
        return
    if ours:
        yield Piece("-", _text(ours))
    if theirs:
        yield Piece("+", _text(theirs))


def _alike(left: str, right: str) -> bool:
    return min(len(left), len(right)) > 2 and SequenceMatcher(None, left, right, autojunk=False).ratio() >= _LIKE


def _letters(typed: str, right: str, exact: bool) -> Iterator[Piece]:
    ours, theirs = _GRAPHEME.findall(typed), _GRAPHEME.findall(right)
    left, other = [_key(sign, exact) for sign in ours], [_key(sign, exact) for sign in theirs]
    for kind, a, b, c, d in SequenceMatcher(None, left, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("=", "".join(theirs[c:d]))
            continue
        if a < b:
            yield Piece("-", "".join(ours[a:b]))
        if c < d:
            yield Piece("+", "".join(theirs[c:d]))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces with the same sign one after the other as one."""
    sign = ""
    texts: list[str] = []
    for piece in pieces:
        if piece.sign != sign and texts:
            yield Piece(sign, "".join(texts))
            texts = []
        sign = piece.sign
        texts.append(piece.text)
    if texts:
        yield Piece(sign, "".join(texts))
