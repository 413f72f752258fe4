"""What an import of plain blocks (CSV, JSON, Markdown) would write into deck files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database

from studycards.deckfile import Entry, tidy
from studycards.deckfile.head import tidy_deck
from studycards.deckwriter import DeckWriter
from studycards.identity import content, new_id
from studycards.incoming.deckfiles import DeckFiles
from studycards.incoming.planning import Plan, add, draw_up
from studycards.model import Kind, Problem, Written
from studycards.store import cards as index
from studycards.store import imports

_ID = re.compile(r"[0-9a-z]{4,26}")


def plan(db: Database, blocks: Iterable[Written], folder: Path, name: str) -> Plan:
    """What bringing `blocks` in would do. One that is here, by its id or by its text, is left as it is here; `name` is
    the deck of those that name none."""
    planned = Plan(folder.resolve())
    taken = index.TakenIds(db)
    listed = [(one, _entry(one)) for one in blocks]
    there = set(imports.texts(db, [one.id for one, _ in listed if one.id]))
    known = imports.contents(db)
    writer, files = DeckWriter(common=False), DeckFiles(db, planned.folder)
    decks: set[str] = set()
    for one, entry in listed:
        deck = tidy_deck(one.deck) or name
        said = content(entry.front, entry.back)
        problem = _fault(entry)
        if problem:
            planned.problems.append(Problem(name, 0, "import-empty", problem))
            planned.left_out["empty"] += 1
        elif entry.id in there or said in known:
            planned.known += 1
        else:
            known.add(said)
            decks.add(deck)
            add(writer, files, deck, _named(entry, said, taken))
            planned.new += 1
    draw_up(planned, writer)
    planned.counts = planned.new + planned.known, len(decks)
    return planned


def _entry(one: Written) -> Entry:
    identity = one.id if _ID.fullmatch(one.id) else ""
    return Entry(one.kind, tidy(one.front), tidy(one.back), one.reverse, one.tags, identity)


def _fault(entry: Entry) -> str:
    if entry.kind is Kind.CLOZE:
        return "" if entry.holes else "a cloze without a hole"
    return "" if entry.front and entry.back else "a card without a front or a back"


def _named(entry: Entry, said: str, taken: index.TakenIds) -> Entry:
    name = entry.id if entry.id and entry.id not in taken else new_id(said, "import", taken)
    taken.add(name)
    return Entry(entry.kind, entry.front, entry.back, entry.reverse, entry.tags, name)
