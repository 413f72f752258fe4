"""Changing a deck file's text so that nothing but the meant block differs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studycards.deckfile.entry import Entry
from studycards.deckfile.write import write_entry

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def append(text: str, entries: Sequence[Entry]) -> str:
    """The file's text with blocks added at its end, a blank line before each; line breaks as in the file."""
    newline = _newline(text)
    added = "\n".join(write_entry(entry) for entry in entries)
    if not added:
        return text
    gap = ""
    if text:
        ended = text.endswith(("\n", "\r"))
        gap = "" if re.search(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\Z", text) else newline
        gap = gap if ended else newline + newline
    return text + gap + added.replace("\n", newline)


def replace(text: str, entry: Entry, new: Entry) -> str:
    """The file's text with the lines of `entry` (as parsed from it) saying `new`; every other byte stays."""
    return _put(text, entry, write_entry(new))


def remove(text: str, entry: Entry) -> str:
    """The file's text without the lines of `entry` and the blank line after them."""
    lines = _LINE.findall(text)
    end = entry.end_line
    if end < len(lines) and not lines[end].strip():
        end += 1
    return "".join(lines[: entry.line - 1] + lines[end:])


def _put(text: str, entry: Entry, written: str) -> str:
    lines = _LINE.findall(text)
    last = lines[entry.end_line - 1]
    ending = last[len(last.rstrip("\r\n")) :]
    body = written.rstrip("\n").replace("\n", _newline(text))
    return "".join([*lines[: entry.line - 1], body + ending, *lines[entry.end_line :]])


def _newline(text: str) -> str:
    """The line break that most lines of the file have."""
    pairs = text.count("\r\n")
    singles = text.count("\n") - pairs
    olds = text.count("\r") - pairs
    return max((("\n", singles), ("\r\n", pairs), ("\r", olds)), key=lambda found: found[1])[0]
