"""Home tells what stands around the cards, and leads to a plan, a deck, a broken-off sitting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from conftest import Desk, basic
from textual.app import App

from studycards import backup
from studycards.store import choices, plans, reminder
from studycards.store.opening import path_of
from studycards.tui.app import StudycardsApp
from studycards.tui.catchup import CatchUpPage
from studycards.tui.finding import best
from studycards.tui.standing import next_reminder

Screen = Callable[[App[None]], list[str]]


def behind(desk: Desk, cards: int = 260) -> None:
    """Far more reviews than a day has room for."""
    day = desk.clock().toordinal() - 30
    desk.cards(*(basic(n, f"Question {n}", f"Answer {n}") for n in range(cards)))
    rows = [
        {"card_id": f"card{n:06}", "state": 2, "stability": 20.0, "difficulty": 5.0, "due_day": day, "lapses": n % 3}
        | {"last_day": day - 20, "last_ms": 0, "reps": 3, "interval": 20}
        for n in range(cards)
    ]
    desk.db.table("memory").insert_all(rows)


async def test_a_catch_up_plan_is_shown_then_started_then_undone(desk: Desk, screen: Screen) -> None:
    behind(desk)
    app = desk.home()
    today = desk.clock().toordinal()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "k catch-up" in "\n".join(screen(app))
        await pilot.press("k")
        await pilot.pause()
        shown = "\n".join(screen(app))
        before = plans.catch_up(desk.db, today)
        await pilot.press("down", "down", "n", "enter")
        begun = plans.catch_up(desk.db, today)
        await pilot.press("u")

        assert "as it is:  today 200 reviews" in shown
        assert "10 min more a day" in shown
        assert before is None
        assert begun is not None
        assert begun.extra_reviews > 0
        assert begun.no_new
        assert plans.catch_up(desk.db, today) is None


async def test_days_away_begin_with_one_key_and_end_with_another(desk: Desk) -> None:
    today = desk.clock().toordinal()
    app = StudycardsApp(desk.desk(), first=CatchUpPage(desk.desk()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        assert plans.back_on(desk.db, today) == today + 7
        await pilot.press("u")
        assert plans.back_on(desk.db, today) is None


async def test_a_deck_is_found_by_letters_of_its_name(egypt: Desk) -> None:
    egypt.cards(basic(9, "What is hard sharing?", "One trunk, several heads", deck="mtl::sharing"))
    app = egypt.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("/", "m", "s", "h", "enter")
        await pilot.pause()
        await pilot.press("space", "3")

        assert egypt.ratings() == [("card000009", 3)]


def test_the_closest_name_comes_first() -> None:
    assert best(("a long mist", "mtl", "历史::古埃及"), "mt") == ("mtl", "a long mist")
    assert best(("a", "历史::古埃及"), "史古") == ("历史::古埃及",)
    assert best(("a", "b"), "") == ("a", "b")


async def test_home_offers_to_go_on_with_a_sitting_broken_off(egypt: Desk, screen: Screen) -> None:
    app = egypt.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "space", "4", "q")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()

        assert "Continue? 3 left from today: Enter" in "\n".join(screen(app))


def test_the_next_reminder_is_the_next_hour_that_was_chosen(desk: Desk) -> None:
    now, today = desk.clock(), desk.clock().toordinal()
    payload: dict[str, object] = {"at": "08:00:00", "days": [0], "channels": ["desktop"], "via": "cron"}
    assert next_reminder(desk.db, now, today) == ""
    reminder.save_plan(desk.db, payload)

    assert next_reminder(desk.db, now, today) == "next reminder Mon 08:00"


async def test_home_says_how_old_the_backup_is(egypt: Desk, screen: Screen) -> None:
    backup.make(path_of(egypt.db), egypt.clock() - timedelta(minutes=12), "test")
    app = egypt.home()
    async with app.run_test(size=(80, 24)):
        assert "backup 12 min ago" in "\n".join(screen(app))


async def test_misses_are_drilled_without_touching_memory(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "1", "space", "4", "q")
        await pilot.pause()
        before = egypt.db.execute("SELECT * FROM memory ORDER BY card_id").fetchall()
        await pilot.press("d")
        await pilot.pause()
        shown = "\n".join(screen(app))
        await pilot.press("space", "3")

        assert "0/1" in shown
        assert egypt.ratings()[-1] == ("card000000", 3)
        assert egypt.db.execute("SELECT * FROM memory ORDER BY card_id").fetchall() == before


async def test_weak_cards_are_those_forgotten_most_often(desk: Desk) -> None:
    behind(desk, 6)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        for _ in range(5):
            await pilot.press("space", "3")

        assert sorted(card for card, _ in desk.ratings()) == ["card000001", "card000002", "card000004", "card000005"]


async def test_two_buttons_are_offered_once_and_kept(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause()
        offered = "\n".join(screen(app))
        await pilot.press("2")
    again = egypt.app()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        asked = "\n".join(screen(again))
        await pilot.press("q")
        await pilot.pause()

        assert "Two buttons are enough for many" in offered
        assert choices.get(egypt.db, choices.BUTTONS) == "2"
        assert "Hard" not in asked
        assert "Two buttons are enough for many" not in "\n".join(screen(again))
