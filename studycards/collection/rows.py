"""The cards that a block makes: front to back, back to front, one a hole; with the ids they keep for ever."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from studycards.cloze import holes
from studycards.collection.joining import Block
from studycards.collection.looking import Seen
from studycards.identity import content
from studycards.model import Card, Kind, Source
from studycards.store.cards import CardRow
from studycards.text import fold

Origin = tuple[tuple[str, ...], int]


def make_rows(
    name: str, seen: Seen, numbers: Mapping[int, int], before: Block | None, origin: Origin | None, now_ms: int
) -> list[CardRow]:
    """The rows of a block as it stands now. `numbers` maps written numbers of holes to stable ones; `origin` is what
    the proposal knew of the source: headings and last line."""
    known = {row.card.id: row for row in before.rows} if before else {}
    return [_row(card, seen, known.get(card.id), now_ms) for card in _cards(name, seen, numbers, origin)]


def written_holes(seen: Seen) -> dict[int, str]:
    """The folded text of a block's holes by their written number; holes with one number are one."""
    found: dict[int, list[str]] = defaultdict(list)
    if seen.entry.kind is Kind.CLOZE:
        for hole in holes(seen.entry.front):
            found[hole.number].append(fold(hole.answer))
    return {number: "\n".join(texts) for number, texts in found.items()}


def asked_holes(rows: Iterable[CardRow]) -> dict[int, tuple[int, str, bool]]:
    """The stable numbers of a block's holes as its cards tell them, where they were not kept: a database made anew, a
    block that came from another machine."""
    found: dict[int, tuple[int, str, bool]] = {}
    for row in rows:
        stable = row.card.id.removeprefix(f"{row.card.block}-")
        if row.card.hole and stable.isdigit():
            text = "\n".join(fold(hole.answer) for hole in holes(row.card.front) if hole.number == row.card.hole)
            found[int(stable)] = row.card.hole, text, row.orphaned_ms is not None
    return found


def passage(path: str, source: Source | None) -> str:
    """The place in a note that a card comes from; cards with the same one are siblings."""
    return f"{note_path(path, source)}:{source.line}" if source else ""


def note_path(deck_file: str, source: Source) -> str:
    """The absolute path of the note that a deck file's comment names."""
    return os.path.normpath(os.path.join(os.path.dirname(deck_file), source.path))


def _cards(name: str, seen: Seen, numbers: Mapping[int, int], origin: Origin | None) -> list[Card]:
    entry = seen.entry
    source = entry.source
    if source and origin:
        source = replace(source, headings=origin[0], end_line=max(source.line, origin[1]))
    card = Card(
        id=name,
        block=name,
        front=entry.front,
        back=entry.back,
        kind=entry.kind,
        deck=seen.deck,
        tags=tuple(dict.fromkeys((*seen.tags, *entry.tags))),
        source=source,
        passage=passage(seen.path, source),
        rule=entry.rule,
    )
    if entry.kind is Kind.CLOZE:
        return [replace(card, id=f"{name}-{stable}", hole=written) for written, stable in numbers.items()]
    if entry.reverse or seen.reverse:
        return [card, replace(card, id=f"{name}-r", front=entry.back, back=entry.front)]
    return [card]


def _row(card: Card, seen: Seen, before: CardRow | None, now_ms: int) -> CardRow:
    entry = seen.entry
    same = before is not None and (before.card.front, before.card.back) == (card.front, card.back)
    return CardRow(
        card=card,
        path=seen.path,
        line=entry.line,
        end_line=entry.end_line,
        position=seen.position,
        folded=content(entry.front, entry.back),
        marked_id=bool(entry.id),
        first_seen_ms=before.first_seen_ms if before else now_ms,
        changed_ms=before.changed_ms if before and same else now_ms,
    )
