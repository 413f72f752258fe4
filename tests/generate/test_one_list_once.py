"""One list of a note is asked once, however many rules find it."""

from __future__ import annotations

from studycards.generate import Options, propose
from studycards.model import Status
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes


def test_a_list_found_in_two_ways_is_asked_once() -> None:
    note = "# 水泵\n\n水泵的状态有三种：停机、运转、检修。\n\n水泵有以下几种状态：\n\n- 停机\n- 运转\n- 检修\n"
    found = propose(parse_note(read_bytes(note.encode(), "pump.md")), Options())
    asked = [p for p in found if p.answer == "停机\n运转\n检修" and not p.text and p.status != Status.REFUSED]

    assert len(asked) == 1
