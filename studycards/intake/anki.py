"""An Anki package → blocks of deck files with the cards and answers that belong to them."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from studycards import files
from studycards.intake.apkg import template
from studycards.intake.apkg.archive import Archive, opened
from studycards.intake.apkg.markdown import Media, Reader
from studycards.intake.apkg.tables import CardRow, NoteRow, NoteType, RevRow, Tables, read
from studycards.model import Kind

OURS = re.compile(r"sc-([0-9A-Za-z]{1,40})(-c)?")
OUR_TYPES = (1_800_000_001, 1_800_000_002)
_CLOZE = re.compile(r"\{\{cloze:([^{}]+)\}\}")
_SCRIPT_ONLY = re.compile(r"image-?occlusion|\banki\.imageOcclusion", re.I)


@dataclass(frozen=True, slots=True)
class Taken:
    """One block: its text, and its cards in Anki by what they ask: 0 front to back, -1 back to front, or a hole.

    `key` finds it again at the next import: Anki's guid, with the ord where each template is a block of its own.
    `own` is the id of the block of ours that went out as this Anki note (empty: it is none). `shape` is JSON: the
    places of front and back among the fields (-1: none) and the ord of the card front to back; empty: rendered.
    """

    key: str
    own: str
    kind: Kind
    front: str
    back: str
    reverse: bool
    tags: tuple[str, ...]
    deck: str
    cards: dict[int, CardRow]
    note: NoteRow
    shape: str = ""


@dataclass(slots=True)
class Package:
    """An open package: its tables, its media, and why notes were left out, by reason."""

    archive: Archive
    tables: Tables
    left_out: Counter[str] = field(default_factory=Counter)

    def answers(self) -> dict[int, list[RevRow]]:
        """The review log by card."""
        found: dict[int, list[RevRow]] = {}
        for row in self.tables.revlog:
            found.setdefault(row.cid, []).append(row)
        return found

    def blocks(self, media: Callable[[str, str], str]) -> Iterator[Taken]:
        """Every block that can be made, new ones in Anki's order. `media` gives the place of a file for a deck."""
        cards: dict[int, list[CardRow]] = {}
        for card in self.tables.cards:
            cards.setdefault(card.nid, []).append(card)
        for note in self._ordered(cards):
            siblings = {card.ord: card for card in cards.get(note.id, [])}
            if siblings:
                yield from self._of_note(note, siblings, media)

    def _ordered(self, cards: dict[int, list[CardRow]]) -> list[NoteRow]:
        def place(note: NoteRow) -> tuple[int, int]:
            dues = [card.due for card in cards.get(note.id, []) if card.type == 0]
            return min(dues, default=0), note.id

        return sorted(self.tables.notes, key=place)

    def _of_note(
        self, note: NoteRow, siblings: dict[int, CardRow], media: Callable[[str, str], str]
    ) -> Iterator[Taken]:
        kind = self.tables.types.get(note.mid)
        values = note.flds.split("\x1f")
        if kind is None or len(values) != len(kind.fields):
            self.left_out["without a note type"] += 1
            return
        deck = self.tables.decks.get(next(iter(siblings.values())).did, "Default")
        maker = _Maker(note, kind, siblings, deck, lambda name: media(name, deck))
        fields = dict(zip(kind.fields, values, strict=True))
        if _is_occlusion(kind):
            self.left_out[kind.name] += 1
            return
        made = [taken for taken in maker.make(fields) if _asks(taken)]
        if not made:
            self.left_out["empty"] += 1
        yield from made


def _asks(taken: Taken) -> bool:
    return bool(taken.front.strip()) and (taken.kind is Kind.CLOZE or bool(taken.back.strip()))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the blocks of one Anki note."""

    note: NoteRow
    kind: NoteType
    siblings: dict[int, CardRow]
    deck: str
    media: Media

    def make(self, fields: dict[str, str]) -> Iterator[Taken]:
        if self.kind.cloze:
            yield self._cloze(fields)
            return
        pair = self._mirrored()
        if pair:
            front, back = (self._read(fields[name]) for name in pair)
            cards = {-ord_: card for ord_, card in self.siblings.items()}
            places = [self.kind.fields.index(name) for name in pair]
            if 0 in self.siblings:
                yield self._taken("", Kind.BASIC, (front, back), cards, [*places, 0])
            else:
                yield self._taken("", Kind.BASIC, (back, front), {0: self.siblings[1]}, [*places[::-1], 1])
            return
        for ord_, card in sorted(self.siblings.items()):
            if ord_ < len(self.kind.templates):
                yield self._rendered(ord_, card, fields)

    def _mirrored(self) -> tuple[str, str] | None:
        """The two fields that two templates ask both ways, or one template asks one way."""
        return None if max(self.siblings) >= len(self.kind.templates) else _mirrored(self.kind)

    def _cloze(self, fields: dict[str, str]) -> Taken:
        question, answer = self.kind.templates[0][1:] if self.kind.templates else ("", "")
        found = _CLOZE.search(question)
        name = found[1].rpartition(":")[2].strip() if found else self.kind.fields[0]
        others = [n for n in template.shown(answer) if n not in (name, "FrontSide")]
        if self.kind.id in OUR_TYPES:
            others = ["Extra"]
        extra = "<br>".join(value for n in others if (value := fields.get(n, "")).strip())
        text = Reader(self.media, cloze=True).read(fields.get(name, ""))
        cards = {ord_ + 1: card for ord_, card in self.siblings.items()}
        beside = self.kind.fields.index(others[0]) if len(others) == 1 and others[0] in fields else -1
        shape = [self.kind.fields.index(name), beside, 0] if name in fields else []
        return self._taken("", Kind.CLOZE, (text, self._read(extra)), cards, shape)

    def _rendered(self, ord_: int, card: CardRow, fields: dict[str, str]) -> Taken:
        question, answer = _sides(self.kind.templates[ord_])
        given = {**fields, "Tags": self.note.tags.strip(), "Deck": self.deck, "Card": "", "Type": self.kind.name}
        front = self._read(template.filled(question, given))
        back = self._read(template.filled(answer, given))
        return self._taken(f"#{ord_}", Kind.BASIC, (front, back), {0: card}, [])

    def _read(self, source: str) -> str:
        return Reader(self.media).read(source)

    def _taken(
        self, suffix: str, kind: Kind, sides: tuple[str, str], cards: dict[int, CardRow], shape: list[int]
    ) -> Taken:
        own = OURS.fullmatch(self.note.guid) if self.kind.id in OUR_TYPES else None
        return Taken(
            key=self.note.guid + suffix,
            own=own[1] if own else "",
            kind=kind,
            front=sides[0],
            back=sides[1],
            reverse=-1 in cards,
            tags=tuple(self.note.tags.split()),
            deck=self.deck,
            cards=cards,
            note=self.note,
            shape=json.dumps(shape) if shape else "",
        )


@lru_cache(maxsize=256)
def _is_occlusion(kind: NoteType) -> bool:
    return bool(_SCRIPT_ONLY.search("".join(q + a for _, q, a in kind.templates))) or kind.name.startswith(
        "Image Occlusion"
    )


@lru_cache(maxsize=256)
def _mirrored(kind: NoteType) -> tuple[str, str] | None:
    if len(kind.templates) not in (1, 2):
        return None
    (question, answer), last = _sides(kind.templates[0]), _sides(kind.templates[-1])
    asked = template.shown(question)
    told = [name for name in template.shown(answer) if name not in (*asked, "Source")]
    if len(asked) != 1 or len(told) != 1 or not {*asked, *told} <= set(kind.fields):
        return None
    is_ours = kind.id in OUR_TYPES
    if not template.is_only(question, asked[0]) or not (is_ours or template.is_only(answer, told[0])):
        return None
    mirrored = template.is_only(last[0], told[0]) and asked[0] in template.shown(last[1])
    return (asked[0], told[0]) if len(kind.templates) == 1 or mirrored else None


def _sides(one: tuple[str, str, str]) -> tuple[str, str]:
    """Question and answer of a template, each without what belongs to the other."""
    return template.untyped(one[1]), template.told(one[2])


@contextmanager
def package(path: Path) -> Iterator[Package]:
    """The package at `path`, its collection in a temp folder until the end. Raises RefusedError."""
    files.sweep(Path(tempfile.gettempdir()))
    with opened(path) as archive, tempfile.TemporaryDirectory(prefix=files.own_prefix()) as folder:
        database = Path(folder) / "collection"
        with database.open("wb") as file:
            archive.write_collection(file)
        yield Package(archive, read(database))
