"""`studycards` alone on a terminal: the home page, or its line form where the terminal is a plain one."""

from __future__ import annotations

import importlib
import os
import sys
import time
from pathlib import Path

import click

from studycards import language
from studycards.cli.context import Context
from studycards.cli.lines import by_line
from studycards.tui.look import look_of, wants_lines


def is_wanted(context: Context) -> bool:
    """Whether a person is there: a terminal, a browser, or the word that everything shall go line by line."""
    asked_for = context.environment.get("STUDYCARDS_PLAIN") == "1" or bool(context.environment.get("TEXTUAL_DRIVER"))
    return asked_for or (sys.stdin.isatty() and sys.stdout.isatty())


def show_home(context: Context) -> None:
    """Look at the deck files and show what is due."""
    from studycards.collection import Collection
    from studycards.inbox.decisions import REVERSERS
    from studycards.tui.program import Desk

    language.use(language.pick(context.config.text("language"), context.environment))
    look = look_of(context.config, context.environment, time.monotonic)
    with context.opened() as db:
        collection = Collection(db, day_start=context.config.settings().day_start)
        folder = context.config.text("decks")
        collection.sync([Path(folder)] if os.path.isdir(folder) else [], context.now())
        desk = Desk(collection, context.config, context.now, look, REVERSERS)
        terminal = sys.stdin.isatty() and sys.stdout.isatty()
        if wants_lines(context.environment, terminal=terminal):
            from studycards.tui.plainhome import PlainHome

            by_line(lambda lines: PlainHome(desk, lines, lambda name: _elsewhere(name, context)).run())
            return
        from studycards.tui.app import show

        show(desk)


def _elsewhere(name: str, context: Context) -> None:
    """Run the command of another page, which has its own line form."""
    command: click.Command = importlib.import_module(f"studycards.cli.{name}").command
    args = ["--plain"] if name in ("curate", "browse") else []
    command.main(args, prog_name=f"studycards {name}", standalone_mode=False, obj=context)
