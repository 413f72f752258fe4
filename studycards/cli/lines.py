"""Line mode's terminal: lines from standard input and to standard output, a quiet end whatever ends them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import click

from studycards.text import clean


class Terminal:
    """Asks and tells; an interrupt is the end of the input."""

    def __init__(self) -> None:
        self._echoes = sys.stdin.isatty()
        for stream in (sys.stdin, sys.stdout):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]

    def ask(self, prompt: str) -> str | None:
        """One line; None at the end of the input."""
        click.echo(prompt, nl=False)
        sys.stdout.flush()
        try:
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            line = ""
        if not (self._echoes and line):
            click.echo()
        return line.rstrip("\n") if line else None

    def tell(self, text: str) -> None:
        """Write lines."""
        click.echo(clean(text))


def by_line(run: Callable[[Terminal], None]) -> None:
    """Run something in line mode; signals end it like the end of the input, a closed pipe without a word."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(number, signal.default_int_handler)
    try:
        run(Terminal())
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - nobody reads on: end quietly
