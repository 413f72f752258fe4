"""The one door to the cards: every command that asks, counts or exports cards comes in here."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from studycards.collection.changes import SyncReport
from studycards.collection.looking import has_changed, places
from studycards.collection.rows import note_path
from studycards.collection.syncing import Sync
from studycards.errors import UsageError
from studycards.history import Stamp
from studycards.landing import settle
from studycards.model import Card
from studycards.store import cards as index
from studycards.store import filestat, intents
from studycards.store.intents import Intent
from studycards.store.opening import writing
from studycards.store.selection import Selection


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file and a line of it, from 1."""

    path: str
    line: int


class Collection:
    """The deck files joined with the store. `day_start` is the config's, `show` how messages call a path."""

    def __init__(self, db: Database, *, day_start: int = 4, show: Callable[[str], str] = str) -> None:
        self.db = db
        self._day_start = day_start
        self._show = show

    def sync(
        self, paths: Iterable[Path], now: datetime, *, let_go: Container[str] | None = (), brief: bool = False
    ) -> SyncReport:
        """Look at the deck files in `paths` and in the folders known so far; bring the index of the cards up to date.

        Files that look as they did are not opened. `let_go` names deck files whose cards may be let go even where
        very many vanished at once (None: all files). A `brief` report does not name the changes.
        """
        settle(self.db)  # what an import wrote before it was cut off is no card
        self.drafts(now)  # what an edit wrote before it was cut off must not look like another card
        given = [os.path.realpath(path) for path in paths]
        known = filestat.outlines(self.db)
        folders = filestat.folders(self.db)
        roots = _roots(given, folders, known)
        new = [path for path in given if os.path.isdir(path) and path not in folders]
        if not new and not has_changed(known, roots):
            return SyncReport(kept=index.count(self.db))
        stamp = Stamp.of(now, self._day_start)
        known.clear()
        with writing(self.db):
            filestat.add_folders(self.db, new, stamp.ms)
            return Sync(self.db, stamp, self._show, let_go).run(roots, brief=brief)

    def sync_inside(self, paths: Iterable[Path], now: datetime, *, let_go: Container[str] | None = ()) -> SyncReport:
        """The same as a part of a change that already holds the write lock."""
        given = [os.path.realpath(path) for path in paths]
        folders = filestat.folders(self.db)
        stamp = Stamp.of(now, self._day_start)
        new = [path for path in given if os.path.isdir(path) and path not in folders]
        filestat.add_folders(self.db, new, stamp.ms)
        return Sync(self.db, stamp, self._show, let_go).run(_roots(given, folders, filestat.files(self.db)))

    def is_behind(self, paths: Iterable[Path]) -> bool:
        """Whether `sync` of the same paths would find something to read."""
        given = [os.path.realpath(path) for path in paths]
        known, folders = filestat.files(self.db), filestat.folders(self.db)
        return has_changed(known, _roots(given, folders, known))

    def places(self, paths: Iterable[Path]) -> list[str]:
        """The files and folders that `sync` of the same paths looks at."""
        given = [os.path.realpath(path) for path in paths]
        return list(places(_roots(given, filestat.folders(self.db), filestat.files(self.db))))

    def select(self, words: Sequence[str], tags: Sequence[str] = ()) -> Selection:
        """What a person names: deck files, folders of them, or decks (with their subdecks). Raises UsageError."""
        paths, decks = [], []
        names = index.decks(self.db)
        for word in words:
            if os.path.exists(word):
                paths.append(os.path.realpath(word))
            elif name := _deck(word, names):
                decks.append(name)
            else:
                raise UsageError(_unknown(word, names))
        return Selection(tuple(decks), tuple(paths), tuple(tags))

    def cards(self, selection: Selection | None = None) -> list[Card]:
        """The cards of a selection (None: all) in the order of their deck files; those that are gone are left out."""
        return index.select(self.db, selection or Selection())

    def decks(self, selection: Selection | None = None) -> dict[str, int]:
        """How many cards each deck has, its subdecks included, by name; parents without own cards are listed too."""
        found: dict[str, int] = {}
        for card in self.cards(selection):
            parts = card.deck.split("::")
            for depth in range(1, len(parts) + 1):
                name = "::".join(parts[:depth])
                found[name] = found.get(name, 0) + 1
        return dict(sorted(found.items()))

    def edit(self, card: Card, sides: tuple[str, str], now: datetime) -> None:
        """Write new text for a card into its deck file; id and history stay. `sides` are front and back as they stand
        in the file (`editing.sides_of`). Raises StudycardsError, and then nothing was written."""
        from studycards.collection.editing import edit

        edit(self.db, card.block, sides, Stamp.of(now, self._day_start), self._show)

    def drafts(self, now: datetime) -> list[Intent]:
        """Edits that were cut off before their file was written, to be offered again."""
        if not intents.standing(self.db):
            return []
        from studycards.collection.editing import drafts

        return drafts(self.db, Stamp.of(now, self._day_start), self._show)

    def earlier(self, card: Card) -> list[tuple[int, str, str]]:
        """The texts a card had before, oldest first: when it was replaced (UTC ms), front, back."""
        return index.texts(self.db, card.block)

    def place(self, card: Card) -> Place | None:
        """Where the card's block stands in its deck file."""
        rows = index.of_blocks(self.db, [card.block])
        return next((Place(row.path, row.line) for row in rows), None)

    def note(self, card: Card) -> Place | None:
        """Where the card's passage stands in the note it comes from; None for a card without one."""
        place = self.place(card)
        if place is None or card.source is None:
            return None
        return Place(note_path(place.path, card.source), card.source.line)


def _roots(given: Sequence[str], folders: Sequence[str], known: dict[str, filestat.FileStat]) -> list[str]:
    """Folders and single files to look at; what lies in a folder that is looked at anyway is not named again."""
    single = [path for path, stat in known.items() if stat.role == filestat.DECK]
    roots: list[str] = []
    for path in sorted({*given, *folders, *single}, key=lambda path: (path.count(os.sep), path)):
        if not any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots):
            roots.append(path)
    return [root for root in roots if os.path.exists(root)]


def _deck(word: str, names: Sequence[str]) -> str:
    """The deck that a word names, in whatever case; a parent without cards of its own counts."""
    wanted = word.casefold().strip(":")
    for name in names:
        parts = name.split("::")
        for depth in range(len(parts), 0, -1):
            if "::".join(parts[:depth]).casefold() == wanted:
                return "::".join(parts[:depth])
    return ""


def _unknown(word: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, names, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"There is no file, folder or deck called '{word}'.{hint}"
