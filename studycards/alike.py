"""Texts that are nearly the same, found among many without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from studycards.text import dice, trigrams

_NEAR = 0.9
_FEW = 8
Traits = tuple[tuple[str, ...], tuple[int, ...]]


def is_near(left: str, right: str) -> bool:
    """Whether two folded texts differ in little, and in no number, operator or negation."""
    if min(len(left), len(right)) * 5 < max(len(left), len(right)) * 4 - 10:
        return False
    return dice(left, right) >= _NEAR and _traits(left) == _traits(right)


class Alike:
    """Folded texts in the order in which they came, each under a key; only under one key is anything near.

    Two that are `meant` as they stand are never near, only the same.
    """

    def __init__(self) -> None:
        self._groups: defaultdict[str, _Group] = defaultdict(_Group)
        self._meant: set[tuple[str, str]] = set()

    def first(self, key: str, text: str, *, meant: bool = False) -> str | None:
        """The first of the texts that a text repeats or nearly repeats, or None."""
        near = self.near(key, text)
        return next((other for other in near if other == text or not (meant and (key, other) in self._meant)), None)

    def near(self, key: str, text: str) -> Iterator[str]:
        """All that a text repeats or nearly repeats, in order."""
        return self._groups[key].near(text) if key in self._groups else iter(())

    def add(self, key: str, text: str, *, meant: bool = False) -> None:
        """Take a text in."""
        self._groups[key].add(text)
        if meant:
            self._meant.add((key, text))


class _Group:
    """The texts under one key; once there are more than a few, by their traits."""

    __slots__ = ("_by_traits", "_texts")

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._by_traits: defaultdict[Traits, _Index] | None = None

    def near(self, text: str) -> Iterator[str]:
        texts: Iterable[str] = self._texts
        if self._by_traits is not None:
            index = self._by_traits.get(_traits(text))
            texts = index.candidates(text) if index is not None else ()
        return (other for other in texts if is_near(text, other))

    def add(self, text: str) -> None:
        if self._by_traits is not None:
            self._by_traits[_traits(text)].add(text)
            return
        self._texts.append(text)
        if len(self._texts) > _FEW:
            self._by_traits = defaultdict(_Index)
            for held in self._texts:
                self._by_traits[_traits(held)].add(held)
            self._texts = []


class _Index:
    """Texts by their trigrams.

    With a Dice of 0.9 two texts share at least 9/11 of the trigrams of either. So a text cannot have all of its near
    ones outside of any `missing + 1` of its n trigrams, where `missing = n - ceil(9n / 11)`: only what stands under as
    many of its rarest is compared.
    """

    __slots__ = ("_placed", "_places", "_texts")

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._places: dict[str, list[int]] = {}
        self._placed = 0

    def candidates(self, text: str) -> Iterable[str]:
        if len(self._texts) <= _FEW:
            return self._texts
        for place in range(self._placed, len(self._texts)):
            for piece in trigrams(self._texts[place]):
                self._places.setdefault(piece, []).append(place)
        self._placed = len(self._texts)
        pieces = trigrams(text)
        missing = len(pieces) - -(-9 * len(pieces) // 11)
        rarest = sorted((self._places.get(piece, []) for piece in pieces), key=len)[: missing + 1]
        return (self._texts[place] for place in sorted({place for places in rarest for place in places}))

    def add(self, text: str) -> None:
        self._texts.append(text)


def _traits(text: str) -> Traits:
    """What must be the same in two texts that say the same: numbers with their operators, and negations."""
    numbers = "".join(c if c.isdigit() or c in ".=<>!+*/^" else " " for c in text).split()
    return tuple(numbers), tuple(text.count(word) for word in ("不", "非", "无", "没", "not", "un"))
