"""Texts that are nearly the same, found among many without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from studycards.text import dice, trigrams

_NEAR = 0.9
_FEW = 8
_END = b"\n"  # of a text among few; folded text has none
Traits = tuple[tuple[str, ...], tuple[int, ...]]


def is_near(left: str, right: str) -> bool:
    """Whether two folded texts differ in little, and in no number, operator or negation."""
    if min(len(left), len(right)) * 5 < max(len(left), len(right)) * 4 - 10:
        return False
    return dice(left, right) >= _NEAR and _traits(left) == _traits(right)


class Alike:
    """Folded texts in the order in which they came, each under a key; only under one key is anything near.

    All those of a whole run are held, so keys stand as digests and few texts as bytes. Two that are `meant` as they
    stand are never near, only the same.
    """

    def __init__(self) -> None:
        self._few: dict[int, bytes] = {}
        self._many: dict[int, _Group] = {}
        self._meant: set[int] = set()

    def first(self, key: str, text: str, *, meant: bool = False) -> str | None:
        """The first of the texts that a text repeats or nearly repeats, or None."""
        near = self.near(key, text)
        return next(
            (other for other in near if other == text or not (meant and _name(key, other) in self._meant)), None
        )

    def near(self, key: str, text: str) -> Iterator[str]:
        """All that a text repeats or nearly repeats, in order."""
        name = _name(key)
        if name in self._many:
            return self._many[name].near(text)
        return (other for other in _unpacked(self._few.get(name, b"")) if is_near(text, other))

    def add(self, key: str, text: str, *, meant: bool = False) -> None:
        """Take a text in."""
        name = _name(key)
        if meant:
            self._meant.add(_name(key, text))
        if name in self._many:
            self._many[name].add(text)
            return
        packed = self._few.pop(name, b"") + text.encode("utf-8", "surrogatepass") + _END
        if packed.count(_END) > _FEW:
            self._many[name] = _Group(_unpacked(packed))
        else:
            self._few[name] = packed


def _name(*texts: str) -> int:
    """What stands for a key, or for a key and a text, in less room."""
    data = "\n".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest())


def _unpacked(packed: bytes) -> list[str]:
    return packed.decode("utf-8", "surrogatepass").split("\n")[:-1]


class _Group:
    """More than a few texts under one key, by their traits."""

    __slots__ = ("_by_traits",)

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_traits: defaultdict[Traits, _Index] = defaultdict(_Index)
        for text in texts:
            self.add(text)

    def near(self, text: str) -> Iterator[str]:
        index = self._by_traits.get(_traits(text))
        texts = index.candidates(text) if index is not None else ()
        return (other for other in texts if is_near(text, other))

    def add(self, text: str) -> None:
        self._by_traits[_traits(text)].add(text)


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
