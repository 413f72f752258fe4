"""Cards that came from Anki on their way back: their own guid and note type, unchanged fields as they were."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from hashlib import blake2b

from studycards.export.apkg import names
from studycards.export.apkg.media import Media, RefusedError
from studycards.export.apkg.notes import AnkiNote, Origin, spaced
from studycards.export.apkg.notetypes import NoteType, foreign
from studycards.model import Card, Kind
from studycards.store.imports import Import

_ADDRESS = re.compile(r"\]\(<?([^()<>\n]+)>?\)")
_SHOWN = re.compile(r"""\bsrc\s*=\s*["']?([^"'<>\s][^"'<>]*)|\[sound:([^\]]+)\]""")


class Returning:
    """The notes that came from Anki and can go back in their own shape."""

    def __init__(self, came: dict[str, Import], types: dict[int, str]) -> None:
        self._came = {one.block: one for one in came.values() if one.shape}
        self._types = {type_id: foreign(type_id, json.loads(payload)) for type_id, payload in types.items()}

    def get(self, block: str) -> Import | None:
        """What is known of the block from its import; None where it goes out in our own shape."""
        one = self._came.get(block)
        return one if one is not None and one.type_id in self._types and not _is_ours(one) else None

    def note(self, came: Import, siblings: Sequence[Card], converted: AnkiNote) -> AnkiNote:
        """The Anki note as it came, its text replaced only where it was edited here."""
        kind = self._types[came.type_id]
        front, back, _ = json.loads(came.shape)
        fields = came.fields.split("\x1f")
        card = _forward(siblings)
        for place, now, then, rendered in zip(
            (front, back), card, (came.front, came.back), converted.fields, strict=False
        ):
            if place >= 0 and now != then:
                fields[place] = rendered
        text = "\x1f".join(fields)
        tags = _tags(came, siblings[0])
        digest = blake2b(f"{text}\x1f{tags}".encode(errors="replace"), digest_size=12).hexdigest()
        cards = tuple(sorted((self._ord(came, kind, one), one.id) for one in siblings))
        return AnkiNote(came.guid, came.block, kind, text, tags, converted.deck, cards, digest, lasting=False)

    def is_unchanged(self, came: Import, note: AnkiNote) -> bool:
        """Whether the note goes back as it came: Anki must not take it for newer then."""
        return note.text == came.fields and note.tags == came.tags

    def _ord(self, came: Import, kind: NoteType, card: Card) -> int:
        if kind.cloze:
            return (card.hole or 1) - 1
        first = int(json.loads(came.shape)[2])
        return 1 - first if card.id != card.block else first


def take_media(
    came: Import, note: AnkiNote, siblings: Sequence[Card], media: Media, origin: Callable[[str], Origin]
) -> None:
    """Take the files that the fields show under the names which they have in Anki."""
    places = [found for card in siblings for side in (card.front, card.back) for found in _ADDRESS.findall(side)]
    for found in _SHOWN.finditer(note.text):
        name = found[1] or found[2]
        for place in places:
            if os.path.basename(place) == name:
                try:
                    media.take_as(name, place, origin(came.block).folders)
                except RefusedError:
                    continue


def _is_ours(one: Import) -> bool:
    return one.guid.startswith("sc-") and one.type_id in (1_800_000_001, 1_800_000_002)


def _forward(siblings: Sequence[Card]) -> tuple[str, str]:
    """The sides of a block as its deck file has them."""
    card = min(siblings, key=lambda one: one.id != one.block)
    if card.kind is Kind.BASIC and card.id != card.block:
        return card.back, card.front
    return card.front, card.back


def _tags(came: Import, card: Card) -> str:
    ours = [tag for word in card.tags if (tag := names.tag(word))]
    return came.tags if set(ours) == set(came.tags.split()) else spaced(tuple(dict.fromkeys(ours)))
