"""The figures of `stats`: from the log to shares, forecasts and calendars."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from studycards.stats import Recall, recall, summarise
from studycards.store.log import Act, append_act
from studycards.store.opening import open_store, writing
from studycards.store.tallies import tallies

TODAY = 739_942
NOON_MS = (TODAY - 719_163) * 86_400_000 + 12 * 3_600_000


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    store = open_store(tmp_path / "s.db", device="d", now_ms=0)
    yield store
    store.close()


def add_card(db: Database, card_id: str, *, due_day: int | None = None, rule: str = "alias", deck: str = "A") -> None:
    with writing(db):
        db.execute(
            "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, rule, folded, position,"
            " first_seen_ms, changed_ms) VALUES (?, ?, 'basic', 'f', 'b', ?, 'p', 1, 1, ?, 'f', 0, 0, 0)",
            (card_id, card_id, deck, rule),
        )
        if due_day is not None:
            db.execute(
                "INSERT INTO memory VALUES (?, 2, NULL, 10.0, 5.0, ?, NULL, ?, 0, 1, 0, 10)",
                (card_id, due_day, TODAY - 1),
            )


def add_review(
    db: Database, seq: int, card_id: str, *, day: int = TODAY, rating: int = 3, state: int | None = 2,
    predicted: float | None = 0.9, scheduled: int = 10,
) -> None:  # fmt: skip
    at = NOON_MS + (day - TODAY) * 86_400_000 + seq
    with writing(db):
        db.execute(
            "INSERT INTO reviews (device, seq, card_id, rating, kind, state, reviewed_at, utc_offset_min, day_start,"
            " study_day, duration_ms, settings, predicted, scheduled) VALUES ('d', ?, ?, ?, 'review', ?, ?, 60, 4, ?,"
            " 90000, 1, ?, ?)",
            (seq, card_id, rating, state, at, day, predicted, scheduled),
        )


def test_true_recall_counts_only_first_answers_of_a_day_on_cards_in_review(db: Database) -> None:
    add_card(db, "a", due_day=TODAY)
    add_review(db, 1, "a", rating=3, predicted=0.8)
    add_review(db, 2, "a", rating=1, predicted=None)
    add_review(db, 3, "a", rating=1, state=3, predicted=0.9)
    add_review(db, 4, "a", rating=1, predicted=0.6)

    stats = summarise(tallies(db, TODAY, days=30, horizon=7), 7)

    assert stats.recall.reviews == 2
    assert stats.recall.true == 0.5
    assert stats.recall.predicted == pytest.approx(0.7)
    assert stats.today.reviews == 4
    assert stats.today.recalled == 0.5


def test_an_undone_answer_is_in_no_figure(db: Database) -> None:
    add_card(db, "a", due_day=TODAY)
    add_review(db, 1, "a")
    with writing(db):
        append_act(db, Act("undo", NOON_MS, 60, TODAY, "a", target=("d", 1)))

    stats = summarise(tallies(db, TODAY, days=30, horizon=7), 7)

    assert stats.today.reviews == 0
    assert stats.recall.true is None
    assert sum(stats.hours) == 0
    assert stats.calendar == ()


def test_an_answer_counts_at_most_a_minute(db: Database) -> None:
    add_card(db, "a")
    add_review(db, 1, "a")

    stats = summarise(tallies(db, TODAY, days=30, horizon=7), 7)

    assert stats.today.minutes == 1.0
    assert stats.today.seconds_per_card == 60.0


def test_what_is_overdue_is_forecast_for_today_and_suspended_cards_are_not(db: Database) -> None:
    add_card(db, "a", due_day=TODAY - 5)
    add_card(db, "b", due_day=TODAY + 2)
    add_card(db, "c", due_day=TODAY + 2)
    with writing(db):
        db.execute("INSERT INTO marks (card_id, suspended) VALUES ('c', 1)")

    stats = summarise(tallies(db, TODAY, days=30, horizon=7), 7)

    assert stats.forecast == (1, 0, 1, 0, 0, 0, 0)


def test_a_long_interval_before_the_answer_makes_a_card_mature(db: Database) -> None:
    add_card(db, "a", due_day=TODAY)
    add_review(db, 1, "a", day=TODAY - 40, scheduled=30)
    add_review(db, 2, "a", rating=1, scheduled=1)
    add_review(db, 3, "b", rating=3)

    stats = summarise(tallies(db, TODAY, days=30, horizon=7), 7)

    assert stats.recall.mature == 0.0
    assert stats.recall.young == 1.0


def test_hours_are_those_of_the_person_at_that_moment(db: Database) -> None:
    add_card(db, "a")
    add_review(db, 1, "a")

    stats = summarise(tallies(db, TODAY, days=30, horizon=7), 7)

    assert stats.hours[13] == 1


def test_recall_bounds_are_wide_for_few_reviews_and_narrow_for_many() -> None:
    few, many = recall(10, 9, 9.0), recall(1000, 900, 900.0)

    assert _width(few) > 3 * _width(many)
    assert recall(0, 0, 0.0).true is None


def _width(measured: Recall) -> float:
    return (measured.high or 0.0) - (measured.low or 0.0)


def test_rules_and_decks_get_their_own_figures(db: Database) -> None:
    add_card(db, "a", rule="alias", deck="A")
    add_card(db, "b", rule="timeline", deck="B")
    add_review(db, 1, "a", rating=1)

    stats = summarise(tallies(db, TODAY, days=30, horizon=7), 7)

    assert [(rule.rule, r.true) for rule, r in stats.rules] == [("alias", 0.0), ("timeline", None)]
    assert [(deck.deck, deck.cards, deck.new) for deck, _ in stats.decks] == [("A", 1, 1), ("B", 1, 1)]
