"""Makes the pages from what the command line hands in: store, collection, config, clock, look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlite_utils import Database

from studycards.collection import Collection
from studycards.config import Config
from studycards.history import Reverser
from studycards.model import Card
from studycards.session import Options, Session
from studycards.store import choices, sitting
from studycards.store.log import Act
from studycards.tui.conduct import Conduct, Ways
from studycards.tui.look import Look
from studycards.tui.reach import Reach


def _plan(db: Database, acts: Sequence[Act], redo: bool) -> str:
    from studycards import planning

    return planning.turn(db, acts, redo)


def _fit(db: Database, acts: Sequence[Act], redo: bool) -> str:
    from studycards import tuning

    return tuning.turn(db, acts, redo)


# What takes back plans and fits is loaded only when it is needed: the review shall begin soon.
_REVERSERS: Mapping[str, Reverser] = {"catchup": _plan, "break": _plan, "fit": _fit}


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page works on. `deciding` takes back decisions on proposals."""

    collection: Collection
    config: Config
    clock: Callable[[], datetime]
    look: Look
    deciding: Mapping[str, Reverser] = field(default_factory=dict)

    @property
    def reversers(self) -> Mapping[str, Reverser]:
        """Take back what other rooms logged."""
        return {**_REVERSERS, **self.deciding}

    @property
    def buttons(self) -> int:
        """4 or 2: as the config says, else as the person chose."""
        if "review.buttons" in self.config.given:
            return self.look.buttons
        return 2 if choices.get(self.collection.db, choices.BUTTONS) == "2" else self.look.buttons

    @property
    def reach(self) -> Reach:
        """The way from a card to its files."""
        return Reach(self.collection, self.clock().tzinfo)

    def look_again(self) -> None:
        """Bring the index of the cards up to date with their deck files."""
        self.collection.sync([], self.clock())

    def card(self, card_id: str) -> Card | None:
        """A card's text as the index has it now."""
        state = sitting.state(self.collection.db, card_id)
        return state.card if state else None

    def conduct(self, options: Options, more_new: int = 0) -> Conduct:
        """A new sitting; `more_new` widens today's limit of new cards for this sitting."""
        config = self.config
        if more_new:
            new = int(config.number("review.new_per_day")) + more_new
            config = replace(config, given={**config.given, "review.new_per_day": new})
        session = Session(self.collection.db, self.card, config, self.clock, options, self.reversers)
        return Conduct(session, self.buttons, options, self.ways, int(config.number("review.idle")))

    def ways(self, deck: str) -> Ways:
        """How the cards of a deck are asked."""
        value = self.config.value
        return Ways(
            typed=bool(value("review.typed", deck)),
            exact=bool(value("review.typed_case", deck)),
            one_by_one=bool(value("review.one_by_one", deck)),
        )
