"""What is asked on a study day: the store's cards, the day's limits, the queue made of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlite_utils import Database

from studycards.config import Config
from studycards.scheduling import queue
from studycards.scheduling.answer import kernel_of
from studycards.scheduling.queue import Candidate, Plan, Queue, Room
from studycards.session.values import Options
from studycards.store import askable, cards, plans, presets
from studycards.store.askable import Askable
from studycards.store.counts import Answered, answered
from studycards.store.opening import reading
from studycards.store.plans import CatchUp
from studycards.store.selection import Selection

# From here on the reviews to ask are chosen by numbers alone before anything else of them is read.
MANY = 1000


def gather(db: Database, config: Config, options: Options, day: int) -> Queue:
    """The queue of a study day, or of a cram, as the store stands."""
    chosen = Selection(options.decks, options.paths, options.tags)
    with reading(db):
        if options.cram:
            return _crammed(db, chosen, options, day)
        done = answered(db, day)
        plan = Plan(
            today=day,
            room=_room(config, done, plans.catch_up(db, day)),
            answered=askable.families_answered(db, day) if done else (),
            bury_siblings=config.settings().bury_siblings,
            ahead_days=options.ahead,
        )
        due, beyond = _due(db, chosen, plan)
        new = _new(db, chosen, plan, _families(due).union(plan.answered))
    built = queue.build([*due, *new], plan, _recall(db, config))
    return replace(built, backlog=built.backlog + beyond)


def _crammed(db: Database, chosen: Selection, options: Options, day: int) -> Queue:
    named = list(options.cards)
    asked = askable.chosen(db, chosen, named, day) if named else askable.every(db, chosen, day)
    return Queue(learning=(), main=queue.cram(map(_candidate, asked), day))


def _due(db: Database, chosen: Selection, plan: Plan) -> tuple[list[Candidate], int]:
    """The cards with a memory that may be asked, and how many more are due than were read.

    Of very many only the best remembered are read: as many as the day has room for, siblings counted once.
    """
    today, limits = plan.today, plan.room.review
    count = askable.count_reviews(db, chosen, today)
    if count <= max(MANY, sum(limits.values())):
        return [_candidate(c) for c in askable.learned(db, chosen, today, today + plan.ahead_days)], 0
    steps = [_candidate(c) for c in askable.on_steps(db, chosen, today)]
    taken = _families(steps).union(plan.answered)
    kept = []
    for scope, decks in _parted(db, limits).items():
        kept += _best_remembered(db, chosen, plan, (limits[scope], count), (decks, taken))
    return [*kept, *steps], count - len(kept)


def _best_remembered(
    db: Database,
    chosen: Selection,
    plan: Plan,
    sizes: tuple[int, int],
    scope: tuple[list[str] | None, set[str]],
) -> list[Candidate]:
    """Enough to fill the room of decks that share a limit, without the families `taken` by others."""
    (room, count), (decks, taken) = sizes, scope
    most = room * 2 + 50
    while True:
        kept = [_candidate(c) for c in askable.best_remembered(db, chosen, plan.today, most, decks)]
        if most >= count or len(_families(kept) - taken) >= 2 * room:
            return kept
        most *= 4


def _new(db: Database, chosen: Selection, plan: Plan, taken: set[str]) -> list[Candidate]:
    """The first new cards: as many families, besides those `taken`, as there is room for."""
    found = []
    for scope, decks in _parted(db, plan.room.new).items():
        found += askable.fresh(db, chosen, plan.today, (plan.room.new[scope], taken), decks)
    return [_candidate(card) for card in found]


def _families(candidates: Iterable[Candidate]) -> set[str]:
    return {name for one in candidates for name in queue.families(one)}


def _parted(db: Database, limits: Mapping[str, int]) -> dict[str, list[str] | None]:
    """The decks that share a limit, by the deck it stands at; None where all share one."""
    if len(limits) == 1:
        return dict.fromkeys(limits)
    parted: dict[str, list[str] | None] = {}
    for deck in cards.decks(db):
        scope = queue.budget(deck, limits) or ""
        parted[scope] = [*(parted.get(scope) or ()), deck]
    return parted


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
