"""A card as it is put on the screen: its state by the log, its text, what each button would lead to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studycards import history
from studycards.model import State
from studycards.scheduling.answer import preview
from studycards.scheduling.balance import REACH, Load
from studycards.session.values import Showing
from studycards.store import memory as memory_rows
from studycards.store import presets, sitting
from studycards.store.opening import reading

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from studycards.config import Config
    from studycards.model import Card, Memory, Rating, Settings
    from studycards.scheduling.answer import Outcome
    from studycards.scheduling.replay import Rules


@dataclass(slots=True)
class Asker:
    """Puts cards on the screen; what the store says of settings and of the days to come is read once a queue.

    `text` gives a card's text as its deck file has it now (None: the store's); `parameters` are those in force;
    `doubtful` are the cards of which the memory kept beside the log is not what it gives.
    """

    db: Database
    config: Config
    parameters: tuple[float, ...]
    text: Callable[[str], Card | None] | None = None
    doubtful: set[str] = field(default_factory=set)
    load: Load | None = None
    _day: int = 0
    _due: dict[int, int] | None = None
    _rules: Rules | None = None
    _edition: tuple[int, int] = (0, 0)
    _settings: dict[str, Settings] = field(default_factory=dict)

    def begin(self, day: int) -> None:
        """Forget what was read: a queue was made anew, for this study day."""
        self._day, self._due, self._rules = day, None, None

    def settings(self, deck: str) -> Settings:
        """The settings of a deck; the same ones every time."""
        if deck not in self._settings:
            self._settings[deck] = replace(self.config.settings(deck), parameters=self.parameters)
        return self._settings[deck]

    def state(self, card_id: str) -> sitting.State | None:
        """A card as it stands; the log is the truth, where the memory kept beside it says otherwise."""
        with reading(self.db):
            state = sitting.state(self.db, card_id)
            memory = self._remembered(card_id)
        if state is None or state.memory == memory:
            return state
        self.doubtful.add(card_id)
        return replace(state, memory=memory)

    def bare(self, state: sitting.State) -> Showing:
        """The card without what buttons lead to, as in a cram."""
        return self._showing(state, self.worded(state.card), {})

    def painted(self, state: sitting.State, moment: datetime) -> Showing:
        """The card with what each button would lead to at this moment."""
        card = self.worded(state.card)
        self.load = self._load_beside(card)
        return self._showing(state, card, preview(state.memory, moment, card.id, self.settings(card.deck), self.load))

    def _showing(self, state: sitting.State, card: Card, buttons: Mapping[Rating, Outcome]) -> Showing:
        name = state.memory.state.name if state.memory else "NEW"
        return Showing(card, state.memory, state.marks, state.version, buttons, name)

    def worded(self, card: Card) -> Card:
        """The card with its text as it is now."""
        return (self.text(card.id) if self.text else None) or card

    def count(self, before: Memory | None, after: Memory) -> None:
        """Note that a card is due on another day."""
        for memory, by in ((before, -1), (after, +1)):
            if memory is not None and memory.state == State.REVIEW and self._due is not None:
                self._due[memory.due_day] = self._due.get(memory.due_day, 0) + by

    def _remembered(self, card_id: str) -> Memory | None:
        stands = presets.edition(self.db)
        if self._rules is None or stands != self._edition:
            self._rules, self._edition = history.rules_of(self.db), stands
        return history.remembered(self.db, card_id, self._rules)

    def _load_beside(self, card: Card) -> Load | None:
        if not self.settings("").balance:
            return None
        if self._due is None:
            self._due = memory_rows.due_per_day(self.db, self._day, self._day + REACH)
        return Load(self._due, sitting.sibling_due_days(self.db, card))
