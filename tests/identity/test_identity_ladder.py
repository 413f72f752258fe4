"""Cards found again after edits, moves and renames; what is unsure is left to a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.identity import Face, content, hand_slots, match, new_id, number_holes


def face(key: str, front: str, back: str, path: str = "a.md", headings: tuple[str, ...] = ()) -> Face:
    return Face(key, front, back, path, headings, hand_slots(front, back))


def test_width_case_and_punctuation_do_not_make_another_card() -> None:
    old = face("old", "法老登基时的名字叫什么？", "尼苏毕特名")
    new = face("new", "法老登基时的名字 叫什么?", "**尼苏毕特名**。", "moved.md")

    assert match([old], [new]).same == {"new": "old"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("What is the heart?", "A pump of four chambers."), ("What is the heart?", "A muscular pump.")),
        (("Which paper introduced MMoE?", "Modeling Task"), ("Which paper brought MMoE?", "Modeling Task")),
        (("内共生起源学说由谁提出？", "马古利斯"), ("内共生学说由谁提出？", "马古利斯")),
        (("What is PLE?", "Progresive Layered Extraction"), ("What is PLE, then?", "Progressive Layered Extraction")),
    ],
)  # fmt: skip
def test_an_edited_card_is_found_again(before: tuple[str, str], after: tuple[str, str]) -> None:
    found = match([face("old", *before)], [face("new", *after)])

    assert found.same == {"new": "old"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("When did Unas die?", "2345"), ("Which year founded Rome's rival?", "2345")),
        (("x = y", "assigns"), ("x != y", "assigns")),
        (("How many layers has OSI?", "7"), ("How many layers has TCP?", "4")),
        (("What is the capital of Austria?", "Vienna"), ("What is the capital of Australia?", "Canberra")),
        (("第一王朝的建立者是谁？", "那尔迈"), ("第二王朝的建立者是谁？", "那尔迈")),
        (("Is water a metal?", "It is not"), ("Is water a metal here?", "It is")),
    ],
)
def test_another_fact_is_never_taken_for_the_same(before: tuple[str, str], after: tuple[str, str]) -> None:
    old, new = (
        Face("old", *before, "a.md", (), ()),
        Face("new", *after, "a.md", (), ()),
    )

    assert not match([old], [new]).same


def test_two_equally_like_cards_are_left_to_a_person() -> None:
    old = [face("one", "the left hand of the king", "x"), face("two", "the left hand of the ring", "x")]
    new = [face("new", "the left hand of the wing", "x", "b.md")]

    found = match(old, new)

    assert not found.same
    assert {pair[:2] for pair in found.unsure} == {("one", "new"), ("two", "new")}


def test_equal_texts_pair_with_the_nearest() -> None:
    old = [face("there", "q", "a", "b.md"), face("here", "q", "a", "a.md")]

    assert match(old, [face("new", "q", "a", "a.md")]).same == {"new": "here"}


def test_an_id_has_fifty_bits_and_steps_aside_when_taken() -> None:
    first = new_id(content("q", "a"), "n.md", set())

    assert len(first) == 10
    assert set(first) <= set("0123456789abcdefghjkmnpqrstvwxyz")
    assert first == new_id(content("q", "a"), "n.md", set())
    assert new_id(content("q", "a"), "n.md", {first}) != first
    assert new_id(content("q", "a"), "other.md", set()) != first


def test_holes_of_a_new_block_keep_their_written_numbers() -> None:
    assert number_holes({}, {1: "a", 3: "b"}) == {1: 1, 3: 3}


def test_a_hole_keeps_its_number_when_its_neighbour_goes() -> None:
    known = {1: (1, "a", False), 2: (2, "b", False)}

    assert number_holes(known, {1: "b"}) == {1: 2}


def test_a_mended_typo_keeps_the_hole_and_a_new_hole_gets_a_new_number() -> None:
    known = {1: (1, "cartuche", False), 2: (2, "serekh", True)}

    assert number_holes(known, {1: "cartouche", 2: "throne"}) == {1: 1, 2: 3}
    assert number_holes(known, {1: "cartouche", 4: "serekh"}) == {1: 1, 4: 2}


@given(st.dictionaries(st.integers(1, 9), st.text("abc", max_size=3), max_size=5), st.data())
def test_a_stable_number_is_never_given_twice(first: dict[int, str], data: st.DataObject) -> None:
    known = {stable: (written, first[written], False) for written, stable in number_holes({}, first).items()}
    later = data.draw(st.dictionaries(st.integers(1, 9), st.text("abc", max_size=3), max_size=5))

    given_now = number_holes(known, later)

    assert len(set(given_now.values())) == len(later)
    for written, stable in given_now.items():
        assert stable in known or stable > max(known, default=0) or later[written] == "" or not known
