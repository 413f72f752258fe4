"""A run over notes: read those that changed, find their cards, settle them some hundred notes at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import islice
from pathlib import Path, PurePath

from sqlite_utils import Database

from studycards.confidence import combine, posterior
from studycards.generate import Options, fold_duplicates, propose
from studycards.inbox.settling import settle
from studycards.inbox.values import Goal, NoteRun, Settled, Told
from studycards.model import Problem, Status
from studycards.notes.parse import parse_note
from studycards.notes.reader import FileText, read_file
from studycards.rules import RULES
from studycards.store import cards, filestat, proposals
from studycards.store.filestat import DECK, NOTE, FileStat
from studycards.store.opening import writing
from studycards.store.proposals import Row

BATCH = 400
_MAKERS = ("rules", "gates", "notes", "words")


@dataclass(frozen=True, slots=True)
class Found:
    """A note file of a run: its path as messages call it, absolute, and under the folder that was given (without its
    ending)."""

    shown: str
    path: str
    under: str


@dataclass(slots=True)
class Tally:
    """What a run passed over: notes that are as they were, deck files, files that could not be read."""

    notes: int = 0
    unchanged: list[Found] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def fingerprint(options: Options) -> str:
    """What makes proposals besides the note: the code that finds them and what the run is asked for."""
    digest = blake2b(digest_size=16)
    home = Path(__file__).parent.parent
    for folder in _MAKERS:
        for file in sorted((home / folder).rglob("*")):
            if file.suffix in (".py", ".txt"):
                digest.update(file.read_bytes())
    asked = replace(options, means={}, shown_path="", taken=frozenset(), only=frozenset())
    digest.update(repr(asked).encode())
    return digest.hexdigest()


def found_under(path: Path, roots: Sequence[Path]) -> Found:
    """A walked file with its path under the folder it was found in (a file named by itself: its own name)."""
    real = os.path.realpath(path)
    for root in roots:
        if path != root and path.is_relative_to(root):
            return Found(str(path), real, str(path.relative_to(root).with_suffix("")))
    return Found(str(path), real, path.with_suffix("").name)


def run(
    db: Database,
    files: Iterable[Found],
    goal: Goal,
    options: Options,
    made_by: str,
    tally: Tally,
) -> Iterator[Settled]:
    """Settle the notes that changed since `made_by` read them, batch by batch; what was passed over is in `tally`."""
    known = filestat.files(db)
    waiting = iter(_changed(files, known, made_by, goal, tally))
    while batch := list(islice(waiting, BATCH)):
        runs = [_proposed(found, file, goal, options, tally) for found, file in batch]
        yield settle(db, _folded(runs), goal)
        if not goal.only:
            stats = [FileStat(f.path, NOTE, t.size, t.mtime_ns, t.digest, made_by) for f, t in batch]
            with writing(db):
                filestat.remember(db, stats)


def rescore(db: Database, goal: Goal, options: Options) -> Iterator[Settled]:
    """Put proposals elsewhere whose rule's mean was moved by decisions; no note is opened."""
    moved = [row for row in proposals.undecided(db, options.means) if _rescored(row, options) != row]
    notes = sorted({row.proposal.source.path for row in moved})
    for note in notes:
        rows = [row for row in proposals.of_note(db, note) if not row.note_gone]
        ours = {row.proposal.id for row in moved}
        again = [_rescored(row, options) if row.proposal.id in ours else row for row in rows]
        under = PurePath(next((row.deck_path for row in rows if row.deck_path), note)).with_suffix("")
        under = under.relative_to(goal.into) if under.is_relative_to(goal.into) else PurePath(under.name)
        yield settle(db, [NoteRun(note, str(under), tuple(row.proposal for row in again))], goal)


def unchanged(db: Database, found: Iterable[Found]) -> Iterator[Told]:
    """What is known of notes that were not opened."""
    for note in found:
        rows = [row for row in proposals.of_note(db, note.path) if not row.note_gone]
        there = {
            row.card.block for row in cards.of_blocks(db, [row.proposal.id for row in rows]) if not row.orphaned_ms
        }
        for row in rows:
            p = replace(row.proposal, source=replace(row.proposal.source, path=note.shown))
            if p.id in there:
                p = replace(p, status=Status.KNOWN, reason="")
            elif p.status is Status.WRITTEN:
                p = replace(p, status=Status.REFUSED, reason="rejected-before")
            yield Told(p, row.deck_path)


def means(db: Database) -> dict[str, float]:
    """The posterior mean of each rule that a person's decisions have moved."""
    priors = {rule.name: (rule.prior, rule.weight) for rule in RULES}
    return {
        rule: posterior(*priors[rule], kept, dropped)
        for rule, (kept, dropped) in proposals.decisions(db).items()
        if rule in priors and kept + dropped
    }


def _changed(
    files: Iterable[Found], known: Mapping[str, FileStat], made_by: str, goal: Goal, tally: Tally
) -> Iterator[tuple[Found, FileText]]:
    for found in files:
        before = known.get(found.path)
        if before is not None and _is_fresh(found.path, before):
            if before.role == DECK:
                continue
            if before.made_by == made_by and not goal.again:
                tally.notes += 1
                tally.unchanged.append(found)
                continue
        file = read_file(Path(found.path), found.shown)
        if file.is_deck:
            continue
        tally.notes += 1
        if file.unreadable:
            tally.problems += file.problems
            tally.unreadable.add(found.shown)
            continue
        yield found, file


def _is_fresh(path: str, before: FileStat) -> bool:
    try:
        return before.is_fresh(os.stat(path))
    except OSError:
        return False


def _proposed(found: Found, file: FileText, goal: Goal, options: Options, tally: Tally) -> NoteRun:
    """The proposals of one note; its folders under the one given are its deck, its path as shown is in messages."""
    note = parse_note(replace(file, path=found.under + ".md"))
    tally.problems += [replace(problem, path=found.shown) for problem in note.problems]
    folder = os.path.dirname(os.path.join(goal.into, found.under))
    shown = os.path.relpath(found.path, folder).replace(os.sep, "/")
    made = propose(note, replace(options, shown_path=shown))
    named = tuple(replace(p, source=replace(p.source, path=found.shown)) for p in made)
    return NoteRun(found.path, found.under, named, several=len(note.titles) > 1 and not note.deck)


def _folded(runs: Sequence[NoteRun]) -> list[NoteRun]:
    """The same notes, what one repeats of another refused."""
    flat = iter(fold_duplicates(proposal for one in runs for proposal in one.proposals))
    return [replace(one, proposals=tuple(islice(flat, len(one.proposals)))) for one in runs]


def _rescored(row: Row, options: Options) -> Row:
    p = row.proposal
    mean = options.means.get(p.rule)
    if mean is None or not p.score:
        return row
    chance = combine(mean, p.score[1:])
    status, reason = Status.INBOX, "doubtful"
    if chance >= options.min_confidence:
        status, reason = Status.WRITTEN, ""
    elif chance < options.inbox_confidence:
        status, reason = Status.REFUSED, "low-confidence"
    changed = replace(p, confidence=chance, score=(("prior", mean), *p.score[1:]), status=status, reason=reason)
    return row if (status, reason) == (p.status, p.reason) else replace(row, proposal=changed)
