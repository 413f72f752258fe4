"""Which of many proposals stay: duplicates, questions with two answers, and how many cards a note may give."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from studycards.alike import Alike
from studycards.grammar import folded
from studycards.model import Proposal, Source, Status

PER_SECTION = 20
PER_TABLE = 20
PER_HUNDRED_LINES = 100
_PER_LINE = frozenset({"colon-line", "code-meaning", "table-row", "arrow"})
_DEFINING = frozenset({"is-definition", "heading-definition", "is-a-kind", "en-is-a", "heading-bullet", "bold-term"})


# What stands in the way of a proposal beside the gates, in words.
REASONS: Mapping[str, str] = {
    "duplicate": "another card says the same",
    "near-duplicate": "another card says nearly the same",
    "ambiguous": "the note answers this question in two ways",
    "cap": "its section or its note gave as many cards as its length carries",
    "low-confidence": "too unlikely to be kept",
    "doubtful": "not sure enough to be written unseen",
    "held": "cards of this kind are for a person to look at first",
    "rejected-before": "it was dropped, or deleted from its deck file; `--again` proposes it anew",
    "gone": "its note no longer says it",
    "deck-file": "its deck file could not be written",
    "split": "several cards stand in its place",
    "merge": "another card stands for it",
}


def fold_duplicates(proposals: Iterable[Proposal], said: Alike | None = None) -> tuple[Proposal, ...]:
    """The same proposals, those that repeat a better one refused as `duplicate` or `near-duplicate`.

    The better one is the written before the waiting, then the more confident, then the earlier; it remembers the
    other's source. Works across notes. Of two cards that a person wrote only the very same is one too many.
    `said` holds what stays, question by answer; handed in again it stands before what comes then.
    """
    said = Alike() if said is None else said
    listed = list(proposals)
    ranked = sorted((i for i, p in enumerate(listed) if p.status != Status.REFUSED), key=lambda i: _rank(listed[i], i))
    exact: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, str, str, int], int] = {}
    lists: dict[tuple[object, ...], int] = {}
    also: dict[int, list[Source]] = defaultdict(list)
    for i in ranked:
        proposal, asked, answered = listed[i], _alike(folded(_asked(listed[i]))), folded(listed[i].answer)
        first = places.setdefault(_place(proposal, answered), exact.setdefault((asked, answered), i))
        first = lists.setdefault(_list_of(proposal, answered, i), first) if first == i else first
        repeated = asked if first != i else said.first(answered, asked, meant=proposal.by_hand)
        if repeated is None:
            said.add(answered, asked, meant=proposal.by_hand)
            continue
        first = first if first != i else exact.get((repeated, answered), i)
        if first != i:
            also[first].append(proposal.source)
        code = "duplicate" if repeated == asked else "near-duplicate"
        listed[i] = replace(proposal, status=Status.REFUSED, reason=code)
    for first, sources in also.items():
        listed[first] = replace(listed[first], also=(*listed[first].also, *sources))
    return tuple(listed)


def _list_of(proposal: Proposal, answered: str, index: int) -> tuple[object, ...]:
    """What makes a list the same list: its items under its headings, however it is asked for; nothing else is one."""
    listed = "\n" in proposal.answer and not proposal.text and not proposal.by_hand
    return (answered, proposal.source.path, proposal.source.headings) if listed else (index,)


def _alike(asked: str) -> str:
    """A folded question without what changes nothing: 由谁 is 谁."""
    return asked.replace("是由谁", "是谁").replace("由谁", "谁") if "由谁" in asked else asked


def _place(proposal: Proposal, answered: str) -> tuple[str, str, str, int]:
    """Where a note says it: of what one line gives by itself each line may say the same, of other rules one does."""
    line = proposal.source.line if proposal.rule in _PER_LINE or proposal.by_hand else 0
    return folded(_unlabelled(_asked(proposal))), answered, proposal.source.path, line


def refuse_ambiguous(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Refuses proposals that ask one question with different answers.

    Of several definitions of one term in one section the best stays: they say the same thing in other words. What a
    person wrote stays in any case.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for i, proposal in enumerate(proposals):
        if proposal.status != Status.REFUSED and not proposal.text:
            groups[_term_of(proposal)].append(i)
    listed = list(proposals)
    for group in groups.values():
        if len({folded(proposals[i].answer) for i in group}) > 1:
            kept = _one_definition([listed[i] for i in group])
            for i in group:
                if listed[i] is not kept and not listed[i].by_hand:
                    listed[i] = replace(listed[i], status=Status.REFUSED, reason="ambiguous")
    return tuple(listed)


_LABEL = re.compile(r"^(?:（[^（）]*）|\([^()]*\) )")
_GLOSS = re.compile(r"\s?[（(][^（）()]*[）)](?=是什么|是谁|是什麼|是誰)")


def _unlabelled(question: str) -> str:
    return _LABEL.sub("", question)


def _term_of(proposal: Proposal) -> str:
    """The question, and for a definition the same with or without its gloss."""
    return folded(_GLOSS.sub("", proposal.question) if proposal.rule in _DEFINING else proposal.question)


def _one_definition(rivals: Sequence[Proposal]) -> Proposal | None:
    if any(p.rule not in _DEFINING or p.source.headings != rivals[0].source.headings for p in rivals):
        return None
    return min(enumerate(rivals), key=lambda pair: _rank(pair[1], pair[0]))[1]


def cap(proposals: Sequence[Proposal], lines: int, topic_of: Callable[[int], int]) -> tuple[Proposal, ...]:
    """Sends to the inbox what a section or a note gives beyond measure.

    `lines` are the note's non-blank lines, `topic_of` says which topic block a line belongs to: a `---` starts a new
    section. Both directions of one fact count once. The reading list, which a person asked for by its topics, and what
    a person wrote as a card have no limit.
    """
    room = max(PER_HUNDRED_LINES * lines // 100, 6)
    sections: dict[tuple[int, tuple[str, ...]], set[tuple[int, str]]] = defaultdict(set)
    listed = list(proposals)
    ranked = sorted((i for i, p in enumerate(listed) if p.status == Status.WRITTEN), key=lambda i: _rank(listed[i], i))
    for i in ranked:
        proposal, source = listed[i], listed[i].source
        if "reading-list" in proposal.tags or proposal.by_hand:
            continue
        facts = sections[topic_of(source.line), source.headings]
        fact = (source.line, ":".join(proposal.slot.split(":")[:2]))
        if fact in facts:
            continue
        if room <= 0 or len(facts) >= (PER_TABLE if proposal.rule == "table-row" else PER_SECTION):
            listed[i] = replace(proposal, status=Status.INBOX, reason="cap")
            continue
        room -= 1
        facts.add(fact)
    return tuple(listed)


def _rank(proposal: Proposal, index: int) -> tuple[bool, float, int]:
    return (proposal.status != Status.WRITTEN, -proposal.confidence, index)


def _asked(proposal: Proposal) -> str:
    return proposal.text or proposal.question
