"""Notes to proposals: the rules find, the gates refuse, a calibrated chance decides where a proposal goes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType

from studycards.confidence import combine
from studycards.gates import GATES
from studycards.grammar import folded, size, units, word_set
from studycards.identity import new_id
from studycards.model import Finding, Kind, Place, Proposal, Source, Status, Verdict
from studycards.notes.note import TOKEN, Note
from studycards.notes.page import Page
from studycards.phrasing import labelled
from studycards.rules import RULES
from studycards.sifting import cap, fold_duplicates, refuse_ambiguous

__all__ = ["Options", "deck_of", "examine", "fold_duplicates", "propose", "verdicts"]

_LABEL_LIMIT = 24
_ASKING = re.compile(r"(?:What|How|Why|When|Where|Who)\b")
_BY_NAME = {rule.name: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for.

    `only` names the rules to run (empty: all), `off` those never tried; `means` holds each rule's posterior mean where
    a person's decisions have moved it; `topics` are the headings under which link titles become cards.
    """

    min_confidence: float = 0.80
    inbox_confidence: float = 0.50
    only: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    reading_list: bool = True
    topics: tuple[str, ...] = ("多任务学习", "multi-task learning", "multitask learning", "MTL")
    means: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    shown_path: str = ""
    taken: frozenset[str] = frozenset()


def propose(note: Note, options: Options) -> tuple[Proposal, ...]:
    """Every card that the rules find in a note, with what becomes of it, in the order of the note.

    The same note and options give the same proposals, ids included. A deck file and an ignored note give none.
    """
    if note.is_deck or note.ignored:
        return ()
    page = Page(note)
    proposals = [_proposal(finding, page, options) for finding in _findings(page, options)]
    proposals.sort(key=lambda p: (p.source.line, p.rule, p.question, p.answer))
    settled = refuse_ambiguous(_part_by_label(fold_duplicates(_agree(proposals, options)), page))
    lines = sum(1 for line in note.lines if line.strip())
    return _with_ids(cap(settled, lines, page.topic_of), options.shown_path or note.path, options.taken)


def examine(note: Note, options: Options) -> Iterator[tuple[Finding, tuple[Verdict, ...]]]:
    """Every finding of a note with all that the gates say of it, in their order."""
    page = Page(note)
    for finding in _findings(page, options):
        yield finding, verdicts(finding, page)


def verdicts(finding: Finding, page: Page) -> tuple[Verdict, ...]:
    """What the gates say of a finding, down to and with the first that refuses."""
    found: list[Verdict] = []
    for gate in GATES:
        verdict = gate.judge(finding, page)
        if verdict is not None:
            found.append(verdict)
            if verdict.refuse:
                break
    return tuple(found)


def deck_of(note: Note, place: Place) -> str:
    """The deck of a card: the note's own, else its folders and title, one per level-one heading of several."""
    if len(note.titles) > 1 and place.headings and not note.deck:
        return f"{_deck(note.path, note.title)}::{place.headings[0].replace('::', ':')}"
    return note.deck or _deck(note.path, note.title)


@lru_cache(maxsize=64)
def _deck(path: str, title: str) -> str:
    folders = [part for part in PurePosixPath(path).parent.parts if part not in {"/", ".", ".."}]
    return "::".join([*folders, title or PurePosixPath(path).stem])


def _findings(page: Page, options: Options) -> Iterator[Finding]:
    for rule in RULES:
        if rule.name in options.off or (options.only and rule.name not in options.only):
            continue
        topics = options.topics if options.reading_list else ()
        for finding in rule.find(page, topics):
            yield _restored(finding, page.note)


def _restored(finding: Finding, note: Note) -> Finding:
    """A finding with code spans and formulas back in their places."""
    if not note.masks or not TOKEN.search(finding.question + finding.answer + finding.text):
        return finding
    back = note.restore
    return replace(
        finding,
        question=back(finding.question),
        answer=back(finding.answer),
        term=back(finding.term),
        subject=back(finding.subject),
        text=back(finding.text),
    )


def _proposal(finding: Finding, page: Page, options: Options) -> Proposal:
    rule = _BY_NAME[finding.rule]
    label = label_for(finding.place, page, finding.question) if finding.label else ""
    if finding.label:
        finding = replace(finding, label=bool(label), place=replace(finding.place, label=label or finding.place.label))
    said = verdicts(finding, page)
    refusal = next((verdict for verdict in said if verdict.refuse), None)
    mean = options.means.get(rule.name, rule.prior)
    evidence = (*finding.bonus, *_bonuses(finding), *((v.code, v.penalty) for v in said if not v.refuse))
    chance = combine(mean, evidence)
    status, reason = _status(finding, refusal, chance, said, options)
    return Proposal(
        id="",
        kind=Kind.CLOZE if finding.text else Kind.BASIC,
        question=labelled(finding.question, label) if label else finding.question,
        answer=finding.answer,
        rule=rule.name,
        confidence=chance,
        status=status,
        deck=deck_of(page.note, finding.place),
        source=Source(page.note.path, finding.place.line, finding.place.end_line, finding.place.headings),
        text=labelled(finding.text, label) if label and finding.text else finding.text,
        reason=reason,
        tags=(*page.note.tags, *finding.tags),
        slot=":".join(part for part in (rule.name, folded(finding.term), finding.direction) if part),
        score=(("prior", mean), *evidence),
    )


def _bonuses(finding: Finding) -> tuple[tuple[str, float], ...]:
    if not finding.listed and not finding.text and 2 <= len(finding.answer) <= 20:
        return (("short-answer", 0.3),)
    return ()


def _status(
    finding: Finding, refusal: Verdict | None, chance: float, said: tuple[Verdict, ...], options: Options
) -> tuple[Status, str]:
    if refusal is not None:
        return Status.REFUSED, refusal.code
    asked_for = finding.rule in options.only
    if chance < options.inbox_confidence and not asked_for:
        return Status.REFUSED, "low-confidence"
    if chance >= options.min_confidence and not finding.held:
        return Status.WRITTEN, ""
    worst = min(said, key=lambda verdict: verdict.penalty, default=None)
    return Status.INBOX, worst.code if worst else ("held" if finding.held else "doubtful")


def _agree(proposals: Sequence[Proposal], options: Options) -> list[Proposal]:
    """Proposals that two rules make alike are worth 0.5 more in log-odds."""
    rules: dict[tuple[str, str], set[str]] = defaultdict(set)
    for p in proposals:
        if p.status != Status.REFUSED:
            rules[folded(p.question), folded(p.answer)].add(p.rule)
    return [_raised(p, options) if len(rules[folded(p.question), folded(p.answer)]) > 1 else p for p in proposals]


def _raised(proposal: Proposal, options: Options) -> Proposal:
    if proposal.status == Status.REFUSED:
        return proposal
    score = (*proposal.score, ("two-rules", 0.5))
    chance = combine(score[0][1], score[1:])
    written = proposal.reason in {"", "doubtful"} and chance >= options.min_confidence
    status, reason = (Status.WRITTEN, "") if written else (proposal.status, proposal.reason)
    return replace(proposal, score=score, confidence=chance, status=status, reason=reason)


def label_for(place: Place, page: Page, question: str) -> str:
    """The context label of a question: the nearest heading that is a topic, else the title of a note with one.

    After a `---` only a heading that shares a word with the question; never one that the question holds already.
    """
    cut = bool(place.headings) and not place.label
    asked, plain = units(question), folded(question)
    for heading in reversed(place.headings):
        if not _is_topic(heading) or folded(heading) in plain:
            continue
        if heading.endswith(("？", "?")) or _ASKING.match(heading):
            continue
        return "" if cut and not units(heading) & asked else heading
    note = page.note
    if note.titled and len(note.titles) <= 1 and _is_topic(note.title) and folded(note.title) not in plain and not cut:
        return note.title
    return ""


def _is_topic(heading: str) -> bool:
    return (
        0 < size(heading) <= _LABEL_LIMIT
        and "(" not in heading
        and "（" not in heading
        and heading.casefold() not in word_set("generic_headings")
    )


def _part_by_label(proposals: Sequence[Proposal], page: Page) -> list[Proposal]:
    """Adds labels where one question has different answers under different headings."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(proposals):
        if p.status != Status.REFUSED and not p.text:
            groups[folded(p.question)].append(i)
    listed = list(proposals)
    for group in groups.values():
        if len({folded(proposals[i].answer) for i in group}) > 1:
            for i in group:
                listed[i] = _with_label(proposals[i], page)
    return listed


def _with_label(proposal: Proposal, page: Page) -> Proposal:
    source = proposal.source
    label = label_for(Place(source.line, source.end_line, source.headings, "x"), page, proposal.question)
    if not label or proposal.question.startswith(("（", "(")):
        return proposal
    return replace(proposal, question=labelled(proposal.question, label))


def _with_ids(proposals: Sequence[Proposal], path: str, taken: frozenset[str]) -> tuple[Proposal, ...]:
    given: set[str] = set(taken)
    named: list[Proposal] = []
    for proposal in proposals:
        content = folded(proposal.text or proposal.question) + "\x00" + folded(proposal.answer)
        name = new_id(content, path, given)
        given.add(name)
        named.append(replace(proposal, id=name))
    return tuple(named)
