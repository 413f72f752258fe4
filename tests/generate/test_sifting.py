"""Which of many proposals stay: repeats, contradictions, and how many a section, a table and a note may give."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from studycards.generate import Examined, Options, examine, propose
from studycards.model import Kind, Proposal, Source, Status
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes
from studycards.sifting import (
    PER_HUNDRED_LINES,
    PER_SECTION,
    PER_TABLE,
    REASONS,
    cap,
    fold_duplicates,
    refuse_ambiguous,
)


def card(question: str, answer: str, path: str = "a.md", **more: object) -> Proposal:
    fields: dict[str, object] = {
        "rule": "alias",
        "confidence": 0.9,
        "status": Status.WRITTEN,
        "deck": "d",
        "source": Source(path, 1, 1),
        "slot": f"alias:{question}",
    }
    return Proposal("", Kind.BASIC, question, answer, **(fields | more))  # type: ignore[arg-type]


def reasons(proposals: tuple[Proposal, ...]) -> list[str]:
    return [p.reason for p in proposals]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Redis是什么？", "键值数据库"), ("Ｒｅｄｉｓ是什么?", "键值数据库。")),
        (("Redis 是什么？", "一种 KV 数据库"), ("redis是什么？", "一种kv数据库")),
        (("“大潮”是什么？", "朔望潮"), ("大潮是什么", "「朔望潮」")),
        (("What is RAM?", "memory"), ("what is ram", "Memory.")),
    ],
    ids=["width", "spacing and case", "quotes", "English case"],
)
def test_what_differs_in_width_case_space_or_punctuation_is_a_duplicate(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    folded = fold_duplicates([card(*one), card(*other, path="b.md")])

    assert reasons(folded) == ["", "duplicate"]
    assert [source.path for source in folded[0].also] == ["b.md"]


LONG = "北大西洋暖流在冬季对欧洲西部沿海的气候有什么影响？"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (LONG.replace("影响", "影响呢"), "near-duplicate"),
        (LONG.replace("有什么", "没有什么"), ""),
        (LONG.replace("冬季", "1冬季"), ""),
        (LONG.replace("欧洲西部沿海", "亚洲东部内陆"), ""),
    ],
    ids=["a word more", "negation", "number", "another fact"],
)
def test_a_question_that_is_nearly_the_same_is_one_unless_it_says_another_thing(other: str, reason: str) -> None:
    assert reasons(fold_duplicates([card(LONG, "变暖"), card(other, "变暖", path="b.md")])) == ["", reason]


def test_the_same_question_with_another_answer_is_no_duplicate() -> None:
    assert reasons(fold_duplicates([card(LONG, "变暖"), card(LONG, "变湿", path="b.md")])) == ["", ""]


def test_the_surer_of_two_stays() -> None:
    folded = fold_duplicates([card("Q?", "answer", confidence=0.8), card("Q?", "answer", confidence=0.9)])

    assert reasons(folded) == ["duplicate", ""]


def test_two_answers_to_one_question_refuse_both_but_not_what_a_person_wrote() -> None:
    both = refuse_ambiguous([card("身价多少？", "400万"), card("身价多少？", "40亿")])
    by_hand = refuse_ambiguous([card("身价多少？", "400万", slot="q:身价多少"), card("身价多少？", "40亿")])

    assert reasons(both) == ["ambiguous", "ambiguous"]
    assert reasons(by_hand) == ["", "ambiguous"]


def written(count: int, **more: object) -> list[Proposal]:
    return [card(f"Q{n}?", f"A{n}", source=Source("a.md", n + 1, n + 1, ("H",)), **more) for n in range(count)]


def capped(proposals: list[Proposal], lines: int = 1000) -> int:
    return Counter(reasons(cap(proposals, lines, lambda line: 0)))["cap"]


def test_a_section_and_a_table_give_so_many_and_no_more() -> None:
    assert capped(written(PER_SECTION + 5)) == 5
    assert capped(written(PER_TABLE + 5, rule="table-row")) == 5


def test_a_note_gives_what_its_lines_carry_and_six_at_least() -> None:
    many = PER_HUNDRED_LINES + 10
    apart = [replace(p, source=Source("a.md", n, n, (str(n),))) for n, p in enumerate(written(many))]

    assert capped(apart, lines=100) == 10
    assert capped(apart, lines=3) == many - 6


def test_both_directions_of_a_fact_count_once_and_the_reading_list_not_at_all() -> None:
    twice = [p for p in written(PER_SECTION) for _ in range(2)]

    assert capped(twice) == 0
    assert capped(written(30, tags=("reading-list",))) == 0


STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
TABLE = "# 列国\n\n| 国家 | 都城 |\n|---|---|\n" + "".join(
    f"| {stem}蒂亚 | {other}加港 |\n" for stem, other in zip(STEMS, reversed(STEMS), strict=True)
)


def test_a_long_table_of_a_note_stops_at_twenty_rows() -> None:
    made = propose(parse_note(read_bytes((TABLE + "\n一行。\n" * 200).encode(), "n.md")), Options(min_confidence=0.1))

    lines = {p.source.line for p in made if p.status is Status.WRITTEN and p.rule == "table-row"}
    assert len(lines) == PER_TABLE


def test_every_reason_beside_the_gates_has_words() -> None:
    note = "# 山\n\n土豆又称马铃薯。\n\n土豆又称马铃薯。\n"
    found: tuple[Examined, ...] = examine(parse_note(read_bytes(note.encode(), "n.md")), Options())

    assert any(one.proposal.reason == "duplicate" and one.reason == REASONS["duplicate"] for one in found)
    assert all(" " in words for words in REASONS.values())
