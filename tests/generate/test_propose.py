"""From a note's text to proposals: what is found, refused, labelled, capped, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from studycards.generate import Options, propose
from studycards.model import Proposal, Status
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes


def proposals(text: str, options: Options | None = None, path: str = "notes/sea.md") -> tuple[Proposal, ...]:
    return propose(parse_note(read_bytes(text.encode(), path)), options or Options())


def written(text: str, options: Options | None = None) -> list[tuple[str, str]]:
    return [(p.question, p.answer) for p in proposals(text, options) if p.status == Status.WRITTEN]


NOTE = """---
title: 海洋
---

# 潮汐

大潮（spring tide）是朔望前后出现的潮差最大的潮汐。

潮汐分量有三种：半日潮、全日潮、混合潮。
"""


def test_the_same_note_gives_the_same_proposals_with_the_same_ids() -> None:
    assert proposals(NOTE) == proposals(NOTE)


def test_every_proposal_has_an_id_of_its_own() -> None:
    ids = [p.id for p in proposals(NOTE)]

    assert len(set(ids)) == len(ids)
    assert all(len(name) == 10 for name in ids)


def test_a_proposal_knows_its_lines_and_headings() -> None:
    found = next(p for p in proposals(NOTE) if "大潮" in p.question)

    assert (found.source.line, found.source.headings) == (7, ("潮汐",))


def test_a_list_with_its_number_is_asked_whole_and_hole_by_hole() -> None:
    found = written(NOTE)

    assert ("潮汐分量有哪三种？", "半日潮\n全日潮\n混合潮") in found
    assert any(question.count("____") == 3 for question, _ in found)


def test_a_deck_file_gives_no_proposals() -> None:
    assert proposals("---\ndeck: 海洋\n---\n\nQ: 大潮是什么？\nA: 潮汐\n") == ()


@pytest.mark.parametrize("rule", ["count-inline"])
def test_only_the_rules_asked_for_are_tried(rule: str) -> None:
    assert {p.rule for p in proposals(NOTE, Options(only=frozenset({rule})))} == {rule}


def test_a_rule_that_is_switched_off_finds_nothing() -> None:
    assert all(p.rule != "count-inline" for p in proposals(NOTE, Options(off=frozenset({"count-inline"}))))


def test_a_persons_decisions_move_a_rule_below_the_bar() -> None:
    moved = proposals(NOTE, Options(means={"count-inline": 0.2}))

    assert all(p.status == Status.REFUSED for p in moved if p.rule == "count-inline" and not p.text)


def test_a_note_of_links_gives_no_card_outside_the_reading_list() -> None:
    links = "# 参考\n\nhttps://a.example/1\n\n海洋一文读懂\n\nhttps://a.example/2\n\nFooNet：一种图像分割网络\n"

    assert proposals(links) == ()


def test_the_reading_list_can_be_switched_off() -> None:
    note = "# 多任务学习\n\nhttps://a.example/1\n\n《Learning Two Things》-多任务的起点之作\n"

    assert [p.rule for p in proposals(note)] == ["reading-list"]
    assert proposals(note, Options(reading_list=False)) == ()


def test_the_seed_gives_every_must_fact_a_card(shared: Path) -> None:
    """The seed itself is not ours to copy; it is read where it lies."""
    text = (shared / "seeds" / "mtl-and-middle-east.md").read_bytes()

    found = propose(parse_note(read_bytes(text, "mtl-and-middle-east.md")), Options())

    answers = "\n".join(p.answer for p in found if p.status == Status.WRITTEN)
    assert all(item in answers for item in ("拉之子名", "王名圈", "鳄鱼", "帕累托最优解", "L2MT", "Taskonomy"))
    assert "http" not in answers
