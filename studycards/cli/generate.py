"""`generate`: notes to cards."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studycards.cli.context import Context
from studycards.errors import UsageError
from studycards.text import clean

if TYPE_CHECKING:
    from sqlite_utils import Database

    from studycards.generate import Options
    from studycards.inbox.reading import Found, Tally
    from studycards.inbox.values import Goal, Settled
    from studycards.model import Problem
    from studycards.notes.reader import FileText


@dataclass(slots=True)
class _Asked:
    """The command line."""

    notes: tuple[str, ...]
    into: str | None
    dry_run: bool
    as_json: bool
    rules: tuple[str, ...]
    min_confidence: float | None
    again: bool


@dataclass(slots=True)
class _Sum:
    """What the run did so far."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failed: bool = False


@click.command(epilog="Example: studycards generate notes --into decks")
@click.argument("notes", nargs=-1, required=True, metavar="NOTES…")
@click.option("--into", metavar="DECKS", help="Folder of the deck files [the config's, else ./decks].")
@click.option("--dry-run", is_flag=True, help="Do everything but write anything.")
@click.option(
    "--json", "as_json", is_flag=True, help="Every proposal, also the refused ones, as one JSON object a line."
)
@click.option(
    "--rule", "rules", multiple=True, metavar="R", help="Only this rule, at least to the inbox; may be repeated."
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="X", help="Write cards from this confidence on.")
@click.option("--again", is_flag=True, help="Propose anew what was dropped or deleted before.")
@click.pass_obj
def command(context: Context, /, **asked: object) -> None:
    """Make cards from notes: files, or folders of them.

    Confident cards are written to deck files, doubtful ones wait in the inbox (`studycards curate`), poor ones are
    refused with a named reason. Running it again adds only what is new, and updates cards that you did not edit where
    their note changed. Your notes are never written to.
    """
    _run(context, _Asked(**asked))  # type: ignore[arg-type]


def _run(context: Context, asked: _Asked) -> None:
    from studycards.collection import Collection
    from studycards.history import Stamp
    from studycards.inbox.reading import Tally, fingerprint, stale
    from studycards.inbox.values import Goal
    from studycards.store.proposals import count_waiting

    _check_rules(asked)
    into = _into(context, asked)
    if _nothing_to_do(context, asked, into):
        return
    done, tally = _Sum(), Tally()
    day_start = context.config.settings().day_start
    files, folders = _files(asked.notes, tally, done)
    with _store(context, asked) as db:
        collection = Collection(db, day_start=day_start, show=_shown)
        look = collection.sync([Path(into)], context.now())
        _say_problems(look.problems)
        for held in look.held:
            _say(held.said(_shown))
        only = frozenset(asked.rules)
        stamp = Stamp.of(context.now(), day_start)
        goal = Goal(into, stamp, only, again=asked.again, dry=asked.dry_run, show=_shown)
        made_by = fingerprint(_settings(context, asked))
        with _progress(len(files), asked) as step:
            changed = stale(db, map(step, files), made_by, tally, again=asked.again or bool(only))
            worked = _work(context, db, changed, goal, (made_by, tally, done), asked)
        if asked.as_json:
            _tell_unchanged(db, tally)
        if not only:
            worked |= _lost(db, folders, files, goal, done)
        if worked and not asked.dry_run:
            _look_here(db, into, goal.stamp.ms)
            collection.sync([], context.now())
        done.counts["inbox"] = count_waiting(db, goal.stamp.day)
        if folders and not (asked.dry_run or only or asked.again):
            _remember(context, db, folders, into, made_by)
        _finish(db, asked, tally, done, into)


def _nothing_to_do(context: Context, asked: _Asked, into: str) -> bool:
    """Whether nothing changed since the last run; then that is said, and nothing was opened or written."""
    plain = not (asked.dry_run or asked.as_json or asked.rules or asked.again)
    if not plain or not context.db.is_file() or not all(os.path.isdir(name) for name in asked.notes):
        return False
    from studycards.history import Stamp
    from studycards.inbox.reading import fingerprint
    from studycards.inbox.telling import summary
    from studycards.inbox.unchanged import standing

    stamp = Stamp.of(context.now(), context.config.settings().day_start)
    folders = [os.path.realpath(name) for name in asked.notes]
    with context.opened_reading() as db:
        found = standing(db, folders, into, fingerprint(_settings(context, asked)), stamp.day)
    if found is None or not found.notes:
        return False
    counts = Counter(known=found.known, inbox=found.waiting)
    click.echo(clean(summary(found.notes, counts, Counter())))
    return True


def _remember(context: Context, db: Database, folders: list[str], into: str, made_by: str) -> None:
    """Note what there is now, so that a run with nothing to do is a walk."""
    from studycards.history import Stamp
    from studycards.inbox.unchanged import remember

    day = Stamp.of(context.now(), context.config.settings().day_start).day
    remember(db, folders, into, made_by, day)


def _work(
    context: Context,
    db: Database,
    changed: Iterator[tuple[Found, FileText]],
    goal: Goal,
    rest: tuple[str, Tally, _Sum],
    asked: _Asked,
) -> bool:
    """Go through the notes that changed; what finds cards is loaded only if there is one, or if decisions moved a rule.

    Tells what becomes of each proposal as soon as it is settled; gives whether there was anything to do.
    """
    from studycards.store import proposals
    from studycards.store.opening import writing

    made_by, tally, done = rest
    first = next(changed, None)
    decided = proposals.decisions(db)
    moved = repr(sorted(decided.items())) != proposals.scored(db) and bool(decided)
    if first is None and not moved:
        return False
    from studycards.inbox.running import means, rescore, run

    options = _options(context, asked, means(decided))
    if moved:
        _moved_rules(options)
    for settled in run(db, chain([first] if first else [], changed), goal, options, made_by, tally):
        _take(settled, done, asked)
    if moved and not goal.only:
        for settled in rescore(db, goal, options):
            _take(settled, done, asked)
        with writing(db):
            proposals.set_scored(db, repr(sorted(proposals.decisions(db).items())))
    return True


def _take(settled: Settled, done: _Sum, asked: _Asked) -> None:
    done.counts.update(settled.counts)
    done.refused.update(settled.refused)
    done.failed |= bool(settled.problems)
    _say_problems(settled.problems)
    if asked.as_json:
        from studycards.inbox.telling import line

        for told in settled.told:
            click.echo(clean(line(told.proposal)))


def _tell_unchanged(db: Database, tally: Tally) -> None:
    from studycards.inbox.reading import unchanged
    from studycards.inbox.telling import line

    for told in unchanged(db, tally.unchanged):
        click.echo(clean(line(told.proposal)))


def _lost(db: Database, folders: list[str], files: list[Found], goal: Goal, done: _Sum) -> bool:
    """Count what came from notes that are no longer in the folders that were named."""
    from studycards.store import filestat
    from studycards.store.opening import writing
    from studycards.store.proposals import notes_below

    met = {found.path for found in files}
    missing = {note for folder in folders for note in notes_below(db, folder)} - met
    if not missing:
        return False
    from studycards.inbox.settling import lost

    gone, notes = lost(db, folders, met, goal)
    done.counts["gone"] += gone
    with writing(db):
        filestat.forget(db, notes)
    return True


def _files(named: Sequence[str], tally: Tally, done: _Sum) -> tuple[list[Found], list[str]]:
    """The notes in what was named, and the folders among it; what is not there is said at once."""
    from studycards.inbox.reading import Roots
    from studycards.notes.walk import walk

    there = [name for name in named if os.path.exists(name)]
    for name in named:
        if name not in there:
            done.failed = True
            _say(f"{name} is not there; name a note or a folder of notes.")
    roots = Roots([str(Path(name)) for name in there])
    files = [roots.place(str(path)) for path in walk(map(Path, there), tally.problems)]
    return files, [os.path.realpath(name) for name in there if os.path.isdir(name)]


def _into(context: Context, asked: _Asked) -> str:
    folder = asked.into or context.config.text("decks")
    if os.path.exists(folder) and not os.path.isdir(folder):
        raise UsageError(f"{folder} is a file; --into wants the folder of the deck files.")
    return os.path.realpath(folder)


def _store(context: Context, asked: _Asked) -> AbstractContextManager[Database]:
    if not asked.dry_run:
        return context.opened()
    from studycards.store.rehearsal import rehearsal

    return rehearsal(context.db)


def _check_rules(asked: _Asked) -> None:
    if not asked.rules:
        return
    from studycards.generate import rule_names

    names = rule_names()
    for rule in asked.rules:
        if rule not in names:
            raise UsageError(f"There is no rule '{rule}'; there are {', '.join(sorted(names))}.")


def _settings(context: Context, asked: _Asked) -> dict[str, Any]:
    """What is asked of the generator, by the names of its options."""
    config, given = context.config, asked.min_confidence
    return {
        "min_confidence": config.number("generate.min_confidence") if given is None else given,
        "inbox_confidence": min(config.number("generate.inbox_confidence"), 1.0 if given is None else given),
        "off": tuple(sorted(config.words("generate.off"))),
        "reading_list": config.flag("generate.reading_list"),
        "topics": config.words("generate.reading_list_topics"),
    }


def _options(context: Context, asked: _Asked, means: dict[str, float]) -> Options:
    from studycards.generate import Options

    settings = _settings(context, asked)
    settings["off"] = frozenset(settings["off"])
    return Options(**settings, only=frozenset(asked.rules), means=means)


def _moved_rules(options: Options) -> None:
    """One line for each rule that decisions have put below or above a bar."""
    from studycards.rules import RULES

    for rule in RULES:
        mean = options.means.get(rule.name, rule.prior)
        was, now = (sum(chance >= bar for bar in _bars(options)) for chance in (rule.prior, mean))
        if was == now:
            continue
        place = ("refused", "sent to the inbox", "written")[now]
        way = f"; `--rule {rule.name}` brings it back" if not now else ""
        _say(
            f"`{rule.name}`: your decisions make its cards {mean:.0%} likely to be kept, so they are now {place}{way}."
        )


def _bars(options: Options) -> tuple[float, float]:
    return options.inbox_confidence, options.min_confidence


def _look_here(db: Database, folder: str, ms: int) -> None:
    """Look at the folder from now on, also if the first card comes into it only when a proposal is kept."""
    from studycards.store import filestat
    from studycards.store.opening import writing

    if folder not in filestat.folders(db):
        with writing(db):
            filestat.add_folders(db, [folder], ms)


@contextmanager
def _progress(total: int, asked: _Asked) -> Iterator[Callable[[Found], Found]]:
    """A bar on a terminal where a folder was named; steps as each note is taken up."""
    if not sys.stderr.isatty() or not any(os.path.isdir(name) for name in asked.notes):
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


def _finish(db: Database, asked: _Asked, tally: Tally, done: _Sum, into: str) -> None:
    from studycards.inbox.telling import summary
    from studycards.store import cards

    _say_problems(tally.problems)
    there = cards.count_from(db, [found.path for found in tally.unchanged])
    done.counts["known"] += there
    said = summary(tally.notes, done.counts, done.refused)
    if not tally.notes and not done.failed:
        said = f"There is no note in {', '.join(asked.notes)}: a file ending in .md, .markdown or .txt."
    if tally.notes or not done.failed:
        click.echo(clean(said), err=asked.as_json)
    if done.counts["added"] and not asked.as_json:
        folder = _shown(into)
        would = "would be" if asked.dry_run else "are"
        click.echo(clean(f"The cards {would} in {folder}: `studycards review {folder}` asks them."))
    if done.refused["rejected-before"] and not asked.as_json:
        click.echo("What was dropped or deleted before stays away; `--again` proposes it anew.")
    named = {name for name in asked.notes if not os.path.isdir(name)}
    if done.failed or named & tally.unreadable:
        raise click.exceptions.Exit(1)


def _say_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        _say(str(problem))


def _say(text: str) -> None:
    click.echo(clean(text), err=True)


def _shown(path: str) -> str:
    near = os.path.relpath(path)
    return path if near.startswith("..") else near
