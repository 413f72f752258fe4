"""What goes into settling the proposals of some notes, and what comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from studycards.cloze import fill, holes
from studycards.deckfile import Entry
from studycards.history import Stamp
from studycards.identity import content
from studycards.model import Kind, Problem, Proposal


@dataclass(frozen=True, slots=True)
class NoteRun:
    """One note of a run. `path` is absolute, `under` its path under the folder that was given, without its ending;
    `several` says that each level-one heading has a deck of its own."""

    path: str
    under: str
    proposals: tuple[Proposal, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """What a run is asked for: deck files below `into` (absolute), of `only` these rules (empty: all), rejected ones
    too if `again`; `dry` writes no deck file. `show` gives the name by which messages call a path."""

    into: str
    stamp: Stamp
    only: frozenset[str] = frozenset()
    again: bool = False
    dry: bool = False
    show: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one proposal; its id and deck are those that hold, its status and reason too."""

    proposal: Proposal
    deck_path: str = ""


@dataclass(slots=True)
class Settled:
    """What became of the proposals of some notes. `counts` has added, changed, kept, known and gone;
    `refused` counts by code."""

    told: list[Told] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def text_of(proposal: Proposal) -> tuple[str, str]:
    """Front and back as they stand in a deck file."""
    if proposal.kind is Kind.CLOZE:
        return proposal.text, ""
    return proposal.question, proposal.answer


def switched(proposal: Proposal, lines: Sequence[str]) -> tuple[str, str] | None:
    """The other form of a proposal: a cloze as question and answer, a question as a hole in the line of the note that
    says its answer (else in the question itself). None where there is none: several holes, or an answer of lines."""
    front, back = text_of(proposal)
    if proposal.kind is Kind.CLOZE:
        asked = holes(front)
        return (fill(front, asked[0].number, "____"), asked[0].answer) if len(asked) == 1 else None
    if "\n" in back or not back:
        return None
    said = next((line.strip() for line in lines if back in line), f"{front} {back}")
    return said[::-1].replace(back[::-1], f"{{{{c1::{back}}}}}"[::-1], 1)[::-1], ""


def folded(proposal: Proposal) -> str:
    """A proposal's text as compared."""
    return content(*text_of(proposal))


def entry_of(proposal: Proposal, source_path: str) -> Entry:
    """The block of a deck file that a proposal becomes; `source_path` is its note's from the deck file's folder."""
    front, back = text_of(proposal)
    source = type(proposal.source)(source_path, proposal.source.line, proposal.source.line)
    return Entry(proposal.kind, front, back, proposal.reverse, proposal.tags, proposal.id, source, proposal.rule)
