"""What is described first and named last, in both languages, and what only looks so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Asks = Callable[..., list[tuple[str, str]]]

HITS = [
    ("# 河流\n\n相邻流域之间的高地被称为**分水岭**。", "（河流）相邻流域之间的高地叫什么？", "分水岭"),
    ("# 河流\n\n相邻流域之间的高地被称为**分水岭**。", "（河流）分水岭是什么？", "相邻流域之间的高地"),
    ("# 图论\n\n边数等于k的路称为k阶路，不含回路的连通图称为树形图。", "（图论）不含回路的连通图叫什么？", "树形图"),
    ("# 管道\n\n$$K_r$$被称为阻力系数。", "（管道）$$K_r$$叫什么？", "阻力系数"),
    ("# 图论\n\n任意两点之间都有路可走，则称为**连通图**。", "（图论）任意两点之间都有路可走，则称为什么？", "连通图"),
    ("# 叶子\n\n叶片被一种叫做**角质层**的蜡膜所覆盖。", "（叶子）叶片被一种叫做什么的蜡膜所覆盖？", "角质层"),
    ("# 矩阵\n\n加法推广到分块矩阵，即所谓张量积。", "加法推广到分块矩阵，即所谓什么？", "张量积"),
    (
        "# Heat\n\nThe loss of heat through a wall is called **transmission**.",
        "What is the loss of heat through a wall called?",
        "transmission",
    ),
    (
        "# Heat\n\nThe loss of heat through a wall is called **transmission**.",
        "(Heat) What is transmission?",
        "The loss of heat through a wall",
    ),
    (
        "# Frogs\n\nWhen a frog sleeps in winter, the state is called torpor.",
        "When a frog sleeps in winter, what is the state called?",
        "torpor",
    ),
    (
        "# Cells\n\nThe leaf is covered by a wax layer called the **cuticle**.",
        "(Cells) The leaf is covered by a wax layer called what?",
        "cuticle",
    ),
]

MISSES = [
    "# 法律\n\n这一天被称为“节水日”。",
    "# 法律\n\n上式也被称作柯西不等式。",
    "# 模型\n\nFOO模型全称为移动平均模型。",
    "# 网络\n\n因此，它采用了一种叫做Hashing的技术。",
    "# 函数\n\n公式1被称为函数的**展开式**。",
    "# 诗\n\n哪些诗可以称为名作？",
    "# Notes\n\nEven if attention is called to the sound, nobody hears it.",
    "# Notes\n\nThis is called **magic**.",
    "# Notes\n\nThe result is called magic.",
]


@pytest.mark.parametrize(("text", "question", "answer"), HITS)
def test_a_thing_that_is_described_before_it_is_named_is_asked(
    asks: Asks, text: str, question: str, answer: str
) -> None:
    assert (question, answer) in asks("called", text)


@pytest.mark.parametrize("text", MISSES)
def test_what_points_away_or_names_nothing_is_left_alone(asks: Asks, text: str) -> None:
    assert asks("called", text) == []
