"""Decisions on proposals: what each writes, and that each can be taken back and done again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from inbox_desk import InboxDesk

from studycards.errors import StudycardsError
from studycards.history import Stamp, redo, undo
from studycards.inbox.decisions import REVERSERS, Inbox
from studycards.inbox.running import means
from studycards.inbox.showing import show
from studycards.store import proposals


@pytest.fixture
def inbox(desk: InboxDesk) -> Inbox:
    """Two proposals wait, one card is written."""
    desk.note("n.md", "# Kings", "serekh?: a palace front", "nebty?: the two ladies", "ankh: life itself")
    desk.generate()
    return Inbox(desk.db, desk.now, 4)


def first(inbox: Inbox) -> str:
    return inbox.waiting()[0].proposal.id


def turn(desk: InboxDesk, way: object) -> str:
    done = way(desk.db, Stamp.of(desk.now, 4), REVERSERS)  # type: ignore[operator]
    return "nothing" if done is None else done.refused or done.kind


def look(desk: InboxDesk) -> None:
    desk.collection.sync([desk.decks], desk.now)


def test_a_kept_proposal_is_appended_to_its_notes_deck_file(desk: InboxDesk, inbox: Inbox) -> None:
    name = first(inbox)
    inbox.keep(name)
    look(desk)

    assert len(inbox.waiting()) == 1
    assert desk.ids()["What is serekh?"] == name
    assert desk.deck().endswith(f"<!-- card: {name} · ../notes/n.md:2 · is-definition -->\n")


def test_keeping_with_an_edit_counts_as_edited_and_is_not_overwritten(desk: InboxDesk, inbox: Inbox) -> None:
    name = first(inbox)
    inbox.keep(name, ("What is a serekh?", "a palace front with a falcon"), reverse=True)
    look(desk)

    assert desk.generate() == {"known": 1, "kept": 1}
    assert desk.cards()["What is a serekh?"] == "a palace front with a falcon"
    assert "a palace front with a falcon" in desk.cards()
    assert proposals.of_ids(desk.db, [name])[name].decision == "edit"


def test_a_dropped_proposal_never_comes_back(desk: InboxDesk, inbox: Inbox) -> None:
    inbox.drop(first(inbox), 2)
    desk.note("copy.md", "serekh: a palace front")

    settled = desk.settle()

    assert settled.refused["rejected-before"] == 2
    assert len(inbox.waiting()) == 1


def test_later_waits_until_the_next_study_day(desk: InboxDesk, inbox: Inbox) -> None:
    inbox.later(first(inbox))

    assert len(inbox.waiting()) == 1
    assert len(Inbox(desk.db, desk.now.replace(day=23), 4).waiting()) == 2


def test_a_split_proposal_names_its_successors(desk: InboxDesk, inbox: Inbox) -> None:
    name = first(inbox)
    into = inbox.split(
        name, [("What was a serekh drawn as?", "a front"), ("The front of what is a serekh?", "a palace")]
    )
    look(desk)

    assert set(into) <= set(desk.ids().values())
    assert len(inbox.waiting()) == 1
    assert desk.generate()["added"] == 0
    assert len(desk.cards()) == 3


def test_a_merged_proposal_leaves_one_card(desk: InboxDesk, inbox: Inbox) -> None:
    card = desk.ids()["What is ankh?"]
    inbox.merge(first(inbox), card, ("What are ankh and serekh?", "life, and a palace front"))
    look(desk)

    assert desk.ids() == {"What are ankh and serekh?": card}
    assert desk.generate()["added"] == 0


@pytest.mark.parametrize("kind", ["keep", "drop", "later", "split", "merge"])
def test_every_decision_can_be_taken_back_and_done_again(desk: InboxDesk, inbox: Inbox, kind: str) -> None:
    name, card = first(inbox), desk.ids()["What is ankh?"]
    before, rows = desk.deck(), inbox.waiting()
    acts = {
        "keep": lambda: inbox.keep(name),
        "drop": lambda: inbox.drop(name),
        "later": lambda: inbox.later(name),
        "split": lambda: inbox.split(name, [("a?", "b"), ("c?", "d")]),
        "merge": lambda: inbox.merge(name, card, ("joined?", "yes")),
    }
    acts[kind]()
    after, left = desk.deck(), [row.proposal.id for row in inbox.waiting()]

    assert turn(desk, undo) == kind
    assert desk.deck().rstrip("\n") == before.rstrip("\n")
    assert [row.proposal for row in inbox.waiting()] == [row.proposal for row in rows]

    assert turn(desk, redo) == kind
    assert desk.deck() == after
    assert [row.proposal.id for row in inbox.waiting()] == left


def test_taking_a_keep_back_leaves_a_card_that_was_changed_since(desk: InboxDesk, inbox: Inbox) -> None:
    inbox.keep(first(inbox))
    desk.edit_deck("a palace front", "my words")

    assert "was changed" in turn(desk, undo)
    assert "my words" in desk.deck()
    assert len(inbox.waiting()) == 1


def test_what_could_not_be_read_back_is_refused(desk: InboxDesk, inbox: Inbox) -> None:
    before = desk.deck()

    with pytest.raises(StudycardsError, match="cannot be a card: a side is empty"):
        inbox.keep(first(inbox), ("Question?", " "))

    assert desk.deck() == before
    assert len(inbox.waiting()) == 2


def test_decisions_move_the_mean_of_their_rule(desk: InboxDesk, inbox: Inbox) -> None:
    assert means(desk.db) == {}

    inbox.drop(first(inbox))
    dropped = means(desk.db)["is-definition"]
    inbox.keep(first(inbox))
    both = means(desk.db)["is-definition"]

    assert dropped == pytest.approx((0.92 * 20) / 21)
    assert both == pytest.approx((0.92 * 20 + 1) / 22)


def test_one_note_counts_at_most_five_times_a_rule(desk: InboxDesk) -> None:
    desk.note("odd.md", *(f"thing number {n}?: value {n}" for n in range(12)))
    desk.generate()
    inbox = Inbox(desk.db, desk.now, 4)

    for row in inbox.waiting():
        inbox.drop(row.proposal.id)

    assert means(desk.db)["is-definition"] == pytest.approx((0.92 * 20) / 25)


def test_a_proposal_is_shown_with_its_lines_and_what_speaks_against_it(desk: InboxDesk, inbox: Inbox) -> None:
    waiting = inbox.waiting()

    showing = show(desk.db, waiting[0], waiting)

    assert showing.lines == ((2, "serekh?: a palace front"),)
    assert (showing.nth, showing.here) == (1, 2)
    assert showing.similar is None


def test_a_decision_cut_off_after_its_deck_file_is_not_asked_again(desk: InboxDesk, inbox: Inbox) -> None:
    name = first(inbox)
    row = proposals.of_ids(desk.db, [name])[name]
    inbox.keep(name)
    proposals.put(desk.db, [row])
    look(desk)

    assert name not in {row.proposal.id for row in inbox.waiting()}
    assert desk.generate() == {"known": 2}
    assert len(desk.cards()) == 2


def test_a_card_taken_out_of_its_deck_file_counts_against_its_rule_until_it_is_back(
    desk: InboxDesk, inbox: Inbox
) -> None:
    inbox.keep(first(inbox))
    look(desk)
    text = desk.deck()
    desk.delete_card("What is ankh?")
    look(desk)
    gone = means(desk.db)
    (desk.decks / "n.md").write_text(text, encoding="utf-8")
    look(desk)

    assert gone["is-definition"] == pytest.approx((0.92 * 20 + 1) / 22)
    assert means(desk.db)["is-definition"] == pytest.approx((0.92 * 20 + 1) / 21)


def test_a_deck_file_that_is_gone_as_a_whole_says_nothing_of_its_rules(desk: InboxDesk, inbox: Inbox) -> None:
    (desk.decks / "n.md").unlink()
    look(desk)

    assert means(desk.db) == {}


def line_above(desk: InboxDesk, *lines: str) -> None:
    desk.note("n.md", "A line of prose.", *lines)


def elsewhere(desk: InboxDesk, *lines: str) -> None:
    desk.note("n.md", *(line.replace("life itself", "the breath of life") for line in lines))


def typo(desk: InboxDesk, *lines: str) -> None:
    desk.note("n.md", *(line.replace("front", "fronts") for line in lines))


def renamed(desk: InboxDesk, *lines: str) -> None:
    (desk.notes / "n.md").rename(desk.notes / "a.md")


def restored(desk: InboxDesk, *lines: str) -> None:
    (desk.notes / "n.md").unlink()
    desk.generate()
    desk.note("n.md", *lines)


LINES = ["# Kings", "serekh?: a palace front", "nebty?: the two ladies", "ankh: life itself"]
by_change = pytest.mark.parametrize(
    "change", [line_above, elsewhere, typo, renamed, restored], ids=lambda change: change.__name__
)
Change = Callable[..., None]


@by_change
def test_what_came_of_a_split_survives_whatever_happens_to_the_note(
    desk: InboxDesk, inbox: Inbox, change: Change
) -> None:
    into = inbox.split(first(inbox), [("What was a serekh drawn as?", "a front"), ("Of what is it?", "a palace")])
    look(desk)
    before = {name: front for front, name in desk.ids().items() if name in into}

    change(desk, *LINES)
    counts = desk.generate()

    assert {name: front for front, name in desk.ids().items() if name in into} == before
    assert counts["added"] == 0
    assert "What is serekh?" not in desk.cards()
    assert len(inbox.waiting()) == 1


@by_change
def test_what_was_merged_stays_merged_whatever_happens_to_the_note(
    desk: InboxDesk, inbox: Inbox, change: Change
) -> None:
    card = desk.ids()["What is ankh?"]
    inbox.merge(first(inbox), card, ("What are ankh and serekh?", "life, and a palace front"))
    look(desk)

    change(desk, *LINES)
    counts = desk.generate()

    assert desk.cards() == {"What are ankh and serekh?": "life, and a palace front"}
    assert desk.ids()["What are ankh and serekh?"] == card
    assert counts["added"] == 0
    assert len(inbox.waiting()) == 1


@by_change
def test_a_rescued_card_stays_whatever_happens_to_the_note(desk: InboxDesk, inbox: Inbox, change: Change) -> None:
    lines = [*LINES, "mace!: a weapon of kings"]
    desk.note("n.md", *lines)
    desk.generate()
    beside = inbox.waiting()[0]
    (refused,) = inbox.refused(beside)
    inbox.rescue(refused.proposal.id, beside)
    look(desk)

    change(desk, *lines)
    first_run, second_run = desk.generate(), desk.generate()

    assert desk.ids()["What is mace?"] == refused.proposal.id
    assert first_run["added"] == second_run["added"] == 0
    assert inbox.refused(beside) == []


@by_change
def test_what_was_put_off_and_taken_back_is_asked_again_once(desk: InboxDesk, inbox: Inbox, change: Change) -> None:
    name = first(inbox)
    inbox.later(name)
    change(desk, *LINES)
    desk.generate()
    tomorrow = Inbox(desk.db, desk.now.replace(day=23), 4)
    today = [row.proposal.id for row in inbox.waiting()]

    turn(desk, undo)

    assert name not in today
    assert [row.proposal.id for row in tomorrow.waiting()].count(name) == 1
    assert [row.proposal.id for row in inbox.waiting()].count(name) == 1


def test_each_decision_is_in_the_store_before_the_next_is_asked(desk: InboxDesk, inbox: Inbox) -> None:
    serekh, nebty = (row.proposal.id for row in inbox.waiting())
    seen = []
    for decide in (lambda: inbox.later(serekh), lambda: inbox.drop(nebty, 3), lambda: inbox.keep(serekh)):
        decide()
        with sqlite3.connect(desk.notes.parent / "x.db") as other:
            seen.append(dict(other.execute("SELECT id, decision || coalesce(later_day, '') FROM proposals").fetchall()))

    assert [one[serekh] for one in seen] == [str(desk.now.toordinal() + 1)] * 2 + ["keep"]
    assert [one[nebty] for one in seen] == ["", "drop", "drop"]
