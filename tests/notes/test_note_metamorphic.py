"""What nobody sees in a note changes nothing of what is read from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studycards.notes.note import Block, Item, Note
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes

NOTE = """---
title: 古埃及
tags: [egypt]
---

# 一、法老的名衔

法老（Pharaoh）有五个名：荷鲁斯名，两女神名。它们写在王名圈里。

1.荷鲁斯名

2.两女神名

- **Serekh**：a frame with a falcon
  - nested `code` and $x$

| Name | Meaning |
| ---- | ------- |
| Ra   | sun     |

> Ramses II，公元前1303年，法老。

https://example.org/egypt

A title

---

该书成书于1279年。He ruled. It fell.
"""


def read(data: bytes) -> Note:
    return parse_note(read_bytes(data, "n.md"))


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def mixed(text: str) -> bytes:
    rows = text.split("\n")
    return "".join(row + ("\r\n", "\n", "\r")[index % 3] for index, row in enumerate(rows[:-1])).encode()


CHANGES: dict[str, Callable[[str], bytes]] = {
    "BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "CRLF": crlf,
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "mixed line ends": mixed,
    "UTF-16": lambda text: text.encode("utf-16"),
    "GB18030": lambda text: text.encode("gb18030"),
    "zero-width characters": lambda text: text.replace("法老", "\u200b法\u200d老\ufeff").encode(),
    "no-break spaces": lambda text: text.replace("a frame", "a\u00a0frame").encode(),
    "trailing blanks": lambda text: text.replace("名\n", "名 \t\n").encode(),
    "no final line end": lambda text: text.rstrip("\n").encode(),
    "blank lines at the end": lambda text: (text + "\n\n\n").encode(),
    "decomposed letters": lambda text: text.encode(),
}


def plain(block: Block) -> Block:
    """The block without the source text it was read from."""
    items = tuple(map(bare, block.items))
    return block._replace(raw="", items=items, body=tuple(map(plain, block.body)))


def bare(item: Item) -> Item:
    return item._replace(raw="", children=tuple(map(bare, item.children)))


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_not_seen_changes_no_block(name: str) -> None:
    before, after = read(NOTE.encode()), read(CHANGES[name](NOTE))

    assert [plain(block) for block in after.blocks] == [plain(block) for block in before.blocks]
    assert (after.title, after.tags, after.masks) == (before.title, before.tags, before.masks)


def test_blank_lines_more_between_blocks_move_lines_and_change_no_text() -> None:
    before, after = read(NOTE.encode()), read(NOTE.replace("\n\n1.", "\n\n\n\n1.").encode())

    assert [(block.kind, block.text) for block in after.blocks] == [(block.kind, block.text) for block in before.blocks]


def test_the_same_bytes_give_the_same_note() -> None:
    assert read(NOTE.encode()) == read(NOTE.encode())
