"""When cards come due beyond today."""

from __future__ import annotations

from sqlite_utils import Database

_ASKABLE = "c.orphaned_ms IS NULL AND NOT coalesce(k.suspended OR k.retired, 0)"


def next_due_day(db: Database, today: int, asked: int) -> int | None:
    """The next study day after `today` on which a card is due, where `asked` cards are asked today; None for none.

    What is new or overdue and not asked today, for a limit or a sibling, is due tomorrow.
    """
    waiting = db.execute(
        "SELECT count(*) FROM cards c LEFT JOIN memory m ON m.card_id = c.id LEFT JOIN marks k ON k.card_id = c.id"
        f" WHERE {_ASKABLE} AND coalesce(m.due_day, 0) <= ?",
        (today,),
    ).fetchone()[0]
    if waiting > asked:
        return today + 1
    row = db.execute(
        "SELECT min(m.due_day) FROM memory m JOIN cards c ON c.id = m.card_id LEFT JOIN marks k ON k.card_id = c.id"
        f" WHERE {_ASKABLE} AND m.due_day > ?",
        (today,),
    ).fetchone()
    return None if row[0] is None else int(row[0])
