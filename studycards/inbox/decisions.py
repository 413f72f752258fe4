"""What a person decides on proposals: each decision is durable at once, logged, and can be taken back."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from studycards.cloze import holes
from studycards.deckfile import Entry, parse, tidy, write_entry
from studycards.deckwriter import DeckWriter
from studycards.errors import StudycardsError
from studycards.history import Reverser, Stamp
from studycards.identity import content, new_id
from studycards.inbox.values import entry_of, text_of
from studycards.language import say
from studycards.model import Kind, Proposal, Source, Status
from studycards.notes.reader import read_file
from studycards.store import cards, log, proposals
from studycards.store.opening import writing
from studycards.store.proposals import DROP, EDIT, KEEP, MERGE, SPLIT, Row

LATER = "later"
Sides = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """A block as a decision put it into a deck file, so that taking it back can tell whether it is unchanged.

    `before` is the text it had there before (None: it was not there); `entry` what was written (None: taken out)."""

    path: str
    id: str
    deck: str
    entry: Entry | None
    before: Entry | None = None


class Inbox:
    """Decisions on the proposals of one store. Each method is one transaction and one step of undo."""

    def __init__(self, db: Database, now: datetime, day_start: int, show: Callable[[str], str] = str) -> None:
        self._db = db
        self._stamp = Stamp.of(now, day_start)
        self._show = show

    def waiting(self) -> list[Row]:
        """The inbox now; what a cut-off decision already put into a deck file is not asked again."""
        rows = proposals.waiting(self._db, self._stamp.day)
        there = {row.card.block for row in cards.of_blocks(self._db, [row.proposal.id for row in rows])}
        return [row for row in rows if row.proposal.id not in there]

    def keep(self, name: str, sides: Sides | None = None, *, reverse: bool = False) -> None:
        """Append the card to its deck file, with other `sides` if it was edited, also back to front if `reverse`."""
        self._keep(self._row(name), sides, reverse=reverse)

    def refused(self, beside: Row) -> list[Row]:
        """What the gates refused in the section of a proposal, the most confident first."""
        source = beside.proposal.source
        rows = [
            row
            for row in proposals.of_note(self._db, source.path)
            if row.proposal.status is Status.REFUSED and not row.decision and not row.note_gone
            if row.proposal.source.headings == source.headings
        ]
        return sorted(rows, key=lambda row: (-row.proposal.confidence, row.proposal.source.line, row.proposal.id))

    def rescue(self, name: str, beside: Row) -> None:
        """Keep what was refused, in the deck file of a proposal beside it."""
        row = self._row(name)
        self._keep(replace(row, deck_path=row.deck_path or beside.deck_path), None, reverse=False)

    def _keep(self, row: Row, sides: Sides | None, *, reverse: bool) -> None:
        text = tuple(map(tidy, sides or text_of(row.proposal)))
        edited = text != tuple(map(tidy, text_of(row.proposal)))
        path, source = self._place(row)
        entry = entry_of(row.proposal, source)
        kind = entry.kind if not edited else _kind(entry.kind, text)
        entry = replace(entry, kind=kind, front=text[0], back=text[1], reverse=reverse or entry.reverse)
        _require(entry)
        after = replace(
            row,
            decision=EDIT if edited else KEEP,
            proposal=replace(row.proposal, status=Status.WRITTEN, reason=""),
            written_front=tidy(text_of(row.proposal)[0]) if edited else text[0],
            written_back=tidy(text_of(row.proposal)[1]) if edited else text[1],
            deck_path=path,
            later_day=None,
        )
        self._commit(KEEP, row, after, [Written(path, row.proposal.id, row.proposal.deck, entry)])

    def drop(self, name: str, reason: int = 0) -> None:
        """Never propose it again; a card that stands in its deck file unchanged is taken out of it. `reason` 1 to 5:
        wrong, trivial, vague, gives the answer away, not mine; 0: none given."""
        row = self._row(name)
        refused = replace(row.proposal, status=Status.REFUSED, reason="rejected-before")
        after = replace(row, decision=DROP, proposal=refused)
        there = _find(row.deck_path, name) if row.proposal.status is Status.WRITTEN else None
        written = [Written(row.deck_path, name, row.proposal.deck, None, there)] if there else []
        self._commit(DROP, row, after, written, reason=reason)

    def later(self, name: str) -> None:
        """Ask again on the next study day."""
        row = self._row(name)
        self._commit(LATER, row, replace(row, later_day=self._stamp.day + 1), [])

    def split(self, name: str, parts: Sequence[Sides]) -> list[str]:
        """Several cards in place of one; gives their ids."""
        row = self._row(name)
        path, source = self._place(row)
        taken = cards.TakenIds(self._db)
        written = []
        for front, back in parts:
            kind = Kind.CLOZE if "{{c" in front else Kind.BASIC
            identity = new_id(content(front, back), source, taken)
            taken.add(identity)
            entry = replace(entry_of(row.proposal, source), kind=kind, front=tidy(front), back=tidy(back), id=identity)
            _require(entry)
            written.append(Written(path, identity, row.proposal.deck, entry))
        self._commit(SPLIT, row, _settled(row, SPLIT), written, into=[one.id for one in written])
        return [one.id for one in written]

    def merge(self, name: str, block: str, sides: Sides | None = None) -> None:
        """Let the card `block` stand for the proposal too, with other `sides` if the two were joined."""
        row = self._row(name)
        known = cards.of_blocks(self._db, [block])
        if not known:
            raise StudycardsError(say("There is no card {id}; nothing was merged.", id=block))
        path = known[0].path
        there = _find(path, block)
        written = []
        if sides is not None:
            if there is None:
                raise StudycardsError(
                    say("The card {id} has no comment in {path}; edit it there.", id=block, path=self._show(path))
                )
            entry = replace(there, front=tidy(sides[0]), back=tidy(sides[1]))
            _require(entry)
            written = [Written(path, block, known[0].card.deck, entry, there)]
        self._commit(MERGE, row, _settled(row, MERGE), written, into=[block])

    def _row(self, name: str) -> Row:
        found = proposals.of_ids(self._db, [name]).get(name)
        if found is None:
            raise StudycardsError(say("There is no proposal {id}.", id=name))
        return found

    def _place(self, row: Row) -> tuple[str, str]:
        """The deck file a kept card goes to, and its note's path from there."""
        p = row.proposal
        writer = DeckWriter(self._show)
        path = row.deck_path
        owner = (p.source.path, p.deck)
        if not path or not writer.takes(path, owner):
            stem = Path(path or p.source.path)
            path = writer.new_path(str(stem.parent), stem.stem, owner)
        return path, os.path.relpath(p.source.path, os.path.dirname(path)).replace(os.sep, "/")

    def _commit(self, kind: str, before: Row, after: Row, written: Sequence[Written], **more: object) -> None:
        """Deck files, row and log in one transaction, so that none is there without the others being settled."""
        decided = replace(after, changed_ms=self._stamp.ms)
        act = log.Act(
            kind,
            self._stamp.ms,
            self._stamp.offset_min,
            self._stamp.day,
            card_id=before.proposal.id,
            payload={
                **{name: value for name, value in more.items() if value},
                "before": _state(before),
                "after": _state(after),
                "written": [_told(one) for one in written],
                "proposal": proposals.portable(decided),
            },
        )
        with writing(self._db):
            _write(written, self._show)
            proposals.put(self._db, [decided])
            log.append_act(self._db, act)


def turn(db: Database, acts: Sequence[log.Act], redo: bool) -> str:
    """Take decisions back, or do them again. A block that was changed since is left, and then nothing is done."""
    for act in acts if redo else reversed(acts):
        name = act.card_id or ""
        row = proposals.of_ids(db, [name]).get(name)
        state = act.payload["after" if redo else "before"]
        if row is None or not isinstance(state, Mapping):
            return say("The proposal {id} is no longer known; nothing was changed.", id=name)
        listed = act.payload.get("written")
        written = [_read(one) for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
        turned = [one if redo else replace(one, entry=one.before, before=one.entry) for one in written]
        for one in turned:
            if _find(one.path, one.id) != one.before:
                return say("The card {id} was changed in {path} since; it is left as it is.", id=one.id, path=one.path)
        _write(turned, str)
        proposals.put(db, [_with_state(row, state)])
    return ""


def restore(db: Database) -> int:
    """Bring back what was decided on, in a database made anew from its log; how many proposals."""
    standing = log.standing_of_kinds(db, tuple(REVERSERS))
    kept = [acts[-1].payload.get("proposal") for acts in standing.values()]
    rows = [row for row in kept if isinstance(row, Mapping)]
    with writing(db):
        proposals.put_portable(db, rows)
    return len(rows)


REVERSERS: Mapping[str, Reverser] = dict.fromkeys((KEEP, DROP, LATER, SPLIT, MERGE), turn)


def _write(written: Sequence[Written], show: Callable[[str], str]) -> None:
    writer = DeckWriter(show)
    for one in written:
        if one.entry is None:
            writer.remove(one.path, one.id)
        elif one.before is None:
            writer.add(one.path, one.deck, one.entry)
        else:
            writer.edit(one.path, one.id, _to(one.entry))
    _, problems = writer.write()
    if problems:
        raise StudycardsError(str(problems[0]))


def _to(entry: Entry) -> Callable[[Entry], Entry | None]:
    return lambda _: entry


def _find(path: str, name: str) -> Entry | None:
    """The block with this id as its deck file has it now."""
    if not path or not os.path.exists(path):
        return None
    file = read_file(Path(path))
    entries = parse(file.front, file.body, file.first_line, path).entries if file.is_deck else ()
    return next((entry for entry in entries if entry.id == name), None)


def _kind(before: Kind, text: Sequence[str]) -> Kind:
    """The kind of an edited card: a text with holes and no answer is a cloze."""
    if text[1]:
        return Kind.BASIC if before is Kind.CLOZE else before
    return Kind.CLOZE if holes(text[0]) else before


def _require(entry: Entry) -> None:
    """Refuse what could not be read back as a card."""
    if not entry.front or (entry.kind is Kind.BASIC and not entry.back):
        raise StudycardsError(say("This cannot be a card: a side is empty."))
    problems = parse({"deck": "x"}, write_entry(entry), 1, "").problems
    if problems:
        raise StudycardsError(say("This cannot be a card: {why}.", why=problems[0].message.partition(";")[0]))


def _settled(row: Row, decision: str) -> Row:
    refused = replace(row.proposal, status=Status.REFUSED, reason=decision)
    return replace(row, decision=decision, proposal=refused, later_day=None)


def _state(row: Row) -> dict[str, object]:
    """What a decision changes of a row."""
    return {
        "status": row.proposal.status.value,
        "reason": row.proposal.reason,
        "decision": row.decision,
        "written_front": row.written_front,
        "written_back": row.written_back,
        "deck_path": row.deck_path,
        "later_day": row.later_day,
    }


def _with_state(row: Row, state: Mapping[str, object]) -> Row:
    proposal: Proposal = replace(row.proposal, status=Status(str(state["status"])), reason=str(state["reason"]))
    rest = {name: value for name, value in state.items() if name not in ("status", "reason")}
    return replace(row, proposal=proposal, **rest)  # type: ignore[arg-type]


def _told(one: Written) -> dict[str, object]:
    return asdict(one)


def _read(told: Mapping[str, object]) -> Written:
    return Written(
        str(told["path"]), str(told["id"]), str(told["deck"]), _entry(told.get("entry")), _entry(told.get("before"))
    )


def _entry(told: object) -> Entry | None:
    if not isinstance(told, Mapping):
        return None
    values = dict(told)
    source = values["source"]
    if isinstance(source, Mapping):
        values["source"] = Source(**{**source, "headings": tuple(source["headings"])})
    return Entry(**{**values, "kind": Kind(values["kind"]), "tags": tuple(values["tags"])})
