"""`studycards` alone on a terminal: the home page."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from studycards import language
from studycards.cli.context import Context
from studycards.tui.look import look_of, wants_lines


def is_wanted(context: Context) -> bool:
    """Whether there is a terminal that a page can be shown on."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return not wants_lines(context.environment, terminal=terminal)


def show_home(context: Context) -> None:
    """Look at the deck files and show what is due."""
    from studycards.collection import Collection
    from studycards.inbox.decisions import REVERSERS
    from studycards.tui.app import show
    from studycards.tui.program import Desk

    language.use(language.pick(context.config.text("language"), context.environment))
    look = look_of(context.config, context.environment, time.monotonic)
    with context.opened() as db:
        collection = Collection(db, day_start=context.config.settings().day_start)
        folder = context.config.text("decks")
        collection.sync([Path(folder)] if os.path.isdir(folder) else [], context.now())
        show(Desk(collection, context.config, context.now, look, REVERSERS))
