"""Finding names by letters that stand in them in their order."""

from __future__ import annotations

from collections.abc import Sequence

from studycards.text import fold


def best(names: Sequence[str], typed: str) -> tuple[str, ...]:
    """The names in which the typed letters stand in their order, the closest together first."""
    letters = "".join(fold(typed).split())
    ranked = [(span, n) for n, name in enumerate(names) if (span := _span(fold(name), letters)) is not None]
    return tuple(names[n] for _, n in sorted(ranked))


def _span(name: str, letters: str) -> int | None:
    """How many characters of a name the letters stretch over; None where they do not stand in it."""
    spans = []
    for start in (n for n, sign in enumerate(name) if not letters or sign == letters[0]):
        at = start - 1
        for letter in letters:
            at = name.find(letter, at + 1)
            if at < 0:
                break
        else:
            spans.append(at - start)
    return min(spans, default=None)
