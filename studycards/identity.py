"""Which card is which after an edit, a move, a rename: a ladder from sure to guarded, and ids given once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from studycards.cloze import plain
from studycards.text import dice, fold, trigrams

ALIKE = 0.8
ASK = 0.6
MARGIN = 0.1
_SIDE = 0.5
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_BITS = 50
_NUMBERS = re.compile(r"\d+(?:\.\d+)*|[一二三四五六七八九十百千万亿两]")
_NEGATION = re.compile(r"[不没無无非未否]|!=|≠|\b(?:not|no|never|none|without|cannot|nor)\b|n['’]t\b")


@dataclass(frozen=True, slots=True)
class Face:
    """A card as it looks, for finding it again. `key` is what the caller knows it by.

    `path` and `headings` say where it stands; `slots` name its fact there, the surest first, never a position.
    """

    key: str
    front: str
    back: str
    path: str = ""
    headings: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """`same` maps what appeared to what it was before; `steps` names the rung of the ladder that found each.

    `unsure` holds pairs (before, appeared, likeness) that only a person can settle; neither side is in `same`.
    """

    same: dict[str, str] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)
    unsure: tuple[tuple[str, str, float], ...] = ()


@lru_cache(maxsize=512)
def content(front: str, back: str) -> str:
    """A card's text as compared."""
    return f"{fold(front)}\n{fold(back)}"


def hand_slots(front: str, back: str) -> tuple[str, ...]:
    """The slots of a card that no rule made: its question, or its text with the holes filled, and its answer."""
    question, answer = fold(plain(front)), fold(back)
    return tuple(slot for slot in (f"q:{question}" if question else "", f"a:{answer}" if answer else "") if slot)


def new_id(folded: str, shown_path: str, taken: Container[str]) -> str:
    """The id of a new card: 50 bits of its first content and path, the next free one if `taken` has it."""
    digest = blake2b(f"{folded}\0{shown_path}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return free_id(_base32(int.from_bytes(digest, "big") >> (64 - _BITS)), taken)


def free_id(name: str, taken: Container[str]) -> str:
    """The id itself, or the next one that nobody has."""
    if name not in taken:
        return name
    number = sum(_ALPHABET.index(letter) << 5 * place for place, letter in enumerate(reversed(name)))
    while (name := _base32(number)) in taken:
        number = (number + 1) % (1 << _BITS)
    return name


def match(before: Sequence[Face], appeared: Sequence[Face]) -> Matching:
    """Pair cards that vanished with cards that appeared in the same look, each at most once."""
    if not before or not appeared:
        return Matching()
    ladder = _Ladder(before, appeared)
    ladder.climb("content", lambda face: [content(face.front, face.back)], several=True)
    ladder.climb("slot", lambda face: [(face.path, face.headings, slot) for slot in face.slots])
    ladder.climb("slot", lambda face: [(face.path, slot) for slot in face.slots])
    ladder.climb("body", lambda face: [slot for slot in face.slots if not slot.startswith("a:")])
    return ladder.fuzzy()


def number_holes(known: Mapping[int, tuple[int, str, bool]], written: Mapping[int, str]) -> dict[int, int]:
    """The stable number of each hole of a block, by its written number.

    `known` maps a stable number to (written number, folded text, whether it is gone); `written` a written number to
    the folded text of its holes. A number once given is never given to another hole.
    """
    given: dict[int, int] = {}

    def take(fits: Callable[[int, str, int, str], bool], gone: bool) -> None:
        for number, text in written.items():
            for stable, (was, folded, is_gone) in known.items():
                free = number not in given and stable not in given.values() and is_gone is gone
                if free and fits(number, text, was, folded):
                    given[number] = stable

    take(lambda number, text, was, folded: text == folded and number == was, False)
    take(lambda number, text, was, folded: text == folded, False)
    take(lambda number, text, was, folded: number == was and likeness(text, folded) >= _SIDE, False)
    take(lambda number, text, was, folded: text == folded, True)
    fresh = max(known, default=0)
    for number in written:
        if number not in given:
            fresh = fresh + 1 if known or number in given.values() else number
            given[number] = fresh
    return given


def likeness(left: str, right: str) -> float:
    """How alike two folded texts are, 0..1: by their trigrams or by the share of characters that stayed."""
    longer = max(len(left), len(right))
    if not longer:
        return 1.0
    shared = dice(left, right)
    if shared >= ALIKE or (shared < 0.2 and longer > 12):
        return shared
    return max(shared, 1 - _distance(left, right, longer) / longer)


class _Ladder:
    """What is still unpaired, and the pairs found so far."""

    def __init__(self, before: Sequence[Face], appeared: Sequence[Face]) -> None:
        self._before = {face.key: face for face in before}
        self._appeared = {face.key: face for face in appeared}
        self._same: dict[str, str] = {}
        self._steps: dict[str, str] = {}

    def climb(self, step: str, names: Callable[[Face], Iterable[Hashable]], *, several: bool = False) -> None:
        """Pair what has a name in common that nobody else has (`several`: the nearest of those that have it)."""
        old, new = _by_name(self._before.values(), names), _by_name(self._appeared.values(), names)
        for name, faces in new.items():
            fresh = [face for face in faces if face.key in self._appeared]
            stale = [face for face in old.get(name, ()) if face.key in self._before]
            if several:
                for face in fresh:
                    if stale:
                        self._pair(stale.pop(_nearest(face, stale)), face, step)
            elif len(fresh) == len(stale) == 1 and _plausible(stale[0], fresh[0]):
                self._pair(stale[0], fresh[0], step)

    def fuzzy(self) -> Matching:
        """The last rung, and what remains for a person."""
        scores = _scores(list(self._before.values()), list(self._appeared.values()))
        by_old, by_new = _ranked(scores, 0), _ranked(scores, 1)
        pairs = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        for (old, new), score in pairs:
            sure = score >= ALIKE and _ahead(by_old[old], score) and _ahead(by_new[new], score)
            if sure and _agree(self._before[old], self._appeared[new]):
                self._same[new], self._steps[new] = old, "fuzzy"
        settled = set(self._same) | set(self._same.values())
        unsure = [(old, new, score) for (old, new), score in pairs if old not in settled and new not in settled]
        return Matching(self._same, self._steps, tuple(unsure))

    def _pair(self, old: Face, new: Face, step: str) -> None:
        self._same[new.key], self._steps[new.key] = old.key, step
        del self._before[old.key], self._appeared[new.key]


def _by_name(faces: Iterable[Face], names: Callable[[Face], Iterable[Hashable]]) -> dict[Hashable, list[Face]]:
    found: dict[Hashable, list[Face]] = defaultdict(list)
    for face in faces:
        for name in names(face):
            found[name].append(face)
    return found


def _nearest(face: Face, stale: Sequence[Face]) -> int:
    def nearness(index: int) -> tuple[bool, bool]:
        return stale[index].path == face.path, stale[index].headings == face.headings

    return max(range(len(stale)), key=nearness)


def _plausible(old: Face, new: Face) -> bool:
    """Whether a shared slot is more than an answer that two questions happen to have."""
    if fold(old.front) == fold(new.front) or not old.slots[0].startswith("q:"):
        return True
    shared = set(old.slots) & set(new.slots)
    if any(not slot.startswith("a:") for slot in shared):
        return True
    return likeness(fold(old.front), fold(new.front)) >= _SIDE and _agree(old, new)


def _scores(before: Sequence[Face], appeared: Sequence[Face]) -> dict[tuple[str, str], float]:
    """Likeness of every pair that is worth asking about."""
    index: dict[str, list[int]] = defaultdict(list)
    texts = [content(face.front, face.back) for face in before]
    for number, text in enumerate(texts):
        for piece in trigrams(text):
            index[piece].append(number)
    scores: dict[tuple[str, str], float] = {}
    for face in appeared:
        text = content(face.front, face.back)
        shared = Counter(number for piece in trigrams(text) for number in index.get(piece, ()))
        for number, count in shared.items():
            if count * 4 < min(len(text), len(texts[number])) and count < 3:
                continue
            score = likeness(text, texts[number])
            if score >= ASK and _sides_alike(before[number], face):
                scores[before[number].key, face.key] = score
    return scores


def _sides_alike(old: Face, new: Face) -> bool:
    return all(
        likeness(fold(left), fold(right)) >= _SIDE for left, right in ((old.front, new.front), (old.back, new.back))
    )


def _ranked(scores: Mapping[tuple[str, str], float], side: int) -> dict[str, list[float]]:
    ranked: dict[str, list[float]] = defaultdict(list)
    for pair, score in scores.items():
        ranked[pair[side]].append(score)
    return {key: sorted(found, reverse=True) for key, found in ranked.items()}


def _ahead(ranked: Sequence[float], score: float) -> bool:
    """Whether `score` is the best of its row and the second best is clearly behind."""
    return score == ranked[0] and (len(ranked) == 1 or ranked[0] - ranked[1] >= MARGIN)


def _agree(old: Face, new: Face) -> bool:
    """Whether both say the same numbers and negate the same."""
    left, right = f"{old.front}\n{old.back}".lower(), f"{new.front}\n{new.back}".lower()
    return all(sorted(found.findall(left)) == sorted(found.findall(right)) for found in (_NUMBERS, _NEGATION))


def _distance(left: str, right: str, limit: int) -> int:
    """How many characters must be put in, taken out or exchanged."""
    if len(left) * len(right) > 250_000:
        return limit
    row = list(range(len(right) + 1))
    for at, char in enumerate(left, 1):
        diagonal, row[0] = row[0], at
        for column, other in enumerate(right, 1):
            diagonal, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, diagonal + (char != other)),
            )
    return row[-1]


def _base32(number: int) -> str:
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(_BITS - 10, -1, -10)])
