"""What a rule is said to need is what it needs: no card is found where a condition fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from studycards.generate import Options, examine
from studycards.generate.misses import WAYS, Looking, holds
from studycards.notes.page import Page
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes
from studycards.rules import RULES

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "decks" / "notes").glob("*.md"))


def unexplained(path: Path) -> list[str]:
    """The findings of a note that would have been explained away."""
    note = parse_note(read_bytes(path.read_bytes(), path.name))
    options = Options()
    looking = Looking(Page(note), options.topics)
    left = []
    for one in examine(note, options):
        place = one.finding.place
        lines = range(place.line, place.end_line + 1)
        blocks = [block for block in note.walk() if block.line <= lines[-1] and block.end_line >= lines[0]]
        if not any(holds(one.finding.rule, look) for block in blocks for look in looking.looks(block, lines)):
            left.append(f"{path.name}:{place.line} {one.finding.rule}: {one.finding.question}")
    return left


def test_only_rules_have_conditions() -> None:
    assert set(WAYS) <= {rule.name for rule in RULES}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_card_of_the_sample_notes_meets_its_rules_conditions(path: Path) -> None:
    assert unexplained(path) == []


def test_every_card_of_real_notes_meets_its_rules_conditions(shared: Path) -> None:
    notes = [path for path in sorted((shared / "notes" / "dev").rglob("*")) if path.is_file()]

    assert [line for path in notes for line in unexplained(path)] == []
