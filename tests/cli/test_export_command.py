"""`export`: what it writes, says and refuses."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main

DECK = """---
deck: 历史::古埃及
tags: [egypt]
---

Q: 法老登基时的名字叫什么？
A: 尼苏毕特名

Q: serekh
A: 王宫正面
R:

C: 王名一般被刻在{{c1::王名圈}}里。
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_NOW", "2026-11-22T09:00:00+01:00")
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "egypt.md").write_text(DECK, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


def test_the_deck_files_become_a_package() -> None:
    done = run("--anki", "out.apkg")

    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert "Exported 4 cards in 1 deck and 0 media files to out.apkg." in done.stderr
    assert zipfile.ZipFile("out.apkg").namelist() == ["collection.anki2", "media"]


def test_exporting_again_gives_the_same_bytes() -> None:
    run("--anki", "1.apkg")
    run("--anki", "2.apkg", "--with-progress")
    run("--anki", "3.apkg")

    assert Path("1.apkg").read_bytes() == Path("3.apkg").read_bytes()


def test_an_edited_card_keeps_its_name_and_gets_a_new_time(home: Path) -> None:
    run("--anki", "1.apkg")
    deck = home / "decks" / "egypt.md"
    deck.write_text(DECK.replace("王宫正面", "王宫的正面"), encoding="utf-8")
    os.utime(deck, (2_000_000_000, 2_000_000_000))
    os.environ["STUDYCARDS_NOW"] = "2026-11-23T09:00:00+01:00"
    run("--anki", "2.apkg")

    before, after = (_notes(home / name) for name in ("1.apkg", "2.apkg"))
    assert before.keys() == after.keys()
    assert sum(before[guid] != after[guid] for guid in before) == 1


def _notes(path: Path) -> dict[str, int]:
    import sqlite3

    with zipfile.ZipFile(path) as archive:
        archive.extract("collection.anki2", path.parent)
    connection = sqlite3.connect(path.parent / "collection.anki2")
    rows = connection.execute("select guid, mod from notes").fetchall()
    connection.close()
    return dict(rows)


def test_only_the_named_deck_goes_out(home: Path) -> None:
    (home / "decks" / "b.md").write_text("---\ndeck: other\n---\n\nQ: a\nA: b\n", encoding="utf-8")

    done = run("--anki", "out.apkg", "other")

    assert "Exported 1 card in 1 deck" in done.stderr


def test_progress_says_what_to_tick() -> None:
    done = run("--anki", "out.apkg", "--with-progress")

    assert 'tick "Import any learning progress" and "Import any deck presets"' in done.stderr
    assert "Progress crosses once" in done.stderr


@pytest.mark.parametrize(
    ("target", "sentence"),
    [("gone/out.apkg", "The folder gone does not exist"), ("decks", "decks is a folder")],
)
def test_a_place_that_cannot_be_written_is_said_in_a_sentence(target: str, sentence: str) -> None:
    done = run("--anki", target)

    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said_in_a_sentence(home: Path) -> None:
    (home / "decks").chmod(0o500)

    assert "cannot be written" in run("--anki", "decks/out.apkg").stderr


def test_no_cards_is_said_and_no_file_appears(home: Path) -> None:
    (home / "decks" / "egypt.md").unlink()

    done = run("--anki", "out.apkg")

    assert done.exit_code == 1
    assert "There are no cards yet" in done.stderr
    assert not (home / "out.apkg").exists()


def test_without_a_target_it_says_how() -> None:
    done = run()

    assert done.exit_code == 2
    assert "--anki FILE.apkg" in done.stderr


def test_a_picture_that_is_not_there_is_named_with_its_line(home: Path) -> None:
    (home / "decks" / "p.md").write_text("---\ndeck: p\n---\n\nQ: a ![x](gone.png)\nA: b\n", encoding="utf-8")

    done = run("--anki", "out.apkg", "p")

    assert "\ndecks/p.md:5: export-media: 'gone.png' is not there; its text stands in its place" in done.stderr


def test_a_closed_anki_leaves_the_package_to_import_by_hand(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setattr("studycards.export.handover.PORT", 1)

    done = run("--to-anki")

    assert done.exit_code == 1
    place = home / "cache" / "studycards" / "to-anki.apkg"
    assert f"Import it by hand: {place}" in done.stderr
    assert zipfile.is_zipfile(place)
