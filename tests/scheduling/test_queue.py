"""The order in which a day asks: learning, reviews with new cards between, limits, siblings, backlog."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from studycards.model import Memory, State
from studycards.scheduling.fsrs import Kernel
from studycards.scheduling.queue import Candidate, Plan, Room, build, cram, mixed, pick

TODAY = 740_000
recall = Kernel().retrievability


def card(name: str, now: datetime, *, due: int | None = 0, stability: float = 10.0, **more: object) -> Candidate:
    """A card in review due so many days from today, or a new one with `due=None`; its block is its name."""
    memory = None
    if due is not None:
        memory = Memory(State.REVIEW, None, stability, 5.0, TODAY + due, None, TODAY - 10, now - timedelta(days=10))
    return Candidate(card_id=name, block=str(more.pop("block", name)), memory=memory, **more)  # type: ignore[arg-type]


def on_step(name: str, now: datetime, minutes: float, **more: object) -> Candidate:
    """A learning card due so many minutes from now."""
    memory = Memory(State.LEARNING, 1, 2.0, 5.0, TODAY, now + timedelta(minutes=minutes), TODAY, now)
    return Candidate(card_id=name, block=str(more.pop("block", name)), memory=memory, **more)  # type: ignore[arg-type]


def names(cards: object) -> list[str]:
    return [c.card_id for c in cards]  # type: ignore[attr-defined]


def test_new_cards_are_spread_evenly_between_reviews(now: datetime) -> None:
    order = mixed([card(f"r{n}", now) for n in range(9)], [card(f"n{n}", now, due=None) for n in range(3)])

    assert [place for place, name in enumerate(names(order)) if name[0] == "n"] == [2, 6, 10]


def test_the_queue_is_the_same_whatever_order_the_cards_come_in(now: datetime) -> None:
    cards = [card(f"c{n}", now, due=-(n % 5)) for n in range(50)] + [card(f"n{n}", now, due=None) for n in range(9)]
    shuffled = list(cards)
    Random(3).shuffle(shuffled)

    assert build(cards, Plan(TODAY), recall) == build(shuffled, Plan(TODAY), recall)


def test_cards_of_one_due_day_come_in_another_order_each_day(now: datetime) -> None:
    cards = [card(f"c{n}", now, due=-3) for n in range(30)]

    first, second = (names(build(cards, Plan(day), recall).main) for day in (TODAY, TODAY + 1))

    assert first != second
    assert sorted(first) == sorted(second)


def test_the_longest_overdue_come_first(now: datetime) -> None:
    queue = build([card("late", now, due=-9), card("today", now), card("later", now, due=-2)], Plan(TODAY), recall)

    assert names(queue.main) == ["late", "later", "today"]


def test_with_more_due_than_the_limit_the_best_remembered_come_first(now: datetime) -> None:
    cards = [card(f"c{n}", now, due=-n, stability=1.0 + n) for n in range(10)]

    queue = build(cards, Plan(TODAY, Room(review={"": 3})), recall)

    assert names(queue.main) == ["c9", "c8", "c7"]
    assert queue.backlog == 7


def test_a_deck_with_its_own_limit_does_not_use_up_the_others(now: datetime) -> None:
    cards = [card(f"a{n}", now, deck="egypt::names") for n in range(5)] + [card(f"b{n}", now) for n in range(5)]

    queue = build(cards, Plan(TODAY, Room(review={"": 2, "egypt": 4})), recall)

    assert sorted(name[0] for name in names(queue.main)) == ["a"] * 4 + ["b"] * 2


def test_new_cards_stop_at_their_limit_in_the_order_of_the_deck(now: datetime) -> None:
    cards = [card(f"n{n}", now, due=None, position=9 - n) for n in range(10)]

    queue = build(cards, Plan(TODAY, Room(new={"": 3})), recall)

    assert names(queue.main) == ["n9", "n8", "n7"]


def test_siblings_wait_until_tomorrow_when_one_is_asked(now: datetime) -> None:
    cards = [card("a", now, block="x"), card("a-r", now, block="x"), card("b", now, due=None, block="x")]

    queue = build(cards, Plan(TODAY), recall)

    assert len(queue.main) == 1
    assert queue.buried == 1


def test_siblings_of_a_card_answered_today_wait_but_steps_go_on(now: datetime) -> None:
    cards = [card("a-r", now, block="x"), on_step("a", now, 5, block="x"), card("c", now, passage="p")]

    queue = build(cards, Plan(TODAY, answered={"x", "p"}), recall)

    assert names(queue.learning) == ["a"]
    assert queue.main == ()


def test_siblings_stay_when_burying_is_off_but_do_not_follow_each_other(now: datetime) -> None:
    cards = [card("a", now, block="x"), card("a-r", now, block="x"), card("b", now)]

    queue = build(cards, Plan(TODAY, bury_siblings=False), recall)
    following = pick(queue, now, 1200, last=cards[0])

    assert len(queue.main) == 3
    assert following is not None
    assert following.card_id == "b"


def test_a_step_whose_time_has_come_goes_before_reviews_and_one_due_soon_after_them(now: datetime) -> None:
    ready, soon, far = on_step("ready", now, -1), on_step("soon", now, 15), on_step("far", now, 25)
    review = card("review", now)

    asked = []
    cards = [soon, far, review, ready]
    while (following := pick(build(cards, Plan(TODAY), recall), now, 1200)) is not None:
        asked.append(following.card_id)
        cards.remove(following)

    assert asked == ["ready", "review", "soon"]


def test_a_failed_card_is_not_shown_twice_in_a_row_while_another_is_there(now: datetime) -> None:
    failed, other = on_step("failed", now, 1), on_step("other", now, 9)

    both = pick(build([failed, other], Plan(TODAY), recall), now, 1200, last=failed)
    alone = pick(build([failed], Plan(TODAY), recall), now, 1200, last=failed)

    assert both == other
    assert alone == failed


def test_a_learning_card_of_an_earlier_day_waits_among_the_reviews_and_has_room(now: datetime) -> None:
    crossed = on_step("crossed", now, -2000)
    assert crossed.memory is not None
    yesterday = Memory(State.LEARNING, 1, 2.0, 5.0, TODAY - 1, now - timedelta(days=1), TODAY - 1, now)
    cards = [Candidate("crossed", "crossed", memory=yesterday), card("r", now)]

    queue = build(cards, Plan(TODAY, Room(review={"": 0})), recall)

    assert names(queue.main) == ["crossed"]
    assert queue.backlog == 1


def test_ahead_comes_last_and_only_when_no_backlog_waits(now: datetime) -> None:
    cards = [card("due", now), card("soon", now, due=3), card("far", now, due=9)]

    free = build(cards, Plan(TODAY, ahead_days=5), recall)
    full = build(cards, Plan(TODAY, Room(review={"": 0}), ahead_days=5), recall)

    assert (names(free.main), names(free.ahead)) == (["due"], ["soon"])
    assert full.ahead == ()


def test_buried_cards_are_never_asked(now: datetime) -> None:
    cards = [card("a", now, buried=True), card("b", now, due=None, buried=True)]

    assert build(cards, Plan(TODAY), recall).main == ()
    assert cram(cards, TODAY) == ()


def test_a_cram_asks_every_card_once_in_the_order_of_the_day(now: datetime) -> None:
    cards = [card(f"c{n}", now, due=n) for n in range(20)]

    assert sorted(names(cram(cards, TODAY))) == sorted(names(cards))
    assert names(cram(cards, TODAY)) == names(cram(reversed(cards), TODAY))
