"""Every problem in every deck file, read afresh; needs no store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from studycards.collection.looking import deck_paths, read_deck
from studycards.deckfile import DeckText
from studycards.identity import content
from studycards.model import Problem
from studycards.notes.reader import FileText

_NAMES_DECK = re.compile(r"\A---[ \t]*\r?\n(?:(?!---).*\r?\n)*?deck[ \t]*:")


@dataclass(slots=True)
class Checked:
    """What a check read: how many deck files and cards, what is wrong in them, and named files that are none."""

    files: int = 0
    blocks: int = 0
    problems: list[Problem] = field(default_factory=list)
    no_decks: list[str] = field(default_factory=list)


def check(roots: Iterable[str], show: Callable[[str], str]) -> Checked:
    """Read all deck files in folders, and single ones; `show` gives the name by which messages call a path."""
    listed = list(roots)
    checked = Checked()
    doubles = _Doubles(checked.problems)
    for path, _, _ in deck_paths(listed):
        file, deck = read_deck(Path(path), show(path))
        if deck is None:
            _no_deck(file, path in listed, checked)
            continue
        checked.files += 1
        checked.blocks += len(deck.entries)
        checked.problems += [*file.problems, *deck.problems]
        doubles.look(show(path), deck)
    checked.problems.sort(key=lambda problem: (problem.path, problem.line, problem.code))
    return checked


class _Doubles:
    """Finds ids and texts that stand twice."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._ids: dict[str, tuple[str, str]] = {}

    def look(self, path: str, deck: DeckText) -> None:
        texts: dict[str, int] = {}
        for entry in deck.entries:
            text = content(entry.front, entry.back)
            place = f"{path}:{entry.line}"
            first_text, first_place = self._ids.setdefault(entry.id, (text, place)) if entry.id else (text, place)
            if first_place != place and first_text != text:
                message = f"the id {entry.id} belongs to the card at {first_place}; this one is taken as new"
                self._problems.append(Problem(path, entry.line, "deck-duplicate-id", message))
            elif first_place != place:
                message = f"this card stands at {first_place} too; it is asked once"
                self._problems.append(Problem(path, entry.line, "deck-duplicate", message))
            elif text in texts:
                message = f"this card stands at line {texts[text]} too; it is asked once"
                self._problems.append(Problem(path, entry.line, "deck-duplicate", message))
            texts.setdefault(text, entry.line)


def _no_deck(file: FileText, named: bool, checked: Checked) -> None:
    """A note among the deck files is passed over, unless it was named or its broken front matter names a deck."""
    meant = bool(_NAMES_DECK.match(file.text))
    if (file.unreadable and named) or (meant and file.problems):
        checked.problems += file.problems
    elif named:
        checked.no_decks.append(file.path)
