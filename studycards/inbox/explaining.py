"""Why a line became a card, or did not: the same code as a run, with everything it saw kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlite_utils import Database

from studycards.confidence import Belief
from studycards.generate import Examined, Options, examine
from studycards.generate.handwritten import covered
from studycards.generate.misses import Looking, Miss
from studycards.inbox.reading import Found
from studycards.inbox.running import beliefs, note_of, run_of, shown_from
from studycards.inbox.settling import settle
from studycards.inbox.values import Goal
from studycards.model import Proposal
from studycards.notes.note import Block, BlockKind, Item, Note, Sentence
from studycards.notes.page import Page
from studycards.notes.reader import FileText
from studycards.rules import RULES
from studycards.store import proposals


@dataclass(frozen=True, slots=True)
class Explained:
    """One block of a note, the lines of its topic block, the sentences in it, and what was found from it on."""

    block: Block
    topic: tuple[int, int]
    sentences: tuple[Sentence, ...]
    seen: tuple[Examined, ...]


class Explanation:
    """A whole note explained, block by block; `counts` says how many proposals ended how, `beliefs` what each rule is
    trusted with after the person's decisions."""

    def __init__(self, note: Note, made: Iterable[Examined], options: Options, trust: Mapping[str, Belief]) -> None:
        self.note = note
        self.made = tuple(made)
        self.counts = Counter(_fate(one.proposal) for one in self.made)
        self.beliefs = trust
        self._tried = tuple(rule for rule in RULES if options.wants(rule.name))
        self._by_hand = covered(note)
        self._looking = Looking(Page(note), options.topics if options.reading_list else ())
        self.blocks = tuple(_explained(note, self.made))

    def at(self, line: int) -> Explained | None:
        """The innermost block that a line belongs to."""
        around = [one for one in self.blocks if one.block.line <= line <= one.block.end_line]
        return min(around, key=lambda one: one.block.end_line - one.block.line, default=None)

    def on(self, lines: range) -> tuple[Examined, ...]:
        """Everything found that has one of these lines as its source."""
        return tuple(
            one for one in self.made if one.finding.place.line <= lines[-1] and one.finding.place.end_line >= lines[0]
        )

    def misses(self, block: Block, lines: range) -> list[Miss]:
        """The rules that found nothing on these lines of a block, each with the first condition that failed there; none
        were asked where a person wrote a card."""
        if not self._by_hand.isdisjoint(lines):
            return []
        found = {one.finding.rule for one in self.on(lines)}
        return self._looking.misses([rule for rule in self._tried if rule.name not in found], block, lines)

    def is_by_hand(self, line: int) -> bool:
        """Whether a card that a person wrote stands on a line."""
        return line in self._by_hand

    def without_block(self, line: int) -> str:
        """What a line is that belongs to no block."""
        if line < self.note.first_line:
            return "front matter"
        if not self.note.lines[line - 1 : line] or not self.note.lines[line - 1].strip():
            return "a blank line"
        if self.note.is_deck or self.note.ignored:
            return "a note that asks to be ignored"
        return "text that is masked (a comment, a table of contents, markup of a site)"


def explain(db: Database, found: Found, file: FileText, goal: Goal, options: Options) -> Explanation:
    """Explain one note. `db` is a copy that may be written to; no deck file is."""
    note = note_of(found, file)
    made = examine(note, shown_from(found, goal, options))
    run = run_of(found, note, (one.proposal for one in made))
    settled = settle(db, [run], replace(goal, dry=True))
    seen = (replace(one, proposal=told.proposal) for one, told in zip(made, settled.told, strict=True))
    return Explanation(note, seen, options, beliefs(proposals.decisions(db)))


def _explained(note: Note, made: Iterable[Examined]) -> Iterable[Explained]:
    opened: dict[int, list[Examined]] = defaultdict(list)
    for one in made:
        opened[one.finding.place.line].append(one)
    topics = _topics(note)
    for block in note.walk():
        here = (one for line in range(block.line, block.end_line + 1) for one in opened.get(line, ()))
        yield Explained(block, topics[block.topic], tuple(_sentences(block)), tuple(here))


def _topics(note: Note) -> dict[int, tuple[int, int]]:
    """The first and last line of each topic block."""
    lines: dict[int, tuple[int, int]] = {}
    for block in note.walk():
        first, last = lines.get(block.topic, (block.line, block.end_line))
        lines[block.topic] = min(first, block.line), max(last, block.end_line)
    return lines


def _sentences(block: Block) -> list[Sentence]:
    if block.sentences or block.kind == BlockKind.HEADING:
        return list(block.sentences)
    return [sentence for item in block.items for sentence in _of_item(item)]


def _of_item(item: Item) -> list[Sentence]:
    return [*item.sentences, *(sentence for child in item.children for sentence in _of_item(child))]


def _fate(proposal: Proposal) -> str:
    return f"{proposal.status.value} {proposal.reason}".strip()
