"""Asking one rule what it finds in a few lines of notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from studycards.generate import Options, propose
from studycards.model import Status
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes

Asks = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="session")
def asks() -> Asks:
    """Questions and answers of one rule that pass the gates, whatever their confidence; lists joined by ` / `."""

    def ask(rule: str, text: str, path: str = "notes/river.md") -> list[tuple[str, str]]:
        found = propose(parse_note(read_bytes(text.encode(), path)), Options(only=frozenset({rule})))
        kept = (p for p in found if p.status != Status.REFUSED)
        return [(p.text or p.question, p.answer.replace("\n", " / ")) for p in kept]

    return ask
