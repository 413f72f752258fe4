"""`explain`: why a line became a card, or did not."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.errors import StudycardsError, UsageError

if TYPE_CHECKING:
    from studycards.inbox.explaining import Explanation

_PLACE = re.compile(r"(.+):(\d+)")


@click.command(epilog="Example: studycards explain notes/egypt.md:14")
@click.argument("place", metavar="FILE[:LINE]")
@click.option("--into", metavar="DECKS", help="Folder of the deck files [the config's, else ./decks].")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_obj
def command(context: Context, place: str, into: str | None, as_json: bool) -> None:
    """Say why a line of a note became a card, or did not: the block it belongs to, what each rule found in it or the
    first condition that failed, what the gates said in their order, the score as a sum, and what became of it. Without
    LINE: one line for each block.
    """
    path, line = _split(place)
    explanation = _explain(context, path, into)
    total = len(explanation.note.lines)
    if line is not None and not 1 <= line <= max(total, 1):
        raise UsageError(f"{path} has no line {line}; it has {total}.")
    if as_json:
        from studycards.cli.explain.document import print_document

        print_document(explanation, path, line)
        return
    from studycards.cli.explain.words import tell_file, tell_line

    if line is None:
        tell_file(explanation, path)
    else:
        tell_line(explanation, path, line)


def _split(place: str) -> tuple[str, int | None]:
    found = _PLACE.fullmatch(place)
    path, line = (found[1], int(found[2][:9])) if found and not os.path.exists(place) else (place, None)
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder; explain wants one note.")
    if not os.path.exists(path):
        raise StudycardsError(f"{path} is not there; name a note.")
    return path, line


def _explain(context: Context, path: str, into: str | None) -> Explanation:
    from pathlib import Path

    from studycards.cli.asked import options, settings
    from studycards.history import Stamp
    from studycards.inbox.explaining import explain
    from studycards.inbox.reading import Roots
    from studycards.inbox.running import means
    from studycards.inbox.values import Goal
    from studycards.notes.reader import read_file
    from studycards.store.rehearsal import rehearsal

    config = context.config
    file = read_file(Path(path), path)
    if file.unreadable:
        raise StudycardsError(f"{path}: {file.problems[0].message}")
    if file.is_deck:
        raise StudycardsError(f"{path} is a deck file, no note; `studycards check {path}` looks it over.")
    stamp = Stamp.of(context.now(), config.settings().day_start)
    with rehearsal(context.db) as db:
        goal = Goal(os.path.realpath(into or config.text("decks")), stamp, dry=True)
        return explain(db, Roots([]).place(path), file, goal, options(settings(config), means(db)))
