"""The Anki package: rows written straight into genanki's schema, zipped to the same bytes for the same cards."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from studycards.errors import StudycardsError
from studycards.export.apkg.media import PACKED
from studycards.export.apkg.names import number
from studycards.export.apkg.notes import AnkiNote
from studycards.export.apkg.notetypes import CHANGED, NoteType
from studycards.export.apkg.progress import Answered, Columns, revlog, shifted
from studycards.files import own_prefix, sweep, sync_folder

_EPOCH = (1980, 1, 1, 0, 0, 0)
_QUIET = ("journal_mode=OFF", "synchronous=OFF", "page_size=16384", "locking_mode=EXCLUSIVE")
# Without these Anki rewrites ratings and moves due dates by a day in some zones.
_SCHEDULER = {"schedVer": 2, "creationOffset": 0}
_NEW = (0, 0)
_NEVER = CHANGED * 1000  # the id of what no one remembers having seen first


@dataclass(frozen=True, slots=True)
class Edition:
    """What goes into one package.

    `stamps` has (digest, second of the last change) by guid, `first_seen` the ms at which a card appeared.
    `started` has the columns of cards with progress, `answers` their answers ordered by time, `presets` the options of
    decks that bring their own.
    """

    notes: Sequence[AnkiNote]
    media: Mapping[str, Path]
    stamps: Mapping[str, tuple[str, int]]
    first_seen: Mapping[str, int]
    day_start: int = 4
    started: Mapping[str, Columns] = field(default_factory=dict)
    answers: Sequence[Answered] = ()
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def write(path: Path, edition: Edition) -> None:
    """Write the package in one step; raises StudycardsError where it cannot be written, the old file stays then."""
    target = Path(os.path.realpath(path))
    try:
        AnkiPackage(edition).write_to_file(target)
    except OSError as error:
        raise StudycardsError(f"{path} cannot be written ({error.strerror}); nothing was exported.") from error


class AnkiPackage(genanki.Package):
    """A package whose rows carry our own ids, times and progress, which genanki's notes and cards cannot."""

    def __init__(self, edition: Edition) -> None:
        super().__init__([], [])
        self.edition = edition
        self.newest = max((stamp[1] for stamp in edition.stamps.values()), default=CHANGED)

    def write_to_file(self, file: Path, timestamp: float | None = None) -> None:
        """Write to a temp folder beside `file`, then rename."""
        with _workshop(file) as folder:
            database = folder / "collection.anki2"
            connection = sqlite3.connect(database, isolation_level=None)
            try:
                for setting in _QUIET:
                    connection.execute(f"PRAGMA {setting}")
                self.write_to_db(connection.cursor(), self.newest if timestamp is None else timestamp, count())
            finally:
                connection.close()
            packed = folder / "package"
            _pack(packed, database, self.edition.media)
            os.replace(packed, file)
        sync_folder(file.parent)

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Fill the database: the one collection row, then notes, cards and answers, each sorted by id."""
        cursor.executescript(APKG_SCHEMA.partition("CREATE INDEX")[0] + APKG_COL)
        decks = _deck_ids(note.deck for note in self.edition.notes)
        cursor.execute("BEGIN")
        self._write_collection(cursor, decks, int(timestamp))
        ids = _Ids(self.edition)
        cursor.executemany("INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,0,0,'')", self._note_rows(ids))
        cursor.executemany(
            "INSERT INTO cards VALUES(?,?,?,?,?,-1,?,?,?,?,?,?,?,?,0,0,?,?)", self._card_rows(ids, decks)
        )
        answers = self.edition.answers
        cursor.executemany(
            "INSERT INTO revlog VALUES(?,?,-1,?,?,?,?,?,?)", revlog(answers, shifted(answers), ids.cards)
        )
        cursor.execute("COMMIT")

    def _write_collection(self, cursor: sqlite3.Cursor, decks: Mapping[str, int], timestamp: int) -> None:
        conf, shown, presets = (
            json.loads(text) for text in cursor.execute("SELECT conf, decks, dconf FROM col").fetchone()
        )
        conf |= _SCHEDULER | {"rollover": self.edition.day_start}
        own = self.edition.presets
        presets |= {str(preset["id"]): preset for preset in own.values()}
        for name, deck_id in decks.items():
            shown[str(deck_id)] = _deck(name, deck_id, own[name]["id"] if name in own else 1)
        types = {note.type.id: note.type for note in self.edition.notes}
        models = {str(type_id): _model(types[type_id]) for type_id in sorted(types)}
        cursor.execute(
            "UPDATE col SET mod=?, scm=?, conf=?, models=?, decks=?, dconf=?",
            (timestamp * 1000, timestamp * 1000, _json(conf), _json(models), _json(shown), _json(presets)),
        )

    def _note_rows(self, ids: _Ids) -> Iterator[tuple[object, ...]]:
        stamps = self.edition.stamps
        for note_id, note, _ in ids.rows:
            text = note.text
            yield note_id, note.guid, note.type.id, stamps[note.guid][1], note.tags, text, text.partition("\x1f")[0]

    def _card_rows(self, ids: _Ids, decks: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
        """Card rows; positions count Anki notes in deck-file order, siblings share theirs."""
        started, stamps = self.edition.started, self.edition.stamps
        for note_id, note, position in ids.rows:
            deck, mod = decks[note.deck], stamps[note.guid][1]
            for ordinal, card_id in note.cards:
                row_id, c = ids.cards[card_id], started.get(card_id)
                if c is None:
                    yield row_id, note_id, deck, ordinal, mod, 0, 0, position, 0, 0, 0, 0, 0, 0, ""
                    continue
                data = f'{{"pos":{position},{c.data}' if c.data else ""
                due = c.due if c.type else position
                place = (row_id, note_id, deck, ordinal, mod if c.mod is None else c.mod)
                yield (*place, c.type, c.queue, due, c.ivl, c.factor, c.reps, c.lapses, c.left, c.flags, data)


class _Ids:
    """The ids of notes and cards: the ms at which each was first seen, later ones moved on until all differ."""

    def __init__(self, edition: Edition) -> None:
        seen, notes = edition.first_seen, edition.notes
        first = [seen.get(note.cards[0][1], _NEVER) for note in notes]
        self.rows: list[tuple[int, AnkiNote, int]] = []
        self.cards: dict[str, int] = {}
        last = last_card = 0
        for place in sorted(range(len(notes)), key=first.__getitem__):
            at, note = first[place], notes[place]
            last = at if at > last else last + 1
            self.rows.append((last, note, place + 1))
            for _, card_id in note.cards:
                last_card = at if at > last_card else last_card + 1
                self.cards[card_id] = last_card


def _deck_ids(names: Iterable[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(set(names)):
        deck_id = number(name)
        while deck_id in taken:
            deck_id += 1
        taken.add(deck_id)
        ids[name] = deck_id
    return ids


def _deck(name: str, deck_id: int, preset_id: int) -> dict[str, Any]:
    shown: dict[str, Any] = genanki.Deck(deck_id, name).to_json()
    counters: dict[str, Any] = dict.fromkeys(("newToday", "revToday", "lrnToday", "timeToday"), _NEW)
    return shown | counters | {"extendRev": 0, "desc": "", "md": True, "conf": preset_id}


def _model(kind: NoteType) -> dict[str, Any]:
    def named(name: str, own_id: int) -> dict[str, Any]:
        return {"name": name, "id": own_id} if own_id else {"name": name}

    model = genanki.Model(
        model_id=kind.id,
        name=kind.name,
        fields=[named(*one) for one in kind.fields],
        templates=[named(n, i) | {"qfmt": front, "afmt": back} for n, i, front, back in kind.templates],
        css=kind.css,
        model_type=genanki.Model.CLOZE if kind.cloze else genanki.Model.FRONT_BACK,
    )
    shown: dict[str, Any] = model.to_json(kind.changed, None)
    return shown


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@contextlib.contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """A folder beside the target, gone afterwards whatever happens."""
    sweep(target.parent)
    folder = tempfile.mkdtemp(prefix=own_prefix(), dir=target.parent)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pack(package: Path, database: Path, media: Mapping[str, Path]) -> None:
    """The zip with fixed times and attributes, on disk before this returns."""
    umask = os.umask(0)
    os.umask(umask)
    with package.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            with archive.open("collection.anki2", "w") as entry, database.open("rb") as source:
                shutil.copyfileobj(source, entry, 1 << 20)
            names = sorted(media)
            _add(archive, "media", _json({str(n): name for n, name in enumerate(names)}).encode(), compress=True)
            for n, name in enumerate(names):
                compress = name.rpartition(".")[2] not in PACKED
                _add(archive, str(n), _content(name, media[name]), compress=compress)
        file.flush()
        os.fchmod(file.fileno(), 0o666 & ~umask)
        os.fsync(file.fileno())


def _content(name: str, path: Path) -> bytes:
    content = path.read_bytes()
    if name.startswith("sc-") and sha256(content).hexdigest()[:16] not in name:
        raise StudycardsError(f"{path} changed while it was exported; nothing was written, export again.")
    return content


def _add(archive: zipfile.ZipFile, name: str, data: bytes, *, compress: bool) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data, zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED, compresslevel=1)
