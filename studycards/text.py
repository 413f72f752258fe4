"""Folding text for comparison, and making outside text safe to show."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
# Where every branch of a regex opens with one letter, it skips at once from one of these letters to the next.
_MARKUP = re.compile(r"\*\*?\*?|~~|==(?=\S)|==(?<=\S==)|_(?<!\w_)_*|__*(?!\w)")
# Sentence punctuation that says nothing about the fact. What stays: a point between digits, operators, `#`, `+`, `!=`.
_SOFT = re.compile(
    r"\.(?<!\d\.)|\.(?!\d)|!(?!=)|-(?<=[^\W\d]-)(?=[^\W\d])|"
    + "|".join(map(re.escape, ",;:?\"'`“”‘’「」『』《》〈〉【】()[]，。、；：？！…·・–—―"))
)
_CJK = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]+")
_NO_LETTERS = re.compile(r"[\W\d_]+")


def clean(text: str) -> str:
    """Outside text made safe for a terminal: control and override characters become visible ones."""
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 32:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def fold(text: str) -> str:
    """Text as compared, never as shown: width, case, white space, sentence punctuation and light markup are gone.

    Kept are digits with their points, operators and negation, so that `x = y` and `x != y`, 3.14 and 314 differ.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = text if text.isprintable() else _ZERO_WIDTH.sub("", text)
    if "*" in text or "_" in text or "~~" in text or "==" in text:
        text = _MARKUP.sub("", text)
    text = _SOFT.sub("", text)
    return "".join(text.split()).casefold()


def trigrams(folded: str) -> frozenset[str]:
    """The three-character pieces of folded text, its ends marked."""
    padded = f"\x02{folded}\x03"
    return frozenset(padded[i : i + 3] for i in range(max(1, len(padded) - 2)))


def dice(left: str, right: str) -> float:
    """Likeness of two folded texts by their trigrams, 0..1."""
    if left == right:
        return 1.0
    a, b = trigrams(left), trigrams(right)
    return 2 * len(a & b) / (len(a) + len(b))


def is_chinese(text: str) -> bool:
    """Whether more than a fifth of the letters are Chinese characters."""
    if text.isascii():
        return False
    letters = len(_NO_LETTERS.sub("", text))
    return letters > 0 and len(text) - len(_CJK.sub("", text)) > 0.2 * letters


def has_chinese(text: str) -> bool:
    """Whether any character is Chinese."""
    return not text.isascii() and _CJK.search(text) is not None
