"""Note text made even before anything looks at it, line for line, with the way back to source columns."""

from __future__ import annotations

import re
import unicodedata

from studycards.notes.note import TOKEN

# Marks that nobody sees, and blanks that are no space to a regex. Tabs stay: they indent.
_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff\u180e"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x0b\x0c\x1c-\x1f\x85"
_ASCII_BLANKS = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x1f", " "))
_ODD = re.compile(f"[{_ZERO_WIDTH}{_BLANKS}]")
# Wider than the combining marks themselves, but quick: only long runs are looked at one by one.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u08ff\u093c-\u1dff\u20d0-\u20ff\u2cef-\u2dff\u302a-\u302f\u3099\u309a"
    "\ua66f-\uabff\ufb1e\ufe20-\ufe2f\ud800-\udfff"
)
_LONG_MARKS = re.compile(f"[{_MARKS}]{{33,}}")
_LONG_FAR_MARKS = re.compile("[^\u0000-\u02ff\u2000-\u20cf\u3000-\u3029\u3030-\u3098\u309b-\ua66e]{33,}")
_MARK = re.compile(f"[{_MARKS}]")
_MAX_MARKS = 30


def normalise(text: str) -> str:
    """LF line ends, no zero-width characters, plain spaces, NFC. The number of lines stays as it is."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text.translate(_ASCII_BLANKS) if any(chr(blank) in text for blank in _ASCII_BLANKS) else text
    if _ODD.search(text):
        text = _ODD.sub(_even, text)
    if _MARK.search(text):
        text = _LONG_MARKS.sub(_thin, text)
    if len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):
        text = _LONG_FAR_MARKS.sub(_thin, TOKEN.sub("\ufffd", text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def source_column(raw: str, column: int) -> int:
    """Where in a raw source line the character stands that has `column` in the normalised one; both from 0."""
    for index in range(len(raw)):
        if len(normalise(raw[: index + 1])) > column:
            return index
    return len(raw)


def _even(found: re.Match[str]) -> str:
    return "" if found[0] in _ZERO_WIDTH else " "


def _thin(found: re.Match[str]) -> str:
    """A pile of combining marks cut down: putting thousands of them in order takes quadratic time."""
    kept: list[str] = []
    marks = 0
    for character in found[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)
