"""What a piece of text is taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.clauses import copula, definition
from studycards.grammar import (
    initials_match,
    is_balanced,
    is_dangling,
    is_noun_phrase,
    is_term,
    number,
    split_list,
    trim,
)


@pytest.mark.parametrize("text", ["上皮组织", "有理数", "不等式", "那不勒斯", "该隐", "方法论", "No Preemption"])
def test_a_cue_inside_a_word_is_no_cue(text: str) -> None:
    assert not is_dangling(text)


@pytest.mark.parametrize(
    "text", ["上述方法", "不是", "该书", "其中一个", "第二类", "方法是", "This", "the following", "It"]
)
def test_a_pointing_subject_dangles(text: str) -> None:
    assert is_dangling(text)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("XMPP", "Extensible Messaging Presence Protocol"),
        ("LZMA", "Lempel-Ziv-Markov chain-Algorithm"),
        ("DTFT", "Discrete-time Fourier transform"),
        ("RNNs", "Recurrent Neural Networks"),
    ],
)
def test_letters_start_words_or_hyphen_parts(short: str, full: str) -> None:
    assert initials_match(short, full)


@pytest.mark.parametrize(("short", "full"), [("ABC", "Very Nice Thing"), ("GAN", "a thing"), ("PPT", "slides")])
def test_other_letters_are_no_abbreviation(short: str, full: str) -> None:
    assert not initials_match(short, full)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("A、B和C", ("A", "B", "C")),
        ("红，橙，黄", ("红", "橙", "黄")),
        ("A, B, and C", ("A", "B", "C")),
        ("甲（一、二）、乙", ("甲（一、二）", "乙")),
    ],
)
def test_a_list_is_split_outside_brackets(text: str, items: tuple[str, ...]) -> None:
    assert split_list(text) == items


@pytest.mark.parametrize(("text", "value"), [("五", 5), ("十二", 12), ("两", 2), ("7", 7), ("four", 4), ("很多", 0)])
def test_numbers_are_read(text: str, value: int) -> None:
    assert number(text) == value


def test_the_copula_is_cut_outside_brackets() -> None:
    assert copula("熵（不是热量）是一种量度") == ("熵（不是热量）", "一种量度")
    assert copula("他也是一种人") is None


@pytest.mark.parametrize("rest", ["不好的", "非常重要的技巧", "由张三写的", "最常用的方法", "好的"])
def test_an_opinion_or_an_adjective_defines_nothing(rest: str) -> None:
    assert definition(rest) == ""


def test_a_definition_stops_where_it_runs_on() -> None:
    assert definition("一种丢掉了叶绿体的原生生物，但是它还在") == "一种丢掉了叶绿体的原生生物"


def test_an_answer_loses_its_copula_and_its_full_stop() -> None:
    assert trim("即是法老的名字。") == "法老的名字"
    assert trim("即使如此") == "即使如此"


def test_a_noun_phrase_has_no_verb() -> None:
    assert is_noun_phrase("生物分类学的基本单位")
    assert not is_noun_phrase("我们发现了它")
    assert not is_term("优点")


@given(st.text(alphabet="（）()《》“”[]`a是，", max_size=60))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    is_balanced(text)
    is_term(text)
    split_list(text)
    copula(text)
    definition(text)
    trim(text)
