"""The table: what was measured, ours beside the reference of the same run, the ratio, the target, how it grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

LINE = "{:<38}{:>9}{:>12}{:>12}{:>8}{:>9}{:>8}  {}"

PATIENCE_S = 15


@dataclass(slots=True)
class Table:
    """Prints a row as soon as it is measured; `grow` compares with the same row at the size before."""

    before: dict[str, tuple[int, float]] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def head(self) -> None:
        """The first line."""
        print(
            LINE.format("what", "cards", "ours", "reference", "ratio", "target", "growth", "reference is"), flush=True
        )

    def row(
        self,
        what: str,
        size: int,
        ours: float,
        reference: tuple[str, float] | None,
        target: float | None,
        unit: str = "ms",
    ) -> None:
        """`target` is the greatest ratio allowed, or without a reference the greatest figure; growth is the factor of
        ours for the factor of the cards (1.0: linear, 0.0: none)."""
        named, theirs = reference or ("", 0.0)
        figure = ours / theirs if theirs else ours
        misses = target is not None and figure > target
        grown = ""
        if what in self.before and size > self.before[what][0] and ours > 0:
            cards, was = self.before[what]
            grown = f"{(ours / was - 1) / (size / cards - 1):.2f}"
        self.before[what] = (size, ours)
        if misses:
            self.missed.append(f"{what} at {size:,}: {figure:.2f}, allowed {target}")
        print(
            LINE.format(
                what,
                f"{size:,}" if size else "",
                f"{ours:.2f} {unit}",
                f"{theirs:.2f} {unit}" if theirs else "",
                f"{figure:.2f}" if theirs else "",
                "" if target is None else f"<= {target}",
                grown,
                named + ("  MISSED" if misses else ""),
            ),
            flush=True,
        )


def alternate(turns: list[Callable[[], object]], times: int) -> list[float]:
    """The median of each in ms, all taken in turn, so that what else goes on strikes all alike; what is slow is taken
    three times."""
    found: list[list[float]] = [[] for _ in turns]
    start = perf_counter()
    for taken in range(times):
        if taken >= 3 and perf_counter() - start > PATIENCE_S:
            break
        for place, turn in zip(found, turns, strict=True):
            began = perf_counter()
            turn()
            place.append((perf_counter() - began) * 1000)
    return [median(place) for place in found]
