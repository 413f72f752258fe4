"""Line mode at the inbox: what it shows and what it asks for."""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import TYPE_CHECKING

import click

from studycards.text import clean

if TYPE_CHECKING:
    from studycards.inbox.showing import Showing


class Stop(Exception):  # noqa: N818 - the person's wish or the end of the input, no error
    """No more is to be decided now."""


def tell(showing: Showing, total: int) -> None:
    """Show a proposal with the lines it comes from and what speaks against it."""
    from studycards.inbox.values import text_of

    p = showing.row.proposal
    headings = " > ".join(p.source.headings)
    where = f"{shown(p.source.path)}:{p.source.line}{f', {headings}' if headings else ''}"
    say(f"\n{many(total)} in the inbox, {showing.nth} of {showing.here} in this section. {where}")
    for _, text in showing.lines:
        say(f"> {text}")
    if not showing.lines:
        say("> (the note is no longer there)")
    front, back = text_of(p)
    say(f"Text:     {front}" if p.text else f"Question: {front}")
    if back:
        say("Answer:   " + back.replace("\n", "\n          "))
    say(f"{p.rule} {p.confidence:.2f}" + "".join(f"    ! {warning}" for warning in showing.warnings))


def ask_sides(front: str, back: str) -> tuple[str, str]:
    """Both sides edited; an empty line leaves a side as it is, `\\n` stands for a line break."""
    say(f"Empty leaves it as it is; \\n is a line break.\nQuestion: {flat(front)}")
    new_front = breaks(ask("Question: ")) or front
    if not back:
        return new_front, ""
    say(f"Answer:   {flat(back)}")
    new_back = breaks(ask("Answer:   ")) or back
    return new_front, new_back


def ask(prompt: str) -> str:
    """One line, its first character's width made plain; the end of the input stops."""
    click.echo(prompt, nl=False)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not sys.stdin.isatty() or not line:
        click.echo()
    if not line:
        raise Stop
    line = line.rstrip("\r\n")
    first = unicodedata.normalize("NFKC", line[:1])
    return f"{first}{line[1:]}".strip()


def flat(text: str) -> str:
    """A side on one line."""
    return text.replace("\n", "\\n")


def breaks(line: str) -> str:
    """A line with its `\\n` as line breaks."""
    return line.replace("\\n", "\n").strip()


def many(number: int) -> str:
    """How many wait."""
    return "1 proposal waits" if number == 1 else f"{number} proposals wait"


def say(text: str) -> None:
    """A line for the person."""
    click.echo(clean(text))


def shown(path: str) -> str:
    """A path as messages call it: from the current folder where it lies below."""
    near = os.path.relpath(path)
    return path if near.startswith("..") else near
