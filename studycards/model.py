"""The words of the field as data: what every room hands to the next one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How a card asks: a question with an answer, or a sentence with a hole."""

    BASIC = "basic"
    CLOZE = "cloze"


class Rating(IntEnum):
    """How well a card was remembered."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(IntEnum):
    """Where a reviewed card stands; a new card has no memory and so no state."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class Status(StrEnum):
    """What becomes of a proposal."""

    WRITTEN = "written"
    INBOX = "inbox"
    REFUSED = "refused"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a person's file, shown as `path:line: code: message`, never raised. Lines count from 1."""

    path: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code}: {self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a card comes from: lines `line` to `end_line` (from 1, both included) under a path of headings."""

    path: str
    line: int
    end_line: int
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One thing asked.

    `id` is the block's id for the front-to-back card, `ID-r` for back to front, `ID-n` for the hole with stable
    number n. A cloze card's `front` is the whole text with its holes as `{{cN::answer::hint}}`, `hole` says which N
    is asked and `back` is what is shown beside the answer (may be empty). Cards with one `block` are siblings, as
    are cards with one `passage` (empty: none known).
    """

    id: str
    block: str
    front: str
    back: str
    kind: Kind
    deck: str
    tags: tuple[str, ...] = ()
    source: Source | None = None
    hole: int | None = None
    passage: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A card that a rule found in a note, with what became of it.

    `answer` of a list keeps one item a line. `text` is set for cloze only. `confidence` estimates in 0..1 the chance
    that the person keeps the card as it stands; `reason` is the code of the gate that refused or held it back.
    `slot` names the fact inside its section (rule and folded term; `q:` and the folded question where a person wrote
    the card there), never a position. `score` keeps how the confidence came about: the rule's prior and the named
    penalties and bonuses in log-odds. `reverse` asks back to front too.
    """

    id: str
    kind: Kind
    question: str
    answer: str
    rule: str
    confidence: float
    status: Status
    deck: str
    source: Source
    text: str = ""
    reason: str = ""
    tags: tuple[str, ...] = ()
    slot: str = ""
    reverse: bool = False
    score: tuple[tuple[str, float], ...] = ()
    also: tuple[Source, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether a person wrote it into the note, in one of the dialects."""
        return self.slot.startswith("q:")


@dataclass(frozen=True, slots=True)
class Written:
    """A block as it stands in a file: text, direction, deck, tags, and its id (empty: it has none yet)."""

    kind: Kind
    front: str
    back: str
    reverse: bool = False
    deck: str = ""
    tags: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the scheduler knows of a reviewed card.

    `stability` in days until recall falls to 90 %, `difficulty` 1..10, `step` the index of the learning or relearning
    step (None in review), `due` an aware instant for a step shorter than a day, else None with `due_day`; days are
    study-day numbers (proleptic ordinals). `interval` is what the last answer scheduled: days if positive, minus
    seconds if negative.
    """

    state: State
    step: int | None
    stability: float
    difficulty: float
    due_day: int
    due: datetime | None
    last_day: int
    last_review: datetime
    reps: int = 0
    lapses: int = 0
    interval: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """One logged answer. `(device, seq)` names it for ever; `state` is the state before it (None: new card).

    `reviewed_at` in UTC milliseconds, strictly increasing per card; `utc_offset_min` and `study_day` are those of the
    moment of the answer; `scheduled` is days if positive, minus seconds if negative; `predicted` the recall the
    scheduler expected (None on the same study day).
    """

    card_id: str
    rating: Rating
    state: State | None
    reviewed_at: int
    utc_offset_min: int
    study_day: int
    duration_ms: int
    device: str
    seq: int
    kind: str = "review"
    scheduled: int = 0
    predicted: float | None = None
    day_start: int = 4
    settings: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """What scheduling depends on for a deck; defaults are those of the README.

    `learning_steps` and `relearning_steps` in seconds; `parameters` are the 21 of FSRS-6 (empty: the defaults).
    """

    desired_retention: float = 0.90
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = 36_500
    new_per_day: int = 20
    reviews_per_day: int = 200
    learn_ahead_s: int = 1200
    bury_siblings: bool = True
    leech_threshold: int = 8
    fuzz: bool = True
    balance: bool = True
    day_start: int = 4
    parameters: tuple[float, ...] = field(default=())


class Place(NamedTuple):
    """Where in a note a finding stands and which headings hold there; `label` is empty after a `---`."""

    line: int
    end_line: int
    headings: tuple[str, ...] = ()
    label: str = ""
    topic: int = 0
    after_image: bool = False
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, before any gate has looked at it.

    `term` names the fact and with `direction` makes its slot; `subject` is the phrase of the note that the question
    speaks of (empty: it speaks of none); `text` is set for cloze. An answer that is a list keeps one item a line, and
    `count` is the number the note says (0: none said). `label` asks for a context label, `bonus` holds the rule's own
    named pieces of evidence in log-odds, `held` keeps the finding out of the deck files until a person has seen it.
    `by_hand` says that a person wrote the card into the note, in the dialect that `rule` names; `reverse` that it is
    asked back to front too.
    """

    rule: str
    question: str
    answer: str
    place: Place
    term: str
    subject: str = ""
    direction: str = ""
    text: str = ""
    listed: bool = False
    count: int = 0
    label: bool = False
    resolved: bool = False
    held: bool = False
    by_hand: bool = False
    reverse: bool = False
    bonus: tuple[tuple[str, float], ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate says of a finding: refuse it, or lower it by `penalty` log-odds; `why` is for a person."""

    code: str
    why: str
    refuse: bool = True
    penalty: float = 0.0


@dataclass(frozen=True, slots=True)
class DayTally:
    """The answers of one study day: all, their time (a minute at most each), first ones of new cards, and those that
    measure recall with the passed ones among them."""

    study_day: int
    reviews: int
    duration_ms: int
    new: int
    measured: int
    passed: int


@dataclass(frozen=True, slots=True)
class RetentionTally:
    """First answers of a study day on cards in review, the passed among them, the sum of the predicted recalls, and
    the share of cards whose interval was long."""

    reviews: int
    passed: int
    predicted: float
    mature: int
    mature_passed: int


@dataclass(frozen=True, slots=True)
class DeckTally:
    """A deck's cards, the new and the due among them, and its measured answers."""

    deck: str
    cards: int
    new: int
    due: int
    reviews: int
    passed: int
    predicted: float


@dataclass(frozen=True, slots=True)
class RuleTally:
    """The cards a rule gave, the leeches and the retired among them, and their measured answers."""

    rule: str
    cards: int
    leeches: int
    retired: int
    reviews: int
    passed: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """Sums over the log: what statistics are made of. `forecast` maps days from today to due cards."""

    today: int
    days: int
    calendar: tuple[DayTally, ...]
    retention: RetentionTally
    hours: dict[int, int]
    ratings: dict[int, int]
    forecast: dict[int, int]
    cards: dict[str, int]
    decks: tuple[DeckTally, ...]
    rules: tuple[RuleTally, ...]
