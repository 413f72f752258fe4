"""Anki → ours → Anki: what was built in Anki arrives in another Anki as it was, and nothing is doubled in the first."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_anki_import import add

from studycards.config import Config
from studycards.export.anki import write
from studycards.notes.block_tokens import block_tokens
from studycards.outgoing import Wanted, prepare, remember
from studycards.scheduling.studyday import study_day
from studycards.store.selection import Selection

Give = Callable[[str], Path]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Any]:
    """A second, empty collection of Anki."""
    pytest.importorskip("anki.collection", reason="there is no anki wheel for this machine")
    from anki.collection import Collection

    (tmp_path / "other").mkdir()
    collection = Collection(str(tmp_path / "other" / "collection.anki2"))
    collection.set_config("fsrs", True)
    yield collection
    collection.close()


def studied(anki: Any, count: int) -> None:
    """Notes of four kinds in two decks, answered at random, some suspended, some flagged."""
    choice = random.Random(3)
    for n in range(count):
        deck = f"Deck::{n % 2}"
        if n % 4 == 0:
            add(anki, "Basic", f"front <b>{n}</b> &amp; {n}", f"back<br>{n}", deck=deck, tags=(f"t{n % 3}",))
        elif n % 4 == 1:
            add(anki, "Basic (and reversed card)", f"left {n}", f"right {n}", deck=deck)
        elif n % 4 == 2:
            add(anki, "Cloze", f"a {{{{c1::hole {n}}}}} and {{{{c3::more {n}::hint}}}}", "extra", deck=deck)
        else:
            add(anki, "Basic (type in the answer)", f"type {n}", f"word {n}", deck=deck)
    for name in anki.decks.all():
        conf = anki.decks.config_dict_for_deck_id(name["id"])
        conf["new"]["perDay"] = 9999
        anki.decks.save(conf)
    for deck in ("Deck::0", "Deck::1"):
        anki.decks.select(anki.decks.id(deck))
        for _ in range(count):
            card = anki.sched.getCard()
            if card is None:
                break
            card.start_timer()
            anki.sched.answerCard(card, choice.choice([1, 2, 3, 3, 4, 4]))
    cards = anki.db.list("select id from cards order by id")
    anki.sched.suspend_cards(cards[::9])
    anki.set_user_flag_for_cards(3, cards[::7])


def exported(home: Any, path: Path, later_s: int = 0) -> Any:
    now = datetime.now().astimezone() + timedelta(seconds=later_s)
    wanted = Wanted(True, int(now.timestamp()), study_day(now, 4), block_tokens)
    home.collection.sync([home.folder / "decks"], now)
    out = prepare(home.db, Selection(), Config(Path("none")), wanted)
    write(path, out.edition)
    remember(home.db, out)
    return out


def taken(anki: Any, path: Path) -> Any:
    from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    return anki.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log


def state(anki: Any) -> dict[tuple[str, int], Any]:
    """Everything that counts of every card, by guid and ord."""
    found = {}
    for row in anki.db.all(
        "select n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.reps, c.lapses, c.left, c.flags, c.data, n.flds,"
        " n.tags, c.id, c.did from cards c join notes n on n.id = c.nid"
    ):
        guid, ordinal, kind, queue, due, ivl, reps, lapses, left, flags, data, flds, tags, card_id, deck = row
        known = json.loads(data) if data else {}
        shown_due = None if kind == 0 else due - anki.sched.today if kind == 2 else due
        log = anki.db.all("select id, ease, type from revlog where cid = ? order by id", card_id)
        # Anki looks at the clock twice, for the log's row and for the last answer's second: one of them tells enough.
        memory = {key: known.get(key) for key in ("s", "d")} if kind else {}
        columns = (kind, queue, shown_due, ivl if kind == 2 else 0, reps, lapses, left % 1000, flags)
        found[guid, ordinal] = (*columns, memory, flds, tags, log, anki.decks.name(deck))
    return found


def last_seconds(anki: Any) -> dict[tuple[str, int], int]:
    """The second of the last answer to every card that had one."""
    rows = anki.db.all("select n.guid, c.ord, c.data from cards c join notes n on n.id = c.nid where c.type != 0")
    return {(guid, ordinal): json.loads(data)["lrt"] for guid, ordinal, data in rows}


def test_another_anki_gets_what_the_first_one_had(home: Any, anki: Any, other: Any, give: Give, tmp_path: Path) -> None:
    studied(anki, 60)
    home.take(give("latest"))

    exported(home, tmp_path / "back.apkg")
    taken(other, tmp_path / "back.apkg")

    there, here = state(anki), state(other)
    assert here.keys() == there.keys()
    assert last_seconds(other).keys() == last_seconds(anki).keys()
    assert all(abs(last_seconds(other)[key] - second) <= 1 for key, second in last_seconds(anki).items())
    assert {key: (there[key], here[key]) for key in there if there[key] != here[key]} == {}
    assert other.fix_integrity()[1]


def test_the_first_anki_is_left_as_it_was_but_for_an_edit_made_here(
    home: Any, anki: Any, give: Give, tmp_path: Path
) -> None:
    studied(anki, 8)
    home.take(give("latest"))
    exported(home, tmp_path / "1.apkg")
    before = state(anki)

    log = taken(anki, tmp_path / "1.apkg")

    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 0, 0)
    assert state(anki) == before
    for deck in (home.folder / "decks").rglob("*.md"):
        text = deck.read_text(encoding="utf-8")
        deck.write_text(text.replace("front **0** & 0", "a new front"), encoding="utf-8")
    exported(home, tmp_path / "2.apkg", later_s=5)
    log = taken(anki, tmp_path / "2.apkg")
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 1, 0)
    assert anki.db.scalar("select count() from notes where flds like 'a new front%back<br>0'") == 1


def test_pictures_go_back_under_their_own_names(home: Any, anki: Any, other: Any, give: Give, tmp_path: Path) -> None:
    name = anki.media.write_data("图 片.png", b"\x89PNG1")
    add(anki, "Basic", f'<img src="{name}">', "back")
    home.take(give("latest"))

    exported(home, tmp_path / "back.apkg")
    taken(other, tmp_path / "back.apkg")

    check = other.media.check()
    assert (list(check.missing), list(check.unused)) == ([], [])
    assert Path(other.media.dir(), name).read_bytes() == b"\x89PNG1"


def test_two_exports_of_imported_cards_are_the_same_bytes(home: Any, anki: Any, give: Give, tmp_path: Path) -> None:
    studied(anki, 12)
    home.take(give("latest"))

    exported(home, tmp_path / "1.apkg")
    exported(home, tmp_path / "2.apkg")

    assert (tmp_path / "1.apkg").read_bytes() == (tmp_path / "2.apkg").read_bytes()


@pytest.mark.parametrize("edited_here", [False, True])
def test_a_card_of_ours_that_was_edited_in_anki_is_edited_here_too(
    edited_here: bool, home: Any, anki: Any, give: Give, tmp_path: Path
) -> None:
    deck = home.folder / "decks" / "d.md"
    deck.parent.mkdir()
    deck.write_text("---\ndeck: D\n---\n\nQ: front\nA: back\n<!-- card: k7f3q2m9xd -->\n", encoding="utf-8")
    exported(home, tmp_path / "1.apkg")
    taken(anki, tmp_path / "1.apkg")
    note = anki.get_note(anki.db.scalar("select id from notes"))
    note["Back"] = "edited <b>there</b>"
    anki.update_note(note)
    anki.db.execute("update notes set mod = mod + 60")
    if edited_here:
        deck.write_text(deck.read_text(encoding="utf-8").replace("A: back", "A: edited here"), encoding="utf-8")
        home.collection.sync([deck.parent], datetime.now().astimezone() + timedelta(seconds=5))

    planned, _ = home.take(give("latest"))

    (card,) = home.collection.cards()
    assert card.id == "k7f3q2m9xd"
    assert card.back == ("edited here" if edited_here else "edited **there**")
    assert [problem.code for problem in planned.problems] == (["import-both-edited"] if edited_here else [])
