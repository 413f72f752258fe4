"""Full names said in a line or a word, and makers named behind 归功于 and 由…提供."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Asks = Callable[..., list[tuple[str, str]]]

HITS = [
    (
        "abbreviation",
        "# 天气\n\nWRF模型全称为天气研究预报模型，用于预报。",
        "WRF模型的全称是什么？",
        "天气研究预报模型",
    ),
    (
        "abbreviation",
        "# 天气\n\nautoregressive snow layering, ASL\n\n雪层会变化，也会在春天融化，一层一层地变薄。",
        "（天气）ASL的全称是什么？",
        "autoregressive snow layering",
    ),
    (
        "abbreviation",
        "# 天气\n\nwotd：word of the day。\n\n每天一词。",
        "（天气）wotd的全称是什么？",
        "word of the day",
    ),
    ("made-by", "跳表算法归功于Pugh和Munro。", "跳表算法归功于谁？", "Pugh和Munro"),
    ("made-by", "剧院的灯光主要由北风电气公司提供。", "剧院的灯光由谁提供？", "北风电气公司"),
]

MISSES = [
    ("abbreviation", "# Lists\n\nsee: some nice examples\n"),
    ("abbreviation", "# Lists\n\nHello dear Anna, ASAP\n"),
    ("made-by", "这些成绩归功于大家的努力。"),
    ("made-by", "它由各种不同的公司提供。"),
]


@pytest.mark.parametrize(("rule", "text", "question", "answer"), HITS)
def test_a_full_name_or_a_maker_is_asked(asks: Asks, rule: str, text: str, question: str, answer: str) -> None:
    assert (question, answer) in asks(rule, text)


@pytest.mark.parametrize(("rule", "text"), MISSES)
def test_a_line_without_a_name_is_left_alone(asks: Asks, rule: str, text: str) -> None:
    assert asks(rule, text) == []
