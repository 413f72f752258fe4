"""Odd and hostile notes: always an answer, always soon, twice the same."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.notes.note import Note
from studycards.notes.parse import parse_note
from studycards.notes.problems import CODES
from studycards.notes.reader import read_bytes

MEGABYTE = 1_000_000
# Far above what any of these takes, far below what a square would.
SECONDS = 12.0


def parsed(text: str) -> Note:
    return parse_note(read_bytes(text.encode("utf-8", "surrogatepass"), "n.md"))


PIECES = [
    *(
        "（",
        "*",
        "a ",
        "|",
        "是",
        "[",
        "`",
        "$",
        "_",
        "<",
        "(",
        "“",
        '"',
        ".",
        "。",
        "#",
        "-",
        ">",
        "1.",
        "①",
        "{",
        "\\",
        "&",
    ),
    *(
        "**a ",
        "[a](",
        "![",
        "[[a",
        "`a ``b ",
        "\\(",
        "e.g. ",
        "<a ",
        "“。",
        "A。B",
        "==a",
        "{{",
        "<a = ",
        "a\u0316\u0301",
    ),
]
LINES = [
    *(
        "```a\n\n# h\n",
        "$$\n\n# h\n",
        "<!-- \n\n# h\n",
        "> - ",
        "- a\n  ",
        "* a\n- b\n",
        "| a | b |\n|---|---|\n",
        "- [x](#a)\n",
    ),
    *(
        "**a**\n\n",
        "a\n: b\n\n",
        '!!! note "x"\n    ',
        "1. a\n\n2. b\n\nc\n\n",
        "<table>\n<tr><td>a",
        "http://a.b\n\n",
        "# a\n---\n",
    ),
]


@pytest.mark.parametrize("width", [MEGABYTE, 15_000])
@pytest.mark.parametrize("piece", ["（", "*", "a ", "|", "是"])
def test_a_megabyte_of_one_thing_is_soon_done(piece: str, width: int) -> None:
    row = piece * (width // len(piece))
    text = "\n".join([row] * max(1, MEGABYTE // len(row)))
    began = time.process_time()

    parsed(text)

    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("width", [15_000, 40])
@pytest.mark.parametrize("piece", PIECES)
def test_a_quarter_of_it_of_many_things_is_soon_done(piece: str, width: int) -> None:
    row = piece * (width // len(piece))
    text = "\n".join([row] * (MEGABYTE // 4 // (len(row) + 1) + 1))
    began = time.process_time()

    parsed(text)

    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("piece", LINES)
def test_a_quarter_megabyte_of_one_shape_is_soon_done(piece: str) -> None:
    began = time.process_time()

    parsed(piece * (MEGABYTE // 4 // len(piece)))

    assert time.process_time() - began < SECONDS


def test_four_hundred_thousand_brackets_are_soon_done() -> None:
    began = time.process_time()

    parsed("[" * 400_000)

    assert time.process_time() - began < 2


def test_deep_quotes_and_lists_and_wide_tables_are_soon_done() -> None:
    began = time.process_time()

    parsed(">" * 15_000 + "x\n" + "> " * 7_000 + "y")
    parsed("\n".join(" " * (2 * depth) + "- a" for depth in range(2_000)))
    parsed("|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + ("|" + "a|" * 5_000 + "\n") * 30)

    assert time.process_time() - began < SECONDS


MARKUP = st.lists(
    st.sampled_from(
        [
            *(
                "# ",
                "## x",
                "---",
                "- ",
                "1.",
                "2. a",
                "（1）",
                "一、",
                "> ",
                "> [!note] t",
                "```",
                "~~~",
                "$$",
                "$a$",
                "`c`",
            ),
            *(
                "<!--",
                "-->",
                "|a|b|",
                "|-|-|",
                "https://a.b",
                "![](a)",
                "[x](y)",
                "[[a|b]]",
                "**b**：",
                "**",
                ": d",
                "    i",
            ),
            *(
                '!!! note "t"',
                '=== "t"',
                "\t",
                "中文。",
                "He is. It was.",
                "它是",
                "《书》",
                "（",
                "“",
                "{{c1::a}}",
                "{%",
                "<table>",
            ),
            *(
                "<td>",
                "</table>",
                "<div>",
                "\u200b",
                "\u3000",
                "\r\n",
                "\r",
                "\n",
                "\n",
                "\n\n",
                " ",
                "\ufeff",
                "\x00",
                "\x1b[31m",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKUP)
def test_any_mixture_of_markup_gives_blocks_in_order_within_the_file(text: str) -> None:
    note = parsed(text)

    lines = [(block.line, block.end_line) for block in note.blocks]
    assert all(1 <= line <= end <= max(1, len(note.lines)) for line, end in lines)
    assert all(before[1] < after[0] for before, after in pairwise(lines))
    assert {problem.code for problem in note.problems} <= CODES
    assert parsed(text) == note


@given(MARKUP)
def test_sentences_and_items_stand_inside_their_block(text: str) -> None:
    for block in parsed(text).walk():
        assert all(block.line <= s.line <= s.end_line <= block.end_line and s.text for s in block.sentences)
        assert all(block.line <= item.line <= item.end_line <= block.end_line for item in block.items)
        assert all(block.line <= row.line <= block.end_line for row in block.rows)


@given(st.binary(max_size=600))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    assert parse_note(read_bytes(data, "n.md")) == parse_note(read_bytes(data, "n.md"))


@given(st.integers(0, 400))
def test_a_note_cut_anywhere_is_read(length: int) -> None:
    whole = (
        "---\ntitle: 埃及\n---\n# 一、法老\n\n- **名**：`a`和$b$\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "> [!note] 注\n> 文\n\n```\nx\n```\n"
    )
    data = whole.encode()[:length]

    assert {problem.code for problem in parse_note(read_bytes(data, "n.md")).problems} <= CODES


@pytest.mark.parametrize(
    "text", ["", "\n", "---\n---\n", "---\ntitle: x\n---", "|a|\n|-|", "。。，（）", "no end of line", "\ufeff"]
)
def test_small_notes_are_read(text: str) -> None:
    assert parsed(text).problems == ()


def test_the_codes_are_a_closed_list() -> None:
    expected = (
        "unreadable binary encoding encoding-damage frontmatter fence-open math-open comment-open line-huge too-large"
    )
    later = "dialect-block markup-uninvited duplicate-file"

    assert {f"note-{name}" for name in f"{expected} {later}".split()} == CODES
