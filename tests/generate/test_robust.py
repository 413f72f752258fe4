"""Hostile and oddly written notes: no error, no hang, and the same cards however the text is wrapped."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studycards.generate import Options, propose
from studycards.model import Proposal, Status
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes
from studycards.sifting import fold_duplicates, refuse_ambiguous

NOTE = """# 潮汐

大潮（spring tide）是朔望前后出现的潮差最大的潮汐。

潮汐分量有三种：半日潮、全日潮、混合潮。

RPC（Remote Procedure Call）与潮汐无关。

土豆又称马铃薯。
"""


def proposals(data: bytes) -> tuple[Proposal, ...]:
    return propose(parse_note(read_bytes(data, "notes/sea.md")), Options())


def essence(data: bytes) -> list[tuple[str, str, str, str]]:
    return [(p.id, p.question, p.answer, str(p.status)) for p in proposals(data)]


@pytest.mark.parametrize(
    "changed",
    [
        "\ufeff" + NOTE,
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("是", "是\u200b"),
        NOTE.replace("。\n", "。   \n"),
        NOTE.replace("\n\n", "\n\n\n\n"),
        NOTE.rstrip("\n"),
    ],
    ids=["byte order mark", "carriage returns", "zero width", "trailing blanks", "blank lines", "no last newline"],
)
def test_how_a_note_is_typed_changes_no_card_and_no_id(changed: str) -> None:
    assert essence(changed.encode()) == essence(NOTE.encode())


@pytest.mark.parametrize(
    "unit",
    ["（", "*", "a ", "|", "是", "，", "甲、", "1年", "A-", "《", "`", "$", "第一", "主席", "a is b ", "五个", "："],
)
def test_a_long_line_of_one_thing_gives_no_card(unit: str) -> None:
    assert [p for p in proposals((unit * 4000).encode()) if p.status == Status.WRITTEN] == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="#*-|（）()《》是有五个：、，。\n 甲乙ABab1`$年又称", max_size=300))
def test_any_text_gives_the_same_proposals_twice(text: str) -> None:
    assert proposals(text.encode()) == proposals(text.encode())


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_proposals_without_an_error(data: bytes) -> None:
    proposals(data)


def test_the_same_card_of_two_notes_is_kept_once_and_remembers_both() -> None:
    one = propose(parse_note(read_bytes(NOTE.encode(), "a.md")), Options())
    two = propose(parse_note(read_bytes(NOTE.encode(), "b.md")), Options())

    folded = fold_duplicates((*one, *two))

    written = [p for p in folded if p.status == Status.WRITTEN]
    assert {p.source.path for p in written} == {"a.md"}
    assert all([s.path for s in p.also] == ["b.md"] for p in written)


def test_one_question_with_two_answers_is_refused_for_both() -> None:
    note = "# 山\n\n土豆又称马铃薯。\n\n# 海\n\n土豆又称洋芋。\n"
    found = [p for p in proposals(note.encode()) if p.question.endswith("土豆又称什么？")]

    assert {p.question for p in found} == {"（山）土豆又称什么？", "（海）土豆又称什么？"}
    same = refuse_ambiguous([*found[:1], *(p for p in found[:1])])
    assert [p.status for p in same] == [p.status for p in [found[0], found[0]]]


def test_a_note_gives_no_more_than_its_lines_carry() -> None:
    names = [f"Tool{chr(65 + i % 20)}{chr(97 + i // 20)}{chr(98 + i % 20)}" for i in range(40)]
    note = "\n".join(f"{name}是一种第{i}号排序算法。" for i, name in enumerate(names))
    note = note.replace("\n", "\n\n")

    written = [p for p in proposals(note.encode()) if p.status == Status.WRITTEN]

    assert 6 <= len({p.source.line for p in written}) <= 20
