"""What is forgotten often is told, and what is half done stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from conftest import Desk, basic
from textual.app import App

from studycards.model import Rating
from studycards.tui import drafts

Screen = Callable[[App[None]], list[str]]


def learned(desk: Desk, lapses: int) -> None:
    """The first card learned, then forgotten so often, each time after some weeks."""
    desk.cards(basic(0, "法老登基时的名字叫什么？", "尼苏毕特名"))
    session = desk.session()
    session.answer(Rating.EASY, 1000)
    for _ in range(lapses):
        desk.clock.forward(days=400)
        session = desk.session()
        session.answer(Rating.AGAIN, 1000)
        desk.clock.forward(hours=1)
        session = desk.session()
        session.answer(Rating.EASY, 1000)
    desk.clock.forward(days=400)


async def test_a_leech_can_be_suspended_and_nothing_happens_by_itself(desk: Desk, screen: Screen) -> None:
    desk.config = replace(desk.config, given={"review.leech_threshold": 1})
    learned(desk, 0)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "1")
        await pilot.pause()
        shown = "\n".join(screen(app))
        before = desk.db.execute("SELECT sum(suspended) FROM marks").fetchone()[0]
        await pilot.press("at")
        await pilot.pause()

        assert "a leech: forgotten 1 time" in shown
        assert "e edit   s split   @ suspend   o note" in shown
        assert before == 0
        assert desk.db.execute("SELECT card_id FROM marks WHERE suspended").fetchall() == [("card000000",)]


async def test_the_fourth_lapse_is_a_quiet_hint(desk: Desk, screen: Screen) -> None:
    learned(desk, 3)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "1")
        await pilot.pause()

        assert "Forgotten 4 times now" in "\n".join(screen(app))


async def test_a_half_made_edit_is_there_again(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "x", "y", "z", "escape")
        await pilot.pause()
    kept = drafts.kept(egypt.db, "card000000")
    again = egypt.app()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        shown = "\n".join(screen(again))
        await pilot.press("ctrl+z", "escape")
        await pilot.pause()

    assert kept == ("法老登基时的名字叫什么？xyz", "尼苏毕特名")
    assert "xyz" in shown
    assert "your draft is back" in shown
    assert drafts.kept(egypt.db, "card000000") is None


async def test_an_edit_is_kept_when_the_program_ends_over_it(egypt: Desk) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", "x")

    assert drafts.kept(egypt.db, "card000000") == ("法老登基时的名字叫什么？x", "尼苏毕特名")
