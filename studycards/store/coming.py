"""When cards come due beyond today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studycards.store import askable

if TYPE_CHECKING:
    from sqlite_utils import Database


def next_due_day(db: Database, today: int, asked: int) -> int | None:
    """The next study day after `today` on which a card is due, where `asked` cards are asked today; None for none.

    What is new or overdue and not asked today, for a limit or a sibling, is due tomorrow.
    """
    if askable.waits(db, today, asked):
        return today + 1
    row = db.conn.execute(
        "SELECT m.due_day FROM memory m CROSS JOIN cards c ON c.id = m.card_id LEFT JOIN marks k ON k.card_id = c.id"
        " WHERE m.due_day > ? AND c.orphaned_ms IS NULL AND NOT coalesce(k.suspended OR k.retired, 0)"
        " ORDER BY m.due_day LIMIT 1",
        (today,),
    ).fetchone()
    return None if row is None else int(row[0])
