"""Home says what today costs and is one key from everything."""

from __future__ import annotations

from collections.abc import Callable

from conftest import Desk, basic
from textual.app import App

Screen = Callable[[App[None]], list[str]]


async def test_home_counts_cards_minutes_and_decks(egypt: Desk, screen: Screen) -> None:
    egypt.cards(basic(9, "What is hard sharing?", "One trunk, several heads", deck="mtl"))
    app = egypt.home()
    async with app.run_test(size=(80, 24)):
        shown = screen(app)

        assert "Sun 22 Nov" in shown[0]
        assert "Today 5 cards, about 1 min    5 new  0 review  0 learn" in shown[2]
        assert [line.split()[-1] for line in shown[4:8]] == ["decks", "mtl", "历史", "古埃及"]


async def test_enter_reviews_everything_and_the_summary_leads_home(egypt: Desk, screen: Screen) -> None:
    app = egypt.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        first = "\n".join(screen(app))
        await pilot.press("space", "3", "q", "enter")
        await pilot.pause()

        assert "Q  法老登基时的名字叫什么？" in first
        assert egypt.ratings() == [("card000000", 3)]
        assert "1 answered today" in "\n".join(screen(app))


async def test_the_deck_under_the_cursor_is_reviewed_alone(egypt: Desk) -> None:
    egypt.cards(basic(9, "What is hard sharing?", "One trunk, several heads", deck="mtl"))
    app = egypt.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "enter", "space", "3")

        assert egypt.ratings() == [("card000009", 3)]


async def test_an_empty_home_says_the_next_step(desk: Desk, screen: Screen) -> None:
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = "\n".join(screen(app))
        await pilot.press("enter", "down", "u")

        assert "`studycards generate NOTES --into decks`" in shown
        assert "There is nothing to undo." in "\n".join(screen(app))


async def test_when_nothing_is_due_home_says_until_when(desk: Desk, screen: Screen) -> None:
    desk.cards(basic(0, "Q", "A"))
    app = desk.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "space", "4", "enter")
        await pilot.pause()

        assert "Nothing is due until" in "\n".join(screen(app))
