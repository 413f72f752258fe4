"""What is remembered of a run with nothing to do, and what makes it forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from inbox_desk import InboxDesk

from studycards.inbox.unchanged import remember, standing
from studycards.store import filestat
from studycards.store.filestat import NOTE, FileStat
from studycards.store.opening import writing

MADE_BY = "these rules"


def settled(desk: InboxDesk) -> Path:
    """A note that was generated from, and a run that has nothing more to do."""
    note = desk.note("n.md", "heap: a tree", "stack: last in, first out", "queue?: a line")
    desk.generate()
    found = note.stat()
    with writing(desk.db):
        filestat.remember(desk.db, [FileStat(str(note), NOTE, found.st_size, found.st_mtime_ns, "x", MADE_BY)])
        filestat.add_folders(desk.db, [str(desk.decks)], 1)
    remember(desk.db, [str(desk.notes)], str(desk.decks), MADE_BY)
    return note


def is_remembered(desk: InboxDesk) -> bool:
    return bool(desk.db.execute("SELECT count(*) FROM meta WHERE key = 'standing'").fetchone()[0])


def change(desk: InboxDesk, statement: str) -> None:
    with writing(desk.db):
        desk.db.execute(statement)


def test_what_there_is_is_told_without_opening_a_note(desk: InboxDesk) -> None:
    settled(desk)

    found = standing(desk.db, [str(desk.notes)], str(desk.decks), MADE_BY, 1)

    assert found is not None
    assert (found.notes, found.known, found.waiting) == (1, 2, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cards SET version = version + 1, begun = 1",
        "INSERT INTO memory SELECT id, 2, NULL, 3.0, 5.0, 9, NULL, 6, 1, 1, 0, 3 FROM cards",
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('theme', 'dark')",
    ],
)
def test_an_answer_makes_nothing_forgotten(desk: InboxDesk, statement: str) -> None:
    settled(desk)

    change(desk, statement)

    assert is_remembered(desk)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cards SET orphaned_ms = 1 WHERE id = (SELECT min(id) FROM cards)",
        "DELETE FROM cards WHERE id = (SELECT min(id) FROM cards)",
        "UPDATE proposals SET decision = 'drop' WHERE status = 'inbox'",
        "DELETE FROM proposals WHERE id = (SELECT min(id) FROM proposals)",
        "UPDATE files SET digest = 'y'",
        "DELETE FROM files",
    ],
)
def test_a_change_of_cards_proposals_or_files_makes_it_forgotten(desk: InboxDesk, statement: str) -> None:
    settled(desk)

    change(desk, statement)

    assert not is_remembered(desk)


def _edit_note(desk: InboxDesk) -> None:
    desk.note("n.md", "heap: a tree of some kind", "stack: last in, first out", "queue?: a line")


def _edit_deck(desk: InboxDesk) -> None:
    deck = desk.decks / "n.md"
    deck.write_text(f"{deck.read_text(encoding='utf-8')}\nmine\n---\nyours\n", encoding="utf-8")


def _add_note(desk: InboxDesk) -> None:
    desk.note("m.md", "tree: a graph")


@pytest.mark.parametrize("edit", [_edit_note, _edit_deck, _add_note])
def test_an_edited_file_wants_a_whole_run(desk: InboxDesk, edit: Callable[[InboxDesk], None]) -> None:
    settled(desk)

    edit(desk)

    assert standing(desk.db, [str(desk.notes)], str(desk.decks), MADE_BY, 1) is None


def test_a_proposal_put_off_waits_again_on_its_day(desk: InboxDesk) -> None:
    settled(desk)
    change(desk, "UPDATE proposals SET later_day = 5 WHERE status = 'inbox'")
    remember(desk.db, [str(desk.notes)], str(desk.decks), MADE_BY)

    found = [standing(desk.db, [str(desk.notes)], str(desk.decks), MADE_BY, day) for day in (4, 5)]

    assert [one and one.waiting for one in found] == [0, 1]
