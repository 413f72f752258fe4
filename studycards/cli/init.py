"""`init`: begin with one's own notes: a config.toml with every setting explained, and what to do next."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path

import click

from studycards import files
from studycards.cli.context import Context
from studycards.config import KEYS
from studycards.errors import StudycardsError, UsageError
from studycards.text import clean

_NOTES = "~/notes"
_DECKS = "~/decks"
_HEAD = "# Settings of studycards. Take a `#` away to change one; `studycards config` shows what is in force."
_TAIL = """
# A deck may have settings of its own:
# [deck."History"]
# new_per_day = 5

# And an action a key of your own:
# [keys]
# suspend = "z"
"""


@click.command(epilog="Example: studycards init --notes ~/notes --decks ~/decks")
@click.option("--notes", metavar="FOLDER", help=f"Where your notes are [{_NOTES}].")
@click.option("--decks", metavar="FOLDER", help=f"Where the deck files shall be [{_DECKS}].")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(context: Context, notes: str | None, decks: str | None, yes: bool) -> None:
    """Write a config.toml that explains every setting, make the folder of the deck files, and say what to do next.

    A config.toml that is there stays as it is. Your notes are only looked at, never written to.
    """
    asks = sys.stdin.isatty() and not yes
    where = context.config.path
    notes = _folder(notes or _ask("Where are your notes?", _NOTES, asks=asks))
    if where.exists():
        if decks:
            raise UsageError(f'{where} is there and stays as it is; write `decks = "{decks}"` there yourself.')
        click.echo(clean(f"{where} is there and stays as it is."))
    else:
        folder = _folder(decks or _ask("Where shall the deck files be?", _DECKS, asks=asks))
        _make(folder, where)
    click.echo(clean(_next(notes)))


def _ask(question: str, default: str, *, asks: bool) -> str:
    return str(click.prompt(question, default=default, err=True)) if asks else default


def _folder(named: str) -> str:
    path = os.path.abspath(os.path.expanduser(named))
    if os.path.exists(path) and not os.path.isdir(path):
        raise UsageError(f"{named} is a file; name a folder.")
    return path


def _make(decks: str, where: Path) -> None:
    try:
        os.makedirs(decks, exist_ok=True)
        where.parent.mkdir(parents=True, exist_ok=True)
        files.replace(where, settings(decks).encode(), expected=b"")
    except OSError as error:
        what = error.filename or where
        raise StudycardsError(f"{what} cannot be written ({error.strerror}); allow it, or name others.") from error
    click.echo(clean(f"Wrote {where}: every setting, with its default.\nDeck files will be in {decks}."))


def settings(decks: str) -> str:
    """A config.toml in which every setting stands with its default as a comment; only the deck folder is set."""
    lines, section = [_HEAD, ""], ""
    for key in KEYS:
        head, _, name = key.name.rpartition(".")
        if head != section:
            section = head
            lines += ["", f"[{section}]"]
        mark, value = ("", decks) if key.name == "decks" else ("# ", key.default)
        lines.append(f"{mark}{name} = {_toml(value)}  # {key.comment}")
    return "\n".join(lines) + "\n" + _TAIL


def _toml(value: object) -> str:
    """A value as TOML writes it: what JSON writes, but for one character that TOML wants escaped."""
    plain = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return plain.replace("\x7f", "\\u007f")


def _next(notes: str) -> str:
    named = shlex.quote(notes)
    missing = "" if os.path.isdir(notes) else f"\nThere is no folder {notes} yet: put notes there, or name another.\n"
    return f"""{missing}
Next:
  studycards generate {named} --dry-run   what would become a card, and what was refused and why
  studycards generate {named}             confident cards are written, doubtful ones wait in the inbox
  studycards curate                       decide on what waits
  studycards review                       Space, then 1 to 4; q stops
  studycards remind at 08:00              be called once a day when something is due"""
