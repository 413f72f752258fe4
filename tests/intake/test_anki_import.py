"""Packages that the real Anki made: every kind of note, deck, schedule and answer arrives, and again adds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from arriving import Stock, every_state

from studycards.export import anki as out
from studycards.intake.apkg.archive import RefusedError
from studycards.model import Kind, Memory, State
from studycards.store import marks as marks_rows
from studycards.store import memory as memories

Give = Callable[[str], Path]


def add(anki: Any, kind: str, *fields: str, deck: str = "Default", tags: tuple[str, ...] = ()) -> Any:
    note = anki.new_note(anki.models.by_name(kind))
    for n, value in enumerate(fields):
        note.fields[n] = value
    note.tags = list(tags)
    anki.add_note(note, anki.decks.id(deck))
    return note


@pytest.mark.parametrize("form", ["latest", "legacy", "colpkg"])
def test_what_went_to_anki_comes_back_the_same(form: str, home: Any, anki: Any, give: Give, tmp_path: Path) -> None:
    from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    (tmp_path / "store").mkdir()
    stock = every_state(Stock(tmp_path / "store", datetime.now().astimezone()), 120)
    stock.settle()
    out.write(tmp_path / "o.apkg", stock.outgoing().edition)
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    anki.import_anki_package(ImportAnkiPackageRequest(package_path=str(tmp_path / "o.apkg"), options=options))

    _, brought = home.take(give(form))

    got = memories.load_many(home.db)
    assert got.keys() == stock.memories.keys()
    assert [card_id for card_id in got if not alike(got[card_id], stock.memories[card_id])] == []
    assert brought.answers == len(stock.rows)
    assert {card.id for card in home.collection.cards()} == {card.id for card in stock.cards}
    for card_id, (suspended, _, flag) in stock.marks.items():
        marks = marks_rows.load(home.db, card_id)
        assert (marks.suspended, marks.flag) == (bool(suspended), flag)
    stock.db.close()


def alike(got: Memory, memory: Memory) -> bool:
    """Equal but for Anki's rounding: seconds, four and three decimals."""
    exact = ("state", "step", "due_day", "reps", "lapses", "interval", "last_day")
    return (
        all(getattr(got, name) == getattr(memory, name) for name in exact)
        and (got.due is None) == (memory.due is None)
        and (got.due is None or memory.due is None or abs((got.due - memory.due).total_seconds()) < 1)
        and abs(got.stability - memory.stability) < 6e-5
        and abs(got.difficulty - memory.difficulty) < 6e-4
    )


@pytest.mark.parametrize("form", ["latest", "legacy", "colpkg"])
def test_every_kind_of_note_becomes_cards(form: str, home: Any, anki: Any, give: Give) -> None:
    add(anki, "Basic", "a <b>bold</b> front", "back<br>two", deck="A::B", tags=("x", "y::z"))
    add(anki, "Basic (and reversed card)", "left", "right")
    add(anki, "Basic (optional reversed card)", "one way", "only", "")
    add(anki, "Basic (optional reversed card)", "both", "ways", "y")
    add(anki, "Basic (type in the answer)", "type this", "word")
    add(anki, "Cloze", "the {{c1::first::hint}} and {{c3::third}}", "more")

    planned, _ = home.take(give(form))

    cards = home.cards()
    assert cards["a **bold** front"].back == "back\ntwo"
    assert cards["a **bold** front"].deck == "A::B"
    assert cards["a **bold** front"].tags == ("x", "y/z")
    assert cards["right"].id == f"{cards['left'].id}-r"
    assert "only" not in cards
    assert cards["ways"].back == "both"
    assert cards["type this"].back == "word"
    text = "the {{c1::first::hint}} and {{c3::third}}"
    holes = [card for card in home.collection.cards() if card.front == text]
    assert [card.hole for card in holes] == [1, 3]
    assert {card.back for card in holes} == {"more"}
    assert {card.kind for card in holes} == {Kind.CLOZE}
    assert planned.left_out == {}


def test_a_note_type_of_ones_own_is_rendered(home: Any, anki: Any, give: Give) -> None:
    kind = anki.models.new("Words")
    for name in ("Word", "Meaning", "Example"):
        anki.models.add_field(kind, anki.models.new_field(name))
    template = anki.models.new_template("Ask")
    template["qfmt"] = "What is <i>{{Word}}</i>?{{#Example}}<br>As in: {{Example}}{{/Example}}"
    template["afmt"] = "{{FrontSide}}<hr id=answer>{{Meaning}}<script>x()</script>"
    anki.models.add_template(kind, template)
    anki.models.add(kind)
    add(anki, "Words", "ibis", "a bird", "the ibis of Thoth")
    add(anki, "Words", "ankh", "life", "")
    add(anki, "Basic", "front", "back")

    planned, _ = home.take(give("latest"))

    cards = home.cards()
    assert cards["What is *ibis*?\nAs in: the ibis of Thoth"].back == "a bird"
    assert cards["What is *ankh*?"].back == "life"
    assert planned.rendered == {"Words": 2}


def test_the_same_package_again_adds_nothing(home: Any, anki: Any, give: Give) -> None:
    add(anki, "Basic", "front", "back")
    path = give("latest")
    home.take(path)
    before = {file: file.read_bytes() for file in (home.folder / "decks").rglob("*.md")}

    planned, brought = home.take(path)

    assert (planned.new, planned.updated, planned.known) == (0, 0, 1)
    assert brought.answers == 0
    assert {file: file.read_bytes() for file in (home.folder / "decks").rglob("*.md")} == before


def test_an_edit_in_anki_comes_over_unless_the_card_was_edited_here(home: Any, anki: Any, give: Give) -> None:
    mine, theirs = add(anki, "Basic", "mine", "old"), add(anki, "Basic", "theirs", "old")
    home.take(give("latest"))
    deck = next((home.folder / "decks").rglob("*.md"))
    deck.write_text(deck.read_text(encoding="utf-8").replace("Q: mine\nA: old", "Q: mine\nA: new here"), "utf-8")
    for note in (mine, theirs):
        note["Back"] = "new in Anki"
        note.mod += 5
        anki.update_note(note)
    anki.db.execute("update notes set mod = mod + 5")

    planned, _ = home.take(give("latest"))

    assert {front: card.back for front, card in home.cards().items()} == {"mine": "new here", "theirs": "new in Anki"}
    assert [problem.code for problem in planned.problems] == ["import-both-edited"]
    assert planned.updated == 1


def test_new_answers_in_anki_are_added_to_the_old_ones(home: Any, anki: Any, give: Give) -> None:
    add(anki, "Basic", "front", "back")
    card = anki.sched.getCard()
    card.start_timer()
    anki.sched.answerCard(card, 3)
    home.take(give("latest"))
    anki.sched.set_due_date([card.id], "0")
    card = anki.sched.getCard()
    card.start_timer()
    anki.sched.answerCard(card, 3)

    _, brought = home.take(give("latest"))

    assert brought.answers == 1
    memory = memories.load_many(home.db)[home.cards()["front"].id]
    assert memory.state is State.REVIEW
    assert memory.stability == pytest.approx(anki.get_card(card.id).memory_state.stability, abs=6e-5)


def test_media_come_along_under_safe_names(home: Any, anki: Any, give: Give) -> None:
    name = anki.media.write_data("图 片.png", b"\x89PNG1")
    sound = anki.media.write_data("say it.mp3", b"ID3")
    add(anki, "Basic", f'<img src="{name}">', f"[sound:{sound}]", deck="A::B")

    planned, _ = home.take(give("latest"))

    assert sorted(path.name for path in (home.folder / "decks" / "media").iterdir()) == ["say it.mp3", "图 片.png"]
    (card,) = home.collection.cards()
    assert card.front == "![](<../media/图 片.png>)"
    assert card.back == "[say it.mp3](<../media/say it.mp3>)"
    assert len(planned.media) == 2


def test_cards_in_a_filtered_deck_come_home(home: Any, anki: Any, give: Give) -> None:
    add(anki, "Basic", "front", "back", deck="Home")
    deck = anki.decks.new_filtered("Filter")
    anki.sched.rebuild_filtered_deck(deck)

    home.take(give("colpkg"))

    assert [card.deck for card in home.collection.cards()] == ["Home"]


def test_what_reads_as_markup_shows_as_it_did(home: Any, anki: Any, give: Give) -> None:
    add(anki, "Basic", "Q: *x* # `y` {{c1::z}}<br>A: 1. two<br>---<br># three", "&lt;b&gt; \\(a_b\\)")

    home.take(give("latest"))

    (card,) = home.collection.cards()
    assert card.front == "Q: \\*x\\* # \\`y\\` \\{\\{c1::z}}\nA: 1. two\n\\---\n\\# three"
    assert card.back == "\\<b> $a_b$"


def test_an_old_sm2_card_gets_the_memory_its_ease_and_interval_say(home: Any, anki: Any, give: Give) -> None:
    note = add(anki, "Basic", "front", "back")
    anki.db.execute(
        "update cards set type = 2, queue = 2, ivl = 46, factor = 2500, due = ?, reps = 9, data = '' where nid = ?",
        anki.sched.today + 3,
        note.id,
    )

    home.take(give("legacy"))

    (memory,) = memories.load_many(home.db).values()
    assert memory.stability == pytest.approx(46)
    assert memory.difficulty == pytest.approx(5.731, abs=6e-4)


def test_a_file_that_is_no_package_is_refused(home: Any, tmp_path: Path) -> None:
    (tmp_path / "x.apkg").write_bytes(b"hello")

    with pytest.raises(RefusedError, match="no readable Anki package"):
        home.take(tmp_path / "x.apkg")
