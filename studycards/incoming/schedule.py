"""Anki's answers and memory → rows of the log: reviews, resets, and one anchor a card that was started."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlite_utils import Database

from studycards import history
from studycards.incoming.figures import day_zero, from_ease, pair_of, said_of
from studycards.incoming.planning import Plan
from studycards.intake.anki import Package
from studycards.intake.apkg.tables import CardRow, RevRow, Tables
from studycards.model import Kind, Memory, Settings, State
from studycards.scheduling.answer import kernel_of
from studycards.scheduling.studyday import study_day
from studycards.store import imports, log, presets
from studycards.store import memory as memories
from studycards.store.imports import Answer, Fixed, Import
from studycards.store.log import Act

_CRAM, _RESET = 3, 4
_BEFORE = {0: State.LEARNING, 1: State.REVIEW, 2: State.RELEARNING}
_STATES = {1: State.LEARNING, 2: State.REVIEW, 3: State.RELEARNING}
_AN_INSTANT = 1_000_000_000


class Brought(NamedTuple):
    """What came into the log: answers that were new, and cards that have progress now."""

    answers: int
    started: int


@dataclass(frozen=True, slots=True)
class _Moment:
    ms: int
    offset_min: int
    day: int

    @classmethod
    def of(cls, ms: int, day_start: int) -> _Moment:
        """The moment in the zone of this machine, since Anki keeps none."""
        local = datetime.fromtimestamp(ms / 1000, UTC).astimezone()
        offset = local.utcoffset() or timedelta()
        return cls(ms, offset // timedelta(minutes=1), study_day(local, day_start))


def settle(db: Database, package: Package, planned: Plan, settings: Settings, acts: list[Act]) -> Brought:
    """Write answers, memory, marks and what Anki calls the blocks; each thing at most once. `acts` is what the step
    begins with; none of it is logged where nothing came in. Inside `writing`."""
    settled = _Settled(db, package, settings)
    number = presets.preset_id(db, settings, acts[0].at_ms)
    for block, taken in planned.blocks:
        for slot, card in taken.cards.items():
            if card_id := settled.card_id(block, taken.kind, slot):
                settled.take(card_id, card)
    new = imports.add_answers(db, settled.answers, settings=number, day_start=settings.day_start)
    imports.add_fixed(db, settled.resets)
    imports.add_fixed(db, settled.anchors())
    if planned.writes or settled.changed:
        log.append_acts(db, [*acts, *settled.marks(acts[0])])
    imports.save(db, _kept(planned))
    imports.save_types(db, _types(package.tables))
    if settled.changed:
        history.restore_many(db, settled.changed)
    return Brought(new, len(settled.started))


class _Settled:
    """Gathers the rows of the cards that come in."""

    def __init__(self, db: Database, package: Package, settings: Settings) -> None:
        self._db, self._tables, self._settings = db, package.tables, settings
        self._log = package.answers()
        self._holes = imports.holes(db)
        self._there = imports.answered(db)
        self._remembered = imports.remembered(db)
        self._kernel = kernel_of(presets.parameters(db))
        self._zero = day_zero(package.tables)
        self._own_marks = {row[0] for row in db.execute("SELECT card_id FROM marks").fetchall()}
        self.answers: list[Answer] = []
        self.resets: list[Fixed] = []
        self.started: dict[str, tuple[CardRow, Sequence[RevRow]]] = {}
        self._marked: list[tuple[str, CardRow]] = []
        self.changed: set[str] = set()

    def card_id(self, block: str, kind: Kind, slot: int) -> str:
        """The id of the card that asks this; empty where its hole is not there any more."""
        if kind is Kind.CLOZE:
            stable = self._holes.get((block, slot))
            return f"{block}-{stable}" if stable else ""
        return f"{block}-r" if slot == -1 else block

    def take(self, card_id: str, card: CardRow) -> None:
        """Gather what is to be known of one card."""
        rows = self._log.get(card.id, [])
        fresh = [row for row in rows if (card_id, row.id) not in self._there]
        self._gather(card_id, rows, fresh)
        if card.type in _STATES and (fresh or card_id not in self._remembered):
            self.started[card_id] = card, rows
            self.changed.add(card_id)
        if (card.queue == -1 or card.flags & 7) and card_id not in self._own_marks:
            self._marked.append((card_id, card))
            self.changed.add(card_id)

    def _gather(self, card_id: str, rows: Sequence[RevRow], fresh: Sequence[RevRow]) -> None:
        new = {row.id for row in fresh}
        is_first = True
        for row in rows:
            if row.id in new and 1 <= row.ease <= 4:
                self.answers.append(self._answer(card_id, row, is_first=is_first))
                self.changed.add(card_id)
            elif row.id in new and row.ease == 0 and row.factor == 0 and row.type == _RESET:
                moment = _Moment.of(row.id, self._settings.day_start)
                self.resets.append(Fixed(row.id, "reset", card_id, row.id, moment.offset_min, moment.day, {}))
                self.changed.add(card_id)
            is_first = row.ease == 0 and row.factor == 0

    def _answer(self, card_id: str, row: RevRow, *, is_first: bool) -> Answer:
        moment = _Moment.of(row.id, self._settings.day_start)
        ease = row.ease
        if self._tables.scheduler < 2 and row.type in (0, 2) and ease in (2, 3):
            ease += 1
        is_cram = row.type == _CRAM and row.factor == 0
        return Answer(
            seq=row.id,
            card_id=card_id,
            rating=ease,
            kind="cram" if is_cram else "review",
            state=None if is_first else int(_BEFORE.get(row.type, State.REVIEW)),
            at_ms=row.id,
            utc_offset_min=moment.offset_min,
            study_day=moment.day,
            duration_ms=max(0, row.time),
            scheduled=row.ivl,
            difficulty=(row.factor / 1000 - 0.1) * 9 + 1 if 100 <= row.factor <= 1100 else None,
        )

    def anchors(self) -> Iterator[Fixed]:
        """The memory that Anki has of each started card, as an act after its last answer; call after the answers."""
        rules = None
        for card_id, (card, rows) in self.started.items():
            counted = [row for row in rows if row.ease and not (row.type == _CRAM and row.factor == 0)]
            memory = self._memory(card, counted)
            if memory is None:
                rules = rules or history.rules_of(self._db)
                replayed = history.remembered(self._db, card_id, rules)
                pair = (replayed.stability, replayed.difficulty) if replayed else None
                memory = self._memory(card, counted, pair or from_ease(card, self._kernel))
            if memory is None:
                continue
            last = max((row.id for row in rows), default=memories.to_ms(memory.last_review))
            moment = _Moment.of(last, self._settings.day_start)
            payload = {"memory": list(memories.to_row(memory))}
            yield Fixed(last + 1, "anchor", card_id, last + 1, moment.offset_min, moment.day, payload)

    def _memory(self, card: CardRow, rows: Sequence[RevRow], pair: tuple[float, float] | None = None) -> Memory | None:
        """The memory of a card as Anki says it; None where it says no stability and none is given."""
        known = said_of(card)
        pair = pair or pair_of(known)
        if pair is None:
            return None
        state = _STATES[card.type]
        due_day, due = self._due(card)
        lrt = known.get("lrt")
        last_ms = (
            rows[-1].id if rows else int(lrt) * 1000 if isinstance(lrt, int) else self._start_of(due_day - card.ivl)
        )
        moment = _Moment.of(last_ms, self._settings.day_start)
        steps = self._settings.relearning_steps if state is State.RELEARNING else self._settings.learning_steps
        interval = card.ivl if state is State.REVIEW else rows[-1].ivl if rows else 0
        return Memory(
            state=state,
            step=None if state is State.REVIEW else max(0, len(steps) - card.left % 1000),
            stability=pair[0],
            difficulty=pair[1],
            due_day=due_day,
            due=due,
            last_day=moment.day,
            last_review=memories.from_ms(last_ms),
            reps=card.reps,
            lapses=card.lapses,
            interval=interval,
        )

    def _due(self, card: CardRow) -> tuple[int, datetime | None]:
        if card.due > _AN_INSTANT:
            moment = datetime.fromtimestamp(card.due, UTC)
            return study_day(moment.astimezone(), self._settings.day_start), moment
        return self._zero + card.due, None

    def _start_of(self, day: int) -> int:
        noon = datetime.fromordinal(max(day, 719_163)).replace(hour=12)
        return int(noon.timestamp() * 1000)

    def marks(self, like: Act) -> list[Act]:
        """What was suspended or flagged in Anki, for cards on which nothing was set here."""
        acts = []
        for card_id, card in self._marked:
            for kind, value in (("suspend", int(card.queue == -1)), ("flag", card.flags & 7)):
                if value:
                    at = max(like.at_ms, log.newest_ms(self._db, card_id) + 1)
                    acts.append(Act(kind, at, like.utc_offset_min, like.study_day, card_id, None, {"value": value}))
        return acts


def _kept(planned: Plan) -> Iterable[Import]:
    for block, taken in planned.blocks:
        note = taken.note
        front, back = planned.texts[block]
        yield Import(taken.key, block, front, back, note.mod, note.guid, note.mid, note.flds, note.tags, taken.shape)


def _types(tables: Tables) -> Iterator[tuple[int, str]]:
    for type_id, kind in tables.types.items():
        yield (
            type_id,
            json.dumps(
                {
                    "name": kind.name,
                    "cloze": kind.cloze,
                    "fields": kind.fields,
                    "templates": kind.templates,
                    "css": kind.css,
                },
                ensure_ascii=False,
            ),
        )
