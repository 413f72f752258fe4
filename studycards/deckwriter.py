"""Writing deck files: which one a card goes to, and each of them in one step."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from studycards import deckfile, files
from studycards.deckfile import DeckText, Entry, tidy
from studycards.errors import StudycardsError
from studycards.model import Problem
from studycards.notes.reader import FileText, read_file

_UNSAFE = re.compile(r"[^\w.+-]+")
_TEMP = f"{files.PREFIX}deck-"
Edit = Callable[[Entry], Entry | None]


@dataclass(slots=True)
class _Plan:
    """What is to be done to one deck file."""

    deck: str
    added: list[Entry] = field(default_factory=list)
    edits: dict[str, Edit] = field(default_factory=dict)
    texts: list[tuple[Entry, Entry]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def names(self) -> set[str]:
        """The ids of the blocks it is about."""
        return {entry.id for entry in self.added} | set(self.edits) | set(self.removed)


class Made(NamedTuple):
    """What a deck file is to hold: its bytes before (None: it is not there) and after."""

    path: str
    before: bytes | None
    after: bytes


class DeckWriter:
    """Gathers what is to be written to deck files, then writes each in one step. With `common`, tags that all cards of
    a new file have stand in its front matter."""

    def __init__(self, show: Callable[[str], str] = str, *, common: bool = True) -> None:
        self._plans: dict[str, _Plan] = {}
        self._owners: dict[str, tuple[str, str]] = {}
        self._show = show
        self._common = common

    def add(self, path: str, deck: str, entry: Entry) -> None:
        """Append a card; a file that is not there begins with the deck's name."""
        self._plans.setdefault(path, _Plan(deck)).added.append(entry)

    def edit(self, path: str, identity: str, change: Edit) -> None:
        """Change the block with this id; the change may say None for leaving it as it is."""
        self._plans.setdefault(path, _Plan("")).edits[identity] = change

    def edit_text(self, path: str, old: Entry, new: Entry) -> None:
        """Change a block without an id: the one that stands at the line of `old` and says the same."""
        self._plans.setdefault(path, _Plan("")).texts.append((old, new))

    def remove(self, path: str, identity: str) -> None:
        """Take the block with this id out."""
        self._plans.setdefault(path, _Plan("")).removed.append(identity)

    def new_path(self, into: str, under: str, owner: tuple[str, str], *, part: str = "") -> str:
        """The deck file for a note's cards that have none yet: its path under `into`, a clash numbered.

        `owner` is the note and the deck; `part` names the level-one heading where each has a file of its own.
        """
        stem = os.path.join(into, under) + (f"-{_slug(part)}" if part else "")
        for number in range(1, 10_000):
            path = f"{stem}.md" if number == 1 else f"{stem}-{number}.md"
            if self.takes(path, owner):
                return path
        raise StudycardsError(f"{self._show(stem)}.md and 9,998 further names are taken; name another folder.")

    def takes(self, path: str, owner: tuple[str, str]) -> bool:
        """Whether a note's cards of a deck may go into this file; then it is theirs."""
        if self._owners.get(path, owner) != owner or not _is_free(path, owner[1], owner[0]):
            return False
        self._owners[path] = owner
        return True

    def write(self, *, dry: bool = False) -> tuple[set[str], list[Problem]]:
        """Write every file; gives the ids that could not be written and why. Inside `writing`.

        Raises StudycardsError where a folder or file cannot be written at all.
        """
        failed: set[str] = set()
        problems: list[Problem] = []
        plans = {} if dry else self._plans
        _sweep({os.path.dirname(os.path.realpath(path)) for path in plans})
        for path, plan in plans.items():
            problem = self._write(path, plan)
            if problem:
                problems.append(problem)
                failed |= plan.names()
        return failed, problems

    def made(self) -> tuple[list[Made], set[str], list[Problem]]:
        """What `write` would put where, nothing written; and the ids that could not be written, and why."""
        made: list[Made] = []
        failed: set[str] = set()
        problems: list[Problem] = []
        for path, plan in self._plans.items():
            file, text = self._text(path, plan)
            if isinstance(text, Problem):
                problems.append(text)
                failed |= plan.names()
            elif file is None and text:
                made.append(Made(path, None, text.encode()))
            elif file is not None and text != file.text:
                made.append(Made(path, _encode(file, file.text), _encode(file, text)))
        return made, failed, problems

    def _text(self, path: str, plan: _Plan) -> tuple[FileText | None, str | Problem]:
        """The file as it is, and what it is to say."""
        if not os.path.exists(path):
            return None, deckfile.write(self._new_deck(plan)) if plan.added else ""
        file = read_file(Path(path), self._show(path))
        return file, _changed(file, plan)

    def _new_deck(self, plan: _Plan) -> DeckText:
        return _new_deck(plan) if self._common else DeckText(plan.deck, entries=tuple(plan.added))

    def _write(self, path: str, plan: _Plan) -> Problem | None:
        for _ in range(3):
            file, text = self._text(path, plan)
            if isinstance(text, Problem):
                return text
            if (file is None and not text) or (file is not None and text == file.text):
                return None
            if _replace(path, file, text, self._show(path)):
                return None
        return Problem(self._show(path), 1, "deck-not-written", "the file changes all the time; nothing was written")


def _new_deck(plan: _Plan) -> DeckText:
    """A new deck file: tags that all its cards have stand in its front matter."""
    first = plan.added[0].tags
    common = tuple(tag for tag in first if all(tag in entry.tags for entry in plan.added))
    entries = (replace(e, tags=tuple(tag for tag in e.tags if tag not in common)) for e in plan.added)
    return DeckText(plan.deck, common, entries=tuple(entries))


def _changed(file: FileText, plan: _Plan) -> str | Problem:
    """The file's text with the plan done, or why it cannot be; what stands there already is not written again."""
    if file.unreadable or not file.is_deck or sha256(_encode(file, file.text)).hexdigest() != file.digest:
        return Problem(file.path, 1, "deck-not-written", "this is no deck file that can be read in full; mend it")
    before = _parse(file, file.text)
    there = {entry.id: entry for entry in before.entries if entry.id}
    text = file.text
    expected = {entry.id: entry for entry in before.entries if entry.id}
    for entry in reversed(before.entries):
        change = plan.edits.get(entry.id)
        new = change(entry) if change and entry.id else _new_text(entry, plan)
        if entry.id and entry.id in plan.removed:
            text = deckfile.remove(text, entry)
            del expected[entry.id]
        elif new is not None and new != entry:
            text = deckfile.replace(text, entry, new)
            if entry.id:
                expected[entry.id] = new
    added = [_without(entry, before.tags) for entry in plan.added if entry.id not in there]
    text = deckfile.append(text, added)
    expected |= {entry.id: entry for entry in added}
    return text if _holds(_parse(file, text), expected, before, plan) else _refused(file, before)


def _holds(after: DeckText, expected: dict[str, Entry], before: DeckText, plan: _Plan) -> bool:
    """Whether the new text reads back as what was meant and as nothing else."""
    found = {entry.id: entry for entry in after.entries if entry.id}
    tidied = {name: replace(e, front=tidy(e.front), back=tidy(e.back)) for name, e in expected.items()}
    by_hand = [_new_text(entry, plan) or entry for entry in before.entries if not entry.id]
    return found == tidied and [entry for entry in after.entries if not entry.id] == by_hand


def _new_text(entry: Entry, plan: _Plan) -> Entry | None:
    """What a block without an id is to say instead; None for as it is."""
    return next((new for old, new in plan.texts if not entry.id and old == entry and old.line == entry.line), None)


def _refused(file: FileText, before: DeckText) -> Problem:
    opened = next((p for p in before.problems if p.code in ("deck-fence-open", "deck-comment-open")), None)
    line = opened.line if opened else 1
    why = "an open fence or comment would swallow new cards" if opened else "its cards would not read back"
    return Problem(file.path, line, "deck-not-written", f"{why}; mend it and run this again")


def _parse(file: FileText, text: str) -> DeckText:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return deckfile.parse(file.front, "\n".join(lines[file.first_line - 1 :]), file.first_line, file.path)


def _without(entry: Entry, tags: Iterable[str]) -> Entry:
    return replace(entry, tags=tuple(tag for tag in entry.tags if tag not in set(tags)))


def _replace(path: str, file: FileText | None, text: str, shown: str) -> bool:
    """Write the text if the file still is what was read."""
    target = Path(path)
    try:
        if file is None:
            target.parent.mkdir(parents=True, exist_ok=True)
            return files.replace(target, text.encode(), expected=b"", prefix=_TEMP)
        old = target.read_bytes()
        if sha256(old).hexdigest() != file.digest:
            return False
        return files.replace(target, _encode(file, text), expected=old, prefix=_TEMP)
    except UnicodeEncodeError as error:
        raise StudycardsError(f"{shown} cannot hold the character {error.object[error.start]!r}.") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StudycardsError(f"{shown} cannot be written ({reason}); no card was added to it.") from error


def _sweep(folders: Iterable[str]) -> None:
    """Take away temp files that a kill has left: whoever writes deck files holds the store's write lock."""
    for folder in folders:
        for left in Path(folder).glob(f"{_TEMP}*"):
            left.unlink(missing_ok=True)


def _encode(file: FileText, text: str) -> bytes:
    return (("\ufeff" if file.bom else "") + text).encode(file.encoding)


def _is_free(path: str, deck: str, note: str) -> bool:
    """Whether new cards of a note may go into this file: it is not there, or a deck file of that deck whose cards
    come from no other note."""
    if not os.path.lexists(path):
        return True
    file = read_file(Path(path))
    if file.unreadable or not file.is_deck:
        return False
    parsed = _parse(file, file.text)
    folder = os.path.dirname(path)
    notes = {os.path.normpath(os.path.join(folder, e.source.path)) for e in parsed.entries if e.source}
    return parsed.deck == deck and notes <= {note}


def _slug(heading: str) -> str:
    return _UNSAFE.sub("-", heading).strip("-.")[:60] or "part"
