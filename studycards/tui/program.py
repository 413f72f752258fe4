"""Makes the pages from what the command line hands in: store, collection, config, clock, look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from studycards.collection import Collection
from studycards.config import Config
from studycards.history import Reverser
from studycards.model import Card
from studycards.session import Options, Session
from studycards.store import sitting
from studycards.tui.conduct import Conduct
from studycards.tui.look import Look
from studycards.tui.reach import Reach


@dataclass(frozen=True, slots=True)
class Desk:
    """What every page works on. `reversers` take back what other rooms logged."""

    collection: Collection
    config: Config
    clock: Callable[[], datetime]
    look: Look
    reversers: Mapping[str, Reverser] = field(default_factory=dict)

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
        return Conduct(session, self.look.buttons, options)
