"""From the kernel's interval to whole days: rounding, the order of the buttons, and how an interval is said."""

from __future__ import annotations

from dataclasses import dataclass

from studycards.model import Settings
from studycards.scheduling.balance import LONGEST, Load, quieter
from studycards.scheduling.fuzz import bounds, drawn, lot, rounded

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Chooser:
    """Turns raw intervals of one card at one review into days; the same card and number always give the same days."""

    settings: Settings
    card_id: str
    number: int
    today: int
    load: Load | None = None

    def days(self, interval: float, minimum: int) -> int:
        """Days within fuzz of the interval, from `minimum` to the longest that the settings allow."""
        maximum = self.settings.maximum_interval
        minimum = max(1, min(minimum, maximum))
        if not self.settings.fuzz:
            return max(minimum, min(rounded(interval), maximum))
        lower, upper = bounds(interval, minimum, maximum)
        if lower == upper:
            return lower
        u = lot(self.card_id, self.number)
        if self.load is not None and self.settings.balance and max(interval, minimum) <= LONGEST:
            return quieter(lower, upper, u, self.today, self.load)
        return drawn(lower, upper, u)


def floor_after(interval: float, previous: int, maximum: int) -> int:
    """The least days after a pass, so that a card that grew does not come sooner than it did; 0: no such floor."""
    if rounded(interval) > previous:
        return previous + 1
    return previous if previous <= bounds(interval, 1, maximum)[1] else 0


def after_review(intervals: tuple[float, ...], previous: int, chooser: Chooser) -> tuple[int, ...]:
    """Days for the raw intervals of Hard, Good, Easy (or the first of them), each longer than the one before."""
    chosen: list[int] = []
    least = 1
    for interval in intervals:
        floor = floor_after(interval, previous, chooser.settings.maximum_interval)
        chosen.append(chooser.days(interval, max(floor, least)))
        least = chosen[-1] + 1
    return tuple(chosen)


def graduating(interval: float, minimum: int, chooser: Chooser) -> int:
    """Days for a card that leaves its steps."""
    return chooser.days(float(max(1, rounded(interval))), minimum)


def say(scheduled: int) -> str:
    """What stands on a button: `<1m <10m 4d 2.1mo 1.3y`. Days if positive, minus seconds if negative."""
    if scheduled <= 0:
        return _say_seconds(-scheduled)
    if scheduled < 31:
        return f"{scheduled}d"
    if scheduled < 365:
        return f"{_short(scheduled / 30.4375)}mo"
    return f"{_short(scheduled / 365.25)}y"


def _say_seconds(seconds: int) -> str:
    if seconds < 60:
        return f"<{max(1, seconds)}s"
    if seconds < 3600:
        return f"<{rounded(seconds / 60)}m"
    return f"<{_short(seconds / 3600)}h"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
