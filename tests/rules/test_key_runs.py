"""Runs of short keys with what each does or is, under a line that announces them."""

from __future__ import annotations

from collections.abc import Callable

Asks = Callable[..., list[tuple[str, str]]]

ENGLISH = """Parts of a clock:

- mainspring: stores energy
- escapement: releases the wheels tooth by tooth
- balance wheel: keep the beat (with the hairspring)
- dial
"""

CHINESE = """# 钟表

- 发条：一种储存能量的弹簧
- 摆轮：一种来回摆动的轮子
- 表盘：一种刻有数字的圆板
"""


def test_what_each_thing_of_an_announced_list_does_is_asked(asks: Asks) -> None:
    found = asks("colon-line", ENGLISH.replace("stores", "store").replace("Parts of a clock", "Clockwork"))
    assert ("(Clockwork) What does mainspring do?", "store energy") in found
    assert ("(Clockwork) What does escapement do?", "releases the wheels tooth by tooth") in found
    assert ("(Clockwork) What does balance wheel do?", "keep the beat") in found
    assert len(found) == 3


def test_a_plural_key_does_in_the_plural(asks: Asks) -> None:
    text = "Clockwork\n\n- gears: transmit force\n- apparatus: move the hands\n- springs: store energy\n"
    found = asks("colon-line", text)
    assert ("(Clockwork) What do springs do?", "store energy") in found
    assert ("(Clockwork) What does apparatus do?", "move the hands") in found


def test_chinese_keys_with_a_kind_are_asked_for_their_meaning(asks: Asks) -> None:
    assert ("（钟表）摆轮是什么？", "一种来回摆动的轮子") in asks("colon-line", CHINESE)


def test_brands_numbers_links_and_remarks_are_no_meanings(asks: Asks) -> None:
    for values in (
        ("甲、乙、丙", "丁、戊、己", "庚、辛、壬"),
        ("1999 kg of sugar", "2001 kg of salt", "2003 kg of flour"),
        ("https://a.example/x", "https://b.example/y", "https://c.example/z"),
        ("very nice", "not so nice", "bad"),
        ("where is it?", "who made it?", "how of all things?"),
    ):
        listed = "".join(f"- {key}: {value}\n" for key, value in zip(("Foo", "Bar", "Baz"), values, strict=True))
        assert asks("colon-line", f"Things\n\n{listed}") == []


def test_two_lines_are_no_run(asks: Asks) -> None:
    assert asks("colon-line", "Clockwork\n\n- spring: store energy\n- gear: transmit force\n") == []
