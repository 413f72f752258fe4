"""Blocks of deck files joined with the cards that are known: by id, by the ladder, or as new ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from studycards.collection.changes import Unsure
from studycards.collection.looking import Seen
from studycards.identity import Face, content, hand_slots, match, new_id
from studycards.model import Kind, Problem
from studycards.store.cards import CardRow, TakenIds


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it was known: its cards, those that are gone among them."""

    name: str
    rows: tuple[CardRow, ...]

    @property
    def first(self) -> CardRow:
        """The card that says most of the block: the one asked front to back, of those that are there if any is."""
        there = [row for row in self.rows if row.orphaned_ms is None] or self.rows
        return next((row for row in there if row.card.id == self.name), there[0])

    @property
    def is_gone(self) -> bool:
        """Whether none of its cards is in a deck file."""
        return all(row.orphaned_ms is not None for row in self.rows)


@dataclass(slots=True)
class Joined:
    """Which block each seen one is (`names`, by position in the list given; "" stands for a copy that is left out),
    which known ones vanished, what is unsure, and the files with a block that may become a card when another goes."""

    names: list[str]
    vanished: list[Block] = field(default_factory=list)
    unsure: list[Unsure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsettled: set[str] = field(default_factory=set)


def blocks(rows: Iterable[CardRow]) -> dict[str, Block]:
    """Cards gathered by their block."""
    gathered: dict[str, list[CardRow]] = defaultdict(list)
    for row in rows:
        gathered[row.card.block].append(row)
    return {name: Block(name, tuple(found)) for name, found in gathered.items()}


class Join:
    """One look's joining. `before` are the blocks of the files that changed or vanished; `find` and `find_gone` fetch
    other known blocks: by name, and gone ones by folded text."""

    def __init__(
        self,
        before: dict[str, Block],
        find: Callable[[Iterable[str]], dict[str, Block]],
        find_gone: Callable[[Iterable[str]], dict[str, Block]],
        taken: TakenIds,
        show: Callable[[str], str],
    ) -> None:
        self._before = before
        self._find = find
        self._find_gone = find_gone
        self._taken = taken
        self._show = show
        self._used: set[str] = set()

    def run(self, seen: Sequence[Seen]) -> Joined:
        """Give every seen block its name."""
        joined = Joined([""] * len(seen))
        self._by_id(seen, joined)
        self._copies(seen, joined)
        self._by_ladder(seen, joined)
        self._revived(seen, joined)
        self._new(seen, joined)
        joined.names = [name.removeprefix("=") for name in joined.names]
        joined.vanished = [
            block for name, block in self._before.items() if name not in self._used and not block.is_gone
        ]
        return joined

    def _by_id(self, seen: Sequence[Seen], joined: Joined) -> None:
        bearers: dict[str, list[int]] = defaultdict(list)
        for index, one in enumerate(seen):
            if one.entry.id:
                bearers[one.entry.id].append(index)
        known = self._find(bearers)
        for name, indexes in bearers.items():
            block = known.get(name)
            elsewhere = block is not None and name not in self._before and not block.is_gone
            if len(indexes) == 1 and not elsewhere and _keeper([seen[indexes[0]]], block) == 0:
                joined.names[indexes[0]] = name
                self._used.add(name)
                continue
            keeper = -1 if elsewhere else _keeper([seen[index] for index in indexes], block)
            text = block.first.folded if block and elsewhere else _text(seen[indexes[max(keeper, 0)]])
            for place, index in enumerate(indexes):
                if place == keeper:
                    joined.names[index] = name
                    self._used.add(name)
                    continue
                joined.unsettled.add(seen[index].path)
                if _text(seen[index]) == text:
                    joined.names[index] = "="
                    self._complain(joined, seen[index], "deck-duplicate", f"the card {name} stands here a second time")
                else:
                    said = f"the id {name} belongs to another card; this one is taken as new"
                    self._complain(joined, seen[index], "deck-duplicate-id", said)

    def _copies(self, seen: Sequence[Seen], joined: Joined) -> None:
        """Two blocks of one file with the same text are one card."""
        if all(name or one.entry.id for one, name in zip(seen, joined.names, strict=True)):
            return
        met = {(one.path, _text(one)) for one, name in zip(seen, joined.names, strict=True) if name}
        for index, one in enumerate(seen):
            if joined.names[index] or one.entry.id:
                continue
            if (one.path, _text(one)) in met:
                joined.names[index] = "="
                self._complain(joined, one, "deck-duplicate", "this card stands in the file a second time")
            met.add((one.path, _text(one)))

    def _by_ladder(self, seen: Sequence[Seen], joined: Joined) -> None:
        free = [block for name, block in self._before.items() if name not in self._used and not block.is_gone]
        open_ones = {str(i): one for i, one in enumerate(seen) if not joined.names[i]}
        found = match([_face_of(block) for block in free], [_face(key, one) for key, one in open_ones.items()])
        for key, name in found.same.items():
            joined.names[int(key)] = name
            self._used.add(name)
        joined.unsure = [Unsure(old, new, score) for old, new, score in found.unsure]

    def _revived(self, seen: Sequence[Seen], joined: Joined) -> None:
        texts = {_text(one) for one, name in zip(seen, joined.names, strict=True) if not name}
        gone: dict[str, list[Block]] = defaultdict(list)
        for block in (self._find_gone(texts) if texts else {}).values():
            if block.is_gone and block.name not in self._used:
                gone[block.first.folded].append(block)
        for index, one in enumerate(seen):
            if not joined.names[index] and gone[_text(one)]:
                same_place = [block for block in gone[_text(one)] if block.first.path == one.path]
                block = (same_place or gone[_text(one)])[0]
                gone[_text(one)].remove(block)
                joined.names[index] = block.name
                self._used.add(block.name)

    def _new(self, seen: Sequence[Seen], joined: Joined) -> None:
        renamed: dict[str, str] = {}
        for index, one in enumerate(seen):
            if joined.names[index]:
                continue
            name = new_id(_text(one), one.named, self._taken)
            self._taken.add(name)
            self._used.add(name)
            joined.names[index] = renamed[str(index)] = name
        joined.unsure = [Unsure(u.before, renamed[u.after], u.likeness) for u in joined.unsure if u.after in renamed]

    def _complain(self, joined: Joined, one: Seen, code: str, message: str) -> None:
        joined.problems.append(Problem(self._show(one.path), one.entry.line, code, message))


def _keeper(bearers: Sequence[Seen], block: Block | None) -> int:
    """Which of several blocks with one id keeps it: the unchanged one, else the one in its old file, else the first."""
    if block is not None:
        for index, one in enumerate(bearers):
            if _text(one) == block.first.folded:
                return index
        for index, one in enumerate(bearers):
            if one.path == block.first.path:
                return index
    return 0


def _text(one: Seen) -> str:
    return content(one.entry.front, one.entry.back)


def _face(key: str, one: Seen) -> Face:
    entry = one.entry
    return Face(key, entry.front, entry.back, one.path, (), hand_slots(entry.front, entry.back))


def _face_of(block: Block) -> Face:
    card = block.first.card
    front, back = (card.back, card.front) if card.id == f"{block.name}-r" else (card.front, card.back)
    if card.kind is Kind.CLOZE:
        front, back = card.front, card.back
    return Face(block.name, front, back, block.first.path, (), hand_slots(front, back))
