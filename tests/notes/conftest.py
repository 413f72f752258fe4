"""A note under test stands in the docstring of its test."""

from __future__ import annotations

import inspect

import pytest

from studycards.notes.note import Note
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes


@pytest.fixture
def note(request: pytest.FixtureRequest) -> Note:
    """The note in the docstring of the test."""
    return parse_note(read_bytes(inspect.cleandoc(request.function.__doc__ or "").encode(), "note.md"))
