"""Which deck files there are, which of them changed since they were read last, and what those say now."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from studycards.model import Problem
from studycards.store.filestat import DECK, OTHER, FileStat

if TYPE_CHECKING:
    from studycards.deckfile import DeckText, Entry
    from studycards.notes.reader import FileText

SUFFIXES = (".md", ".markdown", ".txt")
PORTION = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """One block as it stands in a deck file now. `path` is absolute, `named` relative to the folder looked at."""

    path: str
    named: str
    deck: str
    tags: tuple[str, ...]
    reverse: bool
    entry: Entry
    position: int


@dataclass(slots=True)
class Look:
    """What is there now: blocks of the changed files, stats to remember, files that are gone, problems."""

    seen: list[Seen] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)
    stats: list[FileStat] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def deck_paths(roots: Iterable[str]) -> Iterator[tuple[str, str, os.stat_result]]:
    """Every file that could be a deck file, its name under its root, its stat; each once, hidden ones left out."""
    met: set[tuple[int, int]] = set()
    for path, named in _walk(sorted(roots), met):
        stat = _stat(path)
        if stat is not None and S_ISREG(stat.st_mode) and (stat.st_dev, stat.st_ino) not in met:
            met.add((stat.st_dev, stat.st_ino))
            yield path, named, stat


def has_changed(known: Mapping[str, FileStat], roots: Iterable[str]) -> bool:
    """Whether any file must be read again: a quick look that opens nothing."""
    found = set()
    for path, _, stat in deck_paths(roots):
        found.add(path)
        if path not in known or not known[path].is_fresh(stat):
            return True
    return any(stat.role == DECK and path not in found and not os.path.exists(path) for path, stat in known.items())


def looks(known: Mapping[str, FileStat], roots: Iterable[str], shown: Callable[[str], str]) -> Iterator[Look]:
    """Read what changed; `shown` gives the name by which messages call an absolute path.

    Where a known deck file changed or is gone it is one look, as cards may have moved from any file to any other.
    Where all is new no card can have moved, and the looks are of `PORTION` files, so that not all stand in memory.
    """
    decks = {path for path, stat_then in known.items() if stat_then.role == DECK}
    stale: list[tuple[str, str]] = []
    for path, named, stat in deck_paths(roots):
        decks.discard(path)
        if path not in known or not known[path].is_fresh(stat):
            stale.append((path, named))
    vanished = {path for path in decks if not os.path.lexists(path)}
    is_new = not vanished and not any(path in known and known[path].role == DECK for path, _ in stale)
    size = PORTION if is_new else max(len(stale), 1)
    for start in range(0, max(len(stale), 1), size):
        found = Look(vanished=vanished)
        for path, named in stale[start : start + size]:
            _read(path, named, known.get(path), found, shown(path))
        yield found


def read_deck(path: Path, shown: str) -> tuple[FileText, DeckText | None]:
    """A deck file as bytes and as blocks; None where it is none."""
    from studycards.deckfile import parse
    from studycards.notes.reader import read_file

    file = read_file(path, shown)
    if file.unreadable or not file.is_deck:
        return file, None
    return file, parse(file.front, file.body, file.first_line, shown)


def _read(path: str, named: str, before: FileStat | None, found: Look, shown: str) -> None:
    if not _is_utf8(path):
        found.problems.append(Problem(shown, 1, "deck-file-name", "the file's name is not UTF-8, so it was skipped"))
        return
    file, deck = read_deck(Path(path), shown)
    was_deck = before is not None and before.role == DECK
    if file.unreadable:
        if was_deck:
            found.problems += file.problems
        elif file.digest:
            found.stats.append(FileStat(path, OTHER, file.size, file.mtime_ns, file.digest))
        return
    if deck is None:
        if was_deck:
            found.vanished.add(path)
        if before is None or before.role in (OTHER, DECK):
            found.stats.append(FileStat(path, OTHER, file.size, file.mtime_ns, file.digest))
        return
    found.changed.add(path)
    found.problems += [*file.problems, *deck.problems]
    found.stats.append(FileStat(path, DECK, file.size, file.mtime_ns, file.digest, deck=deck.deck))
    found.seen += [
        Seen(path, named, deck.deck, deck.tags, deck.reverse, entry, position)
        for position, entry in enumerate(deck.entries)
    ]


def places(roots: Iterable[str]) -> Iterator[str]:
    """Every root, every folder walked, every file that could be a deck file: no card changes but one of them does."""
    met: set[tuple[int, int]] = set()
    for root in sorted(roots):
        if not os.path.isdir(root):
            yield root
            continue
        for folder, names in _folders(root, met):
            yield folder
            yield from (os.path.join(folder, name) for name in names)


def _walk(roots: Iterable[str], met: set[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    for root in roots:
        if not os.path.isdir(root):
            yield root, os.path.basename(root)
            continue
        for folder, names in _folders(root, met):
            for name in names:
                path = os.path.join(folder, name)
                yield path, path[len(root) :].strip(os.sep).replace(os.sep, "/")


def _folders(root: str, met: set[tuple[int, int]]) -> Iterator[tuple[str, list[str]]]:
    """Each folder with the names in it that a deck file may have."""
    for folder, below, names in os.walk(root, followlinks=True):
        below[:] = sorted(name for name in below if not name.startswith(".") and _is_new(folder, name, met))
        yield folder, [n for n in sorted(names) if n.lower().endswith(SUFFIXES) and not n.startswith(".")]


def _is_new(folder: str, name: str, met: set[tuple[int, int]]) -> bool:
    """Whether a folder was not walked yet, under whatever name."""
    stat = _stat(os.path.join(folder, name))
    if stat is None or (stat.st_dev, stat.st_ino) in met:
        return False
    met.add((stat.st_dev, stat.st_ino))
    return True


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
