"""Home and browse line by line, and what line mode does with one card."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Desk
from test_plain import Script

from studycards.collection import Collection
from studycards.model import Rating
from studycards.tui.plain import PlainReview
from studycards.tui.plainbrowse import PlainBrowse
from studycards.tui.plaincard import PlainCard
from studycards.tui.plainhome import PlainHome
from studycards.tui.program import Desk as Pages

DECK = """---
deck: 历史::古埃及
---

Q: 法老登基时的名字叫什么？
A: 尼苏毕特名
<!-- card: k7f3q2m9xd · ../notes/egypt.md:2 · so-called -->

Q: What is the serekh?
A: A palace front
<!-- card: k7f3q2m9xe · ../notes/egypt.md:3 · alias -->
"""


@pytest.fixture
def pages(desk: Desk) -> Pages:
    """A deck file with two cards, and the note they come from."""
    for name, text in (("decks/egypt.md", DECK), ("notes/egypt.md", "# 五个名字\n尼苏毕特名在此。\nA palace front.\n")):
        path = desk.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = desk.desk()
    found.collection.sync([desk.folder / "decks"], desk.clock())
    return found


def browse(pages: Pages, *lines: str) -> str:
    script = Script(*lines)
    PlainBrowse(pages, script).run()
    return "\n".join(script.told)


def deck_file(pages: Pages) -> str:
    place = pages.collection.place(pages.collection.cards()[0])
    return Path(place.path).read_text(encoding="utf-8") if place else ""


def test_home_counts_reviews_and_leads_elsewhere(pages: Pages) -> None:
    gone: list[str] = []
    script = Script("1", "", "3", "q", "b", "?", "u", "q")
    PlainHome(pages, script, gone.append).run()

    told = "\n".join(script.told)
    assert "Today 2 cards, about 1 min" in told
    assert "2. 历史::古埃及: 2 due" in told
    assert "Good. Next in 10 minutes." in told
    assert gone == ["browse"]
    assert "Undid Good" in told
    assert pages.collection.db.execute("SELECT count(*) FROM reviews").fetchone()[0] == 1


def test_home_finds_a_deck_by_letters_and_the_end_of_input_is_the_end(pages: Pages) -> None:
    script = Script("/", "史古", "", "4")
    PlainHome(pages, script, lambda name: None).run()

    assert any(line.startswith("Easy. Next in ") for line in script.told)


def test_many_cards_are_acted_on_as_one_step(pages: Pages) -> None:
    told = browse(pages, "1 2", "@", "u", "f", "3")
    marks = pages.collection.db.execute("SELECT suspended, flag FROM marks").fetchall()

    assert "2 cards: suspended" in told
    assert 'Undid suspend on "2 cards"' in told
    assert marks == [(0, 3), (0, 3)]


def test_a_card_is_learned_anew_and_that_is_taken_back(pages: Pages) -> None:
    session = pages.conduct(__import__("studycards.session", fromlist=["Options"]).Options()).session
    session.answer(Rating.EASY, 1000)

    def learned() -> int:
        return int(pages.collection.db.execute("SELECT count(*) FROM memory").fetchone()[0])

    before = learned()
    browse(pages, "/名字", "1", "R")
    reset = learned()
    browse(pages, "u")

    assert (before, reset, learned()) == (1, 0, 1)


def test_a_card_is_moved_opened_and_looked_behind(pages: Pages) -> None:
    told = browse(pages, "/serekh", "1", "M", "new deck", "1", "", "p", "i", "")

    assert "1 card moved to new deck." in told
    assert "Answer: A palace front" in told
    assert ">    3  A palace front." in told
    assert "deck: new deck" in told
    assert len(pages.collection.cards()) == 2


def review(pages: Pages, *lines: str) -> str:
    from studycards.session import Options

    script = Script(*lines)
    PlainReview(pages.conduct(Options()), pages.look, script, PlainCard(pages, script)).run()
    return "\n".join(script.told)


def test_a_card_is_edited_and_an_earlier_text_brought_back(pages: Pages) -> None:
    told = review(pages, "e", "", "尼苏毕特之名", "i", "1")

    assert told.count("Saved; what was learned stays.") == 2
    assert "A: 尼苏毕特名\n" in deck_file(pages)
    assert [text[2] for text in Collection(pages.collection.db).earlier(pages.collection.cards()[0])] == [
        "尼苏毕特名",
        "尼苏毕特之名",
    ]


@pytest.mark.parametrize(
    ("chosen", "said"), [("n", "it is learned anew"), ("y", "what was learned stays"), ("", "Nothing")]
)
def test_an_edit_that_makes_another_fact_asks(pages: Pages, chosen: str, said: str) -> None:
    told = review(pages, "", "4", "u", "e", "", "Something else altogether", chosen)

    assert "The answer is quite another one." in told
    assert said in told
    assert ("altogether" in deck_file(pages)) is bool(chosen)


def test_what_line_mode_cannot_show_it_says(pages: Pages) -> None:
    told = review(pages, "v", "r", "down")

    assert "The card has no picture that is there." in told
    assert "The card has no sound that is there." in told
    assert "All of it stands above." in told
