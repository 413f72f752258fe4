"""What was done in one sitting, kept as it goes and turned back by undo."""

from __future__ import annotations

from dataclasses import dataclass, field

from studycards.history import Undone
from studycards.model import Rating, State
from studycards.scheduling.answer import Outcome
from studycards.session.values import Showing, Summary


@dataclass(slots=True)
class Tally:
    """The answers of a sitting by the card they were given to; `seconds` is what an answer takes this person."""

    seconds: float
    given: list[tuple[str, Rating, str]] = field(default_factory=list)
    taken: list[tuple[str, Rating, str]] = field(default_factory=list)
    leeches: list[str] = field(default_factory=list)

    @property
    def answers(self) -> int:
        """Answers that stand."""
        return len(self.given)

    @property
    def begun(self) -> int:
        """Different cards answered."""
        return len({card_id for card_id, _, _ in self.given})

    def answered(self, showing: Showing, rating: Rating, outcome: Outcome) -> None:
        """Count one answer."""
        self.given.append((showing.card.id, rating, showing.state_name))
        if outcome.leech:
            self.leeches.append(showing.card.id)

    def turned(self, undone: Undone) -> None:
        """Count an answer of this sitting back or forth; those of earlier sittings do not change it."""
        if undone.rating is None:
            return
        origin, goal = (self.taken, self.given) if undone.redone else (self.given, self.taken)
        for place in range(len(origin) - 1, -1, -1):
            if origin[place][:2] == (undone.cards[0], undone.rating):
                goal.append(origin.pop(place))
                return

    def summary(self, *, seconds: float, goal: float, tomorrow: int, backlog: int, buried: int) -> Summary:
        """The sitting in figures."""
        graded = [rating for _, rating, state in self.given if state == State.REVIEW.name]
        return Summary(
            answers=self.answers,
            cards=self.begun,
            seconds=seconds,
            new=sum(state == "NEW" for _, _, state in self.given),
            misses=sum(rating == Rating.AGAIN for _, rating, _ in self.given),
            graded=len(graded),
            recalled=sum(rating != Rating.AGAIN for rating in graded),
            goal=goal,
            tomorrow=tomorrow,
            tomorrow_minutes=tomorrow * self.seconds / 60,
            backlog=backlog,
            buried=buried,
            leeches=tuple(dict.fromkeys(self.leeches)),
        )
