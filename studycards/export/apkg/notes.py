"""Cards → Anki notes: one note a block of a deck file, its siblings as that note's cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from studycards.cloze import LARGEST, holes
from studycards.export.apkg import html, names
from studycards.export.apkg.holes import mark, write
from studycards.export.apkg.inline import escape, link
from studycards.export.apkg.media import PICTURES, SOUNDS, Media, RefusedError
from studycards.export.apkg.notetypes import BASIC, CLOZE, NoteType
from studycards.model import Card, Kind, Problem

_SHOWN = re.compile(r"<img |<hr>|\[sound:")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block stands: its deck file and line, and the folders from which its pictures are named."""

    path: str
    line: int
    folders: tuple[Path, ...] = ()


class AnkiNote(NamedTuple):
    """One row of fields, joined by U+001F; `tags` with a space before, between and after them. `cards` are (ord, card
    id). `digest` is of our text, so that a better converter changes nothing. `lasting`: the same card always gives the
    same fields, so they may be kept."""

    guid: str
    block: str
    type: NoteType
    text: str
    tags: str
    deck: str
    cards: tuple[tuple[int, str], ...]
    digest: str
    lasting: bool = True

    @property
    def fields(self) -> list[str]:
        """The fields one by one."""
        return self.text.split("\x1f")


class LeftOutError(Exception):
    """A block cannot become an Anki note; carries the code and the message of its problem."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(slots=True)
class Converter:
    """Turns blocks into Anki notes and gathers what is wrong on the way.

    `blocks` cuts Markdown where a side is more than paragraphs, `origin` says where a block stands, `source_link` is
    the form of a link to a source with `{path}` in it (empty: none).
    """

    blocks: html.Blocks
    media: Media
    origin: Callable[[str], Origin]
    source_link: str = ""
    problems: list[Problem] = field(default_factory=list)
    _block: str = ""
    _taken: list[str] = field(default_factory=list)
    _guids: set[str] = field(default_factory=set)

    def convert(self, cards: Iterable[Card]) -> list[AnkiNote]:
        """The Anki notes of `cards`, in their order; a block that cannot go out is a problem."""
        grouped: dict[str, list[Card]] = {}
        for card in cards:
            grouped.setdefault(card.block, []).append(card)
        return [note for siblings in grouped.values() if (note := self.note(siblings)) is not None]

    def note(self, siblings: list[Card]) -> AnkiNote | None:
        """The Anki note of one block; None where it cannot go out, which is a problem then."""
        self._block, self._taken, known = siblings[0].block, [], len(self.problems)
        try:
            note = self._note(siblings)
        except LeftOutError as left_out:
            self._complain(left_out.code, str(left_out))
            return None
        return note._replace(lasting=False) if self._taken or len(self.problems) > known else note

    def _note(self, siblings: list[Card]) -> AnkiNote:
        card = siblings[0]
        cloze = card.kind is Kind.CLOZE
        guid = guid_of(card.block, cloze=cloze)
        if not card.block or guid in self._guids:
            raise LeftOutError("export-id", f"the id {card.block!r} is used twice, Anki would double the card")
        tags = tuple(dict.fromkeys(filter(None, map(names.tag, card.tags)))) if card.tags else ()
        source = self._source(card)
        fields, cards, text = self._cloze(siblings) if cloze else self._basic(siblings)
        said = "\x1f".join((*text, *sorted(tags), source, *self._taken))
        digest = blake2b(said.encode(errors="replace"), digest_size=12).hexdigest()
        self._guids.add(guid)
        row = "\x1f".join((*fields, source))
        kind = CLOZE if cloze else BASIC
        return AnkiNote(guid, card.block, kind, row, spaced(tags), names.deck(card.deck), cards, digest)

    def _basic(self, siblings: list[Card]) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...], tuple[str, ...]]:
        ords = basic_ords(siblings[0].block, [card.id for card in siblings])
        first = min(siblings, key=lambda card: card.id != card.block)
        front, back = (first.front, first.back) if first.id == first.block else (first.back, first.front)
        reverse = "y" if ords[-1][0] else ""
        return (self._side(front, "front"), self._side(back, "back"), reverse), ords, (front, back, reverse)

    def _cloze(self, siblings: list[Card]) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...], tuple[str, ...]]:
        stable = {card.hole or 0: hole_of(card.id) for card in siblings}
        text = self._text(siblings[0].front)
        found = [hole for hole in holes(text) if hole.number in stable]
        if not found:
            raise LeftOutError("export-hole", "there is no hole in the cloze")
        for hole in found:
            if not 1 <= stable[hole.number] <= LARGEST:
                raise LeftOutError("export-hole", f"the number of a hole must be from 1 to {LARGEST}")
            if not hole.answer.strip():
                raise LeftOutError("export-hole", "a hole is empty")
        shown = write(html.field(mark(text, stable), self.blocks, self._picture))
        ords = cloze_ords([card.id for card in siblings])
        back = siblings[0].back
        numbers = "" if all(a == b for a, b in stable.items()) else str(sorted(stable.items()))
        return (shown, self._html(self._text(back)) if back else ""), ords, (text, back, f"cloze{numbers}")

    def _side(self, text: str, name: str) -> str:
        shown = self._html(self._text(text))
        if not shown or (shown[0] in "< \n" and not _SHOWN.search(shown) and not _TAG.sub("", shown).strip()):
            raise LeftOutError("export-empty", f"the {name} of the card shows nothing")
        return shown

    def _html(self, text: str) -> str:
        return html.field(text, self.blocks, self._picture)

    def _text(self, text: str) -> str:
        if html.is_unfit(text):
            self._complain("export-control", "control characters were left out")
        return html.field_text(text)

    def _source(self, card: Card) -> str:
        """Path and headings, without the line: a card that only moved must not count as changed."""
        source = card.source
        if source is None or not source.path:
            return ""
        shown = escape(html.field_text(" › ".join((source.path, *source.headings))))
        return link(shown, self.source_link.replace("{path}", source.path)) if self.source_link else shown

    def _picture(self, label: str, address: str, is_image: bool) -> str | None:
        """An image, or a link to a sound or film, taken along; None for what is left as a link or text."""
        extension = address.rpartition(".")[2].lower()
        if "://" in address or address.startswith("mailto:") or (not is_image and extension not in SOUNDS):
            return None
        try:
            name = self.media.take(address, self.origin(self._block).folders)
        except RefusedError as refused:
            self._complain("export-media", f"{address!r} {refused}; its text stands in its place")
            return escape(label)
        self._taken.append(name)
        return f'<img src="{name}" alt="{escape(label)}">' if extension in PICTURES else f"[sound:{name}]"

    def _complain(self, code: str, message: str) -> None:
        origin = self.origin(self._block)
        self.problems.append(Problem(origin.path, origin.line, code, message))


def guid_of(block: str, *, cloze: bool) -> str:
    """The name by which Anki knows the note of a block for ever; it holds the kind, for a note cannot change type."""
    return f"sc-{block}-c" if cloze else f"sc-{block}"


def hole_of(card_id: str) -> int:
    """The stable number of the hole that a card asks."""
    return int(card_id.rpartition("-")[2])


def basic_ords(block: str, card_ids: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """(ord, card id) of a basic block: 0 front to back, 1 back to front."""
    if len(card_ids) == 1:
        return ((0 if card_ids[0] == block else 1, card_ids[0]),)
    return tuple(sorted((int(card_id != block), card_id) for card_id in card_ids))


def cloze_ords(card_ids: Iterable[str]) -> tuple[tuple[int, str], ...]:
    """(ord, card id) of a cloze block: the stable number less one."""
    return tuple(sorted((hole_of(card_id) - 1, card_id) for card_id in card_ids))


def spaced(tags: Sequence[str]) -> str:
    """Tags as Anki stores them."""
    return f" {' '.join(tags)} " if tags else ""


def stamp(notes: Iterable[AnkiNote], known: Mapping[str, tuple[str, int]], now_s: int) -> dict[str, tuple[str, int]]:
    """guid → (digest, second of its last change) for every note: the known one while the digest is the same."""
    stamped = {}
    for note in notes:
        before = known.get(note.guid)
        stamped[note.guid] = before if before and before[0] == note.digest else (note.digest, now_s)
    return stamped
