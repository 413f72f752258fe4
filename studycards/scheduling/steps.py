"""Learning and relearning steps: the seconds until a card that is not yet in review is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

DAY_S = 86_400


def again(steps: Sequence[int]) -> int:
    """Seconds after Again: back to the first step. There must be a step."""
    return _whole_days(steps[0])


def hard(steps: Sequence[int], step: int) -> int:
    """Seconds after Hard: the same step; on the first of several the mean of two; on a single one half as much more."""
    step = min(step, len(steps) - 1)
    if step > 0:
        return _whole_days(steps[step])
    if len(steps) > 1:
        return _whole_days((steps[0] + steps[1]) // 2)
    return _whole_days(min(steps[0] * 3 // 2, steps[0] + DAY_S))


def good(steps: Sequence[int], step: int) -> int | None:
    """Seconds after Good: the next step; None after the last, when the card goes to review."""
    return _whole_days(steps[step + 1]) if step + 1 < len(steps) else None


def _whole_days(seconds: int) -> int:
    return seconds if seconds <= DAY_S else floor(seconds / DAY_S + 0.5) * DAY_S


def after(steps: Sequence[int], step: int, rating: int) -> tuple[int, int] | None:
    """The next step and the seconds until it; None when the answer takes the card to review."""
    if not steps or rating == 4:
        return None
    if rating == 1:
        return 0, again(steps)
    if rating == 2:
        return step, hard(steps, step)
    seconds = good(steps, step)
    return None if seconds is None else (step + 1, seconds)
