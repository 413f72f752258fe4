"""A run over notes that changed: find their cards, settle them some hundred notes at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import PurePath

from sqlite_utils import Database

from studycards.alike import Alike
from studycards.confidence import Belief, combine
from studycards.generate import Options, fold_duplicates, propose
from studycards.inbox.reading import Found, Tally
from studycards.inbox.settling import settle
from studycards.inbox.values import Goal, NoteRun, Settled
from studycards.model import Proposal, Status
from studycards.notes.note import Note
from studycards.notes.parse import parse_note
from studycards.notes.reader import FileText
from studycards.rules import RULES
from studycards.store import filestat, proposals
from studycards.store.filestat import NOTE, FileStat
from studycards.store.opening import writing
from studycards.store.proposals import Row

BATCH = 400
Decided = Mapping[str, tuple[float, float]]  # rule → kept, dropped


def run(
    db: Database, changed: Iterable[tuple[Found, FileText]], goal: Goal, options: Options, made_by: str, tally: Tally
) -> Iterator[Settled]:
    """Settle notes batch by batch; what is wrong in them goes to `tally`."""
    waiting, said = iter(changed), Alike()
    while True:
        runs: list[NoteRun] = []
        stats: list[FileStat] = []
        for found, file in islice(waiting, BATCH):
            one, note = proposed(found, file, goal, options)
            tally.problems += [replace(problem, path=found.shown) for problem in note.problems]
            runs.append(one)
            stats.append(FileStat(found.path, NOTE, file.size, file.mtime_ns, file.digest, made_by))
        if not runs:
            return
        yield settle(db, _folded(runs, said), goal)
        if not goal.only:
            with writing(db):
                filestat.remember(db, stats)


def proposed(found: Found, file: FileText, goal: Goal, options: Options) -> tuple[NoteRun, Note]:
    """The proposals of one note, and the note."""
    note = note_of(found, file)
    return run_of(found, note, propose(note, shown_from(found, goal, options))), note


def note_of(found: Found, file: FileText) -> Note:
    """A file's note; its folders under the one given name its deck."""
    return parse_note(replace(file, path=found.under + ".md"))


def shown_from(found: Found, goal: Goal, options: Options) -> Options:
    """The options with the note's path as its deck file would show it, which is part of new ids."""
    folder = os.path.dirname(os.path.join(goal.into, found.under))
    return replace(options, shown_path=os.path.relpath(found.path, folder).replace(os.sep, "/"))


def run_of(found: Found, note: Note, made: Iterable[Proposal]) -> NoteRun:
    """The proposals of a note with the path by which messages call it."""
    named = tuple(replace(p, source=replace(p.source, path=found.shown)) for p in made)
    return NoteRun(found.path, found.under, named, several=len(note.titles) > 1 and not note.deck)


def rescore(db: Database, goal: Goal, options: Options, before: Decided) -> Iterator[Settled]:
    """Put proposals elsewhere whose rule is trusted otherwise than after the decisions `before`; no note is opened."""
    trust = {rule: belief.mean for rule, belief in beliefs(proposals.decisions(db)).items()}
    was = {rule: belief.mean for rule, belief in beliefs(before).items()}
    moved = [rule for rule, mean in trust.items() if mean != was[rule]]
    changed = {row.proposal.id: row for row in _rescored(proposals.undecided(db, moved), trust, options)}
    for note in sorted({row.proposal.source.path for row in changed.values()}):
        rows = [row for row in proposals.of_note(db, note) if not row.note_gone]
        again = tuple(changed.get(row.proposal.id, row).proposal for row in rows)
        under = PurePath(next((row.deck_path for row in rows if row.deck_path), note)).with_suffix("")
        under = under.relative_to(goal.into) if under.is_relative_to(goal.into) else PurePath(under.name)
        yield settle(db, [NoteRun(note, str(under), again)], goal)


def beliefs(decided: Decided) -> dict[str, Belief]:
    """What each rule is trusted with after such decisions, in the order of the rules."""
    return {rule.name: Belief(rule.prior, rule.weight, *decided.get(rule.name, (0.0, 0.0))) for rule in RULES}


def means(db: Database) -> dict[str, float]:
    """The posterior mean of each rule that decisions have moved."""
    return {rule: belief.mean for rule, belief in beliefs(proposals.decisions(db)).items() if belief.is_moved}


def _folded(runs: Sequence[NoteRun], said: Alike) -> list[NoteRun]:
    """The same notes, what one repeats of another, or of those before, refused."""
    flat = iter(fold_duplicates((proposal for one in runs for proposal in one.proposals), said))
    return [replace(one, proposals=tuple(islice(flat, len(one.proposals)))) for one in runs]


def _rescored(rows: Iterable[Row], trust: Mapping[str, float], options: Options) -> Iterator[Row]:
    """Those that come to stand elsewhere or score otherwise."""
    for row in rows:
        p = row.proposal
        if not p.score:
            continue
        score = (("prior", trust[p.rule]), *p.score[1:])
        chance = combine(score[0][1], score[1:])
        if chance != p.confidence:
            status, reason = _place(p, chance, options)
            yield replace(row, proposal=replace(p, confidence=chance, score=score, status=status, reason=reason))


def _place(proposal: Proposal, chance: float, options: Options) -> tuple[Status, str]:
    if chance >= options.min_confidence:
        return Status.WRITTEN, ""
    if chance < options.inbox_confidence:
        return Status.REFUSED, "low-confidence"
    if proposal.status is Status.INBOX:
        return Status.INBOX, proposal.reason
    worst = min(proposal.score[1:], key=lambda piece: piece[1], default=("", 0.0))
    return Status.INBOX, worst[0] if worst[1] < 0 else "doubtful"
