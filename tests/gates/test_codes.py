"""Every code that a gate can give: a card that gets it, and one like it that does not."""

from __future__ import annotations

import pytest

from studycards.gates import BY_HAND, GATES
from studycards.generate import verdicts
from studycards.model import Finding, Place
from studycards.notes.page import Page
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes

Case = tuple[str, str, str, dict[str, object]]  # note, question, answer, what else the finding says
PLANT = "# 作物\n\n土豆又称马铃薯，是一种作物。\n"
TRUTH = "| 名称 | 稳定 |\n|---|---|\n| 冒泡 | 是的 |\n| 快速 | 否 |\n| 归并 | 是 |\n"
DATA = "| 年份 | 人口 |\n|---|---|\n| 甲市 | 1200 |\n| 乙市 | 34.5 |\n| 丙市 | 很多 |\n"
KINGS = "| 国王 | 生年 |\n|---|---|\n| 甲王 | 1200年 |\n| 乙王 | 1234年 |\n"
DIARY = "10月7日，土豆丰收。\n\n10月8日，土豆减产。\n\n10月9日，土豆又称马铃薯。\n"
THREE = {"listed": True, "count": 3}


def case(note: str, question: str, answer: str, **more: object) -> Case:
    return note, question, answer, more


POTATO = case(PLANT, "土豆又称什么？", "马铃薯", subject="土豆")
# Code → what gets it, and what nearly gets it and does not.
CASES: dict[str, tuple[Case, Case]] = {
    "debris": (case(PLANT, "土豆又称什么？", "马铃薯 **"), POTATO),
    "unbalanced": (case(PLANT, "土豆又称什么？", "（马铃薯", line=3), case(PLANT, "土豆（作物）又称什么？", "马铃薯")),
    "formula-cut": (
        case("面积是$a+b$。", "面积是什么？", "a+"),
        case("面积是$a+b$。", "面积是什么？", "$a+b$", term="$a$"),
    ),
    "code-cut": (
        case("列出文件用`ls -l`。", "列出文件用什么？", "ls"),
        case("列出文件用`ls -l`。", "列出文件用什么？", "`ls -l`"),
    ),
    "formula-answer": (
        case("面积是$a+b$。", "面积是什么？", "$a+b$"),
        case("面积是$a+b$米。", "面积是什么？", "$a+b$米"),
    ),
    "dangling-subject": (case(PLANT, "它又称什么？", "马铃薯", subject="它"), POTATO),
    "resolved-pronoun": (case(PLANT, "土豆又称什么？", "马铃薯", resolved=True), POTATO),
    "image-subject": (
        case("![](a.png)\n\n分别对应甲和乙。", "分别对应什么？", "甲和乙", after_image=True),
        case("甲和乙分别对应红和绿。", "甲和乙分别对应什么？", "红和绿"),
    ),
    "under-image": (
        case("![](a.png)\n\n土豆又称马铃薯。", "土豆又称什么？", "马铃薯", after_image=True),
        case("![](a.png)\n\n土豆又称马铃薯。", "土豆又称什么？", "马铃薯", after_image=True, subject="土豆"),
    ),
    "not-a-term": (case(PLANT, "2003年又称什么？", "马铃薯", subject="2003年"), POTATO),
    "opinion": (case("我觉得土豆又称马铃薯。", "土豆又称什么？", "马铃薯"), POTATO),
    "hearsay": (case("据说土豆又称马铃薯。", "土豆又称什么？", "马铃薯"), POTATO),
    "hedged": (case("土豆大概又称马铃薯。", "土豆大概又称什么？", "马铃薯"), POTATO),
    "question-only": (case(PLANT, "土豆又称什么？", "马铃薯吗？"), POTATO),
    "yes-no": (case(PLANT, "土豆是否一种作物？", "一种作物"), POTATO),
    "leak": (case(PLANT, "马铃薯又称什么？", "马铃薯"), POTATO),
    "half-leak": (case("海洋潮汐表又称潮汐历书。", "海洋潮汐又称什么？", "潮汐历"), POTATO),
    "heading-gives-away": (
        case("# 马铃薯\n\n土豆又称马铃薯。", "土豆又称什么？", "马铃薯", label=True, heading="马铃薯"),
        case("# 作物\n\n土豆又称马铃薯。", "土豆又称什么？", "马铃薯", label=True, heading="作物"),
    ),
    "long-answer": (case("土豆又称" + "马铃薯" * 21, "土豆又称什么？", "马铃薯" * 21), POTATO),
    "longish-answer": (case("土豆又称" + "马铃薯" * 14, "土豆又称什么？", "马铃薯" * 14), POTATO),
    "long-question": (case("土豆" * 40 + "又称马铃薯。", "土豆" * 40 + "又称什么？", "马铃薯"), POTATO),
    "list-too-long": (
        case("色有八种：" + "、".join("赤橙黄绿青蓝紫白"), "色有哪八种？", "\n".join("赤橙黄绿青蓝紫白"), listed=True),
        case("色有三种：红色、绿色、蓝色。", "色有哪三种？", "红色\n绿色\n蓝色", **THREE),
    ),
    "list-long": (
        case("色有六种：赤、橙、黄、绿、青、蓝。", "色有哪六种？", "\n".join("赤橙黄绿青蓝"), listed=True, count=6),
        case("色有三种：红色、绿色、蓝色。", "色有哪三种？", "红色\n绿色\n蓝色", **THREE),
    ),
    "list-count": (
        case("色有三种：红色、绿色。", "色有哪三种？", "红色\n绿色", **THREE),
        case("色有三种：红色、绿色、蓝色。", "色有哪三种？", "红色\n绿色\n蓝色", **THREE),
    ),
    "template-key": (
        case("定义1：土豆又称马铃薯。", "定义1是什么？", "土豆又称马铃薯", rule="bold-term", term="定义1"),
        case("定义域：土豆又称马铃薯。", "定义域是什么？", "土豆又称马铃薯", rule="bold-term", term="定义域"),
    ),
    "truth-table": (
        case(TRUTH, "冒泡的稳定是什么？", "是的", rule="table-row"),
        case(KINGS, "甲王的生年是什么？", "1200年", rule="table-row"),
    ),
    "data-table": (
        case(DATA, "甲市的人口是什么？", "1200", rule="table-row"),
        case(KINGS, "甲王的生年是什么？", "1200年", rule="table-row"),
    ),
    "steps": (
        case("做法有两项：打开锅盖、点击开关。", "做法有哪两项？", "打开锅盖\n点击开关", listed=True, count=2),
        case("锅有两项：锅盖、开关。", "锅有哪两项？", "锅盖\n开关", listed=True, count=2),
    ),
    "news": (
        case("12月3日土豆又称马铃薯。", "12月3日土豆又称什么？", "马铃薯"),
        case("1953年12月3日土豆又称马铃薯。", "1953年12月3日土豆又称什么？", "马铃薯"),
    ),
    "dated": (
        case(DIARY, "土豆又称什么？", "马铃薯", line=5),
        case(DIARY.partition("\n\n")[2], "土豆又称什么？", "马铃薯", line=3),
    ),
    "not-traceable": (case(PLANT, "土豆又称什么？", "红薯", line=3), POTATO),
}


def codes(given: Case) -> dict[str, str]:
    """What the gates say of a case: code and reason."""
    note, question, answer, more = given
    page = Page(parse_note(read_bytes(note.encode(), "n.md")))
    rest = dict(more)
    lines = (number for number, text in enumerate(page.note.lines, 1) if answer.splitlines()[0][:3] in text)
    line = int(str(rest.pop("line", 0))) or next(lines)
    heading = str(rest.pop("heading", "作物"))
    place = Place(line, line, (heading,), heading, topic=page.topic_of(line))
    if rest.pop("after_image", False):
        place = Place(line, line, after_image=True)
    finding = Finding(
        **{"rule": "alias", "term": "土豆", "place": place, "question": question, "answer": answer} | rest
    )  # type: ignore[arg-type]
    return {verdict.code: verdict.why for verdict in verdicts(finding, page)}


def test_every_code_has_its_cases() -> None:
    assert set(CASES) == {code for gate in (*GATES, *BY_HAND) for code in gate.codes}


@pytest.mark.parametrize("code", CASES)
def test_the_code_is_given_with_a_reason_and_not_where_it_does_not_belong(code: str) -> None:
    hit, miss = CASES[code]

    reason = codes(hit)[code]

    assert " " in reason
    assert code not in codes(miss)
