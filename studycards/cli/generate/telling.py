"""What a run of `generate` says."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.cli.generate.wish import Sum, Wish
    from studycards.confidence import Belief
    from studycards.generate import Options
    from studycards.inbox.reading import Tally
    from studycards.inbox.values import Told
    from studycards.model import Problem


def finish(db: Database, wish: Wish, tally: Tally, done: Sum, into: str) -> None:
    """Say what was done; end with exit code 1 if something named could not be read or written."""
    from studycards.inbox.telling import summary
    from studycards.store import cards

    say_problems(tally.problems)
    done.counts["known"] += cards.count_from(db, [found.path for found in tally.unchanged])
    said = summary(tally.notes, done.counts, done.refused)
    if not tally.notes and not done.failed:
        said = f"There is no note in {', '.join(wish.notes)}: a file ending in .md, .markdown or .txt."
    if tally.notes or not done.failed:
        click.echo(clean(said), err=wish.as_json)
    if not wish.as_json:
        _go_on(wish, done, into)
    named = {name for name in wish.notes if not os.path.isdir(name)}
    if done.failed or named & tally.unreadable:
        raise click.exceptions.Exit(1)


def _go_on(wish: Wish, done: Sum, into: str) -> None:
    """What may be done next."""
    if done.counts["added"]:
        would = "would be" if wish.dry_run else "are"
        click.echo(clean(f"The cards {would} in {shown(into)}: `studycards review {shown(into)}` asks them."))
    if done.refused["rejected-before"]:
        click.echo("What was dropped or deleted before stays away; `--again` proposes it anew.")


def tell(proposals: Iterable[Told]) -> None:
    """Each proposal as a JSON object on a line."""
    from studycards.inbox.telling import line

    for told in proposals:
        click.echo(clean(line(told.proposal)))


def tell_moved(before: Mapping[str, Belief], now: Mapping[str, Belief], options: Options) -> None:
    """One line for each rule whose cards go elsewhere since the decisions of `before`."""
    for rule, belief in now.items():
        was, place = (_place(one.mean, options) for one in (before[rule], belief))
        if was != place:
            say(f"`{rule}`: {_decided(belief)}, {_WHERE[place].format(rule=rule)}.")


_WHERE = (
    "its cards are now refused; `--rule {rule}` brings it back",
    "its cards now wait in the inbox",
    "its cards are now written",
)


def _place(mean: float, options: Options) -> int:
    return sum(mean >= bar for bar in (options.inbox_confidence, options.min_confidence))


def _decided(belief: Belief) -> str:
    total = belief.kept + belief.dropped
    more, word = max((belief.dropped, "dropped"), (belief.kept, "kept"))
    return f"{more:g} of {total:g} {word}" if total else "nothing is decided any more"


def say_problems(problems: Sequence[Problem]) -> None:
    """Each problem on a line of its own."""
    for problem in problems:
        say(str(problem))


def say(text: str) -> None:
    """A line for the person, beside the output."""
    click.echo(clean(text), err=True)


def shown(path: str) -> str:
    """A path as messages call it: from the current folder where it lies below."""
    near = os.path.relpath(path)
    return path if near.startswith("..") else near
