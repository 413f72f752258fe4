"""What each rule finds in Chinese notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Asks = Callable[..., list[tuple[str, str]]]

HITS = [
    ("dated-sentence", "第二次白山战争(1742)后，签订了《青石条约》。", "第二次白山战争发生在哪一年？", "1742"),
    (
        "dated-sentence",
        "第二次白山战争(1742)后，签订了《青石条约》。",
        "第二次白山战争后签订了什么条约？",
        "《青石条约》",
    ),
    ("dated-sentence", "1811 年，白山起义，山民退入林中。", "白山起义发生在哪一年？", "1811 年"),
    ("dated-sentence", "弗尔德(Charles Fold)生于1833年1月28日。", "弗尔德生于什么时候？", "1833年1月28日"),
    ("alias", "白鹭军，初名洋船队，组建于海边。", "白鹭军初名什么？", "洋船队"),
    ("alias", "## 蕃薯\n\n又叫红薯或甘薯。", "蕃薯又叫哪两个名字？", "红薯 / 甘薯"),
    (
        "is-a-kind",
        "白云、黑土、青山是三江时期北方最杰出的将军。",
        "三江时期北方最杰出的将军是哪三位？",
        "白云 / 黑土 / 青山",
    ),
    ("is-definition", "Otto是个和船锚类似的开源聊天机器人软件。", "Otto是什么？", "和船锚类似的开源聊天机器人软件"),
    (
        "bold-term",
        "- **往返时延**：从发送方开始发送到收到确认所经历的总时间",
        "往返时延指什么？",
        "从发送方开始发送到收到确认所经历的总时间",
    ),
    ("bold-term", "- **多路学习**：通过专线把数据搬到近处的机房", "多路学习指什么？", "通过专线把数据搬到近处的机房"),
    (
        "paper-of-model",
        "# 9-in-1\n\n论文：\n\n《9-in-1: Many Fires in One Net》",
        "9-in-1的论文题目是什么？",
        "9-in-1: Many Fires in One Net",
    ),
    ("role-name", "海鸥渔业公司前总裁Anna Berg搬到了山里。", "Anna Berg是谁？", "海鸥渔业公司前总裁"),
    (
        "alias",
        "首领阿卜杜·拉赫曼·萨比，也叫阿布·萨利姆，出生在山区。",
        "阿卜杜·拉赫曼·萨比也叫什么？",
        "阿布·萨利姆",
    ),
    ("made-by", "跳表由William Pugh等人提出，发表在期刊上。", "跳表由谁提出？", "William Pugh等人"),
    (
        "made-by",
        "大陆漂移说由魏格纳于1915年出版的《海陆的起源》一书中提出。",
        "提出大陆漂移说的《海陆的起源》哪一年出版？",
        "1915年",
    ),
    (
        "made-by",
        "大陆漂移说由魏格纳于1915年出版的《海陆的起源》一书中提出。",
        "大陆漂移说由魏格纳在哪本书中提出？",
        "《海陆的起源》",
    ),
    ("is-definition", "Redis是一种基于内存的键值数据库。", "Redis是什么？", "一种基于内存的键值数据库"),
    ("is-definition", "熵（entropy）是系统混乱程度的量度。", "熵（entropy）是什么？", "系统混乱程度的量度"),
    ("is-definition", "strace用来跟踪进程的系统调用。", "strace用来做什么？", "跟踪进程的系统调用"),
    (
        "heading-definition",
        "## 倒排索引\n\n倒排索引是一种从词查文档的数据结构。",
        "倒排索引是什么？",
        "一种从词查文档的数据结构",
    ),
    ("heading-definition", "## 回文\n\n是一种正读反读都一样的文字。", "回文是什么？", "一种正读反读都一样的文字"),
    ("is-a-kind", "蒙太奇是一种剪辑手法。", "蒙太奇是什么？", "一种剪辑手法"),
    ("is-a-kind", "蝙蝠属于翼手目。", "蝙蝠属于什么？", "翼手目"),
    ("is-a-kind", "热气球用的是浮力原理。", "热气球用的是什么？", "浮力原理"),
    ("abbreviation", "RPC（Remote Procedure Call）很常见。", "RPC的全称是什么？", "Remote Procedure Call"),
    ("abbreviation", "它叫Least Recently Used（LRU）。", "Least Recently Used的缩写是什么？", "LRU"),
    ("abbreviation", "## CDN\n\n内容分发网络 CDN 把内容放到离人近的地方。", "CDN的中文是什么？", "内容分发网络"),
    ("person-quote", ">Emmy Noether，1882～1935，德国数学家。", "Emmy Noether是谁？", "德国数学家"),
    ("person-quote", ">张三，1900～1980，物理学家。某某学会的创立者。", "某某学会的创立者是谁？", "张三"),
    (
        "paper-of-model",
        "# FireNet\n\n论文：\n\n《Small Networks for Big Fires》",
        "FireNet的论文题目是什么？",
        "Small Networks for Big Fires",
    ),
    (
        "paper-of-model",
        "# FireNet\n\n类似的还有IceNet。\n\n论文：\n\n《Cold Networks for Warm Days》",
        "IceNet的论文题目是什么？",
        "Cold Networks for Warm Days",
    ),
    ("count-inline", "彩虹的基色有三种：红、绿、蓝。", "彩虹的基色有哪三种？", "红 / 绿 / 蓝"),
    (
        "count-inline",
        "彩虹的基色有三种：红、绿、蓝。",
        "彩虹的基色有三种：{{c1::红}}、{{c2::绿}}、{{c3::蓝}}",
        "红 / 绿 / 蓝",
    ),
    (
        "count-inline",
        "抓包工具主要有tcpdump、Wireshark和ngrep三个命令。",
        "抓包工具主要有哪三个命令？",
        "tcpdump / Wireshark / ngrep",
    ),
    (
        "count-list",
        "天气系统主要有三类：\n\n- 气旋：低压\n- 反气旋：高压\n- 锋面：冷暖相遇",
        "天气系统主要有哪三类？",
        "气旋 / 反气旋 / 锋面",
    ),
    (
        "count-list",
        "## 三种颜料\n\n- **朱砂**：红\n- **石绿**：绿\n- **石青**：蓝",
        "三种颜料是哪三种？",
        "朱砂 / 石绿 / 石青",
    ),
    ("bold-term", "- **索引**：加快查询的数据结构\n- **视图**：虚拟的表", "索引是什么？", "加快查询的数据结构"),
    (
        "callout-term",
        '!!! note "半衰期"\n    放射性核素衰变一半所需的时间。',
        "半衰期是什么？",
        "放射性核素衰变一半所需的时间",
    ),
    (
        "heading-bullet",
        "# 延迟\n\n## 寻道延迟\n\n磁头移动到目标磁道所需要的时间，和转速无关。",
        "寻道延迟是什么？",
        "磁头移动到目标磁道所需要的时间",
    ),
    ("alias", "土豆又称马铃薯。", "土豆又称什么？", "马铃薯"),
    ("alias", "土豆又称马铃薯。", "马铃薯又称什么？", "土豆"),
    ("gloss-zh-en", "虹吸（siphon）靠的是压差。", "“虹吸”的英文是什么？", "siphon"),
    ("gloss-zh-en", "虹吸（siphon）靠的是压差。", "“siphon”的中文是什么？", "虹吸"),
    ("gloss-en-zh", "这叫做Hysteresis（迟滞）。", "“Hysteresis”的中文是什么？", "迟滞"),
    (
        "table-row",
        "| 符号 | 含义 |\n|--|--|\n| $a$ | 加速度 |\n| $v$ | 末速度 |\n| $s$ | 位移量 |",
        "$a$表示什么？",
        "加速度",
    ),
    ("code-meaning", "# 列表\n\n`ls -a`：显示隐藏的文件", "`ls -a`的作用是什么？", "显示隐藏的文件"),
    (
        "question-heading",
        "## 什么是潮汐锁定？\n\n天体自转与公转周期相同的现象。",
        "什么是潮汐锁定？",
        "天体自转与公转周期相同的现象",
    ),
    ("made-by", "Git由Linus Torvalds于2005年开发。", "Git由谁开发？", "Linus Torvalds"),
    ("made-by", "Git由Linus Torvalds于2005年开发。", "Git由Linus Torvalds于哪一年开发？", "2005年"),
    ("made-by", "Vim是Bram Moolenaar于1991年发布的编辑器。", "Vim是谁发布的？", "Bram Moolenaar"),
    ("made-by", "剑桥大学成立于1209年。", "剑桥大学成立于哪一年？", "1209年"),
    ("made-by", "根据《海峡条约》，运河归甲国管理。", "根据《海峡条约》，运河归谁管理？", "甲国"),
    (
        "timeline",
        "# 航天\n\n- 1957年：第一颗卫星上天\n- 1961年：第一人进入太空\n- 1969年：人类登上月球",
        "人类登上月球是哪一年？",
        "1969年",
    ),
    ("parts-list", "胶卷分为负片、正片和反转片。", "胶卷分为哪三种？", "负片 / 正片 / 反转片"),
    ("dated-sentence", "1453年，君士坦丁堡陷落于奥斯曼军队。", "君士坦丁堡陷落于奥斯曼军队是哪一年？", "1453年"),
    (
        "dated-sentence",
        "从青铜时代开始，锡的贸易逐渐远达海外：路很长。",
        "从什么时候开始，锡的贸易逐渐远达海外？",
        "青铜时代",
    ),
    (
        "colon-line",
        "## .tgz\n\n解开：`tar xzf a.tgz`\n\n打包：`tar czf a.tgz a`",
        "（.tgz）怎么解开？",
        "`tar xzf a.tgz`",
    ),
    (
        "colon-line",
        "# 常用工具\n\nlsof：列出打开的文件\n\nfree：查看内存的用量\n\ndf：查看磁盘的用量",
        "lsof用来做什么？",
        "列出打开的文件",
    ),
    ("respectively", "三尊分别对应甲尊Jia（狗）、乙尊Yi（鹰）。", "甲尊Jia对应什么动物？", "狗"),
    (
        "arrow",
        "甲烷 -> 最简单的有机物\n\n乙烯 -> 最简单的烯烃类\n\n乙炔 -> 最简单的炔烃类\n\n甲苯 -> 带一个甲基的苯",
        "甲烷是什么？",
        "最简单的有机物",
    ),
    ("so-called", "旬名，即是帝王登位时的名字。", "旬名是什么？", "帝王登位时的名字"),
    ("so-called", "旬名，即是帝王登位时的名字。", "帝王登位时的名字叫什么？", "旬名"),
    (
        "so-called",
        "商人把货先寄放在港口的库里，这就是所谓的保税仓。",
        "商人把货先寄放在港口的库里，这就是所谓的什么？",
        "保税仓",
    ),
    ("role-name", "渔民党前领导人Foo Bar，住在海边。", "据笔记，渔民党前领导人是谁？", "Foo Bar"),
    (
        "life-dates",
        "阿布·某某（Abu X，718年～755年）中世纪的将领。751年指挥军队渡过大河。",
        "阿布·某某的生卒年是什么？",
        "718年～755年",
    ),
    (
        "life-dates",
        "阿布·某某（Abu X，718年～755年）中世纪的将领。751年指挥军队渡过大河。",
        "阿布·某某哪一年指挥军队渡过大河？",
        "751年",
    ),
    ("attribute", "塞舌尔的面积是455平方公里。", "塞舌尔的面积是多少？", "455平方公里"),
    ("attribute", "《航海志》成书于1231年。", "《航海志》成书于哪一年？", "1231年"),
    ("attribute", "天镜湖位于两国的边境。", "天镜湖位于哪里？", "两国的边境"),
    (
        "paper-title",
        "# 风\n\n## 论文\n\n《WindNet: A Network for Gusts》",
        "WindNet的论文题目是什么？",
        "WindNet: A Network for Gusts",
    ),
    ("sum", "总成本 = 固定成本 + 可变成本", "总成本由哪两部分组成？", "固定成本 / 可变成本"),
    (
        "link-noun",
        "甲" * 40
        + "。\n\n"
        + "乙" * 40
        + "。\n\n"
        + "丙" * 40
        + "。\n\nhttps://a.example\n\nFooNet：一种轻量的图像分割网络",
        "FooNet是什么？",
        "一种轻量的图像分割网络",
    ),
    (
        "reading-list",
        "# 多任务学习\n\nhttps://a.example\n\n基于博弈的多任务框架FooMT，给任务分配权重",
        "FooMT是什么？",
        "基于博弈的多任务框架",
    ),
]


@pytest.mark.parametrize(("rule", "text", "question", "answer"), HITS)
def test_the_rule_asks_in_chinese(asks: Asks, rule: str, text: str, question: str, answer: str) -> None:
    found = asks(rule, text)

    plain = [(q.split("）", 1)[1] if q.startswith("（") and not question.startswith("（") else q, a) for q, a in found]
    assert (question, answer) in plain
