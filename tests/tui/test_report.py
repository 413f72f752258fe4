"""The report is one page that asks for nothing and shows names as text."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from conftest import Desk, basic

from studycards import language
from studycards.history import Stamp
from studycards.model import Rating
from studycards.stats import Stats, summarise
from studycards.store.tallies import tallies
from studycards.tui.report import report


def figures(desk: Desk) -> tuple[Stats, int]:
    """Some weeks of answers, and cards of a deck with a hostile name."""
    desk.cards(*(basic(n, f"Q{n}", f"A{n}") for n in range(4)))
    desk.cards(basic(9, "Q", "A", deck="<script src=//x>alert(1)</script>&\x1b[2J"))
    for n in range(12):
        session = desk.session()
        while session.current is not None:
            session.answer(Rating.GOOD if n % 4 else Rating.EASY, 4000)
            desk.clock.forward(minutes=11)
        desk.clock.forward(days=5)
    today = Stamp.of(desk.clock(), 4).day
    return summarise(tallies(desk.db, today, days=30, horizon=30), 30), today


class Reader(HTMLParser):
    """Keeps names of tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_report_has_charts_and_asks_for_nothing(desk: Desk) -> None:
    text = report(*figures(desk), 0.9)
    reader = Reader()
    reader.feed(text)

    assert reader.tags.count("svg") == 3
    assert not {"script", "img", "link", "iframe", "object", "a", "image", "use"} & set(reader.tags)
    assert not {"src", "href", "onload", "style"} & set(reader.attributes)
    assert "url(" not in text
    assert "@import" not in text
    assert "prefers-color-scheme:dark" in text
    assert "<script src=//x>alert(1)</script>&" in reader.text
    assert "\x1b" not in text


def test_a_report_speaks_chinese(desk: Desk) -> None:
    stats, today = figures(desk)
    language.use("zh")
    text = report(stats, today, 0.9)

    assert '<html lang="zh"' in text
    assert "历史::古埃及" in text
    assert "卡组" in text


def test_a_store_without_answers_gives_a_report_too(desk: Desk) -> None:
    today = Stamp.of(desk.clock(), 4).day
    empty = summarise(tallies(desk.db, today, days=30, horizon=30), 30)

    assert "<svg" in report(empty, today, 0.9)
    assert "<svg" in report(replace(empty, forecast=()), today, 0.9)


def test_the_shades_of_both_papers_differ(desk: Desk) -> None:
    text = report(*figures(desk), 0.9)

    assert text.count("--paper:") == 2
    assert 'class="c4"' in text
