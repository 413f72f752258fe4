"""Pictures in cells and sounds outside, from the files beside a card."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Desk, basic
from textual.app import App

from studycards.tui import media
from studycards.tui.picture import HIGHEST, picture

Screen = Callable[[App[None]], list[str]]


def test_the_files_that_a_text_names_are_found_beside_it(tmp_path: Path) -> None:
    text = '![a](one.png) ![[two two.jpg|200]] [x](<three 3.gif> "t") ![b](http://x/y.png) `z` [sound:s.mp3] ![](n.txt)'
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "two two.jpg").touch()

    assert media.addresses(text, media.PICTURES) == ["one.png", "two two.jpg", "three 3.gif", "http://x/y.png"]
    assert media.addresses(text, media.SOUNDS) == ["s.mp3"]
    assert media.find("two%20two.jpg", [tmp_path]) == (tmp_path / "media" / "two two.jpg").resolve()
    assert media.find("http://x/y.png", [tmp_path]) is None
    assert media.find("none\x00.png", [tmp_path]) is None


def program(folder: Path) -> tuple[str, ...]:
    """A player that notes what it was given."""
    script = folder / "play.py"
    script.write_text("import sys, pathlib\npathlib.Path(sys.argv[1]).write_text(repr(sys.argv[2:]))\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return (sys.executable, str(script), str(folder / "noted"))


async def test_a_sound_is_played_as_one_argument(desk: Desk, screen: Screen) -> None:
    (desk.folder / "decks").mkdir()
    sound = desk.folder / "decks" / "a; touch x.mp3"
    sound.touch()
    desk.look = replace(desk.look, player=program(desk.folder))
    desk.cards(basic(0, "How does it sound? [sound:a; touch x.mp3]", "So"), basic(1, "And this?", "No"))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("r")
        playing = app.screen.outside._playing  # type: ignore[attr-defined]
        assert playing is not None
        playing.wait(20)
        await pilot.press("s", "r")
        await pilot.pause()

        assert (desk.folder / "noted").read_text() == repr([str(sound.resolve())])
        assert "The card has no sound that is there." in "\n".join(screen(app))


async def test_a_picture_is_drawn_below_its_block_and_large_with_a_key(desk: Desk, screen: Screen) -> None:
    image = pytest.importorskip("PIL.Image")
    (desk.folder / "decks").mkdir()
    image.new("RGB", (400, 200), "red").save(desk.folder / "decks" / "red.png")
    desk.cards(basic(0, "What is this? ![the sign](red.png)", "Red"))
    app = desk.app()
    async with app.run_test(size=(80, 40)) as pilot:
        shown = screen(app)
        await pilot.press("v")
        await pilot.pause()
        large = screen(app)

        assert "[picture: the sign (red.png)]" in "\n".join(shown)
        assert sum("▀▀▀" in line for line in shown) == HIGHEST
        assert sum("▀▀▀" in line for line in large) > HIGHEST
        assert "red.png" in large[0]


def test_a_file_that_is_no_picture_is_not_drawn(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"no picture")

    assert picture(tmp_path / "x.png") is None
    assert picture(tmp_path / "none.png") is None


async def test_without_what_draws_the_viewer_opens_it(desk: Desk) -> None:
    (desk.folder / "decks").mkdir()
    (desk.folder / "decks" / "x.png").write_bytes(b"no picture")
    desk.look = replace(desk.look, viewer=program(desk.folder))
    desk.cards(basic(0, "What? ![](x.png)", "That"))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("v")
        viewing = app.screen.outside._viewing  # type: ignore[attr-defined]
        assert viewing is not None
        viewing.wait(20)

    assert "x.png" in (desk.folder / "noted").read_text()


async def test_time_in_which_nobody_studies_is_not_counted(egypt: Desk, screen: Screen) -> None:
    egypt.look = replace(egypt.look, timer=True)
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        egypt.clock.forward(seconds=200)
        await pilot.press("space")
        shown = "\n".join(screen(app))
        await pilot.press("3", "q")
        await pilot.pause()

        assert "200 s" in shown
        assert egypt.db.execute("SELECT duration_ms FROM reviews").fetchone()[0] == 60_000
        assert "2 min 20 s in which nothing was done are not counted." in "\n".join(screen(app))


async def test_the_answer_can_show_by_itself_and_never_rates(egypt: Desk, screen: Screen) -> None:
    egypt.look = replace(egypt.look, advance_s=10)
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        egypt.clock.forward(seconds=9)
        app.screen._tick()  # type: ignore[attr-defined]
        await pilot.pause()
        before = "\n".join(screen(app))
        egypt.clock.forward(seconds=60)
        app.screen._tick()  # type: ignore[attr-defined]
        app.screen._tick()  # type: ignore[attr-defined]
        await pilot.pause()

        assert "尼苏毕特名" not in before
        assert "A  尼苏毕特名" in "\n".join(screen(app))
        assert egypt.ratings() == []
