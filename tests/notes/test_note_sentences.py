"""Sentences end at final marks outside brackets and quotes, and at line breaks that were meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.notes.note import Note
from studycards.notes.sentences import split


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲是乙。丙是丁！为什么？戊；己", ["甲是乙。", "丙是丁！", "为什么？", "戊；", "己"]),
        ("One is. Two is! Three? Four", ["One is.", "Two is!", "Three?", "Four"]),
        ("See e.g. Smith et al. Later it ended.", ["See e.g. Smith et al. Later it ended."]),
        ("Fig. 3 and vs. B, i.e. cats. Next.", ["Fig. 3 and vs. B, i.e. cats.", "Next."]),
        ("J. R. R. Tolkien wrote. He died.", ["J. R. R. Tolkien wrote.", "He died."]),
        ("Pi is 3.14 or so. v1.2 too.", ["Pi is 3.14 or so. v1.2 too."]),
        ("It is (really. Yes.) so. End", ["It is (really. Yes.) so.", "End"]),
        ("他（张三。李四）来了。走了", ["他（张三。李四）来了。", "走了"]),
        ("《是。吗？》写于。完", ["《是。吗？》写于。", "完"]),
        ("他说：“走吧。”然后走了。", ["他说：“走吧。”", "然后走了。"]),
        ("所谓“走吧。”，就是走。", ["所谓“走吧。”，就是走。"]),
        ("开括号（没有关。下一句。", ["开括号（没有关。", "下一句。"]),
        ("罗伯特.福琼来了。", ["罗伯特.福琼来了。"]),
        ("真的！！是吗？？", ["真的！！", "是吗？？"]),
        ("等等……然后", ["等等……然后"]),
        ("1. First", ["1. First"]),
        ("", []),
        ("。", ["。"]),
    ],
)
def test_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_wrapped_lines_are_one_sentence_and_deliberate_ones_are_not() -> None:
    wrapped = (
        "The Nile is the longest river of Africa and it\nfloods every year in summer when the rains of\nEthiopia fall"
    )
    meant = "History: the Nile flooded Egypt every year in summer\nUse: water\nLength: long"

    assert len(cut(wrapped)) == 1
    assert cut(meant) == ["History: the Nile flooded Egypt every year in summer", "Use: water", "Length: long"]


def test_a_sentence_knows_its_lines(note: Note) -> None:
    """
    # A

    The Nile floods every year
    in summer. It brings mud.
    End.
    """
    assert [(s.text, s.line, s.end_line, s.first) for s in note.blocks[1].sentences] == [
        ("The Nile floods every year in summer.", 3, 4, True),
        ("It brings mud.", 4, 4, False),
        ("End.", 5, 5, False),
    ]


def test_a_code_span_hides_its_full_stops(note: Note) -> None:
    """
    用`a。b`来做。然后
    """
    assert [note.restore(s.text) for s in note.blocks[0].sentences] == ["用`a。b`来做。", "然后"]


def test_bold_openings_of_sentences_are_known(note: Note) -> None:
    """
    Intro.
    **Maat** is order.
    """
    assert [s.bold for s in note.blocks[0].sentences] == ["", "Maat"]


@given(st.text(alphabet='a是。！？.!? \n（）()“”"《》;；A,，', max_size=80))
def test_nothing_but_blanks_is_lost_between_sentences(text: str) -> None:
    spans = split(text)
    rest = list(text)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
        rest[start:end] = [" "] * (end - start)

    assert "".join(rest).strip() == ""
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "The hindbrain keeps the heart going\nThe forebrain decides and remembers things",
            ["The hindbrain keeps the heart going", "The forebrain decides and remembers things"],
        ),
        (
            "This king took the name of the\nGolden Falcon and kept it for life.",
            ["This king took the name of the\nGolden Falcon and kept it for life."],
        ),
        ("a note on the\nGolden Falcon name", ["a note on the\nGolden Falcon name"]),
    ],
)
def test_jotted_lines_without_a_mark_are_sentences_of_their_own(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences
