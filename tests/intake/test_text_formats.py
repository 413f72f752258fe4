"""CSV, TSV, JSON, Markdown and the text files of others: what goes out comes back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.errors import StudycardsError
from studycards.export import document as json_out
from studycards.export import table as table_out
from studycards.intake import document, table
from studycards.intake.apkg.markdown import Reader
from studycards.model import Kind, Written

PIECES = (*"=+-@'\"\t\n\r,;|#: aB中\u00e9\u2028", "{{c1::", "}}", "```")
SIDE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join).filter(str.strip)
TAG = st.text(st.sampled_from("abc中/-="), min_size=1, max_size=5)
BLOCK = st.builds(
    Written,
    kind=st.just(Kind.BASIC),
    front=SIDE,
    back=SIDE,
    reverse=st.booleans(),
    deck=st.sampled_from(["A::B", "=cmd|' /C calc'!A0", "中文"]),
    tags=st.lists(TAG, max_size=3).map(tuple),
    id=st.sampled_from(["", "k7f3q2m9xd"]),
)


def html(text: str) -> str:
    return Reader(lambda name: "").read(text)


@given(st.lists(BLOCK, max_size=5), st.booleans())
def test_a_table_reads_back_as_it_was(blocks: list[Written], tabs: bool) -> None:
    assert table.read(table_out.write(blocks, tabs=tabs), tabs=tabs, html=html) == blocks


@given(st.lists(BLOCK, max_size=5))
def test_a_document_reads_back_as_it_was(blocks: list[Written]) -> None:
    assert document.read(json_out.write(blocks)) == blocks


@given(BLOCK)
def test_no_cell_is_a_formula(block: Written) -> None:
    import csv
    import io

    rows = list(csv.reader(io.StringIO(table_out.write([block]), newline="")))

    assert not [cell for cell in rows[1] if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_a_file_of_tabs_is_front_and_back() -> None:
    """Q1<tab>A1"""
    blocks = table.read("Q1\tA1\nQ2\tA2\tt u\n", tabs=False, html=html)

    assert [(one.front, one.back, one.tags) for one in blocks] == [("Q1", "A1", ()), ("Q2", "A2", ("t", "u"))]


def test_a_table_with_a_head_of_its_own_is_understood() -> None:
    blocks = table.read("Answer;Question;Tags\nA;Q;x\n", tabs=False, html=html)

    assert blocks == [Written(Kind.BASIC, "Q", "A", tags=("x",))]


def test_the_notes_file_of_anki_is_understood() -> None:
    head = "#separator:tab\n#html:true\n#notetype column:1\n#deck column:2\n#tags column:5\n"
    text = head + 'Basic\tA::B\t<b>f</b>\t"b<br>c"\tx y\n'

    assert table.read(text, tabs=False, html=html) == [
        Written(Kind.BASIC, "**f**", "b\nc", deck="A::B", tags=("x", "y"))
    ]


def test_a_hole_makes_a_cloze() -> None:
    assert table.read("a {{c1::hole}}\tmore\n", tabs=True, html=html)[0].kind is Kind.CLOZE


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cards": 1}', '{"cards": [], "studycards": 9}', "[" * 100_000])
def test_a_document_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(StudycardsError, match="nothing was imported"):
        document.read(text)
