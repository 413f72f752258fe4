"""Bytes to text: which encoding a note is written in, and what to say when that had to be guessed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from studycards.notes.problems import BINARY, ENCODING, ENCODING_DAMAGE

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_CONTROL_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_USUAL = re.compile("[\t\n\r -~\u00a0-\u024f\u2010-\u203a\u3000-\u303f\u3040-\u30ff\u4e00-\u9fff\uff00-\uffef]")
# A two-byte character of GB18030 with its first byte in group 1 if it is one of the 3,755 common ones (GB2312 level 1).
_DOUBLE = re.compile(
    rb"([\xb0-\xd7][\xa1-\xfe])|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]"
)
_SAMPLE = 200_000
_COMMON_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was read by. `code` and `message` name a problem at `offset` of the text, if any.

    `text` is None where the bytes are no text at all.
    """

    text: str | None
    encoding: str = ""
    bom: bool = False
    code: str = ""
    message: str = ""
    offset: int = 0


def decode(data: bytes) -> Decoded:
    """The text in some bytes; total: whatever the bytes, an answer and no exception."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _by_bom(data[len(bom) :], encoding)
    if b"\x00" in data:
        return _wide(data)
    if _is_noise(data):
        return Decoded(None, code=BINARY, message="This is not text, so it was skipped.")
    try:
        return _seen(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError as error:
        return _legacy(data, error)


def _by_bom(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    if _CONTROL_TEXT.search(text) and len(_CONTROL_TEXT.findall(text)) > len(text) // 10:
        return Decoded(None, code=BINARY, message="This is not text, so it was skipped.")
    return _seen(Decoded(text, encoding, bom=True))


def _wide(data: bytes) -> Decoded:
    """UTF-16 without a mark: most of its NUL bytes stand in odd places (or in even ones), and it reads as text."""
    odd = data[1::2].count(0)
    for encoding in ("utf-16-le", "utf-16-be") if odd * 2 >= data.count(0) else ("utf-16-be", "utf-16-le"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL_TEXT.search(text) and len(_USUAL.findall(text)) * 10 >= len(text) * 9:
            return Decoded(text, encoding, code=ENCODING, message=f"Read as {encoding.upper()}; save it as UTF-8.")
    return Decoded(None, code=BINARY, message="This holds NUL bytes and is not text, so it was skipped.")


def _is_noise(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return (len(sample) - len(sample.translate(None, _CONTROL))) * 10 > len(sample)


def _legacy(data: bytes, error: UnicodeDecodeError) -> Decoded:
    cut_at_end = error.start >= len(data) - 3 and error.reason == "unexpected end of data"
    if not cut_at_end and _looks_chinese(data):
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            return Decoded(text, "gb18030", code=ENCODING, message="Read as GB18030; save it as UTF-8.")
    return _seen(Decoded(data.decode("utf-8", "replace"), "utf-8"))


def _looks_chinese(data: bytes) -> bool:
    pairs = _DOUBLE.findall(data[:_SAMPLE])
    return bool(pairs) and sum(map(bool, pairs)) >= _COMMON_SHARE * len(pairs)


def _seen(decoded: Decoded) -> Decoded:
    """The same, with a problem if the text holds characters that could not be read."""
    text = decoded.text or ""
    at = text.find("\ufffd")
    if at < 0:
        return decoded
    message = f"{text.count(chr(0xFFFD))} characters cannot be read (shown as {chr(0xFFFD)}); save the note as UTF-8."
    return Decoded(text, decoded.encoding, decoded.bom, ENCODING_DAMAGE, message, at)
