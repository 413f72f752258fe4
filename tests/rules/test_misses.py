"""What looks like a rule's shape and is none: the traps of real notes, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Asks = Callable[..., list[tuple[str, str]]]

MISSES = [
    ("is-definition", "GPU虽然是一种处理器，但不适合分支。"),
    ("is-definition", "Foo是非常重要的一个技巧。"),
    ("is-definition", "它是一种键值数据库。"),
    ("is-definition", "Foo不是一种数据库。"),
    ("is-definition", "Foo是什么？"),
    ("heading-definition", "## 优点\n\n优点是一种很模糊的说法，如下："),
    ("is-a-kind", "这种方法是一种剪辑手法。"),
    ("is-a-kind", "上图是一种网络结构。"),
    ("is-a-kind", "我们是一个团队。"),
    ("is-a-kind", "原来问题就是一种误会。"),
    ("abbreviation", "它很快（Very Nice Thing）。"),
    ("abbreviation", "PLE（多任务）很好用。"),
    ("abbreviation", "Li, J., & Wang, Q. (2010). A thing (AT). In Proceedings of the Things (POT)."),
    ("person-quote", ">张三说，今天，天气很好。"),
    ("person-quote", ">生活，1900年以后，变好了，对吗？"),
    ("paper-of-model", "# 参考\n\n论文：\n\n《A Paper Without Any Model》"),
    ("paper-of-model", "# 唐诗\n\n《静夜思》"),
    ("count-inline", "他有三种选择：逃跑、投降。"),
    ("count-inline", "下面进入正题，有三点：甲乙、丙丁、戊己。"),
    ("count-inline", "前两幅画各有一种颜色，后两幅挂在门厅里。"),
    ("count-inline", "滤波法是用相邻点之间的距离、以及边缘点之间的距离来近似两个图像之间的差异。"),
    ("count-inline", "There are 3 colours in it: red, green, blue."),
    ("count-list", "步骤有三步：\n\n- 打开\n- 点击\n- 关闭"),
    ("count-list", "有四类：\n\n- 气旋\n- 锋面"),
    ("bold-term", "- **优点**：速度很快\n- **缺点**：内存很大"),
    ("bold-term", "**注意**：不要这样写"),
    ("callout", "> [!note]\n> 这里有一段话。"),
    ("callout", '!!! tip "提示"\n    多喝热水。'),
    ("heading-bullet", "# 课程\n\n## Course Goals\n- Practical introduction to the field"),
    ("heading-bullet", "# 网络\n\n## FooNet\n\n《A Network of Foos for Bars》"),
    ("alias", "这也叫做一种进步。"),
    ("alias", "我们又称之为奇迹。"),
    ("gloss-zh-en", "他将旧领域(domain)的模型拿来用。"),
    ("gloss-zh-en", "处理速度很快（10KB per second）。"),
    ("gloss-en-zh", "代码见GitHub（官方）。"),
    ("table-row", "| P | Q | 与 |\n|--|--|--|\n| 甲真 | 0 | 0 |\n| 乙真 | 1 | 0 |\n| 丙真 | 1 | 1 |"),
    ("table-row", "| 站 | 人数 |\n|--|--|\n| 甲站 | 100 |\n| 乙站 | 200 |\n| 丙站 | 300 |"),
    ("code-meaning", "`x = 1`：`y = 2`"),
    ("question-answer", "## 为什么？\n\n因为风大。"),
    ("question-answer", "## 你去吗？\n\n明天早上就出发去海边。"),
    ("question-answer", "- What is **silt**?\n  - Is it mud?"),
    ("made-by", "成功是由多种因素于长期造成的。"),
    ("made-by", "它由张三于1999年提出。"),
    ("timeline", "- 1937年：2艘，2000吨\n- 1938年：14艘，2万吨\n- 1939年：29艘，1万吨"),
    ("timeline", "- 1957年：第一颗卫星上天"),
    ("parts-list", "费用包括运费、税费等。"),
    ("parts-list", "这个过程分为准备和执行。"),
    ("dated-sentence", "2003年，他去了海边看日出。"),
    ("dated-sentence", "2003年左右，大学宿舍的兄弟们用集线器联网。"),
    ("colon-line", "# 杂谈\n\n张三：今天吃什么\n\n李四：随便吃点\n\n张三：那就面条"),
    ("respectively", "下面分别是两张图。"),
    ("arrow", "A -> B"),
    ("so-called", "天气不好，即便如此也要出门。"),
    ("so-called", "我们等了很久，这就是原因。"),
    ("role-name", "他建立大使关系，很快成功。"),
    ("role-name", "公司的首富之一，就在这里。"),
    ("life-dates", "今年（2020年～2021年）我去了很多地方，不错。"),
    ("attribute", "他花了3天时间。"),
    ("attribute", "苹果卖了100元。"),
    ("paper-title", "# 诗\n\n《静夜思》"),
    ("sum", "y = a + b"),
    ("link-noun", "https://a.example\n\nFooNet：一种图像分割网络"),
    ("reading-list", "# 多任务学习\n\nhttps://a.example\n\n如何利用多任务学习提升模型性能？"),
    ("reading-list", "# 别的\n\nhttps://a.example\n\n《Learning Two Things》-多任务的起点"),
    ("en-is-a", "It is a great tool."),
    ("en-is-a", "If this is a problem, ask."),
    ("en-is-a", "This is a lock that only one thread can hold."),
    ("en-is-a", "Pod refers to a pod of whales or pea pod."),
    ("made-by", "The cake was eaten by the dog in the kitchen."),
    ("parts-list", "This consists of many small parts and so on."),
    ("count-inline", "There are 3 goats: Bill, Bob."),
    ("alias", "It is also called when the file is closed."),
]


@pytest.mark.parametrize(("rule", "text"), MISSES)
def test_the_rule_finds_nothing(asks: Asks, rule: str, text: str) -> None:
    assert asks(rule, text) == []
