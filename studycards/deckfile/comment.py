"""The comment under a card: `<!-- card: id · source · rule -->`."""

from __future__ import annotations

import re

from studycards.model import Source

Made = tuple[str, Source | None, str]
NOTHING: Made = ("", None, "")

_ID = re.compile(r"[A-Za-z0-9_]{1,64}")
_PLACE = re.compile(r"(.*):(\d{1,9})")
_RULE = re.compile(r"[A-Za-z0-9_-]{1,64}")
# What a path cannot show as it is: the comment's own marks, control and override characters, half surrogates.
_HIDE = re.compile("%(?=[0-9A-Fa-f]{2})|[·<>\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]|^\\s|\\s$")
_HIDDEN = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def read_comment(text: str) -> Made | None:
    """Id, source and rule of a comment's text; None if it names no id."""
    parts = [part.strip() for part in text.split("·")]
    if not _ID.fullmatch(parts[0]):
        return None
    source = None
    rule = ""
    for part in parts[1:]:
        place = _PLACE.fullmatch(part)
        if place and source is None:
            source = Source(_show(place[1]), int(place[2]), int(place[2]))
        elif _RULE.fullmatch(part):
            rule = part
    return parts[0], source, rule


def write_comment(identity: str, source: Source | None, rule: str) -> str:
    """The comment that reads back as these; the empty text without an id."""
    if not identity:
        return ""
    place = f"{_HIDE.sub(_escape, source.path)}:{source.line}" if source else ""
    return f"<!-- card: {' · '.join(part for part in (identity, place, rule) if part)} -->"


def _escape(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def _show(path: str) -> str:
    return _HIDDEN.sub(_unescape, path)


def _unescape(match: re.Match[str]) -> str:
    try:
        return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return match[0]
