"""Replay of very many cards as plain numbers: what `replay` gives, to the bit, for cards of which there is no event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from studycards.scheduling.replay import Rules
from studycards.scheduling.steps import follow
from studycards.scheduling.studyday import study_day_of

# Card, study day, UTC ms, rating, what was scheduled, settings, offset in minutes, hour at which the day began.
Plain = tuple[str, int, int, int, int, int, int, int]
# Card, state, step, stability, difficulty, due day and ms, last day and ms, answers, lapses, interval.
Kept = tuple[Any, ...]


# Beyond these, moments may be in no calendar.
_LATEST_MS, _LONGEST_S = 250_000_000_000_000, 1_000_000_000


def replay_sorted(rows: Iterable[Plain], rules: Rules, left: set[str]) -> Iterator[Kept]:
    """The memory of each card as plain numbers, from its standing answers by card, study day and moment.

    A card with rows of one moment, or of one that no calendar may have, is left to `replay`: its id goes to `left`.
    """
    step_of, counts = rules.kernel.step, rules.counts
    for card_id, answers in groupby(rows, itemgetter(0)):
        pair, before, before_ms, state, step, lapses, reps = None, 0, -1, 1, 0, 0, 0
        for _, day, at_ms, rating, scheduled, settings, offset, day_start in answers:  # noqa: B007  # the last one's
            pair = step_of(pair, rating, day - before)
            if at_ms == before_ms or at_ms < 0:
                left.add(card_id)
            before, before_ms = day, at_ms
            reps += 1
            if state == 2:
                if rating > 1:
                    continue
                lapses += 1
                state, following = 3, 0 if counts[settings][1] else None
            else:
                following = follow(counts[settings][state == 3], step, rating)
            if following is None:
                state, step = 2, 0
            else:
                step = following
        if at_ms > _LATEST_MS or scheduled < -_LONGEST_S or not -1440 < offset < 1440:
            left.add(card_id)
        if pair is None or card_id in left:
            continue
        place = card_id, state, None if state == 2 else step, pair[0], pair[1]
        due = _due(day, at_ms, scheduled, offset, day_start)
        yield *place, *due, day, at_ms, reps, lapses, scheduled


def _due(day: int, at_ms: int, scheduled: int, offset: int, day_start: int) -> tuple[int, int | None]:
    """The study day on which a card is due and, for a step that ends on the day of the answer, the UTC ms."""
    if scheduled > 0:
        return day + scheduled, None
    due_ms = at_ms - scheduled * 1000
    due_day = study_day_of(due_ms, offset, day_start)
    return (due_day, None) if due_day > day else (day, due_ms)
