"""What a reminder says, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studycards.text import clean

_MARKUP = str.maketrans("&<>", "＆＜＞")


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language; a pair is for one and for more than one."""

    title: str
    cards: tuple[str, str]
    minutes: tuple[str, str]
    first: str
    nothing: str
    test: str
    event: str


LANGUAGES: Mapping[str, Words] = {
    "en": Words(
        title="{cards} due, about {minutes}",
        cards=("{n} card", "{n} cards"),
        minutes=("{n} minute", "{n} minutes"),
        first="First: {deck}",
        nothing="Nothing is due",
        test="Test: {title}",
        event="Review cards (studycards review)",
    ),
    "zh": Words(
        title="{cards}到期，约 {minutes}",
        cards=("{n} 张卡片", "{n} 张卡片"),
        minutes=("{n} 分钟", "{n} 分钟"),
        first="先复习：{deck}",
        nothing="没有到期的卡片",
        test="测试：{title}",
        event="复习卡片 (studycards review)",
    ),
}


@dataclass(frozen=True, slots=True)
class Due:
    """What is due: cards within today's limits, the minutes they take, the deck at the head of the queue."""

    cards: int
    minutes: int
    first: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One reminder, ready to be shown as plain text; `body` may be empty."""

    title: str
    body: str
    due: Due


def compose(due: Due, language: str, *, is_test: bool = False, with_deck: bool = True) -> Message:
    """The message for what is due. Desktops read the body as markup, so its `& < >` become full-width ones."""
    words = LANGUAGES[language]
    title = words.nothing
    if due.cards > 0:
        minutes = _count(words.minutes, max(1, due.minutes))
        title = words.title.format(cards=_count(words.cards, due.cards), minutes=minutes)
    if is_test:
        title = words.test.format(title=title)
    body = ""
    if with_deck and due.first and due.cards > 0:
        deck = clean(due.first).replace("\n", " ").translate(_MARKUP)
        body = words.first.format(deck=deck)
    return Message(title, body, due)


def line(due: Due, language: str) -> str:
    """What is due as one line for a shell's start or a status bar; empty when nothing is."""
    return compose(due, language, with_deck=False).title if due.cards > 0 else ""


def _count(forms: tuple[str, str], number: int) -> str:
    return forms[number != 1].format(n=number)
