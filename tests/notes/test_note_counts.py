"""Real notes are read as counted by hand and regex: headings, links, images, table rows, breaks."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from studycards.notes.note import Block, BlockKind, Note
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_file

_ROW = re.compile(r"\| (\d\d-\S+) \|.*?\| \d+ / \d+ \| (\d+) \| (\d+) / (\d+) \| (\d+) \| (\d+) \| (\d+) \|")
_URL = re.compile(r"https?://\S+$")
_IMAGE = re.compile(r"\s*(?:!\[[^\]]*\]\([^)]*(?:\([^)]*\))?[^)]*\)\s*|<[^>]*>\s*)+$")


def expected(shared: Path) -> dict[str, tuple[int, ...]]:
    text = (shared / "notes" / "dev" / "README.md").read_text("utf-8")
    return {row[0]: tuple(map(int, row[1:])) for row in _ROW.findall(text)}


def is_url_line(block: Block) -> bool:
    return block.kind == BlockKind.LINK and any(_URL.match(line) for line in block.raw.split("\n"))


def images(note: Note) -> int:
    """Image blocks, and image lines that stand inside lists."""
    found = sum(block.kind == BlockKind.IMAGE and not block.raw.startswith("[!") for block in note.blocks)
    lines = [line for block in note.blocks if block.kind == BlockKind.LIST for line in block.raw.split("\n")]
    return found + sum(bool(_IMAGE.match(line)) and ("![" in line or "<img" in line) for line in lines)


def rows(note: Note) -> int:
    tables = [
        block for block in note.walk() if block.kind == BlockKind.TABLE and not block.raw.lstrip().startswith("<")
    ]
    return sum(block.end_line - block.line + 1 for block in tables)


def breaks(note: Note) -> int:
    """Breaks of dashes, and those right under a heading, which belong to it."""
    alone = [block for block in note.blocks if block.kind == BlockKind.BREAK and "-" in block.raw]
    under = [block for block in note.blocks if block.kind == BlockKind.HEADING and block.raw.startswith("#")]
    return len(alone) + sum("\n" in block.raw for block in under)


def taken_for_titles(note: Note) -> int:
    """Links without a title before what the count takes for one: the next link's label, the sentence after `官网：`,
    an item of the shape `2.x`.
    """
    found = 0
    for link, after in pairwise(note.blocks):
        if is_url_line(link) and not link.text:
            label = after.kind == BlockKind.LINK and after.name
            sentence = after.kind == BlockKind.PARAGRAPH and link.name
            item = after.kind == BlockKind.LIST and re.match(r"\d\.\S", after.raw)
            found += bool(label or sentence or item)
    return found


def test_real_notes_have_the_headings_links_images_rows_and_breaks_that_were_counted(shared: Path) -> None:
    wanted = expected(shared)

    found = {}
    for name in wanted:
        note = parse_note(read_file(shared / "notes" / "dev" / name))
        links = [block for block in note.blocks if is_url_line(block)]
        titled = sum(bool(block.text) for block in links) + taken_for_titles(note)
        headings = sum(block.kind == BlockKind.HEADING for block in note.walk())
        found[name] = (headings, len(links), titled, images(note), breaks(note), rows(note))

    assert len(found) == 31
    assert found == wanted


def test_no_real_note_has_a_problem(shared: Path) -> None:
    paths = [*(shared / "notes" / "dev").glob("[0-9]*"), *(shared / "seeds").glob("*.md")]

    assert [problem for path in paths for problem in parse_note(read_file(path)).problems] == []


def test_the_first_real_note_is_read_as_its_reader_sees_it(shared: Path) -> None:
    note = parse_note(read_file(shared / "seeds" / "mtl-and-middle-east.md"))
    links = [block for block in note.blocks if block.kind == BlockKind.LINK]
    topics = {block.topic for block in note.blocks if block.line >= 186}

    assert len(note.titles) == 2
    assert all(block.text for block in links)
    assert all(block.text in note.lines[block.end_line - 1] for block in links)
    assert sum(block.kind == BlockKind.BREAK for block in note.blocks) == 10
    assert len(topics) == 11
