"""Why a line became a card, or did not: the same code as a run, with everything it saw kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from sqlite_utils import Database

from studycards.generate import Examined, Options, examine
from studycards.inbox.reading import Found
from studycards.inbox.running import note_of, run_of, shown_from
from studycards.inbox.settling import settle
from studycards.inbox.values import Goal
from studycards.model import Proposal
from studycards.notes.note import Block, Item, Note, Sentence
from studycards.notes.reader import FileText
from studycards.rules import RULES


@dataclass(frozen=True, slots=True)
class Explained:
    """One block of a note with the sentences in it, what was found there, and the rules that found nothing."""

    block: Block
    topic: tuple[int, int]
    sentences: tuple[Sentence, ...]
    seen: tuple[Examined, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A whole note explained, block by block; `counts` says how many proposals ended how."""

    note: Note
    blocks: tuple[Explained, ...]
    counts: Counter[str]

    def at(self, line: int) -> Explained | None:
        """The innermost block that a line belongs to."""
        around = [one for one in self.blocks if one.block.line <= line <= one.block.end_line]
        return min(around, key=lambda one: one.block.end_line - one.block.line, default=None)


def explain(db: Database, found: Found, file: FileText, goal: Goal, options: Options) -> Explanation:
    """Explain one note. `db` is a copy that may be written to; no deck file is."""
    note = note_of(found, file)
    made = examine(note, shown_from(found, goal, options))
    run = run_of(found, note, (one.proposal for one in made))
    settled = settle(db, [run], replace(goal, dry=True))
    seen = [replace(one, proposal=told.proposal) for one, told in zip(made, settled.told, strict=True)]
    blocks = tuple(_explained(block, note, seen, options) for block in note.walk())
    return Explanation(note, blocks, Counter(_fate(one.proposal) for one in seen))


def _explained(block: Block, note: Note, seen: list[Examined], options: Options) -> Explained:
    here = tuple(one for one in seen if block.line <= one.finding.place.line <= block.end_line)
    found = {one.finding.rule for one in here}
    tried = [
        rule.name for rule in RULES if rule.name not in options.off and (not options.only or rule.name in options.only)
    ]
    same = [other for other in note.blocks if other.topic == block.topic]
    topic = (min(other.line for other in same), max(other.end_line for other in same)) if same else (1, 1)
    return Explained(block, topic, tuple(_sentences(block)), here, tuple(n for n in tried if n not in found))


def _sentences(block: Block) -> list[Sentence]:
    if block.sentences:
        return list(block.sentences)
    return [sentence for item in block.items for sentence in _of_item(item)]


def _of_item(item: Item) -> list[Sentence]:
    return [*item.sentences, *(sentence for child in item.children for sentence in _of_item(child))]


def _fate(proposal: Proposal) -> str:
    return f"{proposal.status.value} {proposal.reason}".strip()
