"""The search language against the store: what each term finds, and in what order."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelved import card

from studycards.model import Memory, State
from studycards.store import cards, memory, search
from studycards.store.memory import from_ms
from studycards.store.opening import open_store, writing

TODAY = 739942


def known(due_day: int, state: State = State.REVIEW, lapses: int = 0) -> Memory:
    step = None if state == State.REVIEW else 0
    return Memory(state, step, 10.0, 5.0, due_day, None, due_day - 10, from_ms(0), 3, lapses, 10)


@pytest.fixture
def db(tmp_path: Path):
    database = open_store(tmp_path / "cards.db", device="here", now_ms=1)
    with writing(database):
        for statement in (
            card("b", deck="历史::古埃及", position=1, folded="法老的王名\ntext", tags='["Egypt"]'),
            card("a", deck="历史::古埃及", position=0, folded="尼苏毕特名100%\ntext", rule="so-called"),
            card("late", deck="Z", position=2, source_path="notes/z.md"),
            card("soon", deck="Z", position=1),
            card("step", deck="Z", position=0),
            card("gone", deck="Old", orphaned_ms=1),
            card("put", deck="Z", position=9),
            card("away", deck="Z", position=8),
        ):
            database.execute(*statement)
        memory.save_many(
            database,
            [
                ("late", known(TODAY - 9, lapses=4)),
                ("soon", known(TODAY + 3)),
                ("step", known(TODAY, State.LEARNING)),
                ("put", known(TODAY - 20)),
                ("gone", known(TODAY - 30)),
            ],
        )
        database.execute("INSERT INTO marks (card_id, suspended) VALUES ('put', 1)")
        database.execute("INSERT INTO marks (card_id, retired) VALUES ('away', 1)")
    yield database
    database.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["step", "soon", "late", "put", "a", "b"]),
        ("王名", ["b"]),
        ("名", ["a", "b"]),
        ("毕特 TEXT", ["a"]),
        ('"100%"', ["a"]),
        ("-text", []),
        ("deck:古埃及", ["a", "b"]),
        ("-deck:z", ["a", "b"]),
        ("deck:old is:orphaned", ["gone"]),
        ("deck:z what", ["step", "soon", "late", "put"]),
        ("tag:egypt", ["b"]),
        ("note:notes/", ["late"]),
        ("rule:so", ["a"]),
        ("id:so", ["soon"]),
        ("is:due", ["late", "step"]),
        ("-is:due", ["soon", "put", "a", "b"]),
        ("is:due deck:z", ["step", "late"]),
        ("is:review", ["put", "late", "soon"]),
        ("is:learning", ["step"]),
        ("is:new", ["a", "b"]),
        ("is:suspended", ["put"]),
        ("is:retired", ["away"]),
        ("is:orphaned", ["gone"]),
        ("is:orphaned is:due", []),
        ("lapses>3", ["late"]),
        ("due<0", ["put", "late"]),
        ("due>0 lapses<1", ["soon"]),
        ("is:nonsense", []),
    ],
)
def test_a_query_finds(db, query, found):
    assert search.find(db, query, TODAY) == found


def test_the_names_of_decks_come_from_cards_that_are_there(db):
    assert cards.decks(db) == ["Z", "历史::古埃及"]
    assert cards.gone_decks(db) == ["Old"]


@pytest.mark.parametrize("query", ["deck:z", "text", "is:due", "deck:z text"])
def test_no_row_of_a_card_is_read_for_the_common_queries(db, query):
    said: list[str] = []
    db.conn.set_trace_callback(said.append)
    search.find(db, query, TODAY)
    db.conn.set_trace_callback(None)
    [asked] = [statement for statement in said if "group_concat" in statement]

    plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {asked}")]

    looks = [line for line in plan if line.split()[1] in ("c", "m", "cards") and "json_each" not in line]
    assert looks
    assert all("COVERING INDEX" in line or "cards_orphaned" in line for line in looks), plan
