"""What a look at the deck files found, as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from studycards.model import Problem


class What(StrEnum):
    """What became of a block since the last look."""

    NEW = "new"
    EDITED = "edited"
    MOVED = "moved"
    ORPHANED = "orphaned"
    REVIVED = "revived"


@dataclass(frozen=True, slots=True)
class Change:
    """One block that is not as it was. `before` and `after` are its texts (empty: there was none, there is none);
    `path` is the deck file it stands or stood in, `was` the one it moved from (empty: it did not)."""

    what: What
    block: str
    path: str
    line: int
    before: str = ""
    after: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A deck file from which too many cards vanished at once: none of them was touched."""

    path: str
    gone: int
    total: int

    def said(self, show: Callable[[str], str]) -> str:
        """The sentence for a person; `show` gives the name by which messages call a path."""
        return (
            f"{show(self.path)}: {self.gone} of {self.total} cards are gone at once, so none of them was touched;"
            " `studycards status` asks what to do."
        )


@dataclass(frozen=True, slots=True)
class Unsure:
    """A vanished block and an appeared one that may be the same card; only a person can say."""

    before: str
    after: str
    likeness: float


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one look found. `kept` counts the cards that are as they were."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    held: tuple[Held, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    kept: int = 0

    def counts(self) -> dict[str, int]:
        """How many blocks of each kind of change."""
        found = Counter(change.what.value for change in self.changes)
        return {what.value: found[what.value] for what in What}
