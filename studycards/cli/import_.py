"""`import`: cards in, with their history where the file has it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studycards.cli.context import Context
from studycards.errors import StudycardsError
from studycards.model import Written
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.history import Stamp
    from studycards.incoming.bringing import Look
    from studycards.incoming.planning import Plan
    from studycards.incoming.schedule import Brought

_SHOWN = 20
_PACKAGES = (".apkg", ".colpkg")
_TEXTS = (".csv", ".tsv", ".txt", ".json", ".md", ".markdown")


@click.command(epilog="Example: studycards import my-anki.apkg --into decks --dry-run")
@click.argument("file", metavar="FILE")
@click.option("--into", metavar="DECKS", help="Folder of the deck files; the config's `decks` without it.")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_obj
def command(context: Context, file: str, into: str | None, dry_run: bool, as_json: bool) -> None:
    """Take cards in from FILE: .apkg, .colpkg, .csv, .tsv, .txt (a tab between the sides), .json or .md.

    They are added; nothing here is put out of its place.
    """
    path = Path(file).expanduser()
    _need(path)
    folder = Path(into or context.config.text("decks"))
    with context.opened() as db:
        take = _from_anki if path.suffix.lower() in _PACKAGES else _from_text
        planned, brought = take(context, db, path, folder, dry_run)
    for problem in planned.problems[:_SHOWN]:
        click.echo(clean(str(problem)), err=True)
    if as_json:
        click.echo(json.dumps(_document(planned, brought, dry_run=dry_run), ensure_ascii=False))
    else:
        click.echo(clean(_said(planned, brought, dry_run=dry_run)))


def _need(path: Path) -> None:
    if not path.exists():
        raise StudycardsError(f"{path} is not there.")
    if path.is_dir():
        raise StudycardsError(f"{path} is a folder: name a file, like cards.apkg.")
    if path.suffix.lower() not in (*_PACKAGES, *_TEXTS):
        raise StudycardsError(f"{path} is of no kind that can be imported: {', '.join((*_PACKAGES, *_TEXTS))}.")


def _from_anki(context: Context, db: Database, path: Path, folder: Path, dry_run: bool) -> tuple[Plan, Brought | None]:
    from studycards import backup
    from studycards.incoming.bringing import bring
    from studycards.incoming.planning import plan
    from studycards.intake.anki import package

    _look(context, db, folder)
    with package(path) as opened:
        planned = plan(db, opened, folder)
        if dry_run:
            return planned, None
        settings = context.config.settings()
        if planned.blocks:
            backup.before(context.db, context.now(), "before-import")
        with _explained(planned.folder):
            return planned, bring(db, opened, planned, settings, *_at(context, db, folder))


def _from_text(context: Context, db: Database, path: Path, folder: Path, dry_run: bool) -> tuple[Plan, Brought | None]:
    from studycards import backup
    from studycards.incoming import texts
    from studycards.incoming.bringing import bring_texts

    _look(context, db, folder)
    planned = texts.plan(db, _blocks(path), folder, path.stem)
    if planned.writes and not dry_run:
        backup.before(context.db, context.now(), "before-import")
        with _explained(planned.folder):
            bring_texts(db, planned, *_at(context, db, folder))
    return planned, None


def _at(context: Context, db: Database, folder: Path) -> tuple[Stamp, Look]:
    """The moment of the import, and how the index comes to know its deck files."""
    from studycards.collection import Collection
    from studycards.history import Stamp

    now, day_start = context.now(), context.config.settings().day_start
    collection = Collection(db, day_start=day_start)
    return Stamp.of(now, day_start), lambda: collection.sync_inside([folder] if folder.is_dir() else [], now)


def _blocks(path: Path) -> list[Written]:
    """The blocks of a file of text, by its kind."""
    from studycards.deckfile import parse
    from studycards.intake import document, table
    from studycards.intake.apkg.markdown import Reader
    from studycards.notes.reader import DECK_BYTES, read_file

    file = read_file(path, most=DECK_BYTES)
    if file.unreadable:
        raise StudycardsError(str(file.problems[0]))
    kind = path.suffix.lower()
    if kind == ".json":
        return document.read(file.text)
    if kind in (".md", ".markdown"):
        if not file.is_deck:
            raise StudycardsError(f"{path} has no `deck:` in its front matter; `studycards generate` reads notes.")
        deck = parse(file.front, file.body, file.first_line, str(path))
        return [
            Written(
                one.kind, one.front, one.back, one.reverse or deck.reverse, deck.deck, (*deck.tags, *one.tags), one.id
            )
            for one in deck.entries
        ]
    return table.read(file.text, tabs=kind == ".tsv", html=Reader(lambda name: "").read)


def _look(context: Context, db: Database, folder: Path) -> None:
    from studycards.collection import Collection

    home = [folder] if folder.is_dir() else []
    Collection(db, day_start=context.config.settings().day_start).sync(home, context.now())


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        said = f"{where} cannot be written ({error.strerror}); import again when it can."
        raise StudycardsError(said) from error


def _document(planned: Plan, brought: Brought | None, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "cards": planned.cards,
        "decks": planned.decks,
        "media": len(planned.media),
        "new": planned.new,
        "updated": planned.updated,
        "known": planned.known,
        "reviews": brought.answers if brought else None,
        "left_out": dict(planned.left_out),
        "rendered": dict(planned.rendered),
        "files": sorted(os.path.relpath(change.path) for change in planned.writes),
    }


def _said(planned: Plan, brought: Brought | None, *, dry_run: bool) -> str:
    verb = "Would import" if dry_run else "Imported"
    reviews = f", {_count(brought.answers, 'review')}" if brought else ""
    said = (
        f"{verb} {_count(planned.cards, 'card')} in {_count(planned.decks, 'deck')}{reviews},"
        f" {_count(len(planned.media), 'media file')}."
        f" {planned.known:,} already here, {planned.updated:,} updated, {sum(planned.left_out.values()):,} left out"
    )
    reasons = ", ".join(f"{name} {count:,}" for name, count in sorted(planned.left_out.items()))
    return f"{said}{': ' if reasons else ''}{reasons}.{_rendered(planned)}"


def _rendered(planned: Plan) -> str:
    """What is to be known of cards that templates made: Anki will not take them for its own notes."""
    if not planned.rendered:
        return ""
    names = ", ".join(f"{name} {count:,}" for name, count in sorted(planned.rendered.items()))
    return f"\nRendered from the templates of their note type ({names}): in Anki they will be notes of our own."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
