"""What an answer and its undo ask of the store: few statements, none of which reads a whole table."""

from __future__ import annotations

import re

import pytest
from shelf import put_cards

from studycards.model import Rating
from studycards.store import memory
from studycards.store.opening import writing

MOST = 18


@pytest.fixture
def said(db):
    """The statements of an answer with the next card, then those of its undo with the card that comes back."""

    def listen(act) -> list[str]:
        statements: list[str] = []
        db.conn.set_trace_callback(statements.append)
        act()
        db.conn.set_trace_callback(None)
        return [one for one in statements if not one.startswith("--")]

    return listen


def whole_tables(db, statements: list[str]) -> list[str]:
    plans = (
        row[3]
        for one in statements
        if one.startswith(("SELECT", "UPDATE", "DELETE"))
        for row in db.conn.execute(f"EXPLAIN QUERY PLAN {one}")
    )
    return [plan for plan in plans if re.match(r"SCAN (\w )?(cards|memory|reviews|marks|acts)\b", plan)]


@pytest.mark.parametrize("act", ["answer", "undo"])
def test_it_is_a_few_statements_and_reads_no_table_whole(db, sit, said, clock, act):
    put_cards(db, [f"c{n}" for n in range(40)])
    session = sit()
    for _ in range(3):
        assert session.current is not None
        session.answer(Rating.GOOD, 1000)
        clock.forward(seconds=5)
    assert session.current is not None

    if act == "answer":
        statements = said(lambda: (session.answer(Rating.GOOD, 1000), session.current))
    else:
        statements = said(session.undo)

    assert whole_tables(db, statements) == []
    assert len(statements) <= MOST + (4 if act == "undo" else 0), "\n".join(statements)


def test_a_new_card_is_told_from_one_that_was_begun(db, sit, clock):
    put_cards(db, ["a", "b"])
    session = sit()
    begun = "SELECT id FROM cards WHERE begun ORDER BY id"

    session.answer(Rating.GOOD, 1000)
    assert db.execute(begun).fetchall() == [("a",)]
    session.undo()
    assert db.execute(begun).fetchall() == []
    session.redo()
    assert db.execute(begun).fetchall() == [("a",)]

    with writing(db):
        memory.save_many(db, [])
    assert db.execute(begun).fetchall() == [("a",)]
