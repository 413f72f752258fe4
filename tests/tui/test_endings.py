"""Pages end at once and leave the terminal as it was; edits change only their card. At length: tests.soak.screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Desk

from studycards.collection import Collection
from tests.soak import screens


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person with one deck."""
    monkeypatch.chdir(tmp_path)
    screens.furnish(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("page", "way"), [("curate", "SIGTERM"), ("edit", "closed"), ("browse", "SIGHUP")])
def test_a_page_ends_within_a_second(folder: Path, page: str, way: str) -> None:
    terminal = screens.opened(folder, page)
    told = screens.end(terminal, way, within_s=5)  # a second where nothing else runs
    terminal.close()

    assert told == ""


def test_edits_change_only_the_cards_own_bytes_in_every_encoding(tmp_path: Path) -> None:
    assert screens.edits(tmp_path, 30).wrong == []


def test_a_card_goes_to_another_deck_with_its_id_and_its_source(desk: Desk) -> None:
    from studycards.collection.moving import move

    path = desk.folder / "decks" / "egypt.md"
    path.parent.mkdir()
    block = "Q: one\nA: first\n<!-- card: k7f3q2m9xd · ../notes/n.md:3 · alias -->\n"
    path.write_text(f"---\ndeck: egypt\ntags: [old]\n---\n\n{block}\nQ: two\nA: second\n", encoding="utf-8")
    collection = Collection(desk.db)
    collection.sync([path.parent], desk.clock())

    moved = move(collection, ["k7f3q2m9xd"], "历史::名", desk.clock())

    new = (path.parent / "历史-名.md").read_text(encoding="utf-8")
    assert moved == 1
    assert new.startswith("---\ndeck: 历史::名\n")
    assert block in new
    assert "k7f3q2m9xd" not in path.read_text(encoding="utf-8")
    assert {card.id: card.deck for card in collection.cards()}["k7f3q2m9xd"] == "历史::名"
    assert len(collection.cards()) == 2


def test_a_card_without_an_id_is_not_moved(desk: Desk) -> None:
    from studycards.collection.moving import move
    from studycards.errors import StudycardsError

    path = desk.folder / "decks" / "egypt.md"
    path.parent.mkdir()
    path.write_text("---\ndeck: egypt\n---\n\nQ: two\nA: second\n", encoding="utf-8")
    before = path.read_bytes()
    collection = Collection(desk.db)
    collection.sync([path.parent], desk.clock())

    with pytest.raises(StudycardsError, match="written by hand"):
        move(collection, [collection.cards()[0].id], "other", desk.clock())

    assert path.read_bytes() == before
