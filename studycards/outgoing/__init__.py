"""What leaves for Anki: cards with their places, stamps and, if wanted, progress, read from the store."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from sqlite_utils import Database

from studycards.config import Config
from studycards.export.anki import Edition
from studycards.export.apkg import names
from studycards.export.apkg.html import Blocks
from studycards.export.apkg.media import Media
from studycards.export.apkg.notes import AnkiNote, Converter, Origin, basic_ords, cloze_ords, guid_of
from studycards.export.apkg.notetypes import BASIC, CLOZE
from studycards.model import Card, Kind, Problem, Source
from studycards.outgoing.progress import progress, suspended
from studycards.returning import Returning, take_media
from studycards.store import exports, imports
from studycards.store.exports import Sent
from studycards.store.imports import Import
from studycards.store.opening import reading, writing
from studycards.store.selection import Selection

CONVERTER = 1  # grows when the same Markdown gives other HTML; kept fields are made anew then


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked for: progress or not, at which second and study day. `blocks` cuts Markdown."""

    with_progress: bool
    now_s: int
    study_day: int
    blocks: Blocks


@dataclass(slots=True)
class Outgoing:
    """An edition ready to be written, what is wrong with cards left out, and what a person should know. `sent` is what
    the store shall keep of it: guid, block and the rest."""

    edition: Edition
    problems: tuple[Problem, ...]
    retired: tuple[str, ...]
    first_export: bool
    has_answers: bool
    sent: list[tuple[str, str, Sent]] = field(default_factory=list)

    @property
    def cards(self) -> int:
        """How many cards go out."""
        return sum(len(note.cards) for note in self.edition.notes)

    @property
    def decks(self) -> int:
        """How many decks they are in."""
        return len({note.deck for note in self.edition.notes})


def prepare(db: Database, selection: Selection, config: Config, wanted: Wanted) -> Outgoing:
    """The edition of the selected cards; nothing is written yet."""
    with reading(db):
        sheets = exports.sheets(db, selection)
        back = Returning(imports.load(db), imports.types(db))
        desk = _Desk(sheets, exports.sent(db), exports.known_folders(db), config, wanted, back)
        notes = desk.notes(sheets)
        known = progress(db, sheets, config, wanted.study_day) if wanted.with_progress else suspended(db)
        gone = exports.retired_after_export(db)
        answered = exports.has_answers(db)
    edition = Edition(
        notes=notes,
        media=desk.converter.media.files,
        stamps=desk.stamps,
        first_seen={sheet[0]: sheet[12] for sheet in sheets},
        day_start=config.settings().day_start,
        **known,
    )
    retired = tuple(front for _, front in gone)
    return Outgoing(edition, tuple(desk.converter.problems), retired, not desk.known, answered, desk.sent)


def remember(db: Database, outgoing: Outgoing) -> None:
    """Keep when the text of each note last changed, and what it looked like, for the next edition."""
    if outgoing.sent:
        with writing(db):
            exports.save_sent(db, outgoing.sent)


class _Desk:
    """Turns the cards of the store into Anki notes; what went out before unchanged is taken as it was."""

    def __init__(
        self,
        sheets: Sequence[exports.Row],
        known: dict[str, exports.Row],
        folders: Sequence[str],
        config: Config,
        wanted: Wanted,
        back: Returning,
    ) -> None:
        self._back = back
        self.known, self.now_s = known, wanted.now_s
        self.stamps: dict[str, tuple[str, int]] = {}
        self.sent: list[tuple[str, str, Sent]] = []
        link = config.text("export.source_link")
        self._version = blake2b(f"{CONVERTER}\x1f{link}".encode(), digest_size=16).digest()
        self._places = {sheet[1]: (sheet[10], sheet[11], sheet[7]) for sheet in sheets}
        parents = {os.path.dirname(path) for path in {sheet[10] for sheet in sheets}}
        roots = tuple(Path(os.path.realpath(folder)) for folder in sorted({*parents, *folders}))
        self.converter = Converter(wanted.blocks, Media(roots), self._origin, link)

    def notes(self, sheets: Sequence[exports.Row]) -> list[AnkiNote]:
        """The Anki notes of all blocks, in the order of the deck files, where siblings stand together."""
        notes: list[AnkiNote] = []
        block, group = "", []
        for sheet in sheets:
            if sheet[1] == block:
                group.append(sheet)
                continue
            if group and (note := self._note(block, group)):
                notes.append(note)
            block, group = sheet[1], [sheet]
        if group and (note := self._note(block, group)):
            notes.append(note)
        return notes

    def _note(self, block: str, group: list[exports.Row]) -> AnkiNote | None:
        came = self._back.get(block)
        if came is not None:
            return self._returned(came, [_card(sheet) for sheet in group])
        first = group[0]
        cloze = first[2] == "cloze"
        guid = guid_of(block, cloze=cloze)
        known = self.known.get(guid)
        key = self._key(group)
        if known is None or known[2] != key:
            note = self.converter.note([_card(sheet) for sheet in group])
            if note is not None:
                self._keep(note, known, key)
            return note
        self.stamps[guid] = known[:2]
        ids = [sheet[0] for sheet in group]
        cards = cloze_ords(ids) if cloze else basic_ords(block, ids)
        return AnkiNote(
            guid, block, CLOZE if cloze else BASIC, known[3], known[4], names.deck(first[5]), cards, known[0]
        )

    def _key(self, group: list[exports.Row]) -> bytes:
        """What the fields of a block depend on, in 16 bytes."""
        card_id, _, kind, front, back, _, tags, source, headings, hole, *_ = group[0]
        said = f"{card_id}\x1f{kind}{hole}\x1f{front}\x1f{back}\x1f{tags}\x1f{source}\x1f{headings}"
        if len(group) > 1:
            said += "\x1f".join(f"{sheet[0]}\x1f{sheet[9]}\x1f{sheet[3]}" for sheet in group[1:])
        return blake2b(said.encode(errors="replace"), digest_size=16, key=self._version).digest()

    def _returned(self, came: Import, siblings: list[Card]) -> AnkiNote | None:
        """A note that came from Anki: there it is known by its own guid, in its own note type."""
        files = self.converter.media.files
        before = set(files)
        converted = self.converter.note(siblings)
        if converted is None:
            return None
        note = self._back.note(came, siblings, converted)
        for name in files.keys() - before:
            if name not in note.text:
                del files[name]
        take_media(came, note, siblings, self.converter.media, self._origin)
        if self._back.is_unchanged(came, note):
            self.stamps[note.guid] = note.digest, came.mod
        else:
            self._keep(note, self.known.get(note.guid), b"")
        return note

    def _keep(self, note: AnkiNote, known: exports.Row | None, key: bytes) -> None:
        mod = known[1] if known is not None and known[0] == note.digest else self.now_s
        self.stamps[note.guid] = note.digest, mod
        rendered = (key, note.text, note.tags) if note.lasting else (b"", "", "")
        sent = Sent(note.digest, mod, *rendered)
        if known is None or sent != known[:5]:
            self.sent.append((note.guid, note.block, sent))

    def _origin(self, block: str) -> Origin:
        path, line, source = self._places.get(block, ("", 0, ""))
        folder = Path(path).parent
        return Origin(path, line, (folder, (folder / source).parent) if source else (folder,))


def _card(sheet: exports.Row) -> Card:
    card_id, block, kind, front, back, deck, tags, source, headings, hole, *_ = sheet
    return Card(
        card_id,
        block,
        front,
        back,
        Kind(kind),
        deck,
        tuple(json.loads(tags)),
        Source(source, 0, 0, tuple(json.loads(headings))) if source else None,
        hole,
    )
