"""Notes to proposals: the rules find, the gates refuse, a calibrated chance decides where a proposal goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from studycards.confidence import combine
from studycards.gates import BY_HAND, GATES
from studycards.generate.handwritten import covered, dialects, findings, slot_of
from studycards.generate.labels import deck_of, label_for, part_by_label
from studycards.generate.options import Options
from studycards.grammar import folded
from studycards.identity import free_id, new_id
from studycards.model import Finding, Kind, Proposal, Source, Status, Verdict
from studycards.notes.note import TOKEN, Note
from studycards.notes.page import Page
from studycards.phrasing import in_script, is_traditional, labelled
from studycards.rules import RULES
from studycards.sifting import REASONS, cap, fold_duplicates, refuse_ambiguous

_PRIORS = {rule.name: rule.prior for rule in RULES}


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found, what the gates say of it down to the first that refuses, and the proposal that it became."""

    finding: Finding
    verdicts: tuple[Verdict, ...]
    proposal: Proposal

    def asked(self) -> Iterator[tuple[str, Verdict | None]]:
        """The gates that were asked, by their first code, in their order, each with its verdict (None: none)."""
        for gate in BY_HAND if self.finding.by_hand else GATES:
            verdict = next((one for one in self.verdicts if one.code in gate.codes), None)
            yield gate.codes[0], verdict
            if verdict is not None and verdict.refuse:
                return

    @property
    def reason(self) -> str:
        """Why it stands where it stands, in words, where no gate said it."""
        code = self.proposal.reason
        return "" if any(one.code == code for one in self.verdicts) else REASONS.get(code, "")


def propose(note: Note, options: Options) -> tuple[Proposal, ...]:
    """Every card that the rules find in a note, with what becomes of it, in the order of the note.

    The same note and options give the same proposals, ids included. A deck file and an ignored note give none.
    """
    page = Page(note)
    return _settled([proposal for _, _, proposal in _made(page, options)], page, options)


def examine(note: Note, options: Options) -> tuple[Examined, ...]:
    """The same with what led to each proposal."""
    page = Page(note)
    made = _made(page, options)
    settled = _settled([proposal for _, _, proposal in made], page, options)
    return tuple(Examined(found, said, become) for (found, said, _), become in zip(made, settled, strict=True))


def _made(page: Page, options: Options) -> list[tuple[Finding, tuple[Verdict, ...], Proposal]]:
    """Every finding by itself, before the others are looked at, in the order of the note."""
    if page.note.is_deck or page.note.ignored:
        return []
    found = [(finding, verdicts(finding, page)) for finding in _findings(page, options)]
    traditional = is_traditional("".join(page.note.lines[:200])[:3000])
    made = [(finding, said, _proposal(finding, said, page.note, options, traditional)) for finding, said in found]
    return sorted(made, key=lambda one: _order(one[2]))


def _order(proposal: Proposal) -> tuple[int, str, str, str]:
    return proposal.source.line, proposal.rule, proposal.question, proposal.answer


def _settled(made: Sequence[Proposal], page: Page, options: Options) -> tuple[Proposal, ...]:
    """What becomes of proposals beside each other."""
    raised = _agree(made, options)
    settled = refuse_ambiguous(part_by_label(fold_duplicates(raised), page))
    lines = sum(1 for line in page.note.lines if line.strip())
    capped = cap(settled, lines, page.topic_of)
    return _with_ids(capped, options.shown_path or page.note.path, options.taken)


def verdicts(finding: Finding, page: Page) -> tuple[Verdict, ...]:
    """What the gates say of a finding, down to and with the first that refuses."""
    found: list[Verdict] = []
    for gate in BY_HAND if finding.by_hand else GATES:
        verdict = gate.judge(finding, page)
        if verdict is not None:
            found.append(verdict)
            if verdict.refuse:
                break
    return tuple(found)


def rule_names() -> tuple[str, ...]:
    """What a card may come from: the rules, and the dialects in which a person writes cards."""
    return (*(rule.name for rule in RULES), *dialects())


def _findings(page: Page, options: Options) -> Iterator[Finding]:
    """What was written by hand, then what each rule sees on other lines, as it would be shown."""
    yield from (finding for finding in findings(page.note) if options.wants(finding.rule))
    taken = covered(page.note)
    for rule in RULES:
        if not options.wants(rule.name):
            continue
        topics = options.topics if options.reading_list else ()
        for finding in rule.find(page, topics):
            if not taken or taken.isdisjoint(range(finding.place.line, finding.place.end_line + 1)):
                yield _placed(_restored(finding, page.note), page)


def _placed(finding: Finding, page: Page) -> Finding:
    """A finding that asks for a context label with the one that it gets, if any."""
    if not finding.label:
        return finding
    label = label_for(finding.place, page, finding.question)
    return replace(finding, label=bool(label), place=finding.place._replace(label=label or finding.place.label))


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


def _proposal(finding: Finding, said: Sequence[Verdict], note: Note, options: Options, traditional: bool) -> Proposal:
    score = _score(finding, said, options)
    chance = 1.0 if finding.by_hand else combine(score[0][1], score[1:])
    status, reason = _status(finding, said, chance, options)
    label = finding.place.label if finding.label else ""
    question = labelled(finding.question, label) if label else finding.question
    question = question if finding.by_hand else in_script(question, traditional)
    text = labelled(finding.text, label) if label and finding.text else finding.text
    return Proposal(
        id=_id(question, finding.answer, text, options.shown_path or note.path),
        kind=Kind.CLOZE if finding.text else Kind.BASIC,
        question=question,
        answer=finding.answer,
        rule=finding.rule,
        confidence=chance,
        status=status,
        deck=deck_of(note, finding.place),
        source=Source(note.path, finding.place.line, finding.place.end_line, finding.place.headings),
        text=text,
        reason=reason,
        tags=(*note.tags, *finding.tags),
        slot=_slot(finding),
        reverse=finding.reverse,
        score=score,
    )


def _slot(finding: Finding) -> str:
    if finding.by_hand:
        return slot_of(finding.text or finding.question, "" if finding.text else finding.answer)
    return ":".join(part for part in (finding.rule, folded(finding.term), finding.direction) if part)


def _score(finding: Finding, said: Sequence[Verdict], options: Options) -> tuple[tuple[str, float], ...]:
    """How the chance comes about: the rule's mean, then what speaks for and against the card in log-odds."""
    if finding.by_hand:
        return (("prior", 1.0),)
    mean = options.means.get(finding.rule, _PRIORS[finding.rule])
    against = ((verdict.code, verdict.penalty) for verdict in said if not verdict.refuse)
    return (("prior", mean), *finding.bonus, *_bonuses(finding), *against)


def _bonuses(finding: Finding) -> tuple[tuple[str, float], ...]:
    if not finding.listed and not finding.text and 2 <= len(finding.answer) <= 20:
        return (("short-answer", 0.3),)
    return ()


def _status(finding: Finding, said: Sequence[Verdict], chance: float, options: Options) -> tuple[Status, str]:
    if said and said[-1].refuse:
        return Status.REFUSED, said[-1].code
    asked_for = finding.rule in options.only
    if chance < options.inbox_confidence and not asked_for:
        return Status.REFUSED, "low-confidence"
    if chance >= options.min_confidence and not finding.held:
        return Status.WRITTEN, ""
    if finding.held:
        return Status.INBOX, "held"
    worst = min(said, key=lambda verdict: verdict.penalty, default=None)
    return Status.INBOX, worst.code if worst else "doubtful"


def _agree(proposals: Sequence[Proposal], options: Options) -> list[Proposal]:
    """Proposals that two rules make alike are worth 0.5 more in log-odds."""
    rules: dict[tuple[str, str], set[str]] = defaultdict(set)
    for p in proposals:
        if p.status != Status.REFUSED and not p.by_hand:
            rules[folded(p.question), folded(p.answer)].add(p.rule)
    return [_raised(p, options) if len(rules[folded(p.question), folded(p.answer)]) > 1 else p for p in proposals]


def _raised(proposal: Proposal, options: Options) -> Proposal:
    if proposal.status == Status.REFUSED or proposal.by_hand:
        return proposal
    score = (*proposal.score, ("two-rules", 0.5))
    chance = combine(score[0][1], score[1:])
    written = proposal.reason in {"", "doubtful"} and chance >= options.min_confidence
    status, reason = (Status.WRITTEN, "") if written else (proposal.status, proposal.reason)
    return replace(proposal, score=score, confidence=chance, status=status, reason=reason)


def _with_ids(proposals: Sequence[Proposal], path: str, taken: frozenset[str]) -> tuple[Proposal, ...]:
    """Proposals whose ids nobody else has; most have theirs already."""
    given: set[str] = set(taken)
    last: dict[str, str] = {}  # so that a thousand that say the same do not try each other's ids in turn
    named: list[Proposal] = []
    for proposal in proposals:
        wanted = proposal.id or _id(proposal.question, proposal.answer, proposal.text, path)
        name = last[wanted] = free_id(last.get(wanted, wanted), given)
        given.add(name)
        named.append(proposal if proposal.id == name else replace(proposal, id=name))
    return tuple(named)


def _id(question: str, answer: str, text: str, path: str) -> str:
    return new_id(f"{folded(text or question)}\0{folded(answer)}", path, ())
