"""`export`: cards out, to Anki with or without progress, to tables, JSON and deck files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studycards import files
from studycards.cli.context import Context
from studycards.cli.names import complete_deck
from studycards.errors import StudycardsError
from studycards.model import Written
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.collection import Collection
    from studycards.outgoing import Outgoing
    from studycards.store.selection import Selection

_SHOWN = 20


@click.command(epilog="Example: studycards export --anki cards.apkg --with-progress")
@click.argument("what", nargs=-1, metavar="[DECK or PATH]…", shell_complete=complete_deck)
@click.option("--anki", "package", metavar="FILE.apkg", help="Write a package that Anki imports.")
@click.option("--with-progress", is_flag=True, help="Take due dates, memory and all answers along, too (Anki).")
@click.option("--to-anki", "to_anki", is_flag=True, help="Hand the cards to an open Anki that has AnkiConnect.")
@click.option("--csv", "csv", metavar="FILE", help="Write a table: a row a card; tabs where FILE ends in .tsv.")
@click.option("--json", "json", metavar="FILE", help="Write one JSON document.")
@click.option("--markdown", "markdown", metavar="FOLDER", help="Write a deck file a deck into a new or empty folder.")
@click.pass_obj
def command(
    context: Context, /, what: tuple[str, ...], with_progress: bool, to_anki: bool, **targets: str | None
) -> None:
    """Write cards to a file; exporting again updates in Anki instead of doubling."""
    chosen = [(kind, name) for kind, name in targets.items() if name]
    if to_anki:
        chosen.append(("to_anki", str(_cached())))
    if len(chosen) != 1:
        said = "Say where to, once: `--anki FILE.apkg`, `--to-anki`, `--csv`, `--json` or `--markdown`."
        raise click.UsageError(said)
    (kind, name) = chosen[0]
    is_anki = kind in ("package", "to_anki")
    if with_progress and not is_anki:
        raise click.UsageError("--with-progress goes with --anki or --to-anki.")
    with context.opened() as db:
        lines = _to_anki(context, db, what, name, with_progress) if is_anki else _to_text(context, db, what, kind, name)
    if to_anki:
        from studycards.export.handover import hand_over

        hand_over(Path(name))
        lines = [*(line for line in lines if not line.startswith("In Anki: File")), "Anki has imported it."]
    for line in lines:
        click.echo(clean(line), err=True)


def _cached() -> Path:
    """Where the package for an open Anki lies; it stays there, to be imported by hand if need be."""
    from studycards.config import cache_folder

    return cache_folder() / "to-anki.apkg"


def _to_anki(context: Context, db: Database, what: tuple[str, ...], name: str, with_progress: bool) -> list[str]:
    target = _target(name)
    out = _prepared(context, db, what, with_progress=with_progress)
    if not out.cards:
        raise StudycardsError(_nothing(what, left_out=len(out.problems)))
    _write(db, target, out)
    return _said(out, name, with_progress=with_progress)


def _to_text(context: Context, db: Database, what: tuple[str, ...], kind: str, name: str) -> list[str]:
    from studycards.collection import Collection
    from studycards.export import blocks, document, table

    target = Path(name).expanduser() if kind == "markdown" else _target(name)
    collection = Collection(db, day_start=context.config.settings().day_start)
    written = blocks.of_cards(collection.cards(_look(collection, context, what)))
    if not written:
        raise StudycardsError(_nothing(what, left_out=0))
    with _explained(name):
        if kind == "csv":
            text = table.write(written, tabs=target.suffix.lower() == ".tsv")
            files.replace(target, text.encode("utf-8-sig" if target.suffix.lower() == ".csv" else "utf-8"))
        elif kind == "json":
            files.replace(target, document.write(written).encode())
        else:
            _write_decks(target, written)
    return [f"Exported {_count(len(written), 'card')} to {name}."]


def _write_decks(folder: Path, written: Sequence[Written]) -> None:
    from studycards.deckfile import DeckText, Entry, write
    from studycards.export.folder import deck_files

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StudycardsError(f"{folder} is there and not empty: name a new folder; nothing was exported.")
    for place, deck, blocks in deck_files(written):
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = tuple(Entry(one.kind, one.front, one.back, one.reverse, one.tags, one.id) for one in blocks)
        files.replace(path, write(DeckText(deck, entries=entries)).encode())


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StudycardsError(f"{error.filename or name} cannot be written ({error.strerror}).") from error


def _target(name: str) -> Path:
    """The file to write; what cannot be one is said before anything is read."""
    path = Path(name).expanduser()
    if path.is_dir():
        raise StudycardsError(f"{name} is a folder: name a file in it, like {Path(name) / 'cards.apkg'}.")
    if not path.parent.is_dir():
        raise StudycardsError(f"The folder {path.parent} does not exist: make it, or name another place.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise StudycardsError(f"The folder {path.parent} cannot be written; nothing was exported.")
    return path


def _prepared(context: Context, db: Database, what: tuple[str, ...], *, with_progress: bool) -> Outgoing:
    from studycards.collection import Collection
    from studycards.notes.block_tokens import block_tokens
    from studycards.outgoing import Wanted, prepare
    from studycards.scheduling.studyday import study_day

    now = context.now()
    day_start = context.config.settings().day_start
    selection = _look(Collection(db, day_start=day_start), context, what)
    wanted = Wanted(with_progress, int(now.timestamp()), study_day(now, day_start), block_tokens)
    return prepare(db, selection, context.config, wanted)


def _look(collection: Collection, context: Context, what: tuple[str, ...]) -> Selection:
    """Read what changed in the deck files, and find what the person named."""
    home = context.config.text("decks")
    named = [word for word in what if os.path.exists(word)]
    looked_at = named or ([home] if os.path.isdir(home) else [])
    report = collection.sync([Path(path) for path in looked_at], context.now())
    if report.problems:
        click.echo(f"Problems in the deck files: {len(report.problems)}; `studycards check` lists them.", err=True)
    return collection.select(what)


def _write(db: Database, target: Path, out: Outgoing) -> None:
    from studycards.export.anki import write
    from studycards.outgoing import remember

    write(target, out.edition)
    remember(db, out)


def _nothing(what: tuple[str, ...], *, left_out: int) -> str:
    if left_out:
        return f"No card can go out: {left_out} were left out; `studycards check` lists problems in deck files."
    if what:
        return f"There are no cards in {', '.join(what)}; nothing was exported."
    return "There are no cards yet: `studycards generate NOTES --into decks` makes them from your notes."


def _said(out: Outgoing, name: str, *, with_progress: bool) -> list[str]:
    """The summary, what was left out, and what to do in Anki."""
    lines = [
        f"Exported {_count(out.cards, 'card')} in {_count(out.decks, 'deck')}"
        f" and {_count(len(out.edition.media), 'media file')} to {name}."
    ]
    lines += [str(replace(problem, path=_shown(problem.path))) for problem in out.problems[:_SHOWN]]
    if len(out.problems) > _SHOWN:
        lines.append(f"… and {len(out.problems) - _SHOWN} more problems.")
    if out.retired:
        lines.append(f"Retired here since an earlier export; in Anki, delete them by hand: {len(out.retired)}")
        lines += [f"  {front.splitlines()[0][:70]}" for front in out.retired[:_SHOWN]]
    return lines + _advice(out, with_progress=with_progress)


def _shown(path: str) -> str:
    """A path as seen from the present folder, where it lies below."""
    near = os.path.relpath(path) if path else ""
    return path if near.startswith("..") else near


def _advice(out: Outgoing, *, with_progress: bool) -> list[str]:
    if not with_progress:
        lines = ["In Anki: File > Import."]
        if out.has_answers:
            lines.append("Want your progress there too? Export with --with-progress before the first import.")
        return lines
    lines = [
        'In Anki: File > Import, tick "Import any learning progress" and "Import any deck presets".',
        "FSRS must be on in Anki (deck options); the switch does not travel.",
    ]
    if out.first_export:
        lines.append("Progress crosses once: cards already in Anki keep Anki's schedule.")
    return lines


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
