"""Cards that a person wrote into an inviting note, as findings beside those of the rules."""

from __future__ import annotations

from collections.abc import Iterator

from studycards.cloze import holes
from studycards.identity import hand_slots
from studycards.model import Finding, Place
from studycards.notes.note import Explicit, Note
from studycards.notes.options import DIALECTS


def dialects() -> tuple[str, ...]:
    """The names under which cards written by hand are known: those of the dialects, in order."""
    return tuple(sorted(DIALECTS))


def findings(note: Note) -> Iterator[Finding]:
    """The cards written in a note, in its order; a cloze keeps the answers of its holes one a line."""
    for card in note.explicit:
        yield _finding(card)


def covered(note: Note) -> frozenset[int]:
    """The lines on which somebody wrote a card: nothing else is asked about them."""
    return frozenset(line for card in note.explicit for line in range(card.line, card.end_line + 1))


def slot_of(question: str, answer: str) -> str:
    """The slot of such a card: its question, or its text with the holes filled."""
    return next(iter(hand_slots(question, answer)), "")


def _finding(card: Explicit) -> Finding:
    place = Place(card.line, card.end_line, card.headings)
    if not card.text:
        return Finding(card.dialect, card.question, card.answer, place, "", by_hand=True, reverse=card.both)
    asked, shown = card.text, holes(card.text)
    for hole in reversed(shown):
        asked = f"{asked[: hole.start]}____{asked[hole.end :]}"
    answers = "\n".join(hole.answer for hole in shown)
    return Finding(card.dialect, asked, answers, place, "", text=card.text, by_hand=True)
