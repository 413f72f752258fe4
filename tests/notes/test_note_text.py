"""Inline markup goes, what a reader reads stays, code and formulas stay whole."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.notes.inline import clean, joined, leading_bold
from studycards.notes.normalise import normalise, source_column
from studycards.notes.note import CODE, MATH, TOKEN, Note
from studycards.notes.tokens import Tokens


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("**bold** and *thin* and __under__ and _line_", "bold and thin and under and line"),
        ("***both***, ~~gone~~, ==marked==", "both, gone, marked"),
        ("这是*强调*的，也是**重点**。", "这是强调的，也是重点。"),
        ("2*3*4 and snake_case_name and a * b", "2*3*4 and snake_case_name and a * b"),
        ('[text](https://x.org/a_(b) "t") and [ref][1]', "text and ref"),
        ("![alt](a.png) after", " after"),
        ("[![badge](b.svg)](https://x.org)", ""),
        ("[[Deadlock#Hold and Wait|the second]] [[Process (进程)]] [[A#B]]", "the second Process (进程) B"),
        ("fact[^1] and [Nature, 2020]", "fact and [Nature, 2020]"),
        ("a<br>b <b>c</b> <img src='x'> d < e > f", "a b c d < e > f"),
        ("if a<b and c>d", "if a<b and c>d"),
        ("&lt;tag&gt; &amp; R&D", "<tag> & R&D"),
        ("a&nbsp;b&#10;c&#xF0000;d&emsp;e&bogus;", "a b cd e&bogus;"),
        (r"\*not bold\* and 1\. and C:\\", "*not bold* and 1. and C:\\"),
        ("x {{ site.url }} {% raw %}y{% endraw %} z{:.note}", "x y z"),
        ("“引号”与《书名》（注）", "“引号”与《书名》（注）"),
        ("<https://x.org> seen", " seen"),
        ("photo [🔊](https://x.org/a.mp3) word", "photo word"),
        ("**a **b** c", "a b** c"),
        ("plain", "plain"),
    ],
)
def test_markup_is_taken_off(raw: str, read: str) -> None:
    assert clean(raw) == read


@given(st.text(alphabet="ab 中。*_~=[]()<>!&{}\\^#`$|\n", max_size=120))
def test_cleaning_keeps_the_number_of_lines_unless_markup_spans_them(text: str) -> None:
    assert clean(text).count("\n") <= text.count("\n")
    assert clean("word") == "word"


def test_soft_breaks_close_without_a_space_in_chinese_and_with_one_in_english() -> None:
    assert joined("尼罗河\n每年泛滥 ") == "尼罗河每年泛滥"
    assert joined("the Nile\n  floods") == "the Nile floods"
    assert joined("河 Nile\n泛滥") == "河 Nile 泛滥"


@pytest.mark.parametrize(
    ("raw", "bold"),
    [
        ("**Term**：meaning", "Term"),
        ("**Term：** meaning", "Term"),
        ("__Term__ x", "Term"),
        ("a **b**", ""),
        ("**", ""),
        ("plain", ""),
    ],
)
def test_the_bold_phrase_that_opens_a_text_is_known(raw: str, bold: str) -> None:
    assert leading_bold(raw) == bold


def test_code_and_formulas_become_one_character_each_and_come_back_whole() -> None:
    tokens = Tokens()
    raw = r"用`a.b，c`和$x。y$以及$$E=mc^2$$、\(z\)、``a`b``，再用`a.b，c`。"

    hidden = tokens.hide(raw)

    assert len(hidden) == len("用1和1以及1、1、1，再用1。")
    assert tokens.restore(hidden) == raw
    assert len(tokens.masks) == 5


@pytest.mark.parametrize(
    "raw", ["costs $5 and $6", "$100，到$200", "run $HOME/bin:$PATH", "a ` b", r"\$x\$", "$ x $", "`"]
)
def test_money_shells_and_lone_marks_are_no_formulas(raw: str) -> None:
    assert Tokens().hide(raw) == raw


def test_what_kind_of_span_a_character_stands_for_can_be_told() -> None:
    tokens = Tokens()
    hidden = tokens.hide("`c` $m$")

    assert [chr(ord(part[0])) <= CODE[-1] for part in hidden.split()] == [True, False]
    assert hidden.split()[1] >= MATH[0]


def test_texts_carry_opaque_characters_and_headings_do_not(note: Note) -> None:
    """
    # `git log`

    `git log` shows **$n$ commits**.
    """
    heading, paragraph = note.blocks

    assert heading.label == "`git log`"
    assert TOKEN.match(paragraph.text)
    assert note.restore(paragraph.text) == "`git log` shows $n$ commits."


def test_opaque_characters_of_the_note_itself_are_not_taken_for_ours() -> None:
    assert normalise("a\U000f0001b\U00100002") == "a\ufffdb\ufffd"


def test_a_line_is_made_even_and_its_columns_are_found_again() -> None:
    raw = "\u200b　e\u0301t\u00a0é"

    assert normalise(raw) == " ét é"
    assert [source_column(raw, column) for column in range(5)] == [1, 2, 4, 5, 6]


def test_a_pile_of_combining_marks_is_cut_down() -> None:
    pile = "a" + "\u0316\u0301" * 200_000

    assert len(normalise(pile)) < 40


@given(st.text(max_size=120))
def test_made_even_twice_is_made_even_once(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once
    assert once.count("\n") == text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert unicodedata.is_normalized("NFC", once)
