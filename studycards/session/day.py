"""What is asked on a study day: the store's cards, the day's limits, the queue made of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from heapq import nlargest

from sqlite_utils import Database

from studycards.config import Config
from studycards.scheduling import queue
from studycards.scheduling.answer import kernel_of
from studycards.scheduling.queue import Candidate, Plan, Queue, Room
from studycards.session.values import Options
from studycards.store import plans, presets, sitting
from studycards.store.counts import Answered, answered
from studycards.store.opening import reading
from studycards.store.plans import CatchUp
from studycards.store.sitting import Askable, Selection

# From here on the reviews to ask are chosen by numbers alone before anything else of them is read.
MANY = 4000


def gather(db: Database, config: Config, options: Options, day: int) -> Queue:
    """The queue of a study day, or of a cram, as the store stands."""
    chosen = Selection(options.decks, options.paths, options.tags)
    with reading(db):
        if options.cram:
            asked = (
                sitting.chosen(db, chosen, list(options.cards), day)
                if options.cards
                else sitting.every(db, chosen, day)
            )
            cards = [_candidate(c) for c in asked]
            return Queue(learning=(), main=queue.cram(cards, day))
        room = _room(config, answered(db, day), plans.catch_up(db, day))
        plan = Plan(
            today=day,
            room=room,
            answered=sitting.families_answered(db, day),
            bury_siblings=config.settings().bury_siblings,
            ahead_days=options.ahead,
        )
        due, beyond = _due(db, config, chosen, plan)
        new = sitting.fresh(db, chosen, day, most=_most(room.new))
    built = queue.build([_candidate(c) for c in (*due, *new)], plan, _recall(db, config))
    return replace(built, backlog=built.backlog + beyond)


def _due(db: Database, config: Config, chosen: Selection, plan: Plan) -> tuple[list[Askable], int]:
    """The cards with a memory that may be asked, and how many more are due than were read.

    Of a great backlog only the best remembered are read, several times as many as the day has room for.
    """
    count = sitting.count_overdue(db, chosen, plan.today)
    if count <= MANY:
        return sitting.learned(db, chosen, plan.today, plan.today + plan.ahead_days), 0
    kept = _best_remembered(db, config, chosen, plan, count)
    return [*kept, *sitting.on_steps(db, chosen, plan.today)], count - len(kept)


def _best_remembered(db: Database, config: Config, chosen: Selection, plan: Plan, count: int) -> list[Askable]:
    recall = _recall(db, config)
    ranked = [
        (recall(max(0, plan.today - last), stability), i) for i, stability, last in sitting.overdue(db, plan.today)
    ]
    wanted = min(count, max(plan.room.review.values()) * 3 + 500)
    most = wanted
    while True:
        ids = [card_id for _, card_id in nlargest(most, ranked)]
        kept = sitting.chosen(db, chosen, ids, plan.today)
        if _is_enough(kept, plan, wanted) or most >= len(ranked):
            return kept
        most *= 4


def _is_enough(kept: list[Askable], plan: Plan, wanted: int) -> bool:
    """Whether every limit can be filled from these; several limits mean that each deck must have had its turn."""
    return len(kept) >= wanted and len(plan.room.review) == 1


def _most(limits: Mapping[str, int]) -> int:
    """How many new cards of a deck to read: siblings may be passed over, so some more than there is room for."""
    return max(limits.values(), default=0) * 4 + 50 if max(limits.values(), default=0) else 0


def _room(config: Config, done: Mapping[str, Answered], plan: CatchUp | None) -> Room:
    """What the day's limits leave, the answers of all processes counted; a catch-up plan leaves more of reviews."""
    new = _limits(config, "review.new_per_day")
    review = _limits(config, "review.reviews_per_day")
    if plan is not None:
        review[""] += plan.extra_reviews
        new = dict.fromkeys(new, 0) if plan.no_new else new
    used_new: Counter[str | None] = Counter()
    used_review: Counter[str | None] = Counter()
    for deck, count in done.items():
        used_new[queue.budget(deck, new)] += count.new
        used_review[queue.budget(deck, review)] += count.review
    return Room(
        new={deck: max(0, most - used_new[deck]) for deck, most in new.items()},
        review={deck: max(0, most - used_review[deck]) for deck, most in review.items()},
    )


def _limits(config: Config, key: str) -> dict[str, int]:
    own = [deck for deck, preset in config.decks.items() if key in preset]
    return {deck: int(str(config.value(key, deck))) for deck in ("", *own)}


def _recall(db: Database, config: Config) -> queue.Recall:
    return kernel_of(config.settings().parameters or presets.fitted(db)).retrievability


def _candidate(card: Askable) -> Candidate:
    return Candidate(
        card_id=card.card_id,
        block=card.block,
        deck=card.deck,
        memory=card.memory,
        passage=card.passage,
        position=card.position,
        buried=card.put_off,
    )
