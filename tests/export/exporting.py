"""Cards as values, and an exporter with everything handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studycards.export import anki as package
from studycards.export.apkg.media import Media
from studycards.export.apkg.notes import AnkiNote, Converter, Origin, stamp
from studycards.model import Card, Kind, Problem, Source
from studycards.notes.block_tokens import block_tokens


def basic(block: str, front: str, back: str, **more: Any) -> Card:
    return Card(more.pop("id", block), block, front, back, Kind.BASIC, more.pop("deck", "d"), **more)


def both_ways(block: str, front: str, back: str, **more: Any) -> list[Card]:
    return [basic(block, front, back, **more), basic(block, back, front, id=f"{block}-r", **more)]


def cloze(block: str, text: str, back: str = "", *, holes: dict[int, int], **more: Any) -> list[Card]:
    """The siblings of a cloze; `holes` gives the written number of each stable one."""
    deck = more.pop("deck", "d")
    return [
        Card(f"{block}-{stable}", block, text, back, Kind.CLOZE, deck, hole=written, **more)
        for stable, written in holes.items()
    ]


@dataclass
class Exported:
    path: Path
    notes: list[AnkiNote]
    problems: list[Problem]
    stamps: dict[str, tuple[str, int]]


@dataclass
class Exporter:
    """Writes cards as a package; remembers the stamps, as the store would."""

    folder: Path
    stamps: dict[str, tuple[str, int]] = field(default_factory=dict)

    def __call__(
        self, cards: Sequence[Card], name: str = "out.apkg", now_s: int = 1_795_100_000, **more: Any
    ) -> Exported:
        converter = self.converter(more.pop("source_link", ""))
        notes = converter.convert(cards)
        self.stamps |= stamp(notes, self.stamps, now_s)
        stamps = {note.guid: self.stamps[note.guid] for note in notes}
        seen = {card.id: 1_790_000_000_000 + n for n, card in enumerate(cards)}
        path = self.folder / name
        package.write(path, package.Edition(notes, converter.media.files, stamps, seen, **more))
        return Exported(path, notes, converter.problems, stamps)

    def converter(self, source_link: str = "") -> Converter:
        place = Origin("deck.md", 3, (self.folder,))
        return Converter(block_tokens, Media((self.folder.resolve(),)), lambda block: place, source_link)

    def fields(self, *cards: Card) -> list[str]:
        notes = self.converter().convert(cards)
        return notes[0].fields


SOURCE = Source("notes/egypt.md", 14, 14, ("Egypt", "Names"))
