"""Card text is shown as its writer meant it, and nothing in it is taken for markup or control."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from studycards.model import Card, Kind, Source
from studycards.tui import wrap
from studycards.tui.inline import Ink
from studycards.tui.paint import paint, paint_question
from studycards.tui.sides import CAP, answer, capped, expected, headings, hint, question


@pytest.fixture(autouse=True)
def _chinese() -> None:
    wrap.install()


def shown(text: str, width: int = 40, hole: int | None = None, revealed: bool = True) -> list[str]:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as capture:
        console.print(paint(text, Ink(), hole, revealed))
    return [line.rstrip() for line in capture.get().rstrip("\n").split("\n")]


def cloze(text: str, hole: int = 1, back: str = "") -> Card:
    return Card("k", "k", text, back, Kind.CLOZE, "deck", hole=hole)


def test_bold_italic_code_and_links_lose_their_marks() -> None:
    assert shown("**法老**的 *serekh* 与 `code`，[名](https://example.org)") == ["法老的 serekh 与 code，名"]


@pytest.mark.parametrize("text", ["a [/red] b", "[/", "arr[i]", "[bold]x", "[@click=quit]x[/]", "[link=x", "<b>x</b>"])
def test_brackets_are_text(text: str) -> None:
    assert shown(text) == [text]


def test_line_breaks_stay() -> None:
    assert shown("first\nsecond\n\n\nthird") == ["first", "second", "", "third"]


def test_an_item_hangs_under_its_mark() -> None:
    assert shown("- 荷鲁斯名，第一个名字\n2. two", 12) == ["• 荷鲁斯名，", "  第一个名字", "2. two"]


def test_a_table_stands_in_columns() -> None:
    assert shown("| 名 | name |\n|---|---|\n| 荷鲁斯 | Horus |") == ["名      name", "荷鲁斯  Horus"]


def test_code_is_kept_as_it_is() -> None:
    assert shown("```python\nx = a[1] ** b ** c\n```") == ["  x = a[1] ** b ** c"]


def test_a_hole_is_open_before_the_reveal_and_filled_after() -> None:
    text = "王名刻在**{{c1::王名圈::圈}}**里，{{c2::x}}"

    assert shown(text, hole=1, revealed=False) == ["王名刻在[圈]里，x"]
    assert shown(text, hole=1, revealed=True) == ["王名刻在王名圈里，x"]


def test_a_cloze_card_reads_aloud_with_its_answer_in_brackets() -> None:
    card = cloze("刻在{{c1::王名圈}}里", back="cartouche")

    assert question(card) == "刻在[...]里"
    assert answer(card) == "刻在[王名圈]里\n\ncartouche"
    assert expected(card) == "王名圈"


def test_control_characters_are_shown_not_sent() -> None:
    payload = "a\x1b]52;c;eA==\x07b\x9b2Jc\u202ed\x00e"

    assert shown(payload) == ["a␛]52;c;eA==␇b\ufffd2Jc\ufffdd␀e"]


def test_a_hostile_side_is_cut_and_says_so() -> None:
    text = capped("x" * 100_000)

    assert len(text) < CAP + 100
    assert text.endswith("E opens it")


def test_a_heading_that_tells_the_answer_waits_for_the_reveal() -> None:
    source = Source("notes/egypt.md", 3, 3, ("五个名字", "尼苏毕特名 (prenomen)"))
    card = Card("k", "k", "登基时的名字？", "尼苏毕特名", Kind.BASIC, "d", source=source)

    assert headings(card, revealed=False) == ("五个名字", "…")
    assert headings(card, revealed=True) == ("五个名字", "尼苏毕特名 (prenomen)")


def test_a_hint_gives_the_first_letters() -> None:
    assert hint(Card("k", "k", "q", "Cross-stitch units", Kind.BASIC, "d")) == "C___________ u____"
    assert hint(Card("k", "k", "q", "尼苏毕特名", Kind.BASIC, "d")) == "尼苏___"


def test_a_private_character_in_the_text_is_no_hole() -> None:
    assert shown("a\U00100000b {{c1::x}}", hole=1, revealed=False) == ["a\ufffdb [...]"]


@settings(max_examples=400, deadline=None)
@given(st.text("{}c1:[]()*_~=`|-#>$\\!\n ab法\x1b\U00100001", max_size=80), st.integers(1, 40), st.booleans())
def test_no_text_breaks_it(text: str, width: int, revealed: bool) -> None:
    lines = shown(text, width, 1, revealed)

    assert not any(ord(character) < 32 for line in lines for character in line)
    paint_question(cloze(text), revealed, Ink())
    question(cloze(text))
    answer(cloze(text))
    hint(cloze(text))


def test_ten_thousand_stars_are_read_at_once() -> None:
    assert shown("**" * 8_000, 80)
