"""Finding cards, and acting on one or many of them as one step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Desk, basic
from textual.app import App

from studycards.store import search
from studycards.text import fold

Screen = Callable[[App[None]], list[str]]


@pytest.fixture
def found(desk: Desk) -> Callable[[str], list[str]]:
    """The numbers of the cards that a query names, of five cards."""
    desk.cards(
        basic(0, "法老登基时的名字叫什么？", "尼苏毕特名", deck="ancient"),
        basic(1, "What is photosynthesis（光合作用）?", "light → sugar", deck="bio::plants", tags=("exam",)),
        basic(2, "What does PCGrad project?", "Conflicting gradients", deck="mtl"),
        basic(3, "Suspended one", "x", deck="mtl"),
        basic(4, "Retired one", "x", deck="mtl"),
    )
    db = desk.db
    for row in db.execute("SELECT id, front, back FROM cards").fetchall():
        db.execute("UPDATE cards SET folded = ? WHERE id = ?", (f"{fold(row[1])}\n{fold(row[2])}", row[0]))
    db.execute("INSERT INTO marks (card_id, suspended) VALUES ('card000003', 1)")
    db.execute("INSERT INTO marks (card_id, retired) VALUES ('card000004', 2)")
    db.execute("INSERT INTO memory VALUES ('card000002', 2, NULL, 9.0, 5.0, 739000, NULL, 738990, 0, 7, 4, 10)")
    db.execute("UPDATE cards SET begun = 1 WHERE id = 'card000002'")
    return lambda query: [card_id[-1] for card_id in search.find(db, query, 739_002)]


@pytest.mark.parametrize(
    ("query", "cards"),
    [
        ("", "0123"),
        ("光合", "1"),
        ("作用", "1"),
        ("法", "0"),
        ("ＰＣＧＲＡＤ", "2"),
        ('"project conflicting"', ""),
        ('"what is photo"', "1"),
        ("deck:bio", "1"),
        ("deck:MTL", "23"),
        ("-deck:mtl", "01"),
        ("tag:exam", "1"),
        ("tag:egypt -法老", "23"),
        ("note:egypt is:new", "013"),
        ("is:due", "2"),
        ("lapses>3 due<7", "2"),
        ("lapses>4", ""),
        ("stability<=9", "2"),
        ("is:suspended", "3"),
        ("is:retired", "4"),
        ("id:card000001", "1"),
        ("is:nonsense", ""),
        ("100% _", ""),
        ("'; DROP TABLE cards --", ""),
    ],
)
def test_a_query_names_cards(found: Callable[[str], list[str]], query: str, cards: str) -> None:
    assert "".join(found(query)) == cards


async def test_typing_finds_and_the_list_follows(found: object, desk: Desk, screen: Screen) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b")
        await pilot.pause()
        everything = "\n".join(screen(app))
        await pilot.press("slash", *"光合", "enter")
        await pilot.pause()
        some = "\n".join(screen(app))

        assert "4 cards" in everything
        assert "1 card" in some
        assert "photosynthesis" in some
        assert "法老" not in some


async def test_what_is_chosen_is_acted_on_as_one_step(found: object, desk: Desk, screen: Screen) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b", "space", "space", "at")
        await pilot.pause()
        suspended = desk.db.execute("SELECT count(*) FROM marks WHERE suspended").fetchone()[0]
        told = "\n".join(screen(app))
        await pilot.press("u")
        await pilot.pause()

        assert suspended == 3
        assert "2 cards: suspended" in told
        assert desk.db.execute("SELECT count(*) FROM marks WHERE suspended").fetchone()[0] == 1


async def test_one_card_without_choosing_and_the_way_back(found: object, desk: Desk) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b", "x", "down", "f", "3", "asterisk", "minus")
        await pilot.pause()

        rows = desk.db.execute("SELECT card_id, retired, flag, marked FROM marks ORDER BY card_id").fetchall()
        assert [row for row in rows if row[0] < "card000003"] == [("card000000", 1, 0, 0), ("card000002", 0, 3, 1)]


async def test_a_card_is_shown_with_its_answer(found: object, desk: Desk, screen: Screen) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b", "enter")
        await pilot.pause()

        assert "尼苏毕特名" in "\n".join(screen(app))


async def test_chosen_cards_go_to_another_deck_and_are_learned_anew(desk: Desk, screen: Screen) -> None:
    path = desk.folder / "decks" / "a.md"
    path.parent.mkdir()
    cards = "".join(f"Q: q{n}\nA: a{n}\n<!-- card: k7f3q2m9x{n} · n.md:{n} · alias -->\n\n" for n in range(3))
    path.write_text(f"---\ndeck: a\n---\n\n{cards}", encoding="utf-8")
    desk.desk().collection.sync([path.parent], desk.clock())
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("space", "space", "M")
        await pilot.pause()
        await pilot.press("x", "y", "enter")
        await pilot.pause()
        shown = "\n".join(screen(app))
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("end", "Z", "ctrl+s")
        await pilot.pause()

        assert "2 cards moved to xy." in shown
        decks = [deck for (deck,) in desk.db.execute("SELECT deck FROM cards ORDER BY id")]
        assert decks == ["xy", "xy", "a"]
        assert "Z" in (path.parent / "xy.md").read_text(encoding="utf-8") + path.read_text(encoding="utf-8")
