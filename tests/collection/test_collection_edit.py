"""Editing a card in its deck file."""

from __future__ import annotations

import pytest
from collection_desk import Desk

from studycards.collection.editing import is_other_fact, sides_of
from studycards.errors import StudycardsError
from studycards.model import Card
from studycards.store import intents
from studycards.store.opening import writing

DECK = (
    "Q: one\nA: first\n\nprose\n\n"
    "Q: two\nA: second\nR:\nT: x\n<!-- card: k7f3q2m9xd · n.md:3 · alias -->\n\n"
    "C: a {{c1::hole}}\n"
)


def card(desk: Desk, front: str) -> Card:
    return next(card for card in desk.collection.cards() if card.front == front)


@pytest.mark.parametrize("front", ["one", "two", "second"])
def test_an_edit_changes_only_the_cards_own_lines(desk: Desk, front: str) -> None:
    path = desk.write("a.md", DECK)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    desk.look()
    before, old = desk.ids(), card(desk, front)
    text = path.read_bytes().decode()
    question, answer = sides_of(old)

    desk.collection.edit(old, (question, f"{answer} and\n\nmore of it"), desk.now)

    new = path.read_bytes().decode()
    assert new == text.replace(f"A: {answer}\r\n", f"A: {answer} and\r\n\r\n  more of it\r\n")
    assert desk.collection.cards()
    assert not desk.look().changes
    assert set(desk.ids().values()) == set(before.values())
    assert desk.collection.earlier(old)[-1][1:] == (question, answer)


def test_an_edit_that_rewrites_a_hand_written_card_keeps_its_id(desk: Desk) -> None:
    desk.write("a.md", DECK)
    desk.look()
    old = card(desk, "one")

    desk.collection.edit(old, ("an entirely other question?", "with nothing in common"), desk.now)

    assert not desk.look().changes
    assert desk.ids()["an entirely other question?"] == old.id


def test_a_file_that_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    desk.write("a.md", DECK)
    desk.look()
    old = card(desk, "two")
    path = desk.write("a.md", DECK.replace("second", "changed elsewhere"))
    before = path.read_bytes()

    with pytest.raises(StudycardsError, match="changed there meanwhile"):
        desk.collection.edit(old, ("two", "mine"), desk.now)

    assert path.read_bytes() == before
    assert not desk.collection.drafts(desk.now)


@pytest.mark.parametrize("sides", [("", "x"), ("two", " ")])
def test_what_could_not_be_a_card_is_refused(desk: Desk, sides: tuple[str, str]) -> None:
    path = desk.write("a.md", DECK)
    desk.look()
    before = path.read_bytes()

    with pytest.raises(StudycardsError, match="This cannot be a card"):
        desk.collection.edit(card(desk, "two"), sides, desk.now)

    assert path.read_bytes() == before


@pytest.mark.parametrize("written", [True, False])
def test_a_cut_off_edit_is_brought_to_its_end_or_offered_again(desk: Desk, written: bool) -> None:
    path = desk.write("a.md", DECK)
    desk.look()
    old = card(desk, "one")
    with writing(desk.db):
        intents.begin(desk.db, str(path), old.block, (("one", "first"), ("wholly other", "words here")), 1)
    if written:
        path.write_text(path.read_text().replace("Q: one\nA: first", "Q: wholly other\nA: words here"))

    changes = desk.look().changes
    drafts = desk.collection.drafts(desk.now)

    assert not changes
    assert [draft.after for draft in drafts] == ([] if written else [("wholly other", "words here")])
    if written:
        assert desk.ids()["wholly other"] == old.id


def test_an_answer_changed_by_more_than_half_may_be_another_fact() -> None:
    assert is_other_fact(("q", "a palace front"), ("q", "the two ladies"))
    assert not is_other_fact(("q", "a palace front"), ("other q", "the palace front"))
