"""A real store with cards in it, and the review as a person would open it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from textual.app import App

from studycards import language
from studycards.collection import Collection
from studycards.config import Config
from studycards.model import Card, Kind, Source
from studycards.session import Options, Session
from studycards.store.opening import open_store
from studycards.tui import program
from studycards.tui.app import StudycardsApp
from studycards.tui.look import Look

EGYPT = (
    ("法老登基时的名字叫什么？", "尼苏毕特名"),
    ("What is the serekh?", "A **palace façade** in which the Horus name is written"),
    ("Horus 名刻在什么里面？", "serekh，即王宫正面图案"),
    ("Which two names stand in a cartouche?", "- Nesut-bity (prenomen)\n- Son of Ra (nomen)"),
)


def basic(number: int, front: str, back: str, **more: object) -> Card:
    """A card of the deck of the tests."""
    source = Source("notes/egypt.md", 3 + number, 3 + number, ("五个名字",))
    values: dict[str, object] = {"deck": "历史::古埃及", "tags": ("egypt",), "source": source, **more}
    return Card(f"card{number:06}", f"card{number:06}", front, back, Kind.BASIC, **values)  # type: ignore[arg-type]


def collect(db: Database, cards: list[Card], path: Path) -> None:
    """Put cards into the store's index as a deck file would."""
    for position, card in enumerate(cards):
        source = card.source or Source("", 0, 0)
        db.table("cards").insert(
            {
                "id": card.id,
                "block": card.block,
                "kind": card.kind.value,
                "front": card.front,
                "back": card.back,
                "deck": card.deck,
                "tags": json.dumps(card.tags),
                "path": str(path),
                "line": 6 + 4 * position,
                "end_line": 8 + 4 * position,
                "headings": json.dumps(source.headings),
                "source_path": source.path,
                "source_line": source.line,
                "source_end": source.end_line,
                "hole": card.hole,
                "passage": card.passage,
                "folded": card.front,
                "position": position,
                "first_seen_ms": 0,
                "changed_ms": 0,
            }
        )


@dataclass
class Clock:
    """Moves only when told to."""

    moment: datetime
    seconds: float = 0.0

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**span)
        self.seconds += timedelta(**span).total_seconds()


@dataclass
class Desk:
    """A store, a clock and what is needed to sit down at them."""

    db: Database
    clock: Clock
    folder: Path
    config: Config
    look: Look
    options: Options = field(default_factory=Options)

    def cards(self, *cards: Card) -> None:
        """Add cards."""
        collect(self.db, list(cards), self.folder / "decks" / "egypt.md")

    def session(self) -> Session:
        """A new sitting."""
        return Session(self.db, None, self.config, self.clock, self.options)

    def desk(self) -> program.Desk:
        """What the pages work on."""
        return program.Desk(Collection(self.db), self.config, self.clock, self.look)

    def app(self) -> App[None]:
        """The program at the review."""
        desk = self.desk()
        return StudycardsApp(desk, desk.conduct(self.options))

    def home(self) -> App[None]:
        """The program at home."""
        return StudycardsApp(self.desk())

    def ratings(self) -> list[tuple[str, int]]:
        """What stands in the log: card and rating, in order."""
        return [(row[0], row[1]) for row in self.db.execute("SELECT card_id, rating FROM reviews ORDER BY seq")]


@pytest.fixture
def desk(tmp_path: Path, now: datetime) -> Iterator[Desk]:
    """A desk with no cards yet."""
    language.use("en")
    clock = Clock(now)
    db = open_store(tmp_path / "store.db", device="desk", now_ms=0)
    look = Look(monotonic=lambda: clock.seconds, guard_ms=0)
    yield Desk(db, clock, tmp_path, Config(tmp_path / "config.toml"), look)
    language.use("en")
    db.close()


@pytest.fixture
def egypt(desk: Desk) -> Desk:
    """A desk with four cards about the names of a pharaoh."""
    desk.cards(*(basic(n, front, back) for n, (front, back) in enumerate(EGYPT)))
    return desk


Screen = Callable[[App[None]], list[str]]


@pytest.fixture
def screen() -> Screen:
    """What is on the terminal, line by line."""

    def lines(app: App[None]) -> list[str]:
        strips = app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    return lines
