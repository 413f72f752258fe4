"""`import`: cards in, with their history where the file has it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studycards.cli.context import Context
from studycards.errors import StudycardsError
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.incoming.planning import Plan
    from studycards.incoming.schedule import Brought
    from studycards.intake.anki import Package

_SHOWN = 20
_PACKAGES = (".apkg", ".colpkg")


@click.command(epilog="Example: studycards import my-anki.apkg --into decks --dry-run")
@click.argument("file", metavar="FILE")
@click.option("--into", metavar="DECKS", help="Folder of the deck files; the config's `decks` without it.")
@click.option("--dry-run", is_flag=True, help="Say what would come in, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_obj
def command(context: Context, file: str, into: str | None, dry_run: bool, as_json: bool) -> None:
    """Take cards in from FILE (.apkg, .colpkg). They are added; nothing here is put out of its place."""
    path = Path(file).expanduser()
    _need(path)
    folder = Path(into or context.config.text("decks"))
    with context.opened() as db:
        planned, brought = _from_anki(context, db, path, folder, dry_run=dry_run)
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
    if path.suffix.lower() not in _PACKAGES:
        raise StudycardsError(f"{path} is of no kind that can be imported: {', '.join(_PACKAGES)}.")


def _from_anki(
    context: Context, db: Database, path: Path, folder: Path, *, dry_run: bool
) -> tuple[Plan, Brought | None]:
    from studycards.collection import Collection
    from studycards.incoming.planning import plan
    from studycards.intake.anki import package

    settings = context.config.settings()
    collection = Collection(db, day_start=settings.day_start)
    home = [folder] if folder.is_dir() else []
    collection.sync(home, context.now())
    with package(path) as opened:
        planned = plan(db, opened, folder)
        if dry_run:
            return planned, None
        return planned, _carry_out(context, db, opened, planned)


def _carry_out(context: Context, db: Database, opened: Package, planned: Plan) -> Brought:
    from studycards.collection import Collection
    from studycards.history import Stamp
    from studycards.incoming.planning import write_files
    from studycards.incoming.schedule import settle

    settings, now = context.config.settings(), context.now()
    try:
        write_files(opened, planned)
    except OSError as error:
        raise StudycardsError(
            f"{error.filename or planned.folder} cannot be written ({error.strerror}); import again when it can."
        ) from error
    if planned.folder.is_dir():
        Collection(db, day_start=settings.day_start).sync([planned.folder], now)
    return settle(db, opened, planned, settings, Stamp.of(now, settings.day_start))


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
        "files": sorted(os.path.relpath(path) for path in planned.writes),
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
    return f"{said}{': ' if reasons else ''}{reasons}."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
