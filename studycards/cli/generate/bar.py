"""A bar on a terminal while the notes of a folder are read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studycards.inbox.reading import Found


@contextmanager
def progress(total: int, named: tuple[str, ...]) -> Iterator[Callable[[Found], Found]]:
    """Steps as each note is taken up; nothing is drawn off a terminal, or where only files were named."""
    if not sys.stderr.isatty() or not any(os.path.isdir(name) for name in named):
        yield lambda found: found
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Reading notes"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)

        def step(found: Found) -> Found:
            bar.advance(task)
            return found

        yield step
