"""An edit goes to the deck file, only the card's own lines, and what was learned stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Desk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import App

from studycards.collection import Collection
from studycards.collection.rewording import reword
from studycards.errors import StudycardsError
from studycards.model import Card

Screen = Callable[[App[None]], list[str]]
DECK = """---
deck: names
---

Some prose before.

Q: What is the serekh?
A: A palace façade

Q: 法老登基时的名字叫什么？
A: 尼苏毕特名
<!-- card: k7f3q2m9xd · notes/egypt.md:14 · so-called -->

C: 刻在{{c1::王名圈}}里。
"""


@pytest.fixture
def names(desk: Desk) -> Callable[..., tuple[Collection, Path]]:
    """A deck file in some encoding with some line ends, and its collection."""

    def make(encoding: str = "utf-8", newline: str = "\n") -> tuple[Collection, Path]:
        path = desk.folder / "decks" / "names.md"
        path.parent.mkdir(exist_ok=True)
        text = DECK.replace("façade", "front") if encoding == "gbk" else DECK
        path.write_bytes(text.replace("\n", newline).encode(encoding))
        collection = Collection(desk.db)
        collection.sync([path.parent], desk.clock())
        return collection, path

    return make


def card(collection: Collection, start: str) -> Card:
    return next(one for one in collection.cards() if one.front.startswith(start))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_only_the_block_differs(
    names: Callable[..., tuple[Collection, Path]], desk: Desk, encoding: str, newline: str
) -> None:
    collection, path = names(encoding, newline)
    before = path.read_bytes().decode(encoding)
    old = card(collection, "法老")

    assert reword(collection, old, ("法老登基时的名字是什么？", "尼苏毕特名"), desk.clock())

    after = path.read_bytes().decode(encoding)
    assert after == before.replace("名字叫什么", "名字是什么")
    assert card(collection, "法老").id == old.id


def test_a_card_without_an_id_keeps_its_history_and_its_plain_form(
    names: Callable[..., tuple[Collection, Path]], desk: Desk
) -> None:
    collection, path = names()
    old = card(collection, "What")

    reword(collection, old, ("Entirely other question", "and answer"), desk.clock())

    assert card(collection, "Entirely").id == old.id
    assert "Q: Entirely other question\nA: and answer\n\nQ: 法老" in path.read_text(encoding="utf-8")


def test_a_file_that_is_not_what_it_was_is_left_alone(
    names: Callable[..., tuple[Collection, Path]], desk: Desk
) -> None:
    collection, path = names()
    old = card(collection, "What")
    path.write_text(DECK.replace("Q: What is the serekh?\nA: A palace façade\n", ""), encoding="utf-8")
    before = path.read_bytes()

    with pytest.raises(StudycardsError, match="no longer where it was"):
        reword(collection, old, ("New", "x"), desk.clock())
    assert path.read_bytes() == before


def test_what_would_not_read_back_is_refused(names: Callable[..., tuple[Collection, Path]], desk: Desk) -> None:
    collection, path = names()
    before = path.read_bytes()

    with pytest.raises(StudycardsError, match="nothing was written"):
        reword(collection, card(collection, "What"), ("", ""), desk.clock())
    assert path.read_bytes() == before


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    front=st.text("ab 法老?{}:c1QA\n#-`\\*", min_size=1, max_size=30),
    back=st.text("xy 名字:Q\n-#>`", max_size=30),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gbk"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_every_edit_changes_its_block_alone_or_nothing(
    names: Callable[..., tuple[Collection, Path]], desk: Desk, front: str, back: str, encoding: str, newline: str
) -> None:
    collection, path = names(encoding, newline)
    before = path.read_bytes().decode(encoding)
    old = card(collection, "法老")
    try:
        reword(collection, old, (front, back), desk.clock())
    except StudycardsError:
        assert path.read_bytes().decode(encoding) == before
        return

    after = path.read_bytes().decode(encoding)
    head, tail = before.split("Q: 法老")[0], before.partition("so-called -->")[2]
    assert after.startswith(head)
    assert after.endswith(tail)
    assert old.id in {one.id for one in collection.cards()}


async def test_e_edits_the_card_on_screen(
    names: Callable[..., tuple[Collection, Path]], desk: Desk, screen: Screen
) -> None:
    _, path = names()
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("end", "!", "ctrl+s")
        await pilot.pause()
        saved = "\n".join(screen(app))
        await pilot.press("space", "3")

        assert "Q: What is the serekh?!\n" in path.read_text(encoding="utf-8")
        assert "Q  What is the serekh?!" in saved
        assert "Saved; what was learned stays." in saved
        assert len(desk.ratings()) == 1


async def test_escape_leaves_the_card_as_it_was(names: Callable[..., tuple[Collection, Path]], desk: Desk) -> None:
    _, path = names()
    before = path.read_bytes()
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("end", "!", "escape")
        await pilot.pause()

        assert path.read_bytes() == before
