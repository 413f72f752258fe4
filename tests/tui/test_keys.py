"""There is one key map: what it prints and what it does are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from studycards.tui.browse import BULK, BrowsePage
from studycards.tui.catchup import CatchUpPage
from studycards.tui.curate import CuratePage
from studycards.tui.home import HomePage
from studycards.tui.keys import KEY_MAP, PAGES, KeyMap, name, normalise, readme_table
from studycards.tui.lines import legend
from studycards.tui.page import MOVES, SHELL
from studycards.tui.review import ReviewPage
from studycards.tui.stats import StatsPage
from studycards.tui.summary import SummaryPage

README = Path(__file__).resolve().parents[2] / "README.md"
PAGE_CLASSES = {
    "home": HomePage,
    "review": ReviewPage,
    "summary": SummaryPage,
    "browse": BrowsePage,
    "curate": CuratePage,
    "stats": StatsPage,
    "catchup": CatchUpPage,
}


def test_the_map_is_the_table_of_the_readme() -> None:
    between = README.read_text(encoding="utf-8").partition("<!-- keys -->\n")[2].partition("\n<!-- /keys -->")[0]

    assert between == readme_table()


@pytest.mark.parametrize("row", KEY_MAP, ids=lambda row: f"{row.page}-{row.action}")
def test_every_action_of_the_map_is_done_by_its_page(row) -> None:  # type: ignore[no-untyped-def]
    from studycards.tui.conduct import RATINGS, Conduct

    page = PAGE_CLASSES[row.page]

    several = (*BULK, "undo", "redo") if row.page == "browse" else ()
    known = (*SHELL, *MOVES, *RATINGS, *several)

    assert row.action in known or hasattr(page, f"do_{row.action}") or hasattr(Conduct, row.action)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("when", ["question", "answer"])
def test_no_key_has_two_actions(page: str, when: str) -> None:
    rows = [row for row in KEY_MAP if row.page == page and row.when in ("", when)]
    keys = [key for row in rows for key in row.keys]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("page", PAGES)
def test_every_key_of_a_page_is_in_its_list(page: str) -> None:
    listed = ", ".join(keys for keys, _ in KeyMap().help(page))

    assert all(name(key) in listed for row in KEY_MAP if row.page == page for key in row.keys)


def test_a_legend_fits_and_gives_up_what_matters_least() -> None:
    rows = KeyMap().legend("review", "question")

    assert len(legend(rows, 80)) <= 80
    assert legend(rows, 40).startswith(" Space show")
    assert "stop" in legend(rows, 40)
    assert len(legend(rows, 40)) <= 40


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("１", "1"),
        ("　", "space"),
        ("？", "?"),
        ("－", "-"),
        ("г", "u"),
        ("Г", "U"),
        ("ㅂ", "q"),
        ("ק", "e"),
        ("υ", "y"),
    ],
)
def test_a_printed_key_is_taken_for_the_one_at_its_place(typed: str, meant: str) -> None:
    assert normalise("whatever", typed) == meant


def test_an_own_key_for_an_action_that_does_not_exist_is_told() -> None:
    assert KeyMap({"suspend": "z", "dance": "q"}).unknown == ("dance",)
