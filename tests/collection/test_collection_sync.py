"""What a look at the deck files finds, and that no card loses its id by it."""

from __future__ import annotations

import os

import pytest
from collection_desk import Desk

from studycards.collection import Selection
from studycards.errors import UsageError
from studycards.model import Kind

TWO = "Q: one\nA: first\n\nQ: two\nA: second\n"


def test_cards_written_by_hand_get_ids_and_keep_them(desk: Desk) -> None:
    desk.write("a.md", TWO)
    desk.look()
    before = desk.ids()

    desk.write("a.md", "Q: zero\nA: new\n\n" + TWO)

    assert desk.told() == [("new", "zero\nnew")]
    assert before.items() <= desk.ids().items()
    assert all(len(name) == 10 for name in before.values())


def test_a_second_look_finds_nothing_and_opens_nothing(desk: Desk) -> None:
    path = desk.write("a.md", TWO)
    desk.look()
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace(b"first", b"fIrst"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    report = desk.look()

    assert not report.changes
    assert report.kept == 2
    assert "first" in {card.back for card in desk.collection.cards()}


def test_an_edited_card_keeps_its_id_and_its_earlier_text(desk: Desk) -> None:
    desk.write("a.md", TWO)
    desk.look()
    before = desk.ids()

    desk.write("a.md", TWO.replace("A: first", "A: the first of them"))

    assert desk.told() == [("edited", "one\nthe first of them")]
    assert desk.ids() == before
    assert desk.db.execute("SELECT front, back FROM texts").fetchall() == [("one", "first")]


def test_a_renamed_file_keeps_every_id(desk: Desk) -> None:
    path = desk.write("a.md", TWO)
    desk.look()
    before = desk.ids()

    path.rename(desk.folder / "b.md")

    assert [what for what, _ in desk.told()] == ["moved", "moved"]
    assert desk.ids() == before


def test_a_card_moved_to_another_deck_keeps_its_id(desk: Desk) -> None:
    desk.write("a.md", TWO)
    desk.write("b.md", "", deck="other")
    desk.look()
    before = desk.ids()

    desk.write("a.md", "Q: two\nA: second\n")
    desk.write("b.md", "Q: one\nA: first\n", deck="other")

    assert desk.told() == [("moved", "one\nfirst")]
    assert desk.ids() == before
    assert {card.front: card.deck for card in desk.collection.cards()} == {"one": "other", "two": "d"}


def test_a_vanished_card_is_orphaned_and_revives_with_its_text(desk: Desk) -> None:
    desk.write("a.md", TWO)
    desk.look()
    before = desk.ids()

    desk.write("a.md", "Q: two\nA: second\n")
    gone = desk.told()
    there = desk.ids()
    desk.write("a.md", TWO)

    assert gone == [("orphaned", "one\nfirst")]
    assert set(there) == {"two"}
    assert desk.told() == [("revived", "one\nfirst")]
    assert desk.ids() == before


def test_an_id_in_a_comment_outlives_every_change_of_text(desk: Desk) -> None:
    desk.write("a.md", "Q: one\nA: first\n<!-- card: k7f3q2m9xd · notes/n.md:3 · alias -->\n")
    desk.look()

    desk.write("a.md", "Q: something else\nA: entirely\n<!-- card: k7f3q2m9xd · notes/n.md:3 · alias -->\n")

    assert desk.told() == [("edited", "something else\nentirely")]
    (card,) = desk.collection.cards()
    assert (card.id, card.rule) == ("k7f3q2m9xd", "alias")
    assert card.source is not None
    assert card.passage == f"{desk.folder}/notes/n.md:3"


def test_two_blocks_with_one_id_and_one_text_are_one_card(desk: Desk) -> None:
    block = "Q: one\nA: first\n<!-- card: k7f3q2m9xd -->\n"
    desk.write("a.md", block)
    desk.look()

    desk.write("b.md", block)
    report = desk.look()

    assert [problem.code for problem in report.problems] == ["deck-duplicate"]
    assert desk.ids() == {"one": "k7f3q2m9xd"}


def test_of_two_blocks_with_one_id_the_unchanged_one_keeps_it(desk: Desk) -> None:
    block = "Q: one\nA: first\n<!-- card: k7f3q2m9xd -->\n"
    desk.write("a.md", block)
    desk.look()

    desk.write("a.md", block.replace("one", "changed copy") + "\n" + block)
    report = desk.look()

    assert [problem.code for problem in report.problems] == ["deck-duplicate-id"]
    assert desk.ids()["one"] == "k7f3q2m9xd"
    assert len(desk.ids()) == 2


def test_a_copy_takes_over_when_the_first_file_goes(desk: Desk) -> None:
    block = "Q: one\nA: first\n<!-- card: k7f3q2m9xd -->\n"
    path = desk.write("a.md", block)
    desk.write("b.md", block)
    desk.look()

    path.unlink()

    assert desk.told() == [("moved", "one\nfirst")]
    assert desk.ids() == {"one": "k7f3q2m9xd"}


def test_both_directions_and_holes_are_cards_of_one_block(desk: Desk) -> None:
    desk.write("a.md", "Q: PLE\nA: Progressive\nR:\n\nC: {{c1::a}} and {{c2::b}} and {{c1::d}}\nA: extra\n")
    desk.look()

    cards = desk.collection.cards()

    basic = [card for card in cards if card.kind is Kind.BASIC]
    cloze = [card for card in cards if card.kind is Kind.CLOZE]
    assert {card.id.removeprefix(card.block): card.front for card in basic} == {"": "PLE", "-r": "Progressive"}
    assert {card.id.removeprefix(card.block): card.hole for card in cloze} == {"-1": 1, "-2": 2}
    assert len({card.block for card in cards}) == 2


def test_a_hole_keeps_its_card_when_its_neighbour_is_taken_out(desk: Desk) -> None:
    desk.write("a.md", "C: {{c1::alpha}} and {{c2::beta}} meet here in the middle\n")
    desk.look()
    second = next(card.id for card in desk.collection.cards() if card.hole == 2)

    desk.write("a.md", "C: alpha and {{c1::beta}} meet here in the middle\n")
    desk.look()

    (card,) = desk.collection.cards()
    assert (card.id, card.hole) == (second, 1)


def test_taking_the_reverse_away_orphans_only_that_card(desk: Desk) -> None:
    desk.write("a.md", "Q: a\nA: b\nR:\n")
    desk.look()

    desk.write("a.md", "Q: a\nA: b\n")
    desk.look()

    assert [card.front for card in desk.collection.cards()] == ["a"]


def test_very_many_gone_at_once_are_not_touched_until_confirmed(desk: Desk) -> None:
    many = [f"Q: question number {n}\nA: answer {n * n}\n" for n in range(40)]
    desk.write("a.md", "\n".join(many))
    desk.look()

    desk.write("a.md", "\n".join(many[:20]))
    held = desk.look()
    again = desk.look()

    assert [(one.gone, one.total) for one in held.held] == [(20, 40)]
    assert again.held == held.held
    assert len(desk.ids()) == 40

    confirmed = desk.look(confirmed=True)

    assert confirmed.counts()["orphaned"] == 20
    assert len(desk.ids()) == 20
    assert not desk.look().changes


def test_a_held_file_that_comes_back_changes_nothing(desk: Desk) -> None:
    text = "\n".join(f"Q: question number {n}\nA: answer {n * n}\n" for n in range(40))
    path = desk.write("a.md", text)
    desk.look()
    before = desk.ids()

    path.unlink()
    assert desk.look().held
    desk.write("a.md", text)

    assert not desk.look().changes
    assert desk.ids() == before


def test_notes_among_the_deck_files_are_passed_over(desk: Desk) -> None:
    (desk.folder / "note.md").write_text("# A note\n\nQ: no\nA: card\n", encoding="utf-8")
    desk.write("sub/a.md", TWO)

    desk.look()

    assert set(desk.ids()) == {"one", "two"}


def test_cards_are_chosen_by_path_by_deck_and_by_parent_deck(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("a.md", TWO, deck="历史::古埃及")
    desk.write("b.md", "Q: three\nA: third\nT: hard\n", deck="mtl")
    desk.look()
    monkeypatch.chdir(desk.folder.parent)

    def fronts(*words: str, tags: tuple[str, ...] = ()) -> set[str]:
        return {card.front for card in desk.collection.cards(desk.collection.select(words, tags))}

    assert fronts("decks") == {"one", "two", "three"}
    assert fronts("decks/b.md") == {"three"}
    assert fronts("历史") == {"one", "two"}
    assert fronts("MTL", "历史::古埃及") == {"one", "two", "three"}
    assert fronts(tags=("hard",)) == {"three"}
    assert desk.collection.decks() == {"mtl": 1, "历史": 2, "历史::古埃及": 2}
    assert desk.collection.select(["mtl"]) == Selection(("mtl",), (), ())
    with pytest.raises(UsageError, match=r"no file, folder or deck called 'mlt'\. Did you mean 'mtl'"):
        desk.collection.select(["mlt"])


def test_loops_pipes_and_files_that_are_no_text_are_passed_over(desk: Desk) -> None:
    desk.write("a.md", TWO)
    (desk.folder / "loop").symlink_to(desk.folder, target_is_directory=True)
    (desk.folder / "same.md").symlink_to(desk.folder / "a.md")
    (desk.folder / "binary.md").write_bytes(bytes(range(256)) * 9)
    os.mkfifo(desk.folder / "pipe.md")

    report = desk.look()

    assert len(report.changes) == 2
    assert not report.problems
    assert not desk.look().changes


def test_a_deck_file_that_cannot_be_read_keeps_its_cards(desk: Desk) -> None:
    path = desk.write("a.md", TWO)
    desk.look()

    path.write_bytes(bytes(range(256)) * 9)
    report = desk.look()

    assert [problem.code for problem in report.problems] == ["note-binary"]
    assert set(desk.ids()) == {"one", "two"}
