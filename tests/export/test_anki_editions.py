"""Two editions of one collection: what changed here is updated in Anki, nothing doubled, what was set there stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from arriving import Stock, every_state

from studycards.export import anki as package
from studycards.outgoing import remember
from studycards.store.opening import writing


@pytest.fixture
def stock(tmp_path: Path) -> Any:
    (tmp_path / "store").mkdir()
    made = every_state(Stock(tmp_path / "store", datetime.now().astimezone()), 200)
    made.settle()
    yield made
    made.db.close()


def edition(stock: Stock, path: Path) -> Any:
    out = stock.outgoing()
    package.write(path, out.edition)
    remember(stock.db, out)
    return out


def test_a_second_edition_updates_adds_and_doubles_nothing(
    stock: Stock, anki: Any, take_in: Any, tmp_path: Path
) -> None:
    edition(stock, tmp_path / "1.apkg")
    first = take_in(tmp_path / "1.apkg")
    schedules = anki.db.all("select id, type, due, ivl, data from cards order by id")
    tagged = anki.get_note(anki.db.scalar("select id from notes where guid = 'sc-k150'"))
    tagged.tags = ["mine"]
    anki.update_note(tagged)
    flagged = anki.db.scalar("select c.id from cards c join notes n on n.id = c.nid where n.guid = 'sc-k3'")
    anki.set_user_flag_for_cards(4, [flagged])
    with writing(stock.db):
        stock.db.execute("UPDATE cards SET back = back || ' edited' WHERE position < 20")
        stock.db.execute(
            "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position,"
            " first_seen_ms, changed_ms) SELECT 'new' || id, 'new' || id, kind, 'new ' || front, back, deck, path, 1,"
            " 1, '', 1000 + position, first_seen_ms + 500000, 0 FROM cards WHERE position BETWEEN 40 AND 49"
        )
        stock.db.execute(
            "INSERT OR REPLACE INTO marks (card_id, retired) SELECT id, 1 FROM cards WHERE position BETWEEN 190 AND 199"
        )

    stock.now += timedelta(seconds=60)
    out = edition(stock, tmp_path / "2.apkg")
    second = take_in(tmp_path / "2.apkg")

    assert len(first.new) == 200
    assert (len(second.new), len(second.updated), len(second.conflicting)) == (10, 20, 0)
    assert anki.db.scalar("select count() from notes") == 210
    assert anki.db.scalar("select count() from (select guid from notes group by guid having count() > 1)") == 0
    assert anki.get_note(tagged.id).tags == ["mine"]
    assert anki.get_card(flagged).user_flag() == 4
    old = [row[0] for row in schedules]
    now = [list(row) for row in anki.db.all("select id, type, due, ivl, data from cards order by id") if row[0] in old]
    assert now == [list(row) for row in schedules]
    assert len(out.retired) == 10


def test_an_export_that_was_forgotten_renders_the_same(stock: Stock, tmp_path: Path) -> None:
    edition(stock, tmp_path / "1.apkg")
    edition(stock, tmp_path / "2.apkg")
    with writing(stock.db):
        stock.db.execute("UPDATE exports SET key = x'00', fields = 'rubbish'")

    edition(stock, tmp_path / "3.apkg")

    first = (tmp_path / "1.apkg").read_bytes()
    assert (tmp_path / "2.apkg").read_bytes() == first
    assert (tmp_path / "3.apkg").read_bytes() == first
