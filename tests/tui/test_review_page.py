"""Keys in, store out: the review on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import Desk, basic
from textual.app import App

from studycards.session import Options

Screen = Callable[[App[None]], list[str]]


async def test_space_shows_the_answer_and_a_digit_stores_the_rating(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        before = "\n".join(screen(app))
        await pilot.press("space")
        shown = "\n".join(screen(app))
        await pilot.press("1")

        assert egypt.ratings() == [("card000000", 1)]
        assert "法老登基时的名字叫什么？" in before
        assert "尼苏毕特名" not in before
        assert "尼苏毕特名" in shown
        assert "1 Again <1m" in shown


async def test_two_spaces_are_good(egypt: Desk) -> None:
    app = egypt.app()
    async with app.run_test() as pilot:
        await pilot.press("space", "space", "enter", "enter")

        assert egypt.ratings() == [("card000000", 3), ("card000001", 3)]


async def test_a_rating_before_the_reveal_does_nothing(egypt: Desk) -> None:
    app = egypt.app()
    async with app.run_test() as pilot:
        await pilot.press("1", "3", "4")

        assert egypt.ratings() == []


async def test_full_width_and_foreign_keys_work(egypt: Desk) -> None:
    app = egypt.app()
    async with app.run_test() as pilot:
        for character in "　３г":
            app.screen.on_key(_key(character))  # type: ignore[attr-defined]
            await pilot.pause()

        assert egypt.ratings() == [("card000000", 3)]
        assert egypt.db.execute("SELECT count(*) FROM acts WHERE kind = 'undo'").fetchone()[0] == 1


def _key(character: str):  # type: ignore[no-untyped-def]
    from textual.events import Key

    return Key(character, character)


async def test_undo_brings_the_card_back_and_says_what_it_was(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "4", "u")

        shown = "\n".join(screen(app))
        assert 'Undid Easy on "法老登基时的名字叫什么？"' in shown
        assert "(was 7d)" in shown
        assert "Q  法老登基时的名字叫什么？" in shown
        assert egypt.db.execute("SELECT count(*) FROM memory").fetchone()[0] == 0


async def test_redo_stores_the_answer_again(egypt: Desk) -> None:
    app = egypt.app()
    async with app.run_test() as pilot:
        await pilot.press("space", "4", "u", "U")

        assert egypt.db.execute("SELECT count(*) FROM memory").fetchone()[0] == 1


@pytest.mark.parametrize(("key", "column"), [("minus", "buried_day"), ("at", "suspended"), ("x", "retired")])
async def test_putting_a_card_off_is_one_key_and_one_undo(egypt: Desk, key: str, column: str) -> None:
    app = egypt.app()
    async with app.run_test() as pilot:
        await pilot.press(key)
        done = egypt.db.execute(f"SELECT card_id, {column} FROM marks").fetchall()
        await pilot.press("u")

        assert done[0][0] == "card000000"
        assert done[0][1]
        assert egypt.db.execute("SELECT count(*) FROM marks").fetchone()[0] == 0


async def test_a_digit_after_retire_is_its_reason(egypt: Desk) -> None:
    app = egypt.app()
    async with app.run_test() as pilot:
        await pilot.press("x", "3")

        assert egypt.db.execute("SELECT card_id, retired FROM marks").fetchall() == [("card000000", 4)]


async def test_mark_and_flag_stay_on_the_card(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("asterisk", "f", "3")

        assert egypt.db.execute("SELECT marked, flag FROM marks").fetchall() == [(1, 3)]
        assert "marked  flag 3" in "\n".join(screen(app))


async def test_a_key_right_after_the_reveal_is_a_slip(egypt: Desk) -> None:
    egypt.look = replace(egypt.look, guard_ms=150)
    app = egypt.app()
    async with app.run_test() as pilot:
        egypt.clock.forward(seconds=2)
        await pilot.press("space", "3")
        too_soon = egypt.ratings()
        egypt.clock.forward(seconds=1)
        await pilot.press("3")

        assert too_soon == []
        assert egypt.ratings() == [("card000000", 3)]


async def test_the_time_taken_is_stored(egypt: Desk) -> None:
    app = egypt.app()
    async with app.run_test() as pilot:
        egypt.clock.forward(seconds=7)
        await pilot.press("space", "3")

        assert egypt.db.execute("SELECT duration_ms FROM reviews").fetchone()[0] == 7000


async def test_the_last_answer_leads_to_the_summary_and_undo_leads_back(desk: Desk, screen: Screen) -> None:
    desk.cards(basic(0, "Q one", "A one"))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "4")
        await pilot.pause()
        summary = "\n".join(screen(app))
        await pilot.press("u")
        await pilot.pause()

        assert "Done. 1 card" in summary
        assert "1 new" in summary
        assert "Q  Q one" in "\n".join(screen(app))


async def test_stopping_shows_the_summary_and_enter_ends(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "1", "q")
        await pilot.pause()
        shown = "\n".join(screen(app))
        await pilot.press("enter")
        await pilot.pause()

        assert "Missed 1:  法老登基时的名字叫什么？" in shown
        assert not app.is_running or app._exit


async def test_a_long_answer_is_paged_before_space_means_good(desk: Desk, screen: Screen) -> None:
    desk.cards(basic(0, "Long?", "\n".join(f"line {n}" for n in range(60))))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        first = "\n".join(screen(app))
        for _ in range(5):
            await pilot.press("space")
            await pilot.pause()
            if desk.ratings():
                break

        assert "more lines: j, PgDn, Space)" in first
        assert desk.ratings() == [("card000000", 3)]


async def test_two_buttons_store_again_and_good(egypt: Desk, screen: Screen) -> None:
    egypt.look = replace(egypt.look, buttons=2)
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        shown = "\n".join(screen(app))
        await pilot.press("2", "space", "1")

        assert [rating for _, rating in egypt.ratings()] == [3, 1]
        assert "Hard" not in shown


async def test_a_cram_says_so_and_changes_no_memory(egypt: Desk, screen: Screen) -> None:
    egypt.options = Options(cram=True)
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = "\n".join(screen(app))
        await pilot.press("space", "3")

        assert "cram: memory stays as it is" in shown
        assert egypt.db.execute("SELECT count(*) FROM memory").fetchone()[0] == 0


async def test_the_key_list_comes_and_goes(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        shown = "\n".join(screen(app))
        await pilot.press("x")
        await pilot.pause()

        assert "undo the last action" in shown
        assert "Q  法老" in "\n".join(screen(app))
        assert egypt.db.execute("SELECT count(*) FROM marks").fetchone()[0] == 0


async def test_the_note_is_shown_around_the_line_of_the_card(egypt: Desk, screen: Screen) -> None:
    note = egypt.folder / "decks" / "notes" / "egypt.md"
    note.parent.mkdir(parents=True)
    note.write_text("\n".join(f"line {n} [/red]" for n in range(1, 30)), encoding="utf-8")
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        await pilot.pause()

        assert ">    3  line 3 [/red]" in "\n".join(screen(app))


async def test_what_is_known_of_the_card_is_one_key_away(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "3", "u", "U", "u", "i")
        await pilot.pause()

        assert "card card000000" in "\n".join(screen(app))
        assert "历史::古埃及" in "\n".join(screen(app))


async def test_an_own_key_replaces_the_one_of_the_map(egypt: Desk) -> None:
    from studycards.tui.keys import KeyMap

    egypt.look = replace(egypt.look, keys=KeyMap({"suspend": "z"}))
    app = egypt.app()
    async with app.run_test() as pilot:
        await pilot.press("at", "z")

        assert egypt.db.execute("SELECT card_id FROM marks WHERE suspended").fetchall() == [("card000000",)]


async def test_a_terminal_that_is_too_small_says_so_and_recovers(egypt: Desk, screen: Screen) -> None:
    app = egypt.app()
    async with app.run_test(size=(30, 8)) as pilot:
        small = "\n".join(screen(app))
        await pilot.resize_terminal(60, 18)
        await pilot.pause()

        assert "needs 40x12" in small.replace("\n", " ")
        assert "法老登基时的名字叫什么？" in "\n".join(screen(app))


async def test_the_summary_offers_more_new_cards_and_what_comes_tomorrow(desk: Desk, screen: Screen) -> None:
    desk.config = replace(desk.config, given={"review.new_per_day": 1})
    desk.cards(*(basic(n, f"Q {n}", f"A {n}", source=None) for n in range(3)))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "4")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        ahead = "\n".join(screen(app))
        await pilot.press("plus")
        await pilot.pause()
        await pilot.press("space", "4", "space", "4")
        await pilot.pause()

        assert "Nothing comes due by then." in ahead
        assert len(desk.ratings()) == 3
