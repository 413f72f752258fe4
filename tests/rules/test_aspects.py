"""One side of a named thing, asked for; and sides of nothing named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Asks = Callable[..., list[tuple[str, str]]]

HITS = [
    ("货运的基本单位是集装箱，是整箱装卸的。", "货运的基本单位是什么？", "集装箱"),
    ("归并排序的基本思想是，先把数组分成两半再合并。", "归并排序的基本思想是什么？", "先把数组分成两半再合并"),
    ("可以看到，光合作用的本质是把光能变成化学能。", "光合作用的本质是什么？", "把光能变成化学能"),
    ("张居正的第二个成就，是推行一条鞭法。", "张居正的第二个成就是什么？", "推行一条鞭法"),
    ("Mocha本意是咖啡豆，在这里指颜色。", "Mocha本意是什么？", "咖啡豆"),
]

MISSES = [
    "这种方法的基本思想是先排序再合并。",
    "归并排序的思想是什么？",
    "归并排序的目的是这样的。",
    "它的作用是保护根部。",
    "归并排序的目标是以下几点。",
]


@pytest.mark.parametrize(("text", "question", "answer"), HITS)
def test_a_side_of_a_named_thing_is_asked(asks: Asks, text: str, question: str, answer: str) -> None:
    assert (question, answer) in asks("aspect", text)


@pytest.mark.parametrize("text", MISSES)
def test_a_side_of_nothing_named_is_left_alone(asks: Asks, text: str) -> None:
    assert asks("aspect", text) == []
