"""Every page as text, at two sizes and in two languages; `STUDYCARDS_GOLDEN=1` writes the files anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Desk, basic
from textual.app import App

from studycards import language
from studycards.model import Card, Kind
from studycards.tui.themes import NAMES, by_name

GOLDEN = Path(__file__).parent / "golden"
Screen = Callable[[App[None]], list[str]]

# Keys that lead from home to the page that is to be seen.
PAGES = {
    "home": [],
    "question": ["enter"],
    "answer": ["enter", "space"],
    "cloze": ["enter", "space", "4", "space"],
    "undone": ["enter", "space", "1", "u"],
    "typed": ["enter", "t", "尼", "特", "名", "enter"],
    "item": ["enter", "right"],
    "catchup": ["k"],
    "move": ["b", "M"],
    "keys": ["enter", "question_mark"],
    "info": ["enter", "i"],
    "summary": ["enter", "space", "1", "space", "3", "q"],
    "browse": ["b"],
    "curate": ["c"],
    "edit": ["enter", "e"],
    "stats": ["enter", "space", "1", "space", "3", "q", "enter", "s"],
}


def matches(name: str, lines: list[str]) -> None:
    """Compare with the file of that name."""
    path = GOLDEN / f"{name}.txt"
    text = "\n".join(lines).rstrip() + "\n"
    if os.environ.get("STUDYCARDS_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk with cards of every shape."""
    sentence = "法老的王名一般被刻在{{c1::王名圈::圈}}里，即 **cartouche**。"
    table = "| 名 | name |\n|---|---|\n| 荷鲁斯名 | Horus |\n| 两女神名 | Nebty |"
    desk.cards(
        basic(0, "法老登基时的名字叫什么？", "尼苏毕特名\n\n- *nesut-bity*\n- 意为“属于莎草与蜜蜂的人”\n\n" + table),
        Card("cloze00001-1", "cloze00001", sentence, "", Kind.CLOZE, "历史::古埃及", hole=1),
        basic(
            2,
            "Which paper introduced Cross-stitch Networks?",
            "*Cross-stitch Networks*, Misra et al., 2016",
            deck="mtl",
        ),
        basic(3, "What is $\\frac{a}{b}$?", "A fraction", deck="mtl"),
    )
    return desk


SIZES = {"en": ((80, 24), (120, 40), (60, 18), (40, 12)), "zh": ((80, 24), (120, 40))}


@pytest.mark.parametrize("speech", SIZES)
@pytest.mark.parametrize("page", PAGES)
async def test_a_page_looks_as_it_did_at_every_size(full: Desk, screen: Screen, page: str, speech: str) -> None:
    language.use(speech)
    app = full.home()
    async with app.run_test(size=SIZES[speech][0]) as pilot:
        for key in PAGES[page]:
            await pilot.press(key)
            await pilot.pause()
        for width, height in SIZES[speech]:
            await pilot.resize_terminal(width, height)
            await pilot.pause()

            matches(f"{page}-{width}x{height}-{speech}", screen(app))


def luminance(triplet: tuple[int, int, int]) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [c / 255 for c in triplet]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [name for name in NAMES if not by_name(name).ansi])
@pytest.mark.parametrize("page", PAGES)
async def test_every_character_can_be_read(full: Desk, theme: str, page: str) -> None:
    from dataclasses import replace

    full.look = replace(full.look, theme=theme)
    app = full.home()
    async with app.run_test(size=(80, 24)) as pilot:
        for key in PAGES[page]:
            await pilot.press(key)
            await pilot.pause()

        assert [pair for pair in pairs(app) if contrast(*pair) < 4.5] == []


def pairs(app: App[None]) -> set[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    """Every pair of ink and paper that some visible character has."""
    found = set()
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if segment.text.strip() and style and style.color and style.bgcolor:
                assert not style.dim
                ink, paper = tuple(style.color.get_truecolor()), tuple(style.bgcolor.get_truecolor())
                found.add((paper, ink) if style.reverse else (ink, paper))
    assert found
    return found


def contrast(ink: tuple[int, int, int], paper: tuple[int, int, int]) -> float:
    """1 to 21."""
    light, dark = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


async def test_a_locale_without_unicode_gets_plain_rules(full: Desk, screen: Screen) -> None:
    from dataclasses import replace

    full.look = replace(full.look, ascii=True)
    app = full.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "space")
        await pilot.pause()

        chrome = [line for line in screen(app) if not any("\u3400" <= c <= "\u9fff" for c in line)]
        assert "".join(chrome).replace("“", "").replace("”", "").replace("•", "").isascii()


async def test_colour_can_be_switched_off(full: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = full.home()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "space")
        await pilot.pause()

        assert all(max(ink) - min(ink) < 12 for ink, _ in pairs(app))
