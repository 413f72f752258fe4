"""`search`: print the cards that a query names."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.store.search import Line


@click.command(
    epilog="Example: studycards search 'deck:history is:due 王名'",
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line on stdout.")
@click.pass_obj
def command(context: Context, query: tuple[str, ...], as_json: bool) -> None:
    """Print the cards that a query names: id, deck and question.

    A query is made of words and of deck: tag: note: rule: id: is: flag: lapses>3 due<7; a leading - means not.
    Words are found anywhere on a card, in Chinese of any length.
    """
    from studycards.scheduling.studyday import study_day
    from studycards.store import search

    today = study_day(context.now(), context.config.settings().day_start)
    with context.opened_reading() as db:
        ids = search.find(db, " ".join(query), today)
        for line in search.lines(db, ids):
            click.echo(json.dumps(_document(db, line.id), ensure_ascii=False) if as_json else _text(line))


def _text(line: Line) -> str:
    return clean(f"{line.id}  {line.deck}  {' '.join(line.front.split())}")


def _document(db: Database, card_id: str) -> dict[str, object]:
    from studycards.store import sitting

    state = sitting.state(db, card_id)
    assert state is not None
    card, memory = state.card, state.memory
    return {
        "id": card.id,
        "kind": card.kind.value,
        "front": card.front,
        "back": card.back,
        "deck": card.deck,
        "tags": list(card.tags),
        "state": memory.state.name.lower() if memory else "new",
        "due": date.fromordinal(memory.due_day).isoformat() if memory else None,
        "lapses": memory.lapses if memory else 0,
        "suspended": state.marks.suspended,
        "retired": bool(state.marks.retired),
        "source": {"path": card.source.path, "line": card.source.line} if card.source else None,
    }
