"""From the kernel's interval to whole days: rounding, the order of the buttons, and how an interval is said."""

from __future__ import annotations

from collections.abc import Sequence

from studycards.model import Settings
from studycards.scheduling.balance import LONGEST, Load, quieter
from studycards.scheduling.fuzz import bounds, lot, rounded


class Chooser:
    """Turns stabilities of one card at one review into days; the same card and number always give the same days."""

    __slots__ = ("card_id", "chain", "factor", "fuzz", "load", "maximum", "number", "today", "u")

    def __init__(
        self,
        settings: Settings,
        place: tuple[str, int],
        factor: float = 1.0,
        today: int = 0,
        load: Load | None = None,
    ) -> None:
        """`place` is the card's id and the number of this review of it, from 1; `factor` the days a day of stability
        is worth at the retention that is aimed at."""
        self.maximum, self.fuzz, self.factor = settings.maximum_interval, settings.fuzz, factor
        self.load = load if load is not None and settings.balance else None
        (self.card_id, self.number), self.today = place, today
        self.u = -1.0
        self.chain: tuple[int, ...] = ()

    def days(self, interval: float, minimum: int) -> int:
        """Days within fuzz of the interval, from `minimum` (at least 1) to the longest that the settings allow."""
        maximum = self.maximum
        if minimum > maximum:
            minimum = maximum
        if not self.fuzz:
            return max(minimum, min(rounded(interval), maximum))
        lower, upper = bounds(interval, minimum, maximum)
        if lower == upper:
            return lower
        u = self.u if self.u >= 0.0 else self.draw()
        if self.load is not None and interval <= LONGEST and minimum <= LONGEST:
            return quieter(lower, upper, u, self.today, self.load)
        return lower + int(u * (upper - lower + 1))

    def after_review(self, passes: Sequence[float], rating: int, previous: int) -> int:
        """Days for a pass, from the stabilities after Hard, Good, Easy: each is longer than the one before it.

        Those of the buttons before it are kept, for when another one is asked for.
        """
        chain, maximum, factor = self.chain, self.maximum, self.factor
        days = chain[-1] if chain else 0
        plain = self.fuzz and self.load is None
        for stability in passes[len(chain) : rating - 1]:
            interval = stability * factor
            floor = previous + 1 if int(interval + 0.5) > previous else floor_after(interval, previous, maximum)
            if floor <= days:
                floor = days + 1
            if plain:
                days, upper = bounds(interval, floor if floor < maximum else maximum, maximum)
                if days != upper:
                    days += int((self.u if self.u >= 0.0 else self.draw()) * (upper - days + 1))
            else:
                days = self.days(interval, floor)
            chain += (days,)
        self.chain = chain
        return days if len(chain) == rating - 1 else chain[rating - 2]

    def draw(self) -> float:
        """The lot of this review, drawn when it is first needed."""
        self.u = u = lot(self.card_id, self.number)
        return u

    def graduating(self, stability: float, minimum: int) -> int:
        """Days for a card that leaves its steps."""
        return self.days(max(1, int(stability * self.factor + 0.5)), max(1, minimum))

    def unspread(self, stability: float) -> int:
        """Days for a card that was forgotten and has no step to go to."""
        return max(1, min(int(stability * self.factor + 0.5), self.maximum))


def floor_after(interval: float, previous: int, maximum: int) -> int:
    """The least days after a pass, so that a card that grew does not come sooner than it did; 0: no such floor."""
    if int(interval + 0.5) > previous:
        return previous + 1
    return previous if previous <= bounds(interval, 1, maximum)[1] else 0


def respread(interval: float, settings: Settings, place: tuple[str, int]) -> int:
    """Days for an interval with the lot of a review that was given before, whatever else is due."""
    if not settings.fuzz:
        return max(1, min(rounded(interval), settings.maximum_interval))
    lower, upper = bounds(interval, 1, settings.maximum_interval)
    return lower if lower == upper else lower + int(lot(*place) * (upper - lower + 1))


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
