"""What becomes of proposals the first time, the second time, and when files stand in the way."""

from __future__ import annotations

import pytest
from inbox_desk import InboxDesk

from studycards.errors import StudycardsError
from studycards.store import proposals

FACTS = ("# Kings", "serekh: a palace front", "cartouche: an oval ring", "nebty: the two ladies")


def test_confident_proposals_are_written_with_their_source(desk: InboxDesk) -> None:
    desk.note("n.md", *FACTS)

    assert desk.generate() == {"added": 3}
    assert desk.deck().startswith('---\ndeck: "n"\n---\n\nQ: What is serekh?\nA: a palace front\n<!-- card: ')
    assert " · ../notes/n.md:2 · is-definition -->" in desk.deck()


def test_a_second_run_adds_nothing_and_changes_no_byte(desk: InboxDesk) -> None:
    desk.note("n.md", *FACTS)
    desk.generate()
    before = desk.deck()

    assert desk.generate() == {"known": 3}
    assert desk.deck() == before


def test_doubtful_ones_wait_and_poor_ones_are_refused(desk: InboxDesk) -> None:
    desk.note("n.md", "a?: alpha of it", "b!: beta of it", "c: gamma of it")

    settled = desk.settle()

    assert [told.proposal.status.value for told in settled.told] == ["inbox", "refused", "written"]
    assert settled.refused == {"leak": 1}
    assert proposals.count_waiting(desk.db, 10**6) == 1
    assert set(desk.cards()) == {"What is c?"}


def test_a_dry_run_tells_the_same_and_writes_no_deck_file(desk: InboxDesk) -> None:
    desk.note("n.md", *FACTS)

    assert desk.generate(dry=True) == {"added": 3}
    assert not desk.decks.exists()


def test_cards_of_a_lost_store_are_known_by_their_ids(desk: InboxDesk) -> None:
    desk.note("n.md", *FACTS)
    desk.generate()
    desk.edit_deck("an oval ring", "an oval ring of rope")
    before = desk.deck()
    desk.db.execute("DELETE FROM proposals")
    desk.db.execute("DELETE FROM cards")
    desk.db.execute("DELETE FROM files")

    assert desk.generate() == {"known": 2, "kept": 1}
    assert desk.deck() == before


def test_a_run_cut_off_after_the_deck_file_adds_nothing_twice(desk: InboxDesk) -> None:
    desk.note("n.md", *FACTS)
    desk.generate()
    before = desk.deck()
    desk.db.execute("DELETE FROM proposals")

    assert desk.generate() == {"known": 3}
    assert desk.deck() == before


def test_the_same_fact_in_two_notes_is_one_card(desk: InboxDesk) -> None:
    desk.note("a.md", "serekh: a palace front")
    desk.note("b.md", "serekh: a palace front", "nebty: the two ladies")

    settled = desk.settle()

    assert settled.counts["added"] == 2
    assert settled.refused == {"duplicate": 1}


def test_what_a_hand_written_deck_asks_already_is_not_written_again(desk: InboxDesk) -> None:
    desk.decks.mkdir()
    (desk.decks / "own.md").write_text(
        "---\ndeck: own\n---\nQ: What is serekh?\nA: A palace front.\n", encoding="utf-8"
    )
    desk.note("n.md", "serekh: a palace front")

    assert desk.generate() == {"refused": 1}


def test_cards_moved_by_hand_to_another_deck_are_followed(desk: InboxDesk) -> None:
    note = desk.note("n.md", *FACTS)
    desk.generate()
    desk.decks.joinpath("n.md").rename(desk.decks / "kings.md")

    note.write_text(note.read_text(encoding="utf-8") + "vulture: a goddess\n", encoding="utf-8")

    assert desk.generate() == {"known": 3, "added": 1}
    assert not desk.decks.joinpath("n.md").exists()
    assert "What is vulture?" in desk.deck("kings.md")


def test_a_file_that_is_no_deck_of_this_note_is_never_written_to(desk: InboxDesk) -> None:
    desk.note("n.md", *FACTS)
    desk.decks.mkdir()
    (desk.decks / "n.md").write_text("# My own note\n", encoding="utf-8")
    (desk.decks / "n-2.md").write_text("---\ndeck: other\n---\n", encoding="utf-8")

    desk.generate()

    assert desk.deck("n.md") == "# My own note\n"
    assert desk.deck("n-2.md") == "---\ndeck: other\n---\n"
    assert "What is serekh?" in desk.deck("n-3.md")


def test_an_open_fence_sends_new_cards_to_the_inbox_and_is_told(desk: InboxDesk) -> None:
    note = desk.note("n.md", "serekh: a palace front")
    desk.generate()
    with (desk.decks / "n.md").open("a", encoding="utf-8") as deck:
        deck.write("\n<!-- my own remark\n")
    before = desk.deck()

    note.write_text("serekh: a palace front\nnebty: the two ladies\n", encoding="utf-8")
    settled = desk.settle()

    assert [problem.code for problem in settled.problems] == ["deck-not-written"]
    assert settled.told[1].proposal.status.value == "inbox"
    assert desk.deck() == before


def test_line_ends_mark_and_encoding_of_a_deck_file_stay(desk: InboxDesk) -> None:
    note = desk.note("n.md", "serekh: a palace front", "nebty: the two ladies")
    desk.generate()
    text = "\ufeff" + desk.deck().replace("\n", "\r\n")
    (desk.decks / "n.md").write_bytes(text.encode())

    note.write_text("serekh: the front of a palace\nnebty: the two ladies\nankh: life itself\n", encoding="utf-8")
    desk.generate()

    data = (desk.decks / "n.md").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert set(desk.cards().values()) == {"the front of a palace", "the two ladies", "life itself"}


def test_a_folder_that_cannot_be_made_is_one_sentence_and_nothing_is_kept(desk: InboxDesk) -> None:
    desk.note("sub/n.md", *FACTS)
    desk.decks.mkdir()
    (desk.decks / "sub").write_text("a file in the way", encoding="utf-8")

    with pytest.raises(StudycardsError, match="cannot be written"):
        desk.generate()

    assert not proposals.of_note(desk.db, str(desk.notes / "sub" / "n.md"))


def test_a_hostile_answer_takes_over_no_card(desk: InboxDesk) -> None:
    desk.note("n.md", "serekh: a palace front")
    desk.generate()
    (mine,) = desk.ids().values()
    desk.note("m.md", f"evil: <!-- card: {mine} --> Q: x", "more: ```", "worse: Q: a", "worst: {{c1::x}} --> <!--")

    desk.generate()

    assert desk.ids()["What is serekh?"] == mine
    assert desk.cards()["What is evil?"] == f"<!-- card: {mine} --> Q: x"
    assert desk.cards()["What is more?"] == "```"
    assert len(desk.cards()) == 5


def test_nearly_the_same_question_of_a_later_note_is_not_asked_twice(desk: InboxDesk) -> None:
    desk.note("n.md", "the warm current of the northern Atlantic in winter: the drift")
    desk.generate()
    desk.note("o.md", "the warm currents of the northern Atlantic in winter: The Drift.", "ebb: falling water")

    settled = desk.settle()

    assert settled.refused == {"near-duplicate": 1}
    assert (settled.counts["added"], settled.counts["known"]) == (1, 1)


def test_a_note_whose_near_double_is_gone_gives_its_card(desk: InboxDesk) -> None:
    desk.note("n.md", "the warm current of the northern Atlantic in winter 2: the drift")
    desk.generate()
    (desk.notes / "n.md").unlink()
    desk.note("o.md", "the warm currents of the northern Atlantic in winter 3: the drift")

    assert desk.generate("o.md") == {"added": 1}
