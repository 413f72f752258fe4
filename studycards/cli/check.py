"""`check`: every problem in every deck file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from studycards.cli.context import Context
from studycards.text import clean

if TYPE_CHECKING:
    from studycards.collection.checking import Checked


@click.command(epilog="Example: studycards check decks")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.pass_obj
def command(context: Context, paths: tuple[str, ...]) -> None:
    """Say what is wrong in the deck files, one line each: path:line: code: message.

    Without PATH all folders are checked from which cards are known, and the folder of the deck files. Exit code 1 if
    there is a problem.
    """
    from studycards.collection.checking import check

    missing = [path for path in paths if not os.path.exists(path)]
    for path in missing:
        click.echo(clean(f"{path} is not there; name a deck file or a folder of deck files."), err=True)
    there = [path for path in paths if path not in missing]
    names = {os.path.realpath(path): path for path in there}
    checked = check(names if paths else _known(context), lambda path: _shown(path, names))
    for problem in checked.problems:
        click.echo(clean(str(problem)))
    for path in checked.no_decks:
        click.echo(clean(f"{path} is no deck file: its front matter has no `deck:`."), err=True)
    if there or not paths:
        click.echo(_summary(checked), err=True)
    if checked.problems or checked.no_decks or missing:
        raise click.exceptions.Exit(1)


def _known(context: Context) -> list[str]:
    """The folders whose deck files were ever looked at, and the config's."""
    known = {os.path.realpath(context.config.text("decks"))}
    if context.db.is_file():
        from studycards.store import filestat

        with context.opened_reading() as db:
            known |= set(filestat.folders(db))
            known |= {path for path, stat in filestat.files(db).items() if stat.role == filestat.DECK}
    listed = sorted(path for path in known if os.path.exists(path))
    return [path for path in listed if not any(path.startswith(other + os.sep) for other in listed)]


def _shown(path: str, names: dict[str, str]) -> str:
    """A path as the person would write it: below what was named, else from the present folder."""
    for real, named in names.items():
        if path == real:
            return named
        if path.startswith(real.rstrip(os.sep) + os.sep):
            return os.path.join(named, os.path.relpath(path, real))
    near = os.path.relpath(path)
    return path if near.startswith("..") else near


def _summary(checked: Checked) -> str:
    problems = _many(len(checked.problems), "problem") if checked.problems else "no problem"
    return f"{_many(checked.blocks, 'card')} in {_many(checked.files, 'deck file')}: {problems}."


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
