"""A note is read into blocks with their lines."""

from __future__ import annotations

from studycards.notes.note import BlockKind
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes


def test_a_note_is_read_into_blocks_with_their_lines() -> None:
    note = parse_note(read_bytes("# 猫\n\n猫是一种动物。\n\n---\n".encode(), "cat.md"))

    assert [(block.kind, block.line) for block in note.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 3),
        (BlockKind.BREAK, 5),
    ]
