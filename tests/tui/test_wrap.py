"""Chinese and mixed text is broken where a reader expects it, and never too wide."""

from __future__ import annotations

from itertools import pairwise

import textual.content
from hypothesis import given, settings
from hypothesis import strategies as st
from rich._wrap import divide_line as plain
from rich.cells import cell_len
from rich.text import Text

from studycards.tui import wrap

divide = wrap.divider(plain)


def lines(text: str, width: int) -> list[str]:
    cuts = [0, *divide(text, width), len(text)]
    return [text[a:b] for a, b in pairwise(cuts)]


def test_a_latin_word_shares_its_line_with_the_chinese_after_it() -> None:
    assert lines("Python 是一种语言", 12) == ["Python 是一", "种语言"]


def test_a_closing_mark_never_begins_a_line() -> None:
    assert lines("法老登基。王名", 8) == ["法老登", "基。王名"]


def test_an_opening_mark_never_ends_a_line() -> None:
    assert lines("王名写在《名圈》里", 10) == ["王名写在", "《名圈》里"]


def test_text_without_chinese_is_wrapped_by_the_library() -> None:
    text = "Cross-stitch units learn a linear mix"

    assert divide(text, 9) == plain(text, 9)


def test_both_libraries_still_have_the_function_that_is_replaced() -> None:
    import rich.text

    wrap.install()

    assert rich.text.divide_line.__module__ == wrap.__name__
    assert textual.content.divide_line.__module__ == wrap.__name__
    assert [str(line) for line in Text("Python 是一种语言").wrap(None, 12)] == ["Python 是一", "种语言"]


@settings(max_examples=300, deadline=None)
@given(st.text("ab -，。（）《》法老登基王名\u3042e\u0301", max_size=60), st.integers(2, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    cut = divide(text, width)

    assert cut == sorted(set(cut))
    assert all(0 < place < len(text) for place in cut)
    assert all(cell_len(line.rstrip()) <= width for line in lines(text, width))
