"""What an import from Anki would write: which blocks are new, changed or known, into which deck files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from studycards import files
from studycards.deckfile import Entry, tidy
from studycards.deckwriter import DeckWriter, Edit
from studycards.identity import new_id
from studycards.incoming.deckfiles import DeckFiles, read_deck, safe_name
from studycards.intake.anki import Package, Taken
from studycards.model import Problem
from studycards.store import cards as index
from studycards.store import exports, imports
from studycards.store.imports import Import
from studycards.store.intents import FileChange
from studycards.text import fold

MEDIA = "media"
TYPES = frozenset(
    ("png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "mp3", "ogg", "opus", "m4a", "wav", "flac", "mp4", "webm")
)


@dataclass(slots=True)
class Plan:
    """What an import would do. `writes` has what becomes of each deck file, `media` the files beside them by place;
    `blocks` the id of each block that comes in, new, known or updated; `texts` what they say when it is done; `changed`
    those of them whose text here changes; `rendered` counts, by note type, those that cannot go back in its shape."""

    folder: Path
    blocks: list[tuple[str, Taken]] = field(default_factory=list)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    writes: tuple[FileChange, ...] = ()
    media: dict[Path, str] = field(default_factory=dict)
    new: int = 0
    updated: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    counts: tuple[int, int] = (0, 0)
    changed: set[str] = field(default_factory=set)
    rendered: Counter[str] = field(default_factory=Counter)

    @property
    def cards(self) -> int:
        """How many cards come in or are known."""
        return self.counts[0] + sum(len(taken.cards) for _, taken in self.blocks)

    @property
    def decks(self) -> int:
        """How many decks they are in."""
        return self.counts[1] + len({taken.deck for _, taken in self.blocks})


def plan(db: Database, package: Package, folder: Path) -> Plan:
    """What an import into deck files under `folder` would do; nothing is written."""
    planned = Plan(Path(os.path.realpath(folder)))
    _Planner(db, package, planned).run()
    planned.left_out = package.left_out
    return planned


def write_media(package: Package, planned: Plan) -> None:
    """Write the media files, each in one step. Raises OSError."""
    for path, name in planned.media.items():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            files.replace(path, package.archive.medium(name))


def draw_up(planned: Plan, writer: DeckWriter) -> None:
    """Note what is to be written; a block that cannot be written does not come in."""
    made, failed, problems = writer.made()
    planned.writes = tuple(FileChange(*one) for one in made)
    planned.problems += problems
    if failed:
        planned.left_out["for a deck file that cannot be written"] += len(failed)
        planned.new -= len(failed - planned.changed)
        planned.updated -= len(failed & planned.changed)
        planned.blocks = [one for one in planned.blocks if one[0] not in failed]


class _Planner:
    def __init__(self, db: Database, package: Package, planned: Plan) -> None:
        self._db, self._package, self._plan = db, package, planned
        self._known = imports.load(db)
        self._sent, self._changed = exports.sent(db), imports.changed(db)
        self._taken_ids, self._given = index.TakenIds(db), set[str]()
        self._files = DeckFiles(db, planned.folder)
        self._media: dict[str, Path | None] = {}
        self._media_folder = planned.folder / MEDIA
        self._writer = DeckWriter(common=False)

    def run(self) -> None:
        blocks = [(self._id(taken), taken) for taken in self._package.blocks(self._place)]
        there = imports.texts(self._db, [block for block, _ in blocks])
        changed: dict[str, list[tuple[int, Entry]]] = {}
        met: set[str] = set()
        for block, taken in blocks:
            if block in met:
                self._plan.left_out["a second time in the file"] += 1
                continue
            met.add(block)
            self._plan.blocks.append((block, taken))
            entry = _entry(block, taken)
            if not taken.shape:
                self._plan.rendered[self._package.tables.types[taken.note.mid].name] += 1
            if block not in there:
                add(self._writer, self._files, taken.deck, entry)
                self._plan.texts[block] = entry.front, entry.back
                self._plan.new += 1
            elif self._is_update(block, taken, entry, there[block]):
                changed.setdefault(there[block][2], []).append((there[block][3], entry))
                self._plan.texts[block] = entry.front, entry.back
                self._plan.changed.add(block)
                self._plan.updated += 1
            else:
                self._plan.known += 1
                self._plan.texts.setdefault(block, there[block][:2])
        for path, edits in changed.items():
            self._change(Path(path), edits)
        draw_up(self._plan, self._writer)

    def _id(self, taken: Taken) -> str:
        """The id of the block: its own where it is one of ours, that of an earlier import, or a new one."""
        if taken.own:
            return taken.own
        if taken.key in self._known:
            return self._known[taken.key].block
        first = new_id(fold(taken.key), "anki", ())
        if first in self._taken_ids and first not in self._given and imports.texts(self._db, [first]):
            return first  # an earlier import gave it, and what came in is forgotten: the database was made anew
        block = new_id(fold(taken.key), "anki", self._taken_ids)
        self._given.add(block)
        self._taken_ids.add(block)
        return block

    def _is_update(self, block: str, taken: Taken, entry: Entry, there: tuple[str, str, str, int]) -> bool:
        """Whether the text changed in Anki and nobody edited it here; both edited is a problem."""
        before = self._known.get(taken.key) or self._as_sent(block, taken, there)
        now = (tidy(entry.front), tidy(entry.back))
        if before is None or taken.note.mod <= before.mod or taken.note.flds == before.fields or now == there[:2]:
            return False
        if there[:2] == (before.front, before.back):
            return True
        said = f"the card {block} was edited here and in Anki; its text here stays"
        self._plan.problems.append(Problem(there[2], there[3], "import-both-edited", said))
        self._plan.texts[block] = before.front, before.back
        return False

    def _as_sent(self, block: str, taken: Taken, there: tuple[str, str, str, int]) -> Import | None:
        """A card of ours as it went out last; its text is not that of here where it was edited since."""
        sent = self._sent.get(taken.note.guid)
        if sent is None or not taken.own or not sent[3]:
            return None
        is_edited = self._changed.get(block, 0) > sent[1] * 1000 + 999
        front, back = ("", "") if is_edited else there[:2]
        note = taken.note
        return Import(taken.key, block, front, back, sent[1], note.guid, note.mid, sent[3], sent[4])

    def _change(self, path: Path, entries: Sequence[tuple[int, Entry]]) -> None:
        deck = read_deck(path)
        there = {entry.id for entry in deck.entries} if deck else set()
        for line, new in entries:
            if new.id in there:
                self._writer.edit(str(path), new.id, _saying(new))
            else:
                said = "the card stands without its id in the file; its text stays"
                self._plan.problems.append(Problem(str(path), line, "import-no-id", said))

    def _place(self, name: str, deck: str) -> str:
        """The address of a media file, seen from the deck file of a deck; noted to be written."""
        if name not in self._media:
            self._media[name] = self._medium(name)
        place = self._media[name]
        if place is None:
            return ""
        return os.path.relpath(place, self._files.of(deck).parent).replace(os.sep, "/")

    def _medium(self, name: str) -> Path | None:
        extension = name.rpartition(".")[2].lower()
        if name not in self._package.archive.media or extension not in TYPES:
            self._plan.left_out["media that is missing or of no listed type"] += 1
            return None
        safe = safe_name(name)
        path = self._media_folder / safe
        if path.exists() or path in self._plan.media:
            content = self._package.archive.medium(name)
            same = path.exists() and path.read_bytes() == content
            if not same:
                path = self._media_folder / f"{path.stem}-{sha256(content).hexdigest()[:8]}{path.suffix}"
        self._plan.media[path] = name
        return path


def add(writer: DeckWriter, decks: DeckFiles, deck: str, entry: Entry) -> None:
    """Note that a block is added to the file of its deck."""
    size = 60 + len(entry.front.encode(errors="replace")) + len(entry.back.encode(errors="replace"))
    writer.add(str(decks.of(deck, size)), deck, entry)


def _saying(new: Entry) -> Edit:
    return lambda old: replace(old, front=new.front, back=new.back)


def _entry(block: str, taken: Taken) -> Entry:
    tags = tuple(tag.replace("::", "/") for tag in taken.tags)
    return Entry(taken.kind, tidy(taken.front), tidy(taken.back), taken.reverse, tags, block)
