"""What a sitting takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from studycards.model import Card, Memory, Rating
from studycards.scheduling.answer import Outcome
from studycards.store.marks import Marks


@dataclass(frozen=True, slots=True)
class Options:
    """What the sitting is about: what is empty does not narrow. `paths` are deck files or folders as the store has
    them; `limit` the most cards to begin; `minutes` after which no further card comes; `ahead` days to look ahead;
    `cram` asks every card of the selection, or those of `cards` alone, and changes no memory."""

    decks: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    limit: int | None = None
    minutes: float | None = None
    ahead: int = 0
    cram: bool = False
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Showing:
    """The card on screen. `buttons` says what each rating leads to (empty in a cram: nothing is scheduled there);
    `state_name` is NEW, LEARNING, REVIEW or RELEARNING; `version` is the card's as painted."""

    card: Card
    memory: Memory | None
    marks: Marks
    version: int
    buttons: Mapping[Rating, Outcome]
    state_name: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an answer. `elsewhere` is not empty when nothing was written because the card was answered or
    changed by another process meanwhile: the rating and local time found there, like `Good 09:14`, or `changed`.
    `new_day` is how many cards a study day that began meanwhile has brought; 0 for none."""

    card: Card
    rating: Rating
    scheduled: int
    leech: bool = False
    elsewhere: str = ""
    new_day: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Cards answered in this sitting and in all, what is left of each sort, and how long that takes."""

    done: int
    total: int
    new: int
    learning: int
    review: int
    minutes_left: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A sitting at its end. `recalled` of `graded` answers in review were not Again, against `goal`; `tomorrow` counts
    cards due on the next study day; `backlog` are reviews beyond today's limit, `buried` siblings put off."""

    answers: int
    cards: int
    seconds: float
    new: int
    misses: int
    graded: int
    recalled: int
    goal: float
    tomorrow: int
    tomorrow_minutes: float
    backlog: int = 0
    buried: int = 0
    leeches: tuple[str, ...] = field(default=())
