"""Cards of every kind in the real Anki: counts, text, decks, media, and what a second package changes."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from exporting import SOURCE, Exporter, basic, both_ways, cloze

from studycards.errors import StudycardsError
from studycards.export import anki as package

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc000000301010018dd8db00000000049454e44ae426082"
)
Take = Callable[[Path], Any]


def many() -> list[Any]:
    return [
        basic(
            "a", "法老登基时的名字叫什么？", "尼苏毕特名", deck="历史::古埃及", tags=("egypt", "两 词"), source=SOURCE
        ),
        *both_ways("b", "serekh", "王宫正面", deck="历史::古埃及"),
        *cloze("c", "王名写在{{c1::王名圈}}里，{{c2::荷鲁斯名::一个名字}}写在别处。", "补充", holes={1: 1, 3: 2}),
        basic("e", "Which five?", "- Horus\n- Nebty\n- **Golden** Horus"),
    ]


def test_cards_arrive_in_anki_with_decks_tags_and_source(export: Exporter, anki: Any, take_in: Take) -> None:
    log = take_in(export(many()).path)

    assert len(log.new) == 4
    assert anki.db.scalar("select count() from cards") == 6
    assert anki.db.scalar("select tags from notes where guid = 'sc-a'") == " egypt 两_词 "
    assert anki.decks.id_for_name("历史::古埃及")
    card = anki.get_card(anki.db.scalar("select id from cards where ord = 2"))
    assert "[一个名字]" in card.question()
    assert "notes/egypt.md › Egypt › Names" in anki.db.scalar("select flds from notes where guid = 'sc-a'")
    assert anki.fix_integrity()[1]


def test_the_same_package_again_adds_nothing(export: Exporter, anki: Any, take_in: Take) -> None:
    path = export(many()).path
    take_in(path)
    before = anki.db.all("select * from cards")

    log = take_in(path)

    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 0, 0)
    assert anki.db.all("select * from cards") == before


def test_an_edited_card_is_one_update_and_no_new_one(export: Exporter, anki: Any, take_in: Take) -> None:
    take_in(export(many()).path)
    edited = [basic("a", "法老登基时的名字？", "尼苏毕特名", deck="历史::古埃及"), *many()[1:]]

    log = take_in(export(edited, now_s=1_795_200_000).path)

    assert (len(log.new), len(log.updated)) == (0, 1)
    assert anki.db.scalar("select count() from cards") == 6


def test_an_edit_made_in_anki_survives_the_next_package(export: Exporter, anki: Any, take_in: Take) -> None:
    take_in(export(many()).path)
    note = anki.get_note(anki.db.scalar("select id from notes where guid = 'sc-e'"))
    note["Back"] = "my own words"
    note.tags = ["mine"]
    anki.update_note(note)

    take_in(export([*many(), basic("z", "new", "card")], now_s=1_795_200_000).path)

    assert anki.get_note(note.id)["Back"] == "my own words"
    assert anki.get_note(note.id).tags == ["mine"]


def test_an_added_reverse_and_an_added_hole_are_one_card_each(export: Exporter, anki: Any, take_in: Take) -> None:
    take_in(export([basic("a", "x", "y"), *cloze("c", "{{c1::A}} B", holes={1: 1})]).path)

    log = take_in(export([*both_ways("a", "x", "y"), *cloze("c", "{{c1::A}} {{c2::B}}", holes={1: 1, 2: 2})],
                         now_s=1_795_200_000).path)  # fmt: skip

    assert len(log.new) == 0
    assert anki.db.scalar("select count() from cards") == 4


def test_a_hole_that_is_gone_takes_no_other_card_with_it(export: Exporter, anki: Any, take_in: Take) -> None:
    take_in(export(cloze("c", "{{c1::A}} {{c2::B}}", holes={1: 1, 2: 2})).path)
    row = anki.db.all("select * from cards where ord = 1")

    take_in(export(cloze("c", "A {{c1::B}}", holes={2: 1}), now_s=1_795_200_000).path)

    assert anki.db.all("select * from cards where ord = 1") == row
    assert "{{c2::B}}" in anki.db.scalar("select flds from notes")
    assert [list(note.card_ids) for note in anki.get_empty_cards().notes] == [
        [anki.db.scalar("select id from cards where ord = 0")]
    ]


def test_new_cards_keep_the_order_of_the_deck_file(export: Exporter, anki: Any, take_in: Take) -> None:
    take_in(export([basic(f"k{n}", f"q{n}", "a") for n in (3, 1, 2)]).path)

    order = anki.db.list("select n.guid from cards c join notes n on n.id = c.nid order by c.due")

    assert order == ["sc-k3", "sc-k1", "sc-k2"]


def test_a_picture_travels_under_a_name_made_of_its_content(export: Exporter, anki: Any, take_in: Take) -> None:
    for odd in ("a:b.png", "a*b.png", "图 片.png", "q?%20.png"):
        (export.folder / odd).write_bytes(PNG + odd.encode())
    sides = ["![x](a:b.png)", "![x](a*b.png)", "![x](<图 片.png>)", "![x](q?%20.png)", "![x](图%20片.png)"]

    take_in(export([basic(f"k{n}", side, "y") for n, side in enumerate(sides)]).path)

    check = anki.media.check()
    assert (list(check.missing), list(check.unused)) == ([], [])
    name = f"sc-{sha256(PNG + b'a:b.png').hexdigest()[:16]}.png"
    assert f'<img src="{name}" alt="x">' in anki.db.scalar("select flds from notes where guid = 'sc-k0'")


def test_a_sound_becomes_a_sound_and_a_page_stays_text(export: Exporter) -> None:
    (export.folder / "say.mp3").write_bytes(b"ID3")

    front, back, *_ = export.fields(basic("k", "[listen](say.mp3)", "see [it](other.md)"))

    assert front == f"[sound:sc-{sha256(b'ID3').hexdigest()[:16]}.mp3]"
    assert back == "see it"


@pytest.mark.parametrize(
    "address",
    ["../out.png", "/etc/out.png", "%2e%2e/out.png", "sub/../../out.png", "link.png", "gone.png", "..\\out.png"],
)
def test_a_file_outside_the_folders_stays_outside(tmp_path: Path, address: str) -> None:
    (tmp_path / "out.png").write_bytes(PNG)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "out.png")

    done = Exporter(folder)([basic("k", f"see ![the alt]({address})", "y")])

    assert done.notes[0].fields[0] == "see the alt"
    assert [problem.code for problem in done.problems] == ["export-media"]
    assert zipfile.ZipFile(done.path).namelist() == ["collection.anki2", "media"]


def test_two_packages_of_the_same_cards_are_the_same_bytes(export: Exporter) -> None:
    (export.folder / "p.png").write_bytes(PNG)
    cards = [*many(), basic("p", "![](p.png)", "y")]

    first, second = export(cards, "1.apkg").path, export(cards, "2.apkg", now_s=1_799_000_000).path

    assert first.read_bytes() == second.read_bytes()


def test_nothing_is_left_beside_the_package(export: Exporter) -> None:
    export(many())

    assert [path.name for path in export.folder.iterdir()] == ["out.apkg"]


def test_a_failure_leaves_the_old_package_and_no_temp_file(export: Exporter) -> None:
    (export.folder / "p.png").write_bytes(PNG)
    path = export(many()).path
    old = path.read_bytes()
    converter = export.converter()
    notes = converter.convert([basic("p", "![](p.png)", "y")])
    (export.folder / "p.png").write_bytes(b"other")

    with pytest.raises(StudycardsError, match="changed while it was exported"):
        package.write(path, package.Edition(notes, converter.media.files, {"sc-p": ("", 1)}, {}))

    assert path.read_bytes() == old
    assert sorted(entry.name for entry in export.folder.iterdir()) == ["out.apkg", "p.png"]


def test_the_package_names_the_scheduler_and_the_day_zero(export: Exporter, tmp_path: Path) -> None:
    with zipfile.ZipFile(export(many()).path) as archive:
        archive.extract("collection.anki2", tmp_path)
    connection = sqlite3.connect(tmp_path / "collection.anki2")
    crt, conf, decks, models = connection.execute("select crt, conf, decks, models from col").fetchone()
    connection.close()

    assert crt == 1411124400
    assert json.loads(conf) | {"schedVer": 2, "rollover": 4, "creationOffset": 0} == json.loads(conf)
    assert {deck["conf"] for deck in json.loads(decks).values()} == {1}
    assert sorted(json.loads(models)) == ["1800000001", "1800000002"]


@pytest.mark.parametrize(
    ("cards", "code"),
    [
        ([basic("k", " ", "y")], "export-empty"),
        ([basic("k", "x", "")], "export-empty"),
        ([basic("k", "x", "![](gone.png)")], "export-empty"),
        (cloze("k", "no hole", holes={1: 1}), "export-hole"),
        (cloze("k", "{{c1:: }} x", holes={1: 1}), "export-hole"),
        (cloze("k", "{{c1::x}}", holes={501: 1}), "export-hole"),
        ([basic("", "x", "y")], "export-id"),
    ],
)
def test_a_card_that_shows_nothing_is_a_problem(export: Exporter, cards: list[Any], code: str) -> None:
    converter = export.converter()

    assert converter.convert(cards) == []
    assert code in [problem.code for problem in converter.problems]


def test_a_link_to_the_source_is_made_where_its_form_is_known(export: Exporter) -> None:
    note = export([basic("k", "x", "y", source=SOURCE)], source_link="https://example.org/{path}").notes[0]

    assert note.fields[3] == '<a href="https://example.org/notes/egypt.md">notes/egypt.md › Egypt › Names</a>'


def test_a_card_whose_line_moved_has_not_changed(export: Exporter) -> None:
    from dataclasses import replace

    first = export([basic("k", "x", "y", source=SOURCE)]).stamps
    second = export([basic("k", "x", "y", source=replace(SOURCE, line=99, end_line=99))], now_s=1_799_000_000).stamps

    assert first == second
