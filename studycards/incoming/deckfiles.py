"""Which deck file the cards of a deck go into, and what it says."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sqlite_utils import Database

from studycards.deckfile import DeckText, parse
from studycards.deckfile.head import tidy_deck
from studycards.notes.reader import read_file
from studycards.store import filestat

MOST = 4_000_000  # bytes of a deck file that is written here; a person may make it longer
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\ud800-\udfff]+')


class DeckFiles:
    """Which deck file a deck's cards go into: the one that has the deck already, else a new one by its name; a deck
    that outgrows its file goes on in another."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._folder = folder
        self._of: dict[str, Path] = {}
        self._held: dict[Path, int] = {}
        inside = f"{folder}{os.sep}"
        self._there = {
            stat.deck: Path(path)
            for path, stat in sorted(filestat.files(db).items(), reverse=True)
            if stat.role == filestat.DECK and path.startswith(inside)
        }

    def of(self, deck: str, size: int = 0) -> Path:
        """The file, which may not be there yet, for a card that takes so many bytes."""
        deck = tidy_deck(deck)
        if deck not in self._of or not self._has_room(self._of[deck], size):
            self._of[deck] = self._find(deck, size)
        self._held[self._of[deck]] += size
        return self._of[deck]

    def _has_room(self, path: Path, size: int) -> bool:
        if path not in self._held:
            self._held[path] = path.stat().st_size if path.is_file() else 0
        return self._held[path] == 0 or self._held[path] + size <= MOST

    def _find(self, deck: str, size: int) -> Path:
        if deck in self._there and self._there[deck].is_file() and self._has_room(self._there[deck], size):
            return self._there[deck]
        parts = [safe_name(part) or "deck" for part in deck.split("::")]
        path = self._folder.joinpath(*parts[:-1], f"{parts[-1]}.md")
        taken = self._held.keys() | set(self._of.values())
        number = 2
        while path in taken or path.exists():
            if path not in taken and path.is_file() and _is_of(path, deck) and self._has_room(path, size):
                return path
            path = self._folder.joinpath(*parts[:-1], f"{parts[-1]}-{number}.md")
            number += 1
        self._held[path] = 0
        return path


def _is_of(path: Path, deck: str) -> bool:
    found = read_deck(path)
    return found is not None and found.deck == deck


def read_deck(path: Path) -> DeckText | None:
    """A file as blocks; None where it is no deck file."""
    file = read_file(path)
    return parse(file.front, file.body, file.first_line, str(path)) if file.is_deck else None


def safe_name(name: str) -> str:
    """A name that is one on every system, and no way out of the folder."""
    safe = _UNSAFE.sub("_", name).strip(" .")
    while len(safe.encode()) > 120:
        stem, dot, extension = safe.rpartition(".")
        safe = f"{stem[:-1]}{dot}{extension}" if dot and stem else safe[:-1]
    return safe
