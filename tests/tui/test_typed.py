"""A typed answer is compared as a reader of Chinese or of Latin letters would, and never rates by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import Desk, basic
from hypothesis import given
from hypothesis import strategies as st
from test_plain import Script
from textual.app import App

from studycards.tui.plain import PlainReview
from studycards.tui.typed import compare, is_right, written

Screen = Callable[[App[None]], list[str]]


@pytest.mark.parametrize(
    ("typed", "right", "shown"),
    [
        ("尼苏毕特的名", "尼苏毕特名", "尼苏毕特[-的-]名"),
        ("1994年", "1995年", "199[-4-]{+5+}年"),
        ("ｓｅｒｅｋｈ 王宫正面", "Serekh，王宫正面图案", "Serekh，王宫正面{+图案+}"),
        ("the palace facade", "a palace façade", "[-the -]{+a +}palace fa[-c-]{+ç+}ade"),
        ("Cros-stich network", "Cross-stitch Networks", "Cros{+s+}-sti{+t+}ch Network{+s+}"),
        ("3.14", "314", "3[-.-]14"),
        ("x = y", "x != y", "x [-= -]{+!= +}y"),
        ("👩‍👩‍👧", "👩‍👩‍👧‍👦", "[-👩‍👩‍👧-]{+👩‍👩‍👧‍👦+}"),
    ],
)
def test_what_differs_is_marked(typed: str, right: str, shown: str) -> None:
    assert written(compare(typed, right)) == shown


@pytest.mark.parametrize(
    ("typed", "right"),
    [("horus name", "Horus name."), ("法老 的 名字", "法老的名字。"), ("cafe\u0301", "café"), ("（圈）", "(圈)")],
)
def test_width_space_marks_and_case_do_not_count(typed: str, right: str) -> None:
    assert is_right(compare(typed, right))


def test_case_counts_where_it_is_wanted() -> None:
    assert not is_right(compare("horus", "Horus", exact=True))


@given(st.text(alphabet="ab 名字，.é", max_size=20), st.text(alphabet="ab 名字，.é", max_size=20))
def test_nothing_of_either_text_that_counts_is_lost(typed: str, right: str) -> None:
    from studycards.text import fold

    pieces = compare(typed, right)

    assert fold("".join(piece.text for piece in pieces if piece.sign != "-")) == fold(right)
    assert fold("".join(piece.text for piece in pieces if piece.sign != "+")) == fold(typed)


async def test_a_typed_answer_is_shown_beside_the_right_one(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t", "尼", "苏", "比", "特", "名", "enter")
        await pilot.pause()
        shown = "\n".join(screen(app))
        before = egypt.ratings()
        await pilot.press("2")

        assert "≠  尼苏[-比-]{+毕+}特名" in shown
        assert "A  尼苏毕特名" in shown
        assert before == []
        assert egypt.ratings() == [("card000000", 2)]


async def test_a_deck_can_ask_for_typing_and_escape_leads_to_the_keys(egypt: Desk, screen: Screen) -> None:
    egypt.config = replace(egypt.config, decks={"历史": {"review.typed": True}})
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "q", "escape", "t")
        await pilot.pause()
        typed = "\n".join(screen(app))
        await pilot.press("backspace", "backspace", "enter")
        await pilot.pause()

        assert "xq" in typed
        assert egypt.db.execute("SELECT count(*) FROM marks").fetchone()[0] == 0
        assert "A  尼苏毕特名" in "\n".join(screen(app))


async def test_a_tag_asks_for_typing_one_card(desk: Desk, screen: Screen) -> None:
    desk.cards(basic(0, "Name?", "Nebty", tags=("type",)))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", "e", "b", "t", "y", "enter")
        await pilot.pause()

        assert "=  Nebty" in "\n".join(screen(app))


def test_line_mode_compares_too(egypt: Desk) -> None:
    script = Script("t", "尼苏毕特", "3")
    PlainReview(egypt.desk().conduct(egypt.options), egypt.look, script).run()

    assert "Compared: 尼苏毕特{+名+}" in script.told
    assert egypt.ratings() == [("card000000", 3)]


async def test_a_list_is_shown_item_by_item(desk: Desk, screen: Screen) -> None:
    desk.cards(basic(0, "Which?", "Three:\n\n- one\n- two\n  - inner\n- three\n\nThat is all."))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right")
        first = "\n".join(screen(app))
        await pilot.press("right")
        second = "\n".join(screen(app))
        await pilot.press("space")
        third = "\n".join(screen(app))
        rated = desk.ratings()
        await pilot.press("space")

        assert "• one" in first
        assert "• …" in first
        assert "two" not in first
        assert "inner" in second
        assert "three" not in second
        assert "That is all." in third
        assert rated == []
        assert desk.ratings() == [("card000000", 3)]


async def test_a_long_list_keeps_the_newest_item_in_sight(desk: Desk, screen: Screen) -> None:
    desk.config = replace(desk.config, given={"review.one_by_one": True})
    desk.cards(basic(0, "Which?", "\n".join(f"- item {n}" for n in range(30))))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(25):
            await pilot.press("space")

        assert "• item 24" in "\n".join(screen(app))
        assert "item 25" not in "\n".join(screen(app))


def test_line_mode_shows_a_list_item_by_item(desk: Desk) -> None:
    desk.cards(basic(0, "Which?", "- one\n- two"))
    script = Script("n", "", "3")
    PlainReview(desk.desk().conduct(desk.options), desk.look, script).run()

    assert script.told.index("• one") < script.told.index("[Enter shows the next]") < script.told.index("• two")
    assert desk.ratings() == [("card000000", 3)]
