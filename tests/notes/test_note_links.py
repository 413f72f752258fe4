"""A URL, the label before it and the title after it are one block; the paragraph after that is prose again."""

from __future__ import annotations

import pytest

from studycards.notes.note import BlockKind, Note
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes


def test_a_url_takes_the_title_under_it_and_no_more(note: Note) -> None:
    """
    https://example.org/a

    A title，一个标题

    这是正文。

    https://example.org/b
    Title without a gap
    """
    assert [(block.kind.value, block.text, block.line, block.end_line) for block in note.blocks] == [
        ("link", "A title，一个标题", 1, 3),
        ("paragraph", "这是正文。", 5, 5),
        ("link", "Title without a gap", 7, 8),
    ]


def test_a_label_before_a_url_belongs_to_it(note: Note) -> None:
    """
    它有官方网站。

    官网：

    https://example.org

    参考：

    https://example.com

    标题
    """
    links = [block for block in note.blocks if block.kind == BlockKind.LINK]

    assert [(block.name, block.text, block.line, block.end_line) for block in links] == [
        ("官网", "", 3, 5),
        ("参考", "标题", 7, 11),
    ]
    assert note.blocks[0].text == "它有官方网站。"


@pytest.mark.parametrize(
    "after",
    [
        "# Head",
        "---",
        "https://example.com",
        "![](a.png)",
        "- item",
        "1.项目",
        "> quote",
        "```\nx\n```",
        "|a|b|\n|-|-|\n|1|2|",
    ],
)
def test_what_is_no_line_of_text_is_no_title(after: str) -> None:
    note = parse_note(read_bytes(f"https://example.org\n\n{after}\n".encode(), "n.md"))

    assert note.blocks[0].text == ""


def test_two_blank_lines_part_a_url_from_the_text(note: Note) -> None:
    """
    https://example.org


    Prose.
    """
    assert [block.kind.value for block in note.blocks] == ["link", "paragraph"]


def test_a_markdown_link_alone_on_a_line_is_a_link(note: Note) -> None:
    """
    [The Nile](https://example.org/a_(b) "t")

    See [the Nile](https://example.org) here.
    """
    assert [(block.kind.value, block.url, block.text) for block in note.blocks] == [
        ("link", "https://example.org/a_(b)", "The Nile"),
        ("paragraph", "", "See the Nile here."),
    ]


def test_a_title_of_several_lines_leaves_the_rest_as_prose(note: Note) -> None:
    """
    https://example.org
    Title
    First sentence of the text.
    """
    assert [(block.kind.value, block.text) for block in note.blocks] == [
        ("link", "Title"),
        ("paragraph", "First sentence of the text."),
    ]


def test_a_sentence_after_a_labelled_url_is_prose(note: Note) -> None:
    """
    官网：

    https://example.org

    它支持多种算法。

    参考：

    https://example.com

    它是怎么工作的，一篇文章讲清楚。
    """
    assert [(block.kind.value, block.text) for block in note.blocks] == [
        ("link", ""),
        ("paragraph", "它支持多种算法。"),
        ("link", "它是怎么工作的，一篇文章讲清楚。"),
    ]
