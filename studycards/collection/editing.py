"""Editing a card in its deck file: only its own lines change, its id and history stay, a cut-off edit is a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from studycards.collection.joining import Block, blocks
from studycards.collection.looking import Seen, read_deck
from studycards.collection.numbering import numbers
from studycards.collection.rows import make_rows
from studycards.deckfile import DeckText, Entry, parse, tidy, write_entry
from studycards.deckwriter import DeckWriter
from studycards.errors import StudycardsError
from studycards.history import Stamp
from studycards.identity import content, likeness
from studycards.language import say
from studycards.model import Card
from studycards.store import cards as index
from studycards.store import intents, log
from studycards.store.intents import Intent
from studycards.store.opening import writing
from studycards.text import fold

Sides = tuple[str, str]
OTHER_FACT = 0.5


def sides_of(card: Card) -> Sides:
    """A card's block as it stands in the deck file: front and back, also for a card asked back to front."""
    return (card.back, card.front) if card.id == f"{card.block}-r" else (card.front, card.back)


def is_other_fact(before: Sides, after: Sides) -> bool:
    """Whether an edit changes the answer by more than half, so that the person should say if the history goes on."""
    return likeness(fold(before[1] or before[0]), fold(after[1] or after[0])) < OTHER_FACT


def edit(db: Database, block: str, sides: Sides, stamp: Stamp, show: Callable[[str], str]) -> None:
    """Write new sides into the card's deck file. Nothing is written where that is not safe; raises StudycardsError.

    The intent is stored first, then the file replaced in one step, then the index brought up to date.
    """
    known = blocks(index.of_blocks(db, [block])).get(block)
    if known is None or known.is_gone:
        raise StudycardsError(say("The text of this card is gone from its deck file; nothing was written."))
    path = known.first.path
    before = sides_of(known.first.card)
    after = (tidy(sides[0]), tidy(sides[1]))
    if after == before:
        return
    _require(known, after)
    deck, entry = _find(known, show)
    if deck is None or entry is None or (entry.front, entry.back) != before:
        raise StudycardsError(
            say(
                "The card is no longer where it was in {path}, or was changed there meanwhile; nothing was written.",
                path=show(path),
            )
        )
    with writing(db):
        intent = intents.begin(db, path, block, (before, after), stamp.ms)
    try:
        with writing(db):
            _write(path, known, entry, after, show)
            _index(db, known, after, stamp, show)
            intents.end(db, intent)
    except StudycardsError:
        discard(db, intent)
        raise


def drafts(db: Database, stamp: Stamp, show: Callable[[str], str]) -> list[Intent]:
    """Edits that were cut off before their file was written. One that was written is brought to its end here."""
    left: list[Intent] = []
    for intent in intents.standing(db):
        known = blocks(index.of_blocks(db, [intent.block])).get(intent.block)
        found = _entries(intent.path, show)
        if known is not None and any((e.front, e.back) == intent.after for e in found):
            with writing(db):
                _index(db, known, intent.after, stamp, show)
                intents.end(db, intent.number)
        else:
            left.append(intent)
    return left


def discard(db: Database, number: int) -> None:
    """Throw a draft away."""
    with writing(db):
        intents.end(db, number)


def _require(known: Block, sides: Sides) -> None:
    """Refuse what could not be read back as this kind of card."""
    written = write_entry(Entry(known.first.card.kind, *sides))
    found = parse({"deck": "x"}, written, 1, "")
    if found.problems or len(found.entries) != 1:
        said = found.problems[0].message.partition(";")[0] if found.problems else "it cannot be read back"
        raise StudycardsError(say("This cannot be a card: {why}; nothing was written.", why=said))


def _find(known: Block, show: Callable[[str], str]) -> tuple[DeckText | None, Entry | None]:
    """The block in its file now: by its id, else by its text if only one says it."""
    row = known.first
    _, deck = read_deck(Path(row.path), show(row.path))
    if deck is None:
        return None, None
    if row.marked_id:
        return deck, next((entry for entry in deck.entries if entry.id == known.name), None)
    same = [e for e in deck.entries if not e.id and content(e.front, e.back) == row.folded]
    return deck, same[0] if len(same) == 1 else None


def _write(path: str, known: Block, entry: Entry, sides: Sides, show: Callable[[str], str]) -> None:
    writer = DeckWriter(show)
    new = replace(entry, front=sides[0], back=sides[1])
    if known.first.marked_id:
        writer.edit(path, known.name, lambda found: new if found == entry else None)
    else:
        writer.edit_text(path, entry, new)
    _, problems = writer.write()
    if problems:
        raise StudycardsError(str(problems[0]))


def _index(db: Database, known: Block, text: Sides, stamp: Stamp, show: Callable[[str], str]) -> None:
    """Bring the index to what the file says now, so that the next look finds the card under its name."""
    row = known.first
    _, deck = read_deck(Path(row.path), show(row.path))
    if deck is None:
        return
    for position, entry in enumerate(deck.entries):
        if (entry.front, entry.back) != text or entry.id not in ("", known.name):
            continue
        seen = Seen(row.path, "", deck.deck, deck.tags, deck.reverse, entry, position)
        made = make_rows(known.name, seen, numbers(db, known.name, seen, known.rows, stamp.ms), known, None, stamp.ms)
        index.orphan(db, {r.card.id for r in known.rows} - {r.card.id for r in made}, stamp.ms)
        index.put(db, [replace(r, card=replace(r.card, source=row.card.source)) for r in made])
        index.add_texts(db, [(known.name, stamp.ms, *sides_of(row.card))])
        _log(db, known, entry, stamp)
        return


def _log(db: Database, known: Block, entry: Entry, stamp: Stamp) -> None:
    row = known.first
    before, after = "\n".join(filter(None, sides_of(row.card))), "\n".join(filter(None, (entry.front, entry.back)))
    told = {"what": "edited", "path": row.path, "line": entry.line, "before": before, "after": after}
    log.append_act(db, log.Act("card", stamp.ms, stamp.offset_min, stamp.day, known.name, payload=told))


def _entries(path: str, show: Callable[[str], str]) -> tuple[Entry, ...]:
    _, deck = read_deck(Path(path), show(path))
    return deck.entries if deck else ()
