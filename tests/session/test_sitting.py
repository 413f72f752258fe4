"""A sitting: what is asked, what is written, what comes back."""

from __future__ import annotations

from shelf import Clock, put_cards

from studycards import history
from studycards.model import Rating, State
from studycards.session import Options
from studycards.store import memory, reviews, steps


def rows(db) -> int:
    return db.execute("SELECT count(*) FROM reviews").fetchone()[0]


def test_an_answer_is_on_disk_when_the_method_returns(db, sit, connect):
    put_cards(db, ["a", "b"])

    result = sit().answer(Rating.GOOD, 1200)

    found = reviews.of_card(connect(), result.card.id)
    assert [(r.rating, r.duration_ms, r.state) for r in found] == [(Rating.GOOD, 1200, None)]


def test_the_interval_shown_on_the_button_is_the_one_recorded(db, sit):
    put_cards(db, ["a"])
    session = sit()
    shown = session.current.buttons[Rating.EASY].scheduled

    result = session.answer(Rating.EASY, 10)

    assert result.scheduled == shown > 0
    assert memory.load(db, "a").interval == shown


def test_memory_is_the_replay_of_the_log(db, sit, clock):
    put_cards(db, [f"c{n}" for n in range(12)])
    ratings = [Rating.GOOD, Rating.AGAIN, Rating.HARD, Rating.EASY, Rating.GOOD]
    for day in range(30):
        session = sit()
        while session.current:
            session.answer(ratings[(day + session.progress.done) % 5], 900)
            clock.forward(seconds=25)
        clock.forward(days=1)

    for card_id, known in memory.load_many(db).items():
        assert history.remembered(db, card_id) == known
    assert rows(db) > 60


def test_a_card_on_a_step_comes_back_in_the_same_sitting(db, sit, clock):
    put_cards(db, ["a"])
    session = sit()
    session.answer(Rating.AGAIN, 10)

    assert session.current.state_name == "LEARNING"
    assert session.answer(Rating.EASY, 10).scheduled > 0
    assert session.current is None


def test_new_cards_stop_at_the_limit_also_over_two_sittings(db, sit):
    put_cards(db, [f"c{n}" for n in range(9)])
    first = sit(review__new_per_day=3)
    first.answer(Rating.EASY, 10)

    second = sit(review__new_per_day=3)

    assert second.progress.new == 2


def test_siblings_wait_until_tomorrow(db, sit, clock):
    put_cards(db, ["a", "a-r", "b"])
    session = sit()
    asked = []
    while session.current:
        asked.append(session.answer(Rating.EASY, 10).card.id)

    assert asked == ["a", "b"]
    clock.forward(days=1)
    assert sit().current.card.id == "a-r"


def test_undo_brings_the_card_back_at_once_with_its_memory(db, sit):
    put_cards(db, ["a", "b"])
    session = sit()
    session.answer(Rating.EASY, 10)
    before = session.progress

    undone = session.undo()

    assert (undone.rating, undone.cards) == (Rating.EASY, ("a",))
    assert session.current.card.id == "a"
    assert memory.load(db, "a") is None
    assert session.progress.done == before.done - 1
    assert rows(db) == 1


def test_undo_reaches_two_hundred_steps_over_sittings_and_days(db, sit, clock):
    put_cards(db, [f"c{n}" for n in range(60)])
    states = []
    for _ in range(8):
        session = sit(review__new_per_day=60)
        for step in range(30):
            if session.current is None:
                break
            states.append(snapshot(db))
            if step % 7 == 3:
                session.flag(step % 8)
            elif step % 7 == 5:
                session.bury()
            elif step % 11 == 8:
                session.suspend()
            else:
                session.answer(Rating(1 + step % 4), 10)
            clock.forward(seconds=40)
        clock.forward(days=1, hours=3)
    assert len(states) >= 200

    session = sit()
    for expected in reversed(states):
        assert session.undo() is not None
        assert snapshot(db) == expected
    assert session.undo() is None


def snapshot(db) -> tuple:
    marks = "SELECT * FROM marks ORDER BY card_id"
    known = "SELECT * FROM memory ORDER BY card_id"
    return db.execute(known).fetchall(), db.execute(marks).fetchall()


def test_redo_walks_the_same_way_forth(db, sit):
    put_cards(db, ["a", "b", "c"])
    session = sit()
    states = [snapshot(db)]
    for rating in (Rating.EASY, Rating.AGAIN, Rating.GOOD):
        session.answer(rating, 10)
        states.append(snapshot(db))
    for _ in range(3):
        session.undo()

    for expected in states[1:]:
        assert session.redo() is not None
        assert snapshot(db) == expected
    assert session.redo() is None


def test_after_a_new_answer_there_is_nothing_to_redo(db, sit):
    put_cards(db, ["a", "b"])
    session = sit()
    session.answer(Rating.EASY, 10)
    session.undo()
    session.answer(Rating.HARD, 10)

    assert session.redo() is None
    assert session.undo().rating == Rating.HARD
    assert session.undo() is None


def test_the_same_answer_after_an_undo_gives_the_same_day(db, sit):
    put_cards(db, ["a"])
    session = sit()
    first = session.answer(Rating.EASY, 10).scheduled
    session.undo()

    assert session.answer(Rating.EASY, 10).scheduled == first


def test_a_stale_screen_writes_nothing(db, sit, connect):
    put_cards(db, ["a", "b"])
    one, other = sit(), sit(at=connect())
    assert one.current.card.id == other.current.card.id == "a"
    one.answer(Rating.GOOD, 10)

    result = other.answer(Rating.EASY, 10)

    assert result.elsewhere == "Good 09:00"
    assert rows(db) == 1
    assert other.current.card.id == "b"


def test_a_buried_card_returns_the_next_day_and_a_suspended_one_does_not(db, sit, clock):
    put_cards(db, ["a", "b", "c"])
    session = sit()
    session.bury()
    session.suspend()
    assert session.current.card.id == "c"

    clock.forward(days=1)
    asked = sit()

    assert asked.progress.new == 2
    assert asked.current.card.id == "a"


def test_suspending_with_siblings_is_one_step(db, sit):
    put_cards(db, ["a", "a-r", "b"])
    session = sit()

    assert session.suspend(siblings=True) == 2
    assert session.current.card.id == "b"
    session.undo()
    assert db.execute("SELECT count(*) FROM marks").fetchone()[0] == 0


def test_retired_cards_are_kept_and_not_asked(db, sit):
    put_cards(db, ["a"])
    session = sit()
    session.retire(reason=2)

    assert session.current is None
    assert db.execute("SELECT retired FROM marks").fetchone()[0] == 3


def test_marks_and_flags_show_on_the_card_and_leave_it_there(db, sit):
    put_cards(db, ["a"])
    session = sit()

    assert session.mark() is True
    session.flag(4)

    assert session.current.marks.marked
    assert session.current.marks.flag == 4
    assert session.mark() is False
    assert session.answer(Rating.GOOD, 10).elsewhere == ""


def test_a_skipped_card_comes_back_about_ten_cards_later(db, sit):
    put_cards(db, [f"c{n:02}" for n in range(15)])
    session = sit()
    session.skip()
    asked = [session.answer(Rating.EASY, 10).card.id for _ in range(12)]

    assert asked.index("c00") == 10
    assert steps.last_step(db).cards == ("c11",)


def test_a_card_open_at_rollover_is_accepted_and_the_new_day_is_told(db, sit, clock):
    put_cards(db, [f"c{n}" for n in range(9)])
    session = sit(review__new_per_day=2)
    session.answer(Rating.EASY, 10)
    shown = session.current.card.id
    clock.forward(hours=20)

    result = session.answer(Rating.EASY, 10)

    assert (result.card.id, result.elsewhere) == (shown, "")
    assert result.new_day == session.progress.new == 1
    assert reviews.of_card(db, shown)[0].study_day == session.day
    assert session.undo().cards == (shown,)


def test_a_clock_set_back_keeps_the_order_and_never_a_negative_gap(db, sit, clock):
    put_cards(db, ["a"])
    session = sit()
    session.answer(Rating.AGAIN, 10)
    clock.forward(days=-365)
    session.answer(Rating.GOOD, 10)

    first, second = reviews.of_card(db, "a")
    assert second.reviewed_at > first.reviewed_at
    assert second.study_day >= first.study_day


def test_cram_asks_all_and_changes_no_memory(db, sit):
    put_cards(db, ["a", "b"])
    sit().answer(Rating.EASY, 10)
    known = snapshot(db)

    session = sit(Options(cram=True))
    while session.current:
        session.answer(Rating.GOOD, 10)

    assert session.progress.done == 2
    assert snapshot(db) == known
    assert rows(db) == 3
    assert session.undo().kind == "cram"


def test_the_limit_option_stops_the_sitting(db, sit):
    put_cards(db, [f"c{n}" for n in range(9)])
    session = sit(Options(limit=2))
    while session.current:
        session.answer(Rating.EASY, 10)

    assert session.summary().cards == 2


def test_minutes_end_the_sitting(db, sit, clock):
    put_cards(db, [f"c{n}" for n in range(9)])
    session = sit(Options(minutes=5))
    session.answer(Rating.EASY, 10)
    clock.forward(minutes=6)

    assert session.current is None


def test_a_selection_of_deck_tag_or_file_narrows(db, sit):
    put_cards(db, ["a"], deck="One::Sub", tags='["egypt"]', path="/d/one.md")
    put_cards(db, ["b"], deck="Onerous", path="/d/two.md")

    assert sit(Options(decks=("One",))).progress.total == 1
    assert sit(Options(tags=("Egypt",))).progress.total == 1
    assert sit(Options(paths=("/d",))).progress.total == 2
    assert sit(Options(paths=("/d/two.md",))).current.card.id == "b"


def test_what_another_process_answered_is_not_asked_again(db, sit, connect):
    put_cards(db, ["a", "b", "c"])
    one, other = sit(), sit(at=connect())
    one.answer(Rating.EASY, 10)
    one.answer(Rating.EASY, 10)

    assert other.current.card.id == "c"


def test_a_leech_is_told_and_undo_takes_the_mark_back(db, sit, clock):
    put_cards(db, ["a"])
    session = sit(review__leech_threshold=1)
    session.answer(Rating.EASY, 10)
    clock.forward(days=40)
    session = sit(review__leech_threshold=1)

    assert session.answer(Rating.AGAIN, 10).leech
    assert db.execute("SELECT leech FROM marks").fetchone()[0] == 1
    session.undo()
    assert db.execute("SELECT count(*) FROM marks").fetchone()[0] == 0


def test_the_summary_counts_what_was_done(db, sit, clock):
    put_cards(db, ["a", "b"])
    session = sit()
    session.answer(Rating.AGAIN, 10)
    session.answer(Rating.EASY, 10)
    clock.forward(minutes=2)

    summary = session.summary()

    assert (summary.answers, summary.cards, summary.new, summary.misses, summary.seconds) == (2, 2, 2, 1, 120)


def test_reviews_beyond_the_limit_are_counted_as_backlog(db, sit, clock: Clock):
    put_cards(db, [f"c{n}" for n in range(6)])
    session = sit()
    while session.current:
        session.answer(Rating.EASY, 10)
    clock.forward(days=60)

    later = sit(review__reviews_per_day=2)

    assert later.progress.review == 2
    assert later.summary().backlog == 4
    assert State.REVIEW.name == later.current.state_name
