"""The note files under some paths: each once, in order of name, links and odd files named instead of followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from studycards.model import Problem
from studycards.notes.problems import UNREADABLE

SUFFIXES = (".md", ".markdown", ".txt")


def walk(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """The files named and the notes in the folders named; what was passed over is added to `problems`.

    A file named by itself is given whatever its ending. Hidden files and folders are not looked into. A link inside a
    folder is followed only by name: what it points at inside the folders comes by itself, what lies outside is a
    problem. Every file is given once by its (device, inode).
    """
    named = list(paths)
    roots = [os.path.realpath(path) for path in named]
    seen: set[tuple[int, int]] = set()
    for path in named:
        try:
            found = os.stat(path)
        except (OSError, ValueError) as error:
            problems.append(_problem(path, f"Cannot be read: {_reason(error)}."))
            continue
        if stat.S_ISDIR(found.st_mode):
            yield from _folder(path, (found.st_dev, found.st_ino), roots, seen, problems)
        elif _is_new(found, seen):
            yield path


def _folder(
    top: Path,
    identity: tuple[int, int],
    roots: list[str],
    seen: set[tuple[int, int]],
    problems: list[Problem],
) -> Iterator[Path]:
    waiting = [(str(top), identity)]
    while waiting:
        folder, identity = waiting.pop()
        if identity in seen:
            continue
        seen.add(identity)
        below: list[tuple[str, tuple[int, int]]] = []
        for entry in _entries(folder, problems):
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_symlink():
                    _link(entry, roots, problems)
                elif entry.is_dir(follow_symlinks=False):
                    found = entry.stat(follow_symlinks=False)
                    below.append((entry.path, (found.st_dev, found.st_ino)))
                elif entry.name.lower().endswith(SUFFIXES) and _is_note(entry, seen, problems):
                    yield Path(entry.path)
            except OSError as error:
                problems.append(_problem(entry.path, f"Cannot be read: {_reason(error)}."))
        waiting.extend(reversed(below))


def _entries(folder: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_problem(folder, f"The folder cannot be read: {_reason(error)}."))
        return []


def _is_note(entry: os.DirEntry[str], seen: set[tuple[int, int]], problems: list[Problem]) -> bool:
    found = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(found.st_mode):
        problems.append(_problem(entry.path, "Not a regular file, so it was skipped."))
        return False
    return _is_new(found, seen)


def _is_new(found: os.stat_result, seen: set[tuple[int, int]]) -> bool:
    identity = (found.st_dev, found.st_ino)
    if identity in seen:
        return False
    seen.add(identity)
    return True


def _link(entry: os.DirEntry[str], roots: list[str], problems: list[Problem]) -> None:
    """Say where a link leads if that is nowhere or out of the folders."""
    target = os.path.realpath(entry.path)
    exists = os.path.exists(target)
    if exists and any(target == root or target.startswith(root.rstrip(os.sep) + os.sep) for root in roots):
        return
    if os.path.isdir(target) or entry.name.lower().endswith(SUFFIXES):
        where = "out of the folder" if exists else "nowhere"
        problems.append(_problem(entry.path, f"A link that leads {where}, so it was skipped."))


def _problem(path: str | Path, message: str) -> Problem:
    return Problem(str(path), 1, UNREADABLE, message)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).rstrip(".").lower()
