"""Lists that a line counts: what a thing has so many of, and a line said in two languages."""

from __future__ import annotations

from collections.abc import Callable

Asks = Callable[..., list[tuple[str, str]]]


def test_what_a_thing_has_so_many_of_is_asked(asks: Asks) -> None:
    text = "# Clocks\n\nMovement has 2 trains:\n- going train: drives the hands\n- striking train: rings the bell\n"
    assert ("Which 2 trains does Movement have?", "going train / striking train") in asks("count-list", text)


def test_a_line_in_two_languages_is_asked_in_its_first(asks: Asks) -> None:
    text = "# Clocks\n\nThere are two types of clock 有两种钟:\n\n- Water clock: drips\n- Sand clock: trickles\n"
    assert asks("count-list", text) == [("(Clocks) Which two types of clock are there?", "Water clock / Sand clock")]


def test_a_number_that_the_list_does_not_bear_out_asks_nothing(asks: Asks) -> None:
    text = "# Clocks\n\nMovement has 3 trains:\n- going train: drives the hands\n- striking train: rings the bell\n"
    assert asks("count-list", text) == []


def test_a_thing_unnamed_asks_nothing(asks: Asks) -> None:
    text = "# Clocks\n\nIt has 2 trains:\n- going train: drives the hands\n- striking train: rings the bell\n"
    assert asks("count-list", text) == []
