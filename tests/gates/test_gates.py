"""What each gate refuses, what it lowers, and what it lets through."""

from __future__ import annotations

import pytest

from studycards.gates import GATES
from studycards.generate import verdicts
from studycards.model import Finding, Place
from studycards.notes.page import Page
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes

SOURCE = "# 河流\n\n土豆又称马铃薯，是一种作物。估计会下雨。\n\n![](a.png)\n\n分别对应甲和乙。\n"


def page(text: str = SOURCE) -> Page:
    return Page(parse_note(read_bytes(text.encode(), "river.md")))


def finding(question: str, answer: str, **more: object) -> Finding:
    fields: dict[str, object] = {"rule": "alias", "place": Place(3, 3, ("河流",), "河流"), "term": "土豆"}
    return Finding(question=question, answer=answer, **(fields | more))  # type: ignore[arg-type]


def codes(card: Finding, on: Page | None = None) -> list[str]:
    return [verdict.code for verdict in verdicts(card, on or page()) if verdict.refuse]


def test_a_good_card_passes_every_gate() -> None:
    assert codes(finding("土豆又称什么？", "马铃薯", subject="土豆")) == []


@pytest.mark.parametrize(
    ("question", "answer", "code"),
    [
        ("土豆又称什么？", "", "debris"),
        ("**土豆**又称什么？", "马铃薯", "debris"),
        ("土豆的网址是什么？", "https://a.example", "debris"),
        ("土豆是是什么？", "马铃薯", "debris"),
        ("土豆又称什么？", "马铃薯（一种", "unbalanced"),
        ("土豆《又称什么？", "马铃薯", "unbalanced"),
        ("这种作物又称什么？", "马铃薯", "dangling-subject"),
        ("土豆又称什么？", "它的别名", "dangling-subject"),
        ("What do they call this?", "马铃薯", "dangling-subject"),
        ("图中的土豆又称什么？", "马铃薯", "dangling-subject"),
        ("土豆又称什么？", "估计会下雨", "opinion"),
        ("土豆又称什么？", "马铃薯吗？", "question-only"),
        ("土豆是否好吃？", "好吃", "yes-no"),
        ("Is it a potato?", "yes", "yes-no"),
        ("Do potatoes grow?", "they grow", "dangling-subject"),
        ("土豆又称马铃薯还是什么？", "马铃薯", "yes-no"),
        ("马铃薯又称什么？", "马铃薯", "leak"),
        ("土豆又称什么？", "马" * 61, "long-answer"),
        ("土豆" * 40 + "又称什么？", "马铃薯", "long-question"),
        ("12月3日土豆又称什么？", "马铃薯", "news"),
        ("土豆又称什么？", "红薯", "not-traceable"),
        ("玉米又称什么？", "马铃薯", "not-traceable"),
    ],
)
def test_a_gate_refuses_with_its_code(question: str, answer: str, code: str) -> None:
    assert codes(finding(question, answer)) == [code]


def test_a_subject_that_points_away_is_refused() -> None:
    assert codes(finding("该作物又称什么？", "马铃薯", subject="该作物")) == ["dangling-subject"]


@pytest.mark.parametrize("subject", ["优点", "2003年", "Example", "红色和"])
def test_a_subject_that_is_no_term_is_refused(subject: str) -> None:
    assert codes(finding(f"{subject}又称什么？", "马铃薯", subject=subject))[0] in {"not-a-term", "dangling-subject"}


def test_a_wrong_count_is_refused() -> None:
    assert codes(finding("土豆有哪三种？", "甲\n乙", listed=True, count=3)) == ["list-count"]


def test_more_than_seven_items_are_refused() -> None:
    items = "\n".join(f"第{i}项东西" for i in range(8))

    assert codes(finding("土豆有哪些？", items, listed=True)) == ["list-too-long"]


def test_steps_of_an_instruction_are_refused() -> None:
    assert codes(finding("土豆有哪两项？", "打开锅盖\n点击开关", listed=True, count=2)) == ["steps"]


def test_the_label_must_not_hold_the_answer() -> None:
    card = finding("土豆又称什么？", "马铃薯", label=True, place=Place(3, 3, ("马铃薯",), "马铃薯"))

    assert codes(card) == ["heading-gives-away"]


def test_a_key_that_the_note_repeats_is_a_template() -> None:
    note = "\n\n".join(f"## 第{c}节\n\n**工期**：{c}个月" for c in "甲乙丙")
    card = finding("工期是什么？", "甲个月", rule="bold-term", term="工期", place=Place(3, 3, ("第甲节",)))

    assert codes(card, page(note)) == ["template-key"]


def test_a_step_of_a_derivation_is_refused() -> None:
    note = "令$x=1$，则$y$是结果。\n"
    card = finding("$y$是什么？", "结果", place=Place(1, 1))

    assert codes(card, page(note)) == ["formula-cut"]


def test_half_of_the_answer_in_the_question_lowers_it() -> None:
    said = verdicts(finding("一种作物又称什么？", "种作物土豆"), page())

    assert (said[0].code, said[0].refuse) == ("half-leak", False)


def test_a_resolved_pronoun_lowers_it() -> None:
    said = verdicts(finding("土豆又称什么？", "马铃薯", resolved=True), page())

    assert [(v.code, v.penalty) for v in said] == [("resolved-pronoun", -0.5)]


def test_a_hedge_lowers_it() -> None:
    note = "土豆又称大概马铃薯。\n"
    said = verdicts(finding("土豆又称什么？", "大概马铃薯", place=Place(1, 1)), page(note))

    assert [(v.code, v.refuse) for v in said] == [("hedged", False)]


def test_every_verdict_carries_a_code_that_its_gate_names() -> None:
    named = [code for gate in GATES for code in gate.codes]

    assert len(named) == len(set(named))
    assert all(code == code.lower() and " " not in code for code in named)
