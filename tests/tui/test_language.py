"""Everything that is said is said in both languages."""

from __future__ import annotations

import re
from datetime import date

import catalogue
import pytest
from conftest import Desk

from studycards import language


@pytest.fixture(autouse=True)
def _english_again() -> object:
    yield
    language.use("en")


def test_every_message_has_a_translation_and_no_translation_is_left_over() -> None:
    translations = catalogue.read()

    assert [message for message in catalogue.wanted() if not translations.get(message)] == []
    assert [message for message in translations if message not in catalogue.wanted()] == []


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    assert (catalogue.FOLDER / "studycards.mo").read_bytes() == catalogue.compiled(catalogue.read())


def test_a_translation_fills_in_the_same_names() -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)", text))

    plurals = catalogue.wanted()
    wrong = [
        message
        for message, translation in catalogue.read().items()
        if names(message) | names(plurals[message]) != names(translation)
    ]

    assert wrong == []


def test_what_does_not_matter_to_a_translation_is_not_changed_by_it() -> None:
    """Keys are not translated, and words in backquotes are commands."""
    wrong = [
        message
        for message, translation in catalogue.read().items()
        if sorted(re.findall("`[^`]+`", message)) != sorted(re.findall("`[^`]+`", translation))
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("wanted", "environment", "picked"),
    [
        ("", {}, "en"),
        ("", {"LANG": "zh_CN.UTF-8"}, "zh"),
        ("", {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ("", {"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "de_DE"}, "zh"),
        ("zh", {"LANG": "en_US.UTF-8"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_config_s_or_the_locale_s(wanted: str, environment: dict[str, str], picked: str) -> None:
    assert language.pick(wanted, environment) == picked


def test_dates_and_numbers_are_said_as_a_reader_writes_them() -> None:
    day = date(2026, 11, 22)
    english = language.day(day), language.count("{n} more", "{n} more", 1)
    language.use("zh")

    assert english == ("Sun 22 Nov", "1 more")
    assert language.day(day) == "11月22日 周日"


async def test_the_review_speaks_chinese(egypt: Desk) -> None:
    language.use("zh")
    app = egypt.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")

        strips = app.screen._compositor.render_strips()
        shown = "\n".join("".join(segment.text for segment in strip) for strip in strips)
        assert "1 重来 <1m" in shown
        assert "3 良好 <10m (Space)" in shown
