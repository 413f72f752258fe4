"""A file's text as a note: normalised, masked, cut into blocks and sentences, with what its front matter says."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from studycards.model import Problem
from studycards.notes.blocks import Builder
from studycards.notes.dialects import Found, find_explicit
from studycards.notes.normalise import normalise
from studycards.notes.note import Note
from studycards.notes.options import read_options
from studycards.notes.problems import in_order
from studycards.notes.reader import FileText


def parse_note(file: FileText) -> Note:
    """The note in a file's text; total: what cannot be understood is text, and what is wrong is a problem."""
    lines = normalise(file.text).split("\n")
    if lines and not lines[-1]:
        lines.pop()
    options = read_options(file.front, file.path)
    builder = Builder(file.path)
    idle = file.is_deck or options.ignored or file.unreadable
    start = file.first_line - 1
    blocks = () if idle else builder.blocks(lines[start:], file.first_line)
    explicit = Found() if idle else find_explicit(lines[start:], file.first_line, file.path, options.dialects)
    title = _title(file.front)
    problems: list[Problem] = [*file.problems, *options.problems, *builder.problems, *explicit.problems]
    return Note(
        path=file.path,
        title=title or PurePath(file.path).stem,
        titled=bool(title),
        tags=options.tags,
        deck=options.deck,
        blocks=blocks,
        lines=tuple(lines),
        problems=in_order(problems),
        dialects=options.dialects,
        titles=tuple(builder.titles),
        ignored=options.ignored,
        is_deck=file.is_deck,
        digest=file.digest,
        masks=builder.tokens.masks,
        explicit=explicit.cards,
        first_line=file.first_line,
    )


def _title(front: dict[str, Any]) -> str:
    title = front.get("title")
    return " ".join(normalise(title).split()) if isinstance(title, str) else ""
