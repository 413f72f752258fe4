"""Deck files: which file of a folder each deck goes into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from studycards.model import Written

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\ud800-\udfff]+')


def deck_files(blocks: Iterable[Written]) -> Iterator[tuple[Path, str, list[Written]]]:
    """(place in the folder, deck, its blocks): `A::B` is `A/B.md`; names that clash are numbered."""
    grouped: dict[str, list[Written]] = {}
    for block in blocks:
        grouped.setdefault(block.deck, []).append(block)
    taken: set[str] = set()
    for deck, members in grouped.items():
        parts = [_UNSAFE.sub("_", part).strip(" .")[:80] or "deck" for part in deck.split("::")]
        place, number = Path(*parts[:-1], f"{parts[-1]}.md"), 2
        while str(place).casefold() in taken:
            place, number = Path(*parts[:-1], f"{parts[-1]}-{number}.md"), number + 1
        taken.add(str(place).casefold())
        yield place, deck, members
