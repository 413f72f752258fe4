"""Lists of the sides of a thing, and tables asked from the side that names things."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Asks = Callable[..., list[tuple[str, str]]]

LISTS = [
    ("水泵有以下几种状态：\n\n- 停机\n- 运转\n- 检修", "水泵有哪三种状态？", "停机 / 运转 / 检修"),
    (
        "木船的优点有：\n\n1.造价不高。多数村子造得起。\n\n2.容易修补。",
        "木船的优点有哪两个？",
        "造价不高 / 容易修补",
    ),
    ("## 灯塔\n\n### 缺点\n\n- 费油\n- 怕雾", "灯塔的缺点有哪两个？", "费油 / 怕雾"),
    (
        "## Advantages of sailing\n\n- no fuel\n- little noise\n- low cost",
        "What are the 3 advantages of sailing?",
        "no fuel / little noise / low cost",
    ),
    (
        "Windmills have the following parts:\n\n- Sails: catch the wind\n- Shaft: turns the stones",
        "What are the 2 parts of Windmills?",
        "Sails / Shaft",
    ),
]

NO_LISTS = [
    "下面是几张图：\n\n- 甲\n- 乙",
    "这个方法的优点有：\n\n- 快\n- 省",
    "灯塔的缺点有：\n\n- 你觉得呢？\n- 难道不是吗？",
    "## Notes\n\n- one\n- two",
]

TABLES = [
    ("| 船 | 材料 | 母港 |\n|--|--|--|\n| 海燕号 | 橡木 | 青浦 |\n| 白鲸号 | 钢板 | 南沙 |", []),
    (
        "| 船 | 用途 | 建造者 |\n|--|--|--|\n| 海燕号 | 捕鱼 | 张三 |\n| 白鲸号 | 载客 | 李四 |",
        [("海燕号的用途是什么？", "捕鱼"), ("海燕号的建造者是谁？", "张三")],
    ),
    (
        "| 特性 | 木船 | 钢船 |\n|--|--|--|\n| 造价 | 低 廉 | 昂贵 |\n| 寿命 | 二十年 | 四十年 |",
        [("木船在造价方面有什么特点？", "低 廉"), ("钢船在寿命方面有什么特点？", "四十年")],
    ),
    (
        "| Feature | Sail | Steam |\n|--|--|--|\n| speed | six knots | ten knots |\n| crew | many hands | few hands |",
        [("What is the speed of Sail?", "six knots")],
    ),
    (
        "| Command | Description |\n|--|--|\n| `tow` | pull a boat |\n| `moor` | tie a boat up |",
        [("What does `tow` do?", "pull a boat")],
    ),
]


@pytest.mark.parametrize(("text", "question", "answer"), LISTS)
def test_a_list_of_the_sides_of_a_thing_is_asked_with_its_number(
    asks: Asks, text: str, question: str, answer: str
) -> None:
    assert (question, answer) in asks("side-list", text)


@pytest.mark.parametrize("text", NO_LISTS)
def test_a_list_of_nothing_named_is_left_alone(asks: Asks, text: str) -> None:
    assert asks("side-list", text) == []


@pytest.mark.parametrize(("text", "cards"), TABLES)
def test_a_table_is_asked_by_the_thing_and_its_side(asks: Asks, text: str, cards: list[tuple[str, str]]) -> None:
    found = asks("table-row", text)
    for card in cards:
        assert card in found


def test_a_table_whose_columns_come_twice_is_data(asks: Asks) -> None:
    text = "| 车号 | 货物 | 车号 | 货物 |\n|--|--|--|--|\n| 甲车 | 煤炭 | 丙车 | 盐 |\n| 乙车 | 木材 | 丁车 | 铁矿 |"

    assert asks("table-row", text) == []


def test_a_former_office_is_asked_only_of_a_body_with_one_known_person(asks: Asks) -> None:
    alone = asks("role-name", "渔民党前领导人Foo Bar，住在海边。")
    several = asks("role-name", "渔民党前领导人Foo Bar，住在海边。\n\n渔民党主席Ann Bee，住在山里。")

    assert ("据笔记，渔民党前领导人是谁？", "Foo Bar") in alone
    assert all("Foo Bar" not in answer and "Foo Bar" not in question for question, answer in several)


def test_sections_of_a_glossary_are_asked_and_who_made_their_things(asks: Asks) -> None:
    sections = {
        "Tide illusion": "People see the moon where the water was. First described by Ann Bee in 1956, a sailor.",
        "Harbor effect": "Ships move slower near land than charts say. Coined by Carl Dee in 1971.",
        "Rope bias": "Preferring the longer line to the stronger one.",
        "Anchor error": "Letting go before the ship has stopped.",
    }
    text = "# Sea\n\n" + "\n\n".join(f"### {term}\n\n{said}" for term, said in sections.items())

    assert ("(Sea) What is the Harbor effect?", "Ships move slower near land than charts say") in asks(
        "heading-bullet", text
    )
    made = asks("made-by", text)
    assert ("Who coined the Harbor effect?", "Carl Dee") in made
    assert ("In which year was the Tide illusion first described?", "1956") in made


def test_neighbours_nested_under_a_key_are_asked_under_that_key(asks: Asks) -> None:
    text = (
        "## Rigging\n\n- Mast: a pole that carries the sails\n  - truck: the part of the pole at its very end\n"
        "  - spreader: the bar that keeps the ropes apart\n- Stay: a rope that holds the mast"
    )

    assert ("(Mast) What is truck?", "the part of the pole at its very end") in asks("colon-line", text)


def test_a_date_in_bold_asks_when(asks: Asks) -> None:
    assert ("When was Harbor Town founded?", "814 BCE") in asks("bold-term", "- **814 BCE**: Harbor Town is founded")


def test_a_gloss_behind_a_naming_verb_keeps_only_the_name(asks: Asks) -> None:
    assert ("“潮差”的英文是什么？", "tidal range") in asks("gloss-zh-en", "这种高度之差通常被称作潮差（tidal range）。")
    assert asks("gloss-zh-en", "参见如下公式计算潮差（tidal range）。") == []
