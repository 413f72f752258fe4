"""What was done, from the log: memory as its replay, marks, and taking steps back and forth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlite_utils import Database

from studycards.language import say
from studycards.model import Memory, Rating, Review
from studycards.scheduling.answer import kernel_of
from studycards.scheduling.bulk import replay_sorted
from studycards.scheduling.replay import Event, Rules, replay
from studycards.scheduling.studyday import study_day
from studycards.store import log, presets, reviews, sitting, steps
from studycards.store import marks as marks_rows
from studycards.store import memory as memory_rows
from studycards.store.log import Act
from studycards.store.marks import Marks
from studycards.store.memory import from_ms, to_ms
from studycards.store.opening import path_of, writing
from studycards.store.steps import Step
from studycards.store.trouble import GARBLED, garbled

# The acts that change memory: begun anew, due on a day set by hand, due anew, memory as another program had it.
# Payloads: due {"day"}, redue {"settings": as presets.payload gives it}, anchor {"memory": the row}.
EVENTS = ("reset", "due", "redue", "redue-merge", "anchor")

FEW = 2000

# Takes acts back (or, with True, does them again) inside the write lock; a sentence says why it refuses, "" is done.
Reverser = Callable[[Database, Sequence[Act], bool], str]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The moment of an act as it is logged: UTC ms, offset in minutes, study day and the hour at which it began."""

    moment: datetime
    ms: int
    offset_min: int
    day: int
    day_start: int

    @classmethod
    def of(cls, moment: datetime, day_start: int) -> Stamp:
        """The stamp of an aware moment, what is finer than a millisecond cut off."""
        ms, offset = to_ms(moment), moment.utcoffset() or timedelta()
        zone = timezone(offset)
        day = study_day(moment, day_start)
        return cls(from_ms(ms).astimezone(zone), ms, offset // timedelta(minutes=1), day, day_start)


@dataclass(frozen=True, slots=True)
class Undone:
    """A step taken back, or with `redone` done again. `kind` is review, cram or the kind of the acts; `rating` and
    `scheduled` are those of an answer, `was` its memory; `refused` says in a sentence why nothing was done."""

    kind: str
    cards: tuple[str, ...]
    rating: Rating | None = None
    scheduled: int = 0
    duration_ms: int = 0
    was_new: bool = False
    at_ms: int = 0
    redone: bool = False
    refused: str = ""


def undo(db: Database, stamp: Stamp, reversers: Mapping[str, Reverser] | None = None) -> Undone | None:
    """Take the newest standing step back by one more row; None when there is none."""
    with writing(db):
        step = steps.last_step(db)
        return _turn(db, stamp, step, reversers or {}, redo=False) if step else None


def redo(db: Database, stamp: Stamp, reversers: Mapping[str, Reverser] | None = None) -> Undone | None:
    """Do the step again that was undone last, unless something was done since; None when there is none."""
    with writing(db):
        step = steps.last_undone(db)
        return _turn(db, stamp, step, reversers or {}, redo=True) if step else None


def mark(db: Database, stamp: Stamp, kind: str, value: int, card_ids: Sequence[str]) -> None:
    """Set a mark (a kind of `marks.KINDS`) on cards, as one step."""
    with writing(db):
        acts = [
            Act(kind, max(stamp.ms, log.newest_ms(db, c) + 1), stamp.offset_min, stamp.day, c, None, {"value": value})
            for c in card_ids
        ]
        log.append_acts(db, acts)
        rules = rules_of(db)
        for card_id in card_ids:
            _restore_marks(db, card_id, rules)


def reset(db: Database, stamp: Stamp, card_ids: Sequence[str]) -> None:
    """Have cards learned from the beginning, as one step; what was answered stays in the log."""
    with writing(db):
        acts = [Act("reset", max(stamp.ms, log.newest_ms(db, c) + 1), stamp.offset_min, stamp.day, c) for c in card_ids]
        log.append_acts(db, acts)
        restore_many(db, card_ids)


def remembered(db: Database, card_id: str, rules: Rules | None = None) -> Memory | None:
    """A card's memory as its log gives it."""
    acts = [act for act in log.standing_acts(db, card_id) if act.kind in EVENTS]
    rows = reviews.replayed_of_card(db, card_id)
    return _replayed(db, card_id, rows, rules or rules_of(db), acts)


def remembered_all(db: Database) -> Iterator[tuple[str, Memory | None]]:
    """The memory of every card that has rows in the log, as the log gives it."""
    return _remembered(db, log.standing_of_kinds(db, EVENTS), reviews.replayed_by_card(db))


def _remembered(
    db: Database, events: dict[str, list[Act]], rows_by_card: Iterable[tuple[str, Sequence[Sequence[object]]]]
) -> Iterator[tuple[str, Memory | None]]:
    rules = rules_of(db)
    for card_id, rows in rows_by_card:
        acts = events.pop(card_id, [])
        yield card_id, _replayed(db, card_id, rows, rules, acts)
    for card_id, acts in events.items():
        yield card_id, _replayed(db, card_id, [], rules, acts)


def _replayed(
    db: Database, card_id: str, rows: Sequence[Sequence[object]], rules: Rules, acts: Sequence[Act]
) -> Memory | None:
    try:
        return replay(card_id, rows, rules, [event(act) for act in acts])
    except GARBLED as error:
        raise garbled(path_of(db), error) from error


def replay_all(db: Database) -> int:
    """Write the memory of all cards as the log gives it; how many have one. Inside `writing`."""
    events = log.standing_of_kinds(db, EVENTS)
    apart = reviews.with_undone(db) | events.keys()
    left: set[str] = set()
    memory_rows.clear(db)
    with memory_rows.indexed_after(db):
        try:
            memory_rows.save_rows(db, replay_sorted(reviews.plain_by_card(db, apart), rules_of(db), left))
        except GARBLED as error:
            raise garbled(path_of(db), error) from error
        others = _remembered_of(db, events, apart | left)
        memory_rows.save_rows(db, (memory_rows.row_of(card_id, memory) for card_id, memory in others if memory))
    memory_rows.settle(db)
    return memory_rows.count(db)


def _remembered_of(
    db: Database, events: dict[str, list[Act]], card_ids: Collection[str]
) -> Iterator[tuple[str, Memory | None]]:
    """The memory of some cards, which may be very many."""
    if len(card_ids) <= FEW:
        rows = ((card_id, reviews.replayed_of_card(db, card_id)) for card_id in sorted(card_ids))
    else:
        rows = (found for found in reviews.replayed_by_card(db) if found[0] in card_ids)
    return _remembered(db, events, rows)


def rules_of(db: Database) -> Rules:
    """What replay depends on: every settings row, and the parameters in force."""
    return Rules(presets.load(db), kernel_of(presets.parameters(db)))


def adopt(db: Database, parameters: tuple[float, ...]) -> bool:
    """Put parameters in force (none: the defaults): stability and difficulty of all cards are computed anew, no due
    day moves. False if they were in force already."""
    if presets.parameters(db) == parameters:
        return False
    with writing(db):
        presets.put_in_force(db, parameters)
        replay_all(db)
    return True


def event(act: Act) -> Event:
    """An act that changes memory, as replay takes it."""
    value = act.payload
    memory = value.get("memory")
    settings = value.get("settings")
    day = value.get("day")
    return Event(
        act.study_day,
        act.at_ms,
        act.device,
        act.seq,
        act.kind.removesuffix("-merge"),
        due_day=day if isinstance(day, int) else 0,
        settings=presets.of_payload(str(settings)) if settings else None,
        memory=memory_rows.of_row(tuple(memory)) if isinstance(memory, list) else None,
    )


def restore(db: Database, card_id: str, rules: Rules | None = None) -> None:
    """Write a card's memory and marks as its log gives them, and bump its version. Inside `writing`."""
    rules = rules or rules_of(db)
    acts, rows = log.standing_acts(db, card_id), reviews.replayed_of_card(db, card_id)
    memory = _replayed(db, card_id, rows, rules, [act for act in acts if act.kind in EVENTS])
    memory_rows.save(db, card_id, memory)
    marks_rows.save(db, card_id, marked(acts, memory, _threshold(rows, rules)))
    sitting.bump(db, card_id)


def _restore_marks(db: Database, card_id: str, rules: Rules) -> None:
    acts, rows = log.standing_acts(db, card_id), reviews.replayed_of_card(db, card_id)
    marks_rows.save(db, card_id, marked(acts, memory_rows.load(db, card_id), _threshold(rows, rules)))
    sitting.bump(db, card_id)


def _threshold(rows: Sequence[Sequence[Any]], rules: Rules) -> int:
    """From how many lapses on a card is a leech, by the settings of its last answer."""
    settings = rules.settings.get(max(rows, key=lambda row: tuple(row[:4]))[6]) if rows else None
    return settings.leech_threshold if settings else 0


def restore_many(db: Database, card_ids: Collection[str]) -> None:
    """The same for many cards, quickly also for very many. Inside `writing`."""
    if len(card_ids) <= FEW:
        rules = rules_of(db)
        for card_id in card_ids:
            restore(db, card_id, rules)
        return
    memories = {card_id: memory for card_id, memory in remembered_all(db) if card_id in card_ids}
    memory_rows.save_many(db, ((card_id, memory) for card_id, memory in memories.items() if memory is not None))
    thresholds = {n: settings.leech_threshold for n, settings in presets.load(db).items()}
    acts, last = log.standing_of_kinds(db, marks_rows.KINDS), reviews.last_settings(db)
    for card_id in card_ids:
        memory = memories.get(card_id)
        if memory is None:
            memory_rows.save(db, card_id, None)
        threshold = thresholds.get(last.get(card_id, 0), 0)
        marks_rows.save(db, card_id, marked(acts.get(card_id, []), memory, threshold))
        sitting.bump(db, card_id)


def restore_all(db: Database) -> int:
    """The same for every card; how many have a memory. Inside `writing`."""
    cards = {card_id for card_id, _ in memory_rows.load_rows(db)} | marks_rows.load_all(db).keys()
    known = replay_all(db)
    marks_rows.clear(db)
    acts = log.standing_of_kinds(db, marks_rows.KINDS)
    thresholds = {n: settings.leech_threshold for n, settings in presets.load(db).items()}
    last = reviews.last_settings(db)
    memories = memory_rows.load_many(db)
    for card_id in cards | acts.keys() | memories.keys():
        threshold = thresholds.get(last.get(card_id, 0), 0)
        marks_rows.save(db, card_id, marked(acts.get(card_id, []), memories.get(card_id), threshold))
        sitting.bump(db, card_id)
    return known


def marked(acts: Sequence[Act], memory: Memory | None, threshold: int) -> Marks:
    """The marks that standing acts and a memory give; a leech is one from the threshold of lapses on (0: never)."""
    leech = threshold > 0 and memory is not None and memory.lapses >= threshold
    return replace(marks_rows.fold(acts), leech=leech)


def _turn(db: Database, stamp: Stamp, step: Step, reversers: Mapping[str, Reverser], *, redo: bool) -> Undone:
    answer = reviews.named(db, step.name)
    turned = _describe(step, answer, redo)
    refused = _refusal(db, step, answer, reversers, redo)
    if refused:
        return replace(turned, refused=refused)
    newest = log.newest_of(db, step.cards)
    at = max(stamp.ms, newest + 1, steps.newest_turn_ms(db, step.name) + 1)
    kind = log.REDO if redo else log.UNDO
    card_id = step.cards[0] if len(step.cards) == 1 else None
    log.append_act(db, Act(kind, at, stamp.offset_min, stamp.day, card_id, step.name))
    restore_many(db, step.cards)
    return turned


def _describe(step: Step, answer: Review | None, redo: bool) -> Undone:
    if answer is None:
        return Undone(step.kind, step.cards, redone=redo)
    return Undone(
        step.kind,
        step.cards,
        answer.rating,
        answer.scheduled,
        answer.duration_ms,
        was_new=answer.state is None,
        at_ms=answer.reviewed_at,
        redone=redo,
    )


def _refusal(db: Database, step: Step, answer: Review | None, reversers: Mapping[str, Reverser], redo: bool) -> str:
    """Why the step cannot be turned; "" and, where another room logged it, turned there."""
    if answer is not None:
        if not reviews.has_later(db, answer):
            return ""
        return say("{card} was answered elsewhere since; that answer stays, nothing was changed.", card=answer.card_id)
    if step.kind in (*marks_rows.KINDS, *EVENTS):
        return ""
    reverser = reversers.get(step.kind)
    if reverser is None:
        return say("The last step ({kind}) cannot be taken back here; `studycards undo` can.", kind=step.kind)
    return reverser(db, log.acts_of(db, *step.name), redo)
