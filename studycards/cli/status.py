"""`status`: what changed in the deck files since the last look."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.collection import Collection, Held
    from studycards.collection.settling import Pair
    from studycards.store.sightings import Sighting

SHOWN = 60
NAMES = ("edited", "moved", "new", "orphaned", "revived")


@click.command(epilog="Example: studycards status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout; asks nothing.")
@click.option("--yes", is_flag=True, help="Let go of cards even where very many of a file are gone at once.")
@click.pass_obj
def command(context: Context, as_json: bool, yes: bool) -> None:
    """Say what changed in the deck files: kept, moved, edited, ambiguous, new, orphaned; ask about the ambiguous.

    A card whose text is gone is not asked any more; it keeps its text and history and comes back with its text.
    """
    with context.opened() as db:
        from studycards.collection import Collection

        collection = Collection(db, day_start=context.config.settings().day_start, show=_shown)
        home = Path(context.config.text("decks"))
        report = collection.sync([home] if home.is_dir() else [], context.now(), let_go=None if yes else set())
        held = [] if as_json else _let_go(context, collection, report.held)
        if as_json:
            held = list(report.held)
        _tell(context, db, as_json, held)
        if not as_json:
            _drafts(context, collection)


def _let_go(context: Context, collection: Collection, held: Sequence[Held]) -> list[Held]:
    """Ask about files from which very many cards vanished; gives those that stay as they are."""
    left: list[Held] = []
    for one in held:
        said = f"{_shown(one.path)}: {one.gone} of {one.total} cards are gone at once."
        if _ask(f"{said} Let them go? They keep their history. [y/n] ") != "y":
            left.append(one)
    gone = {one.path for one in held} - {one.path for one in left}
    if gone:
        collection.sync([], context.now(), let_go=gone)
    return left


def _drafts(context: Context, collection: Collection) -> None:
    """Offer again the edits that were cut off before their file was written."""
    from studycards.collection.editing import discard

    for draft in collection.drafts(context.now()):
        _say(f"draft     an edit in {_shown(draft.path)} was cut off; the file still says the old text")
        _say(f"          - {_flat(' / '.join(draft.before))}\n          + {_flat(' / '.join(draft.after))}")
        answer = _ask("Write it? y write, n throw it away, Enter later: ")
        if answer in ("y", "n"):
            discard(collection.db, draft.number)
        if answer == "y":
            card = next((card for card in collection.cards() if card.block == draft.block), None)
            if card is None:
                _say("The card is no longer there; nothing was written.")
            else:
                collection.edit(card, draft.after, context.now())


def _tell(context: Context, db: Database, as_json: bool, held: Sequence[Held]) -> None:
    from studycards.collection.settling import waiting
    from studycards.store import cards, sightings
    from studycards.store.opening import writing

    found = sightings.unseen(db)
    news = _net(found)
    pairs = waiting(db)
    kept = cards.count(db) - sum(one.what != "orphaned" for one in news)
    gone = len({row.card.block for row in cards.gone(db)})
    if as_json:
        click.echo(_document(news, pairs, held, kept, gone))
    else:
        _lines(news, held, kept, gone, len(pairs))
        _settle(context, db, pairs)
    if found:
        with writing(db):
            sightings.set_seen(db, found[-1].seq)


def _net(found: Sequence[Sighting]) -> list[Sighting]:
    """One line a block: what it was first and what it is now."""
    from dataclasses import replace

    first: dict[str, Sighting] = {}
    last: dict[str, Sighting] = {}
    for one in found:
        first.setdefault(one.block, one)
        last[one.block] = one
    news: list[Sighting] = []
    for block, one in last.items():
        begun = first[block]
        what = "new" if begun.what == "new" and one.what != "orphaned" else one.what
        if begun.what == "new" and one.what == "orphaned":
            continue
        if what == "moved" and any(other.what == "edited" for other in found if other.block == block):
            what = "edited"
        news.append(replace(one, what=what, before=begun.before, was=begun.was or one.was))
    return news


def _lines(news: Sequence[Sighting], held: Sequence[Held], kept: int, gone: int, pairs: int) -> None:
    counts = {name: sum(one.what == name for one in news) for name in NAMES}
    said = [f"{kept} kept", *(f"{counts[name]} {name}" for name in NAMES), f"{pairs} ambiguous"]
    _say(", ".join(said) + ".")
    for name in NAMES:
        chosen = [one for one in news if one.what == name]
        for one in chosen[:SHOWN]:
            _say(_line(one))
        if len(chosen) > SHOWN:
            _say(f"{name:9} … and {len(chosen) - SHOWN} more")
    for file in held:
        _say(f"{_shown(file.path)}: {file.gone} of {file.total} cards are gone at once; none was touched.")
    if gone:
        many = "1 card is" if gone == 1 else f"{gone} cards are"
        _say(f"{many} orphaned in all: not asked, kept with text and history, back when the text returns.")


def _line(one: Sighting) -> str:
    where = f"{_shown(one.path)}:{one.line}"
    if one.was:
        where += f"  (was in {_shown(one.was)})"
    before, after = _flat(one.before), _flat(one.after)
    if one.what == "edited" and before != after:
        return f"edited    {where}\n          - {before}\n          + {after}"
    return f"{one.what:9} {where}\n            {after or before}"


def _settle(context: Context, db: Database, pairs: Sequence[Pair]) -> None:
    """Ask about pairs that may be one card, a key each."""
    from studycards.collection import settling
    from studycards.history import Stamp

    settled: set[str] = set()
    for pair in pairs:
        if pair.before in settled or pair.after in settled:
            continue
        _say(f"ambiguous {_shown(pair.path)}:{pair.line}, {pair.likeness:.0%} alike")
        _say(f"          - {_flat(' / '.join(pair.old_text))}\n          + {_flat(' / '.join(pair.new_text))}")
        answer = _ask("Same card? y its history goes on, n another card, Enter later: ")
        if answer == "y":
            stamp = Stamp.of(context.now(), context.config.settings().day_start)
            settling.same(db, pair, stamp)
            settled |= {pair.before, pair.after}
        elif answer == "n":
            settling.different(db, pair)


def _document(news: Sequence[Sighting], pairs: Sequence[Pair], held: Sequence[Held], kept: int, gone: int) -> str:
    told: dict[str, object] = {"kept": kept}
    for name in NAMES:
        told[name] = [
            {
                "id": one.block,
                "path": one.path,
                "line": one.line,
                "was": one.was,
                "before": one.before,
                "after": one.after,
            }
            for one in news
            if one.what == name
        ]
    told["ambiguous"] = [
        {"before": pair.before, "after": pair.after, "likeness": round(pair.likeness, 2), "path": pair.path}
        for pair in pairs
    ]
    told["held"] = [{"path": one.path, "gone": one.gone, "total": one.total} for one in held]
    told["orphaned_in_all"] = gone
    return json.dumps(told, ensure_ascii=False)


def _ask(prompt: str) -> str:
    """One key; the end of the input leaves things as they are."""
    click.echo(clean(prompt), nl=False)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not sys.stdin.isatty() or not line:
        click.echo()
    return line.strip().lower()[:1]


def _flat(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 100 else f"{flat[:99]}…"


def _say(text: str) -> None:
    click.echo(clean(text))


def _shown(path: str) -> str:
    near = os.path.relpath(path)
    return path if near.startswith("..") else near
