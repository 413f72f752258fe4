"""A card's text changed in its deck file: only the block's own lines, in one step, its history kept."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from studycards import deckfile, files
from studycards.collection.front import Collection
from studycards.deckfile import DeckText, Entry, tidy
from studycards.errors import StudycardsError
from studycards.model import Card
from studycards.notes.reader import FileText, read_file


def reword(collection: Collection, card: Card, sides: tuple[str, str], now: datetime) -> bool:
    """Write other sides for the card's block and bring the index up to date; whether anything differs.

    The block gets its id as a comment if it has none, so that what was learned stays with it. Raises StudycardsError
    with a sentence where the file is not what it was, cannot be written, or would not read back; nothing is written
    then.
    """
    place = collection.place(card)
    if place is None:
        raise StudycardsError("The card's deck file is not known any more; nothing was written.")
    path = Path(place.path)
    file = read_file(path)
    old = path.read_bytes() if path.is_file() else b""
    if file.unreadable or sha256(old).hexdigest() != file.digest:
        raise StudycardsError(f"{path} cannot be read as it stands; nothing was written.")
    entry = _find(_parse(file, file.text), card, place.line)
    new = replace(entry, front=tidy(sides[0]), back=tidy(sides[1]), id=card.block)
    if (new.front, new.back) == (entry.front, entry.back):
        return False
    text = deckfile.replace(file.text, entry, new)
    _require(_parse(file, text), _parse(file, file.text), entry, new)
    _write(path, old, (("\ufeff" if file.bom else "") + text).encode(file.encoding))
    collection.sync([], now)
    return True


def _find(deck: DeckText, card: Card, line: int) -> Entry:
    named = [entry for entry in deck.entries if entry.id == card.block]
    same = [entry for entry in deck.entries if not entry.id and _says(entry, card)]
    for found in (named, same, [entry for entry in same if entry.line == line]):
        if len(found) == 1:
            return found[0]
    raise StudycardsError("The card is no longer where it was in its deck file; nothing was written.")


def _says(entry: Entry, card: Card) -> bool:
    sides = (tidy(card.front), tidy(card.back))
    return (tidy(entry.front), tidy(entry.back)) in (sides, sides[::-1])


def _require(after: DeckText, before: DeckText, entry: Entry, new: Entry) -> None:
    """The file must read back as before but for this one block."""
    expected = [new if one is entry or one.line == entry.line else one for one in before.entries]
    if list(after.entries) != expected or not new.front:
        raise StudycardsError("This would not read back as one card; nothing was written.")


def _parse(file: FileText, text: str) -> DeckText:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return deckfile.parse(file.front, "\n".join(lines[file.first_line - 1 :]), file.first_line, file.path)


def _write(path: Path, old: bytes, new: bytes) -> None:
    try:
        if not files.replace(path, new, expected=old):
            raise StudycardsError(f"{path} was changed by another program meanwhile; nothing was written.")
    except OSError as error:
        raise StudycardsError(
            f"{path} cannot be written ({os.strerror(error.errno or 0)}); nothing changed."
        ) from error
