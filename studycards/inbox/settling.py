"""The proposals of some notes joined with what is known of them: what is new, changed, kept, refused, gone."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlite_utils import Database

from studycards.alike import Alike
from studycards.deckfile import Entry, tidy
from studycards.deckwriter import DeckWriter
from studycards.identity import free_id
from studycards.inbox.standing import Block, Known
from studycards.inbox.values import Goal, NoteRun, Settled, Told, entry_of, folded, text_of
from studycards.model import Proposal, Status
from studycards.store import cards, proposals
from studycards.store.cards import TakenIds
from studycards.store.opening import writing
from studycards.store.proposals import DELETED, EDIT, KEEP, REJECTED, REPLACED, Row

REJECTED_BEFORE = "rejected-before"
DUPLICATE = "duplicate"
ALIKE = "near-duplicate"
GONE = "gone"


def settle(db: Database, runs: Sequence[NoteRun], goal: Goal) -> Settled:
    """Write down what becomes of the proposals of some notes, and write their deck files.

    All of it inside one transaction of the store. Cut off between the deck files and the store, the next run finds
    the cards by their ids and adds nothing twice.
    """
    with writing(db):
        batch = _Batch(db, goal)
        batch.take(runs)
        return batch.finish()


def lost(db: Database, folders: Iterable[str], met: set[str], goal: Goal) -> tuple[int, list[str]]:
    """Mark what came from notes below these folders that are no longer there; gives how many cards and which notes."""
    with writing(db):
        notes = sorted({note for folder in folders for note in proposals.notes_below(db, folder)} - met)
        notes = [note for note in notes if not os.path.lexists(note)]
        batch = _Batch(db, goal)
        batch.take([NoteRun(note, "", ()) for note in notes])
        return batch.finish().counts[GONE], notes


class _Batch:
    """One transaction's work."""

    def __init__(self, db: Database, goal: Goal) -> None:
        self._db = db
        self._goal = goal
        self._taken = TakenIds(db)
        self._writer = DeckWriter(goal.show)
        self._rows: dict[str, Row] = {}
        self._before: dict[str, Row | None] = {}
        self._saying: dict[str, set[str]] = defaultdict(set)
        self._met: set[str] = set()
        self._texts: dict[str, str] = {}
        self._alike = Alike()
        # Folded answer → folded question → ids and notes, as they stood in the store before.
        self._answering: dict[str, dict[str, list[tuple[str, str]]]] = {}
        self._done = Settled()

    def take(self, runs: Sequence[NoteRun]) -> None:
        """Settle notes, knowing of each what all of them say now."""
        for run in runs:
            for proposal in run.proposals:
                self._saying[folded(proposal)].add(run.path)
        self._met = {run.path for run in runs}
        for run in runs:
            self._note(run)

    def _note(self, run: NoteRun) -> None:
        one = Known(self._db, run, self._goal, self._rows, (self._met, self._saying))
        fresh = [p for p in run.proposals if p.status is not Status.REFUSED]
        refused = [p for p in run.proposals if p.status is Status.REFUSED]
        matched, unsure = one.match(fresh)
        late, _ = one.match(refused)
        told: dict[str, Told] = {}
        for proposal in fresh:
            if proposal.id in matched:
                told[proposal.id] = self._known(one, matched[proposal.id], proposal)
            else:
                told[proposal.id] = self._new(one, proposal, proposal.id in unsure)
        for proposal in refused:
            known = late.get(proposal.id)
            told[proposal.id] = self._known(one, known, proposal) if known else self._refuse(one, proposal)
        self._done.told += [told[proposal.id] for proposal in run.proposals]
        self._gone(one)

    def finish(self) -> Settled:
        """Write the deck files, then the rows."""
        failed, problems = self._writer.write(dry=self._goal.dry)
        for name in failed & set(self._rows):
            self._take_back(name)
        self._done.problems += problems
        proposals.put(self._db, self._rows.values())
        for told in self._done.told:
            p = told.proposal
            if p.status is Status.REFUSED:
                self._done.refused[p.reason] += 1
        return self._done

    def _known(self, one: Known, name: str, proposal: Proposal) -> Told:
        """A proposal that was found before."""
        row, block = one.rows.get(name), one.blocks.get(name)
        proposal = replace(proposal, id=name)
        one.met.add(name)
        if row is None:
            row = self._adopted(one, proposal, block)
        decision = row.decision
        there = block is not None and not block.is_gone
        if decision == DELETED and there:
            decision = ""
        if row.proposal.status is Status.WRITTEN and not there and decision not in REPLACED:
            decision = DELETED
        again = self._goal.again and not there
        if decision in REJECTED and not again:
            return self._put(one, row, replace(proposal, status=Status.REFUSED, reason=REJECTED_BEFORE), decision)
        if decision in REPLACED and not again:
            return self._put(one, row, replace(proposal, status=Status.KNOWN, reason=""), decision)
        if block is not None and there:
            return self._written(one, row, block, proposal, decision)
        return self._place(one, replace(row, decision=""), proposal)

    def _written(self, one: Known, row: Row, block: Block, proposal: Proposal, decision: str) -> Told:
        """A card that stands in its deck file: follow the note, unless a person edited it."""
        text, there = tuple(map(tidy, text_of(proposal))), (block.front, block.back)
        known = replace(proposal, status=Status.KNOWN, reason="", deck=block.deck)
        row = replace(row, deck_path=block.path)
        was = (row.written_front, row.written_back)
        if there != text and there != was:
            self._done.counts["kept"] += 1
            self._move(one, proposal, block)
            return self._put(one, row, known, EDIT if decision in ("", KEEP) else decision)
        row = replace(row, written_front=text[0], written_back=text[1])
        turned = row.proposal.reverse != proposal.reverse
        if there == text and not turned:
            self._done.counts["known"] += 1
            self._move(one, proposal, block)
            return self._put(one, row, known, decision)
        self._done.counts["changed"] += 1
        source = one.source_path(block.path)

        def follow(entry: Entry) -> Entry | None:
            if (entry.front, entry.back) != there:
                return None
            new = entry_of(proposal, source)
            reverse = new.reverse if turned else entry.reverse
            return replace(new, reverse=reverse, tags=entry.tags, id=entry.id)

        self._writer.edit(block.path, proposal.id, follow)
        return self._put(one, row, known, decision)

    def _move(self, one: Known, proposal: Proposal, block: Block) -> None:
        """Let the comment name the line and the note where the fact stands now."""
        source = entry_of(proposal, one.source_path(block.path)).source
        if block.source is None or source is None or block.path == "":
            return
        if (block.source.path, block.source.line) != (source.path, source.line):
            self._writer.edit(block.path, proposal.id, lambda entry: replace(entry, source=source))

    def _place(self, one: Known, row: Row, proposal: Proposal) -> Told:
        """A proposal that stands in no deck file: write it, or let it wait."""
        path = one.deck_path(proposal, self._writer, row.deck_path)
        row = replace(row, deck_path=path, decision="")
        if proposal.status is Status.WRITTEN:
            entry = entry_of(proposal, one.source_path(path))
            self._writer.add(path, proposal.deck, entry)
            self._done.counts["added"] += 1
            row = replace(row, written_front=tidy(entry.front), written_back=tidy(entry.back))
        return self._put(one, row, proposal, "")

    def _new(self, one: Known, proposal: Proposal, unsure: bool) -> Told:
        """A proposal seen for the first time, unless some other note or a person's own deck says the same."""
        reason = self._said_elsewhere(one, proposal)
        if reason:
            return self._refuse(one, replace(proposal, status=Status.REFUSED, reason=reason))
        if unsure and proposal.status is Status.WRITTEN:
            proposal = replace(proposal, status=Status.INBOX, reason=ALIKE)
        named = self._named(one, proposal)
        one.met.add(named.id)
        self._texts[folded(named)] = named.id
        return self._place(one, self._row(named), named)

    def _refuse(self, one: Known, proposal: Proposal) -> Told:
        named = self._named(one, proposal)
        one.met.add(named.id)
        return self._put(one, self._row(named), named, "")

    def _said_elsewhere(self, one: Known, proposal: Proposal) -> str:
        text = folded(proposal)
        if text in self._texts:
            return DUPLICATE
        alike = [row for row in proposals.alike(self._db, [text], []) if row.folded == text]
        if any(row.decision in REJECTED for row in alike) and not self._goal.again:
            return REJECTED_BEFORE
        live = [row for row in alike if row.is_live and not row.note_gone]
        if any(row.proposal.id not in one.met and row.proposal.id not in one.rows for row in live):
            return DUPLICATE
        others = cards.saying(self._db, text)
        if any(row.card.block not in one.met and row.card.block not in one.blocks for row in others):
            return DUPLICATE
        return ALIKE if self._is_near_another(one, proposal, text) else ""

    def _is_near_another(self, one: Known, proposal: Proposal, text: str) -> bool:
        """Whether another note asks nearly the same and answers the same; of what people wrote none is too like."""
        asked, _, answer = text.partition("\n")
        if not answer or proposal.by_hand:
            return False
        if answer not in self._answering:
            self._answering[answer] = defaultdict(list)
            for name, note, said in proposals.answering(self._db, answer):
                question = said.partition("\n")[0]
                self._answering[answer][question].append((name, note))
                self._alike.add(answer, question)
        near = (there for other in self._alike.near(answer, asked) for there in self._answering[answer][other])
        return any(note != one.run.path and name not in one.met and os.path.lexists(note) for name, note in near)

    def _named(self, one: Known, proposal: Proposal) -> Proposal:
        """The proposal with an id of its own: the one it had when it was refused before, else a free one."""
        before = one.refused[folded(proposal)]
        name = before.pop(0) if before else free_id(proposal.id, self._taken)
        self._taken.add(name)
        return replace(proposal, id=name)

    def _adopted(self, one: Known, proposal: Proposal, block: Block | None) -> Row:
        """A card in a deck file that this store never proposed: as if it had been, with the text it has there."""
        text = tuple(map(tidy, text_of(proposal)))
        ours = block is not None and (block.front, block.back) == text
        row = self._row(replace(proposal, status=Status.WRITTEN))
        return replace(row, written_front=text[0] if ours else None, written_back=text[1] if ours else None)

    def _row(self, proposal: Proposal) -> Row:
        ms = self._goal.stamp.ms
        return Row(proposal, folded(proposal), found_ms=ms, changed_ms=ms)

    def _put(self, one: Known, row: Row, told: Proposal, decision: str) -> Told:
        """Keep the row with what the note says now; what is `known` is kept as written."""
        status = Status.WRITTEN if told.status is Status.KNOWN and decision not in REPLACED else told.status
        status = Status.REFUSED if decision in REPLACED else status
        kept = replace(told, status=status, source=replace(told.source, path=one.run.path))
        self._before.setdefault(told.id, one.rows.get(told.id))
        self._rows[told.id] = replace(
            row, proposal=kept, folded=folded(kept), decision=decision, changed_ms=self._goal.stamp.ms, note_gone=False
        )
        return Told(told, row.deck_path)

    def _gone(self, one: Known) -> None:
        """What the note no longer says stays where it is; what only waited is refused."""
        for name, row in one.rows.items():
            missing = row.proposal.source.path == one.run.path and name not in one.met
            if not missing or (self._goal.only and row.proposal.rule not in self._goal.only):
                continue
            block = one.blocks.get(name)
            p = row.proposal
            if block is not None and not block.is_gone:
                self._done.counts[GONE] += 1
            elif p.status is Status.WRITTEN:
                row = replace(row, decision=DELETED, proposal=replace(p, status=Status.REFUSED, reason=REJECTED_BEFORE))
            elif p.status is Status.INBOX and not row.decision:
                row = replace(row, proposal=replace(p, status=Status.REFUSED, reason=GONE))
            self._rows[name] = replace(row, note_gone=True)

    def _take_back(self, name: str) -> None:
        """A card that could not be written waits in the inbox; one that could not be changed is as it was."""
        before, now = self._before.get(name), self._rows[name]
        if before is not None and before.proposal.status is Status.WRITTEN and before.written_front is not None:
            self._rows[name] = before
            return
        waiting = replace(now.proposal, status=Status.INBOX, reason="deck-file")
        self._rows[name] = replace(now, proposal=waiting, written_front=None, written_back=None)
        self._done.counts["added"] -= 1
        self._done.told = [Told(waiting, t.deck_path) if t.proposal.id == name else t for t in self._done.told]
