"""Outside text on every page: shown, never obeyed, nothing of it lost; and no size breaks a page."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from conftest import Desk, basic
from textual.app import App
from textual.widgets import TextArea

from studycards.model import Source

Screen = Callable[[App[None]], list[str]]

CONTROL = [
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x1b]52;c;eA==\x07",
    "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
    "\x9b2J",
    "\x9d0;x\x9c",
    "\u202eabc\u202c",
    "\u2066x\u2069",
    "\ufeffx",
    "a\x00b",
    "a\x07b\x08c",
    "\x0e\x0f",
    "a\rb",
    "\x7f",
    "\x1bPq#0\x1b\\",
    "\x1b_Gf=100;AAAA\x1b\\",
    "\ud800x",
    "\x85x",
]
MARKUP = [
    "[/",
    "[/]",
    "[/red]",
    "a [/red] b",
    "[bold]x",
    "[red]x[/red]",
    "arr[i]",
    "[link=x]y[/link]",
    "[@click=app.quit]x[/]",
    "[@click=app.bell()]x",
    "[on red]x",
    "[[x]]y",
    "\\[x]",
    "[#ff0000]x",
    "[b][i][/b]",
    "[$primary]x",
    "<b>x</b>",
    "&lt;x&gt;",
    ":smile:",
    "{0} {x} %s %(y)s",
    "`[x]`",
    "*[x]*",
]
PAGES = {
    "home": [],
    "review": ["enter"],
    "answer": ["enter", "space"],
    "undone": ["enter", "space", "1", "u"],
    "summary": ["enter", "space", "1", "q"],
    "info": ["enter", "i"],
    "edit": ["enter", "e"],
    "browse": ["b"],
    "open": ["b", "enter"],
    "bulk": ["b", "at", "u"],
    "stats": ["s"],
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("texts", [CONTROL, MARKUP], ids=["control", "markup"])
async def test_no_page_obeys_what_a_card_says(desk: Desk, texts: list[str], page: str) -> None:
    for number, text in enumerate(texts):
        said = text.encode("utf-8", "replace").decode()
        source = Source(f"n {said}.md", 3, 3, (f"h {said}",))
        everything = " ".join(texts).encode("utf-8", "replace").decode()
        desk.cards(basic(number, f"Q {said} {everything}", f"A {said}", deck=f"D {said}", tags=(said,), source=source))
    app = desk.home()
    async with app.run_test(size=(120, 40)) as pilot:
        for key in PAGES[page]:
            await pilot.press(key)
        await pilot.pause()

        segments = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
        shown = "".join(segment.text for segment in segments)
        assert [c for c in shown if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E] == []
        assert not any(segment.style and segment.style.link for segment in segments)


@pytest.mark.parametrize("text", [text for text in MARKUP if "*" not in text and "`" not in text and "[[" not in text])
async def test_brackets_are_on_the_screen_as_they_are_in_the_file(desk: Desk, screen: Screen, text: str) -> None:
    desk.cards(basic(0, f"Q {text}", "A"))
    shown = text.replace("\\[", "[")
    app = desk.app()
    async with app.run_test(size=(80, 24)):
        assert f"Q {shown}" in "\n".join(screen(app))


@pytest.mark.parametrize("page", PAGES)
async def test_no_size_breaks_a_page(egypt: Desk, page: str) -> None:
    dice = random.Random(page)
    app = egypt.home()
    async with app.run_test(size=(80, 24)) as pilot:
        for key in PAGES[page]:
            await pilot.press(key)
        for _ in range(12):
            await pilot.resize_terminal(
                dice.choice((1, 7, 39, 40, 60, 81, 200, 500)), dice.choice((1, 3, 11, 12, 24, 200))
            )
        await pilot.resize_terminal(80, 24)
        await pilot.pause()

        assert app.is_running


async def test_a_resize_keeps_what_is_being_typed(egypt: Desk) -> None:
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("end", "x", "y")
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(100, 30)
        await pilot.press("z")

        assert app.screen.query_one("#front", TextArea).text.endswith("？xyz")
