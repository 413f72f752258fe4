"""Bold terms on a line of their own, made-by answers that define nothing, words that only look like a conjunction."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studycards.grammar import split_list

Asks = Callable[..., list[tuple[str, str]]]

GLOSSARY = """# 冰川学

**积雪**

落下后没有融化的雪。

**冰舌**

冰川末端伸出的狭长部分。

**雪线**

每年积雪不再融化的最低高度。
"""


def test_bold_lines_with_a_short_paragraph_below_are_asked(asks: Asks) -> None:
    assert asks("bold-line", GLOSSARY) == [
        ("积雪是什么？", "落下后没有融化的雪"),
        ("冰舌是什么？", "冰川末端伸出的狭长部分"),
        ("雪线是什么？", "每年积雪不再融化的最低高度"),
    ]


def test_bold_lines_between_other_text_are_asked_too(asks: Asks) -> None:
    apart = GLOSSARY.replace("**冰舌**", "## 冰川的形状\n\n**冰舌**").replace("**雪线**", "## 高度\n\n**雪线**")

    assert len(asks("bold-line", apart)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "**积雪**\n\n落下后没有融化的雪。\n\n文字。\n\n**冰舌**\n\n冰川末端的部分。",
        GLOSSARY.replace("落下后没有融化的雪", "例如昨天的雪").replace("冰川末端伸出的狭长部分", "我们明天再说"),
        GLOSSARY.replace("。", "："),
    ],
)
def test_one_or_two_of_them_or_remarks_are_left_alone(asks: Asks, text: str) -> None:
    assert asks("bold-line", text) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("heading-definition", "# 雪\n\n## SnowFlow\n\nSnowFlow是北风大学2014年的作品。"),
        ("is-definition", "SnowFlow（雪流）是Anna Holm发起的项目。"),
        ("is-definition", "SnowFlow（雪流）是IceFlow的升级版。"),
        ("is-definition", "雪线（snow line）是一条位于山腰处，积雪不化的线。"),
        ("person-quote", ">Anna Holm，1882～1935，北风大学学士，后成为该校校长。"),
    ],
)
def test_who_made_it_a_version_or_half_a_sentence_is_no_definition(asks: Asks, rule: str, text: str) -> None:
    assert asks(rule, text) == []


def test_a_common_first_name_is_not_worth_a_card_unasked() -> None:
    from studycards.generate import Options, propose
    from studycards.model import Status
    from studycards.notes.parse import parse_note
    from studycards.notes.reader import read_bytes

    found = propose(parse_note(read_bytes("圣人Joseph（约瑟夫）来过。".encode(), "n.md")), Options())

    assert all(p.status != Status.WRITTEN for p in found)


def test_a_conjunction_inside_a_word_does_not_part_a_list() -> None:
    assert split_list("单目标跟踪和多目标跟踪") == ("单目标跟踪", "多目标跟踪")
    assert split_list("雪、冰跟水") == ("雪", "冰", "水")
