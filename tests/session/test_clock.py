"""A clock that jumps: intervals stay sane, the order of the log holds, no day goes back for a card."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone

from shelf import put_cards

from studycards import history
from studycards.model import Rating
from studycards.store import memory, reviews

FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)


def test_many_jumps_between_answers_keep_every_card_in_order(db, sit, clock):
    put_cards(db, [f"c{n}" for n in range(30)])
    rng = random.Random(20)
    ids = set()
    for _ in range(120):
        hours = rng.choice((0, 1, -1, 25, -25, 24 * 365, -24 * 365, 24 * 3650)) * rng.random()
        moment = min(max(clock.moment + timedelta(hours=hours), FIRST), LAST)
        clock.moment = moment.astimezone(timezone(timedelta(minutes=rng.choice((0, 60, 345, -720, 840)))))
        session = sit(review__new_per_day=99)
        if session.current:
            ids.add(session.answer(Rating(rng.randint(1, 4)), 100).card.id)

    for card_id in ids:
        rows = reviews.of_card(db, card_id)
        assert [r.reviewed_at for r in rows] == sorted({r.reviewed_at for r in rows})
        assert [r.study_day for r in rows] == sorted(r.study_day for r in rows)
        assert all(-86_400 < r.scheduled <= 36_500 for r in rows)
        known = memory.load(db, card_id)
        assert known == history.remembered(db, card_id)
        assert known.last_day <= known.due_day <= known.last_day + 36_500


def test_a_clock_that_jumps_within_a_sitting_loses_no_answer(db, sit, clock):
    put_cards(db, [f"c{n}" for n in range(40)])
    rng = random.Random(21)
    session = sit(review__new_per_day=99)
    told = 0
    while session.current and told < 120:
        clock.forward(minutes=rng.choice((1, -1, 60, -60, 60 * 30, -60 * 24)))
        told += session.answer(Rating(rng.randint(1, 4)), 100).elsewhere == ""

    assert db.execute("SELECT count(*) FROM reviews").fetchone()[0] == told
    assert session.undo() is not None
