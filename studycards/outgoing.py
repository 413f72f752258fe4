"""What leaves for Anki: cards with their places, stamps and, if wanted, progress, read from the store."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from studycards.config import Config
from studycards.export.anki import Edition
from studycards.export.apkg.html import Blocks
from studycards.export.apkg.media import Media
from studycards.export.apkg.names import deck as anki_deck
from studycards.export.apkg.notes import AnkiNote, Converter, Origin, stamp
from studycards.export.apkg.progress import Answered, Desk, Marked, Remembered, columns, preset, revlog
from studycards.model import Card, Problem, Settings
from studycards.scheduling.answer import kernel_of
from studycards.store import exports
from studycards.store.opening import reading, writing


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked for: progress or not, at which second and study day. `blocks` cuts Markdown."""

    with_progress: bool
    now_s: int
    study_day: int
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An edition ready to be written, what is wrong with cards left out, and what a person should know."""

    edition: Edition
    problems: tuple[Problem, ...]
    cards: int
    decks: int
    retired: tuple[str, ...]
    first_export: bool
    has_answers: bool


def prepare(db: Database, cards: Iterable[Card], config: Config, wanted: Wanted) -> Outgoing:
    """The edition of `cards`; nothing is written yet."""
    with reading(db):
        retired = exports.retired(db)
        cards = [card for card in cards if card.id not in retired]
        standing = exports.standing(db)
        known = exports.stamps(db)
        converter = _converter(standing, exports.known_folders(db), config, wanted.blocks)
        notes = converter.convert(cards)
        progress = _progress(db, cards, config, wanted) if wanted.with_progress else _suspended(db)
        gone = exports.retired_after_export(db)
        answered = exports.has_answers(db)
    edition = Edition(
        notes=notes,
        media=converter.media.files,
        stamps=stamp(notes, known, wanted.now_s),
        first_seen=standing.first_seen,
        day_start=config.settings().day_start,
        **progress,
    )
    return Outgoing(
        edition=edition,
        problems=tuple(converter.problems),
        cards=sum(len(note.cards) for note in notes),
        decks=len({note.deck for note in notes}),
        retired=tuple(front for _, front in gone),
        first_export=not known,
        has_answers=answered,
    )


def remember(db: Database, notes: Sequence[AnkiNote], edition: Edition) -> None:
    """Keep when the text of each note last changed, for the next edition."""
    known = exports.stamps(db)
    changed = [
        (note.guid, note.block, *edition.stamps[note.guid])
        for note in notes
        if known.get(note.guid) != edition.stamps[note.guid]
    ]
    if changed:
        with writing(db):
            exports.save_stamps(db, changed)


def _converter(standing: exports.Standing, folders: Sequence[str], config: Config, blocks: Blocks) -> Converter:
    parents = {str(Path(path).parent) for path, _, _ in standing.places.values()}
    roots = tuple(Path(os.path.realpath(folder)) for folder in sorted({*parents, *folders}))

    def origin(block: str) -> Origin:
        path, line, source = standing.places.get(block, ("", 0, ""))
        folder = Path(path).parent
        return Origin(path, line, (folder, (folder / source).parent) if source else (folder,))

    return Converter(blocks, Media(roots), origin, config.text("export.source_link"))


def _suspended(db: Database) -> dict[str, Any]:
    marks = {card_id: Marked(1, None, 0) for card_id in exports.suspended(db)}
    return {"started": columns([], marks, dict.fromkeys(marks, ""), {}, _NOWHERE)}


def _progress(db: Database, cards: Sequence[Card], config: Config, wanted: Wanted) -> dict[str, Any]:
    """The arguments of an edition that carry progress."""
    decks = {card.id: card.deck for card in cards}
    rows, counted = revlog(map(Answered._make, exports.answers(db)))
    marks = {card_id: Marked(*rest) for card_id, *rest in exports.marks(db)}
    desk = _desk(config, wanted.study_day)
    started = columns(map(Remembered._make, exports.memories(db)), marks, decks, counted, desk)
    presets = {}
    for deck in set(decks.values()):
        settings = config.settings(deck)
        if _is_own(settings):
            presets[anki_deck(deck)] = preset(settings, kernel_of(settings.parameters).parameters)
    return {"started": started, "revlog": rows, "presets": presets}


def _is_own(settings: Settings) -> bool:
    """Whether Anki should be told: its own defaults are ours where the person changed nothing."""
    plain = Settings()
    names = ("desired_retention", "learning_steps", "relearning_steps", "maximum_interval", "new_per_day")
    return bool(settings.parameters) or any(
        getattr(settings, name) != getattr(plain, name) for name in (*names, "reviews_per_day")
    )


def _desk(config: Config, today: int) -> Desk:
    def interval(stability: float, deck: str) -> int:
        settings = config.settings(deck)
        days = kernel_of(settings.parameters).interval(settings.desired_retention, stability)
        return min(settings.maximum_interval, max(1, round(days)))

    return Desk(config.settings, interval, lambda deck: -kernel_of(config.settings(deck).parameters).decay, today)


_NOWHERE = Desk(lambda deck: Settings(), lambda stability, deck: 1, lambda deck: 0.5, 0)
