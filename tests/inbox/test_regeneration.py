"""Notes that change and cards that people touched: every pair of the two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from inbox_desk import InboxDesk

from studycards.inbox.decisions import Inbox

SEREKH, NEBTY = "What is serekh?", "What is nebty?"
LINES = ["# Kings", "serekh: the front of a palace, with a falcon", "nebty: the two ladies of both lands", "ankh: life"]


def typo(desk: InboxDesk) -> None:
    desk.note("n.md", *(line.replace("falcon", "falcoon") for line in LINES))


def reworded(desk: InboxDesk) -> None:
    desk.note(
        "n.md",
        *(line.replace("the front of a palace, with a falcon", "what kings' names were written in") for line in LINES),
    )


def line_above(desk: InboxDesk) -> None:
    desk.note("n.md", "A line of prose.", "", *LINES)


def moved(desk: InboxDesk) -> None:
    (desk.notes / "sub").mkdir()
    (desk.notes / "n.md").rename(desk.notes / "sub" / "n.md")


def renamed(desk: InboxDesk) -> None:
    (desk.notes / "n.md").rename(desk.notes / "a-name.md")


def split(desk: InboxDesk) -> None:
    desk.note("n.md", *(line for line in LINES if "serekh" not in line))
    desk.note("a.md", *(line for line in LINES if "serekh" in line))


def split_behind(desk: InboxDesk) -> None:
    desk.note("n.md", *(line for line in LINES if "serekh" not in line))
    desk.note("z.md", *(line for line in LINES if "serekh" in line))


def restored(desk: InboxDesk) -> None:
    (desk.notes / "n.md").unlink()
    assert desk.generate()["gone"] == len(desk.cards())
    desk.note("n.md", *LINES)


CHANGES: list[Callable[[InboxDesk], None]] = [typo, reworded, line_above, moved, renamed, split, split_behind, restored]
REWRITES = {typo: "the front of a palace, with a falcoon", reworded: "what kings' names were written in"}
by_change = pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)


@pytest.fixture(autouse=True)
def first_run(desk: InboxDesk) -> None:
    desk.note("n.md", *LINES)
    desk.generate()


def files(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}


@by_change
def test_an_untouched_card_follows_its_note_and_keeps_its_id(
    desk: InboxDesk, change: Callable[[InboxDesk], None]
) -> None:
    before = desk.ids()

    change(desk)
    counts = desk.generate()

    assert desk.ids() == before
    assert desk.cards()[SEREKH] == REWRITES.get(change, "the front of a palace, with a falcon")
    assert counts["added"] == 0
    assert counts["changed"] == (change in REWRITES)


@by_change
def test_an_edited_card_keeps_its_text_and_its_id(desk: InboxDesk, change: Callable[[InboxDesk], None]) -> None:
    before = desk.ids()
    desk.edit_deck("the front of a palace, with a falcon", "my own words")

    change(desk)
    counts = desk.generate()

    assert desk.ids() == before
    assert desk.cards()[SEREKH] == "my own words"
    assert (counts["added"], counts["changed"], counts["kept"]) == (0, 0, 1)


@by_change
def test_a_dropped_proposal_does_not_come_back(desk: InboxDesk, change: Callable[[InboxDesk], None]) -> None:
    Inbox(desk.db, desk.now, 4).drop(desk.ids()[SEREKH])
    desk.generate()
    assert SEREKH not in desk.cards()

    change(desk)
    counts = desk.generate()

    assert SEREKH not in desk.cards()
    assert counts["added"] == 0


@by_change
def test_a_card_deleted_by_hand_does_not_come_back(desk: InboxDesk, change: Callable[[InboxDesk], None]) -> None:
    desk.delete_card(SEREKH)
    if change is restored:
        desk.generate()

    change(desk)
    counts = desk.generate()

    assert SEREKH not in desk.cards()
    assert counts["added"] == 0


@by_change
def test_every_change_settles_at_once(desk: InboxDesk, change: Callable[[InboxDesk], None]) -> None:
    change(desk)
    desk.generate()
    before = files(desk.decks)

    counts = desk.generate()

    assert counts == {"known": 3}
    assert files(desk.decks) == before


def test_again_asks_anew_for_what_was_dropped_or_deleted(desk: InboxDesk) -> None:
    before = desk.ids()
    Inbox(desk.db, desk.now, 4).drop(before[SEREKH])
    desk.delete_card(NEBTY)
    desk.generate()
    assert set(desk.cards()) == {"What is ankh?"}

    desk.generate(again=True)

    assert desk.ids() == before


def test_a_block_that_comes_back_by_hand_lifts_its_tombstone(desk: InboxDesk) -> None:
    before, text = desk.ids(), desk.deck()
    desk.delete_card(SEREKH)
    desk.generate()

    (desk.decks / "n.md").write_text(text, encoding="utf-8")

    assert desk.generate() == {"known": 3}
    assert desk.ids() == before


def test_a_line_that_leaves_its_note_leaves_the_card(desk: InboxDesk) -> None:
    desk.note("n.md", *LINES[:-1])

    assert desk.generate() == {"known": 2, "gone": 1}
    assert len(desk.cards()) == 3


def test_a_note_that_is_not_in_the_run_makes_nothing_gone(desk: InboxDesk) -> None:
    desk.note("other.md", "ka: the double")
    (desk.notes / "n.md").unlink()

    assert desk.generate("other.md") == {"added": 1}


def test_the_comment_follows_the_line(desk: InboxDesk) -> None:
    line_above(desk)
    desk.generate()

    assert "../notes/n.md:4 · is-definition" in desk.deck()


def test_a_renamed_note_keeps_its_cards_though_another_new_note_speaks_of_the_same(desk: InboxDesk) -> None:
    before = desk.ids()
    desk.note("a.md", "serekh: the first thing one sees", "nebty: a vulture and a cobra")
    (desk.notes / "n.md").rename(desk.notes / "z.md")

    counts = desk.generate()

    assert counts == {"added": 2, "known": 3}
    assert {front: name for front, name in desk.ids().items() if desk.cards()[front] == LINES[3][6:]} == {
        "What is ankh?": before["What is ankh?"]
    }
    assert set(before.values()) <= set(desk.ids().values()) | {card.id for card in desk.collection.cards()}
    texts = {card.id: card.back for card in desk.collection.cards()}
    assert texts[before[SEREKH]] == "the front of a palace, with a falcon"
