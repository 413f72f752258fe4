"""Which deck a card belongs to, and the context label of a question that needs one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath

from studycards.grammar import folded, size, units, word_set
from studycards.model import Place, Proposal, Status
from studycards.notes.note import Note
from studycards.notes.page import Page
from studycards.phrasing import labelled

_LABEL_LIMIT = 24
_ASKING = re.compile(r"(?:What|How|Why|When|Where|Who)\b")


def deck_of(note: Note, place: Place) -> str:
    """The deck of a card: the note's own, else its folders and title, one per level-one heading of several."""
    if len(note.titles) > 1 and place.headings and not note.deck:
        return f"{_deck(note.path, note.title)}::{place.headings[0].replace('::', ':')}"
    return note.deck or _deck(note.path, note.title)


@lru_cache(maxsize=64)
def _deck(path: str, title: str) -> str:
    folders = [part for part in PurePosixPath(path).parent.parts if part not in {"/", ".", ".."}]
    return "::".join([*folders, title or PurePosixPath(path).stem])


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


def part_by_label(proposals: Sequence[Proposal], page: Page) -> list[Proposal]:
    """Adds labels where one question has different answers under different headings; these want another id."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(proposals):
        if p.status != Status.REFUSED and not p.text and not p.by_hand:
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
    return replace(proposal, id="", question=labelled(proposal.question, label))
