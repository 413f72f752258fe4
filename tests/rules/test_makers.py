"""Who made a thing in the active voice, names of honour, superlatives, marks of a turn, persons as headings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Asks = Callable[..., list[tuple[str, str]]]

HITS = [
    (
        "maker",
        "1931年，冰川学家安娜·霍尔姆（Anna Holm）提出了霍尔姆定理。",
        "安娜·霍尔姆哪一年提出了霍尔姆定理？",
        "1931年",
    ),
    ("maker", "在北风会议上，雪地大学的冰川学教授Erik Holm提出了著名的SNOW理论。", "谁提出了SNOW理论？", "Erik Holm"),
    ("maker", "特奥多拉在尼科西亚创立了北风冰川学堂，学生很多。", "谁在尼科西亚创立了北风冰川学堂？", "特奥多拉"),
    ("maker", "霍尔姆（Holm）推导出一层一层求雪量的公式，即积雪公式。", "谁推导出了积雪公式？", "霍尔姆"),
    (
        "maker",
        "常见的有霍尔米乌斯（Holmius）发明的雪线仪和格拉西乌斯（Glacius）发明的冰锥仪。",
        "谁发明了冰锥仪？",
        "格拉西乌斯",
    ),
    ("maker", "《雪山志》是北地作家李雪明（Li）所著（约1900年），流传很广。", "《雪山志》的作者是谁？", "李雪明"),
    ("maker", "Erik Holm也是Glacier项目的创建者。", "Glacier项目的创建者是谁？", "Erik Holm"),
    ("maker", "Anna Holm coined the term snow line in 1931.", "Who coined the term snow line?", "Anna Holm"),
    (
        "maker",
        "Anna Holm coined the term snow line in 1931.",
        "In which year did Anna Holm coin the term snow line?",
        "1931",
    ),
    ("maker", "积雪公式最早是霍尔姆（Holm）提出的，后来才传开。", "积雪公式最早是谁提出的？", "霍尔姆"),
    (
        "maker",
        "冰川学家芬德里得（Findrid）来过这里。\n\n很多年以后，芬德里得设计了雪线仪。",
        "谁设计了雪线仪？",
        "芬德里得",
    ),
    ("superlative", "北地诞生了西方最早的冰川学校——雪原书院。", "西方最早的冰川学校是什么？", "雪原书院"),
    ("superlative", "雪岛是世界上最大的冰岛屿。", "世界上最大的冰岛屿是什么？", "雪岛"),
    (
        "superlative",
        "Snow Isle is the largest island in the northern bay.",
        "What is the largest island in the northern bay?",
        "Snow Isle",
    ),
    (
        "called",
        "1931年雪原诸部与王国打了三十年，最终雪原投降，史称冰川战争。",
        "1931年雪原诸部与王国打了三十年，最终雪原投降，史称什么？",
        "冰川战争",
    ),
    (
        "timeline",
        "- 公元前 525年，雪王占领河谷；\n- 公元前 4世纪，雪国灭亡；\n- 公元前 30年，河谷成为行省；",
        "雪国灭亡是哪个世纪？",
        "公元前 4世纪",
    ),
    (
        "landmark",
        "冰川学出现的时间，略早于雪崩学，以Erik Holm的《论冰》为标志。",
        "冰川学出现的标志是什么？",
        "Erik Holm的《论冰》",
    ),
    ("epithet", "安娜·霍尔姆被后人誉为“雪崩学之父”。", "谁被后人誉为“雪崩学之父”？", "安娜·霍尔姆"),
    ("epithet", "北风城享有“雪都”的美称。", "北风城享有什么美称？", "雪都"),
    ("epithet", "这里来过“雪崩学之父”安娜·霍尔姆，还有别人。", "“雪崩学之父”是谁？", "安娜·霍尔姆"),
    (
        "landmark",
        "一般以1931年霍尔姆发表的《论雪》作为雪崩学诞生的标志。",
        "雪崩学诞生的标志是什么？",
        "1931年霍尔姆发表的《论雪》",
    ),
    ("landmark", "霍尔姆考察队的归来是北方探险的起点。", "北方探险的起点是什么？", "霍尔姆考察队的归来"),
    (
        "heading-person",
        "# 雪原\n\n## 霍尔明\n\n雪原王国的第一位国王。\n\n他很严格。",
        "霍尔明是谁？",
        "雪原王国的第一位国王",
    ),
]

MISSES = [
    ("maker", "我们提出了一个新的方法。"),
    ("maker", "该团队发现了很多问题。"),
    ("maker", "为此，他成立了公司。"),
    ("maker", "最近的研究证明了这一理论。"),
    ("maker", "人们设计了不同的系统。"),
    ("maker", "It introduced a new bug in 1999."),
    ("maker", "They founded their own company in 1999."),
    ("epithet", "Holm of Nord，1900年～1950年，登山家，静态力学的先驱，享有“雪都”的美称。"),
    ("epithet", "这被称为“问题”。"),
    ("epithet", "请看“说明”霍尔姆考察队。"),
    ("landmark", "这是一个新的起点。"),
    ("landmark", "他以此为标志。"),
    ("heading-person", "# 北地\n\n## 霍尔明\n\n他是北地王国的国王。"),
    ("heading-person", "# 北地\n\n## 步骤\n\n先读文档。"),
]


@pytest.mark.parametrize(("rule", "text", "question", "answer"), HITS)
def test_somebody_is_asked_for_what_they_did_or_were_called(
    asks: Asks, rule: str, text: str, question: str, answer: str
) -> None:
    assert (question, answer) in asks(rule, text)


@pytest.mark.parametrize(("rule", "text"), MISSES)
def test_nobody_in_particular_is_not_asked_for(asks: Asks, rule: str, text: str) -> None:
    assert asks(rule, text) == []
