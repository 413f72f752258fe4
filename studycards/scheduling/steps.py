"""Learning and relearning steps: the seconds until a card that is not yet in review is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

DAY_S = 86_400


def hard(steps: Sequence[int], step: int) -> int:
    """Seconds after Hard: the same step; on the first of several the mean of two; on a single one half as much more."""
    step = min(step, len(steps) - 1)
    if step > 0:
        return _whole_days(steps[step])
    if len(steps) > 1:
        return _whole_days((steps[0] + steps[1]) // 2)
    return _whole_days(min(steps[0] * 3 // 2, steps[0] + DAY_S))


def _whole_days(seconds: int) -> int:
    return seconds if seconds <= DAY_S else floor(seconds / DAY_S + 0.5) * DAY_S


def follow(count: int, step: int, rating: int) -> int | None:
    """The step (of `count`) that follows on an answer at `step`; None when it takes the card to review."""
    if not count or rating == 4:
        return None
    if rating == 1:
        return 0
    step = min(step, count - 1)
    if rating == 2:
        return step
    return step + 1 if step + 1 < count else None


def seconds(steps: Sequence[int], step: int, rating: int) -> int:
    """The seconds until a card is asked again that an answer at `step` keeps on the steps."""
    if rating == 1:
        return _whole_days(steps[0])
    return hard(steps, step) if rating == 2 else _whole_days(steps[step + 1])
