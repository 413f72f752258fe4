"""Acting on very many cards at once: after a backup, or not at all."""

from __future__ import annotations

from conftest import Desk, basic

from studycards import backup
from studycards.tui.bulk import MANY, Bulk


def put(desk: Desk) -> list[str]:
    desk.cards(*(basic(n, f"question {n}?", f"answer {n}") for n in range(MANY + 1)))
    return [row[0] for row in desk.db.execute("SELECT id FROM cards ORDER BY id").fetchall()]


def suspended(desk: Desk) -> int:
    return int(desk.db.execute("SELECT count(*) FROM marks WHERE suspended").fetchone()[0])


def test_many_cards_are_acted_on_after_a_backup_and_a_few_without(desk: Desk) -> None:
    ids = put(desk)
    bulk = Bulk(desk.desk())
    bulk.do("suspend", ids[:MANY])
    few = backup.listing(desk.folder / "store.db")

    bulk.do("reset", ids)
    bulk.flag(3, ids)

    assert few == []
    assert [one.reason for one in backup.listing(desk.folder / "store.db")] == ["before-bulk", "before-bulk"]
    assert suspended(desk) == MANY


def test_without_a_backup_nothing_is_done_and_it_is_said(desk: Desk) -> None:
    ids = put(desk)
    (desk.folder / "store.backups").write_text("in the way", encoding="utf-8")

    told = Bulk(desk.desk()).do("suspend", ids)

    assert "No backup could be written" in told
    assert suspended(desk) == 0
