"""Packages that mean harm: refused with a sentence, nothing written outside the temp folder, nothing imported."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard

from studycards.intake.apkg import archive, tables
from studycards.intake.apkg.archive import RefusedError

SCHEMA = """
create table col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer,
  ls integer, conf text, models text, decks text, dconf text, tags text);
create table notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text, flds text,
  sfld integer, csum integer, flags integer, data text);
create table cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer,
  type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer, left integer,
  odue integer, odid integer, flags integer, data text);
create table revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer, lastIvl integer,
  factor integer, time integer, type integer);
"""
MODEL = {"name": "Basic", "type": 0, "flds": [{"name": "F"}, {"name": "B"}],
         "tmpls": [{"name": "T", "qfmt": "{{F}}", "afmt": "{{FrontSide}}<hr id=answer>{{B}}"}]}  # fmt: skip


def database(change: str = "", models: Any = None, fields: str = "front\x1fback") -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    types = json.dumps({"1": MODEL} if models is None else models)
    decks = json.dumps({"1": {"name": "D"}})
    connection.execute("insert into col values (1,0,0,0,11,0,0,0,'{}',?,?,'{}','{}')", (types, decks))
    connection.execute("insert into notes values (1,'g',1,0,0,'',?,'',0,0,'')", (fields,))
    connection.execute("insert into cards values (1,1,1,0,0,0,0,0,1,0,0,0,0,0,0,0,0,'')")
    connection.executescript(change)
    return connection.serialize()


def zipped(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        warnings.simplefilter("ignore")  # of a name that is there twice
        for name, data in entries:
            target.writestr(name, data)
    return out.getvalue()


def refused() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of packages that cannot be read."""
    good = database()
    whole = zipped(("collection.anki2", good), ("media", b"{}"))
    yield "empty", b""
    yield "not a zip", b"PK\x03\x04 and no more"
    yield "no collection", zipped(("media", b"{}"))
    yield "twice", zipped(("collection.anki2", good), ("collection.anki2", good))
    yield "media twice", zipped(("collection.anki2", good), ("media", b"{}"), ("0", b"a"), ("0", b"b"))
    yield "newer", zipped(("meta", b"\x08\x04"), ("collection.anki2", good))
    yield "much newer", zipped(("meta", b"\x08\xff\xff\x03"), ("collection.anki2", good))
    yield "broken meta", zipped(("meta", b"\xff\xff"), ("collection.anki2", good))
    yield "broken map", zipped(("collection.anki2", good), ("media", b"{"))
    yield "deep map", zipped(("collection.anki2", good), ("media", b"[" * 100_000))
    yield "no sqlite", zipped(("collection.anki2", b"SQLite format 2\x00" + good[16:]))
    yield "no tables", zipped(("collection.anki2", _serialized("create table x (y)")))
    yield "zstd that is none", zipped(("collection.anki21b", good))
    yield "zstd cut off", zipped(("collection.anki21b", zstandard.compress(good)[:60]))
    yield "view", zipped(("collection.anki2", database("drop table notes; create view notes as select 1 id")))
    yield (
        "trigger",
        zipped(("collection.anki2", database("create trigger t after insert on notes begin select 1; end"))),
    )
    yield (
        "virtual",
        zipped(("collection.anki2", database("drop table notes; create virtual table notes using fts5(x)"))),
    )
    yield "models no json", zipped(("collection.anki2", database("update col set models = '{'")))
    yield "models deep", zipped(("collection.anki2", database(f"update col set models = '{'[' * 5000}'")))
    yield "models no dict", zipped(("collection.anki2", database(models=[1])))
    yield "no col row", zipped(("collection.anki2", database("delete from col")))
    yield "fields missing", zipped(("collection.anki2", database(models={"1": {"name": "x"}})))
    for cut in range(20, len(whole), len(whole) // 60):
        yield f"cut at {cut}", whole[:cut]
    for at in range(100, 4000, 60):
        damaged = bytearray(good)
        damaged[at : at + 24] = b"\xff" * 24
        yield f"page damaged at {at}", zipped(("collection.anki2", bytes(damaged)))
    for at in range(16, 100, 4):
        damaged = bytearray(good)
        damaged[at : at + 4] = b"\xee" * 4
        yield f"head damaged at {at}", zipped(("collection.anki2", bytes(damaged)))
    for at in range(30, 200, 5):
        damaged = bytearray(zipped(("collection.anki2", good)))
        damaged[at : at + 5] = b"\x00\xff\x00\xff\x00"
        yield f"stream damaged at {at}", bytes(damaged)


def _serialized(script: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(script)
    return connection.serialize()


HOSTILE = list(refused())


def test_there_are_two_hundred_of_them() -> None:
    assert len(HOSTILE) >= 200


@pytest.mark.parametrize("data", [data for _, data in HOSTILE], ids=[name for name, _ in HOSTILE])
def test_a_hostile_package_is_refused_or_harmless(data: bytes, home: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.apkg"
    path.write_bytes(data)
    before = sorted(tmp_path.rglob("*"))

    sentence = taken(home, path)

    if sentence:
        assert sentence.endswith((".", "imported."))
        assert sorted(tmp_path.rglob("*")) == before
        assert home.collection.cards() == []
    else:
        assert {place.suffix for place in tmp_path.rglob("decks/**/*") if place.is_file()} <= {".md"}
        assert len(home.collection.cards()) <= 1


def taken(home: Any, path: Path) -> str:
    """Why the package was refused; empty where it was not."""
    try:
        home.take(path)
    except RefusedError as refusal:
        return refusal.sentence
    return ""


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    def write(*entries: tuple[str, bytes]) -> Path:
        path = tmp_path / "x.apkg"
        path.write_bytes(zipped(*entries))
        return path

    return write


def test_names_lead_nowhere(make: Any, home: Any, tmp_path: Path) -> None:
    evil = ["../../evil.png", "/tmp/evil.png", "a/../../evil.png", "..\\evil.png", "evil\x00.png", "con.png", "." * 3]
    shown = "".join(f'<img src="{name}">' for name in evil)
    media = json.dumps({str(n): name for n, name in enumerate(evil)}).encode()
    entries = [(str(n), b"\x89PNG") for n in range(len(evil))]
    outside = ("../../slip", b"x")

    home.take(make(("collection.anki2", database(fields=f"f{shown}\x1fb")), ("media", media), *entries, outside))

    placed = {path for path in tmp_path.rglob("*") if path.is_file()}
    folder = home.folder / "decks"
    assert all(path.is_relative_to(folder) for path in placed if path.suffix in (".png", "") and path.name != "x.apkg")
    assert not list(tmp_path.parent.glob("*evil*"))


def test_a_bomb_is_stopped_by_what_comes_out(make: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "RATIO_FROM", 1 << 20)
    bomb = database() + bytes(40 << 20)

    with pytest.raises(RefusedError, match="swells more than 200 times"):
        home.take(make(("collection.anki2", bomb)))
    with pytest.raises(RefusedError, match="swells more than 200 times"):
        home.take(make(("collection.anki21b", zstandard.compress(bomb))))


def test_a_size_that_lies_is_not_believed(home: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_COLLECTION", 1 << 20)
    data = bytearray(zipped(("collection.anki2", database() + bytes(2 << 20))))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 1000)
    (tmp_path / "x.apkg").write_bytes(data)

    with pytest.raises(RefusedError):
        home.take(tmp_path / "x.apkg")


def test_too_many_entries_are_refused(make: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 20)

    with pytest.raises(RefusedError, match="22 entries, more than 20"):
        home.take(make(("collection.anki2", database()), *[(f"x{n}", b"") for n in range(21)]))


def test_a_query_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "SECONDS", -1.0)
    rows = ";".join(f"insert into revlog values ({n},1,0,3,1,0,0,0,0)" for n in range(20_000))
    (tmp_path / "c").write_bytes(database(rows))

    with pytest.raises(RefusedError, match="interrupted"):
        tables.read(tmp_path / "c")


def test_the_guard_lets_nothing_be_written_or_loaded(tmp_path: Path) -> None:
    (tmp_path / "c").write_bytes(database())

    with tables._guarded(tmp_path / "c") as connection:
        for statement in (
            "delete from notes",
            "attach 'x' as y",
            "select load_extension('x')",
            "pragma user_version=3",
        ):
            with pytest.raises(sqlite3.DatabaseError):
                connection.execute(statement)


def test_a_bad_row_is_left_out_and_the_rest_comes_in(make: Any, home: Any) -> None:
    note = "insert into notes values (2,'h',1,'x',0,'','a\x1fb','',0,0,'');"
    change = note + "insert into cards values (2,2,1,0,0,0,0,0,'x',0,0,0,0,0,0,0,0,'')"

    planned, _ = home.take(make(("collection.anki2", database(change))))

    assert planned.cards == 1


def test_script_in_a_field_comes_in_as_nothing(make: Any, home: Any) -> None:
    fields = "<script>alert(1)</script>front <img src=x onerror=alert(1)>\x1f<a href='javascript:x'>back</a>"

    home.take(make(("collection.anki2", database(fields=fields))))

    (card,) = home.collection.cards()
    assert (card.front, card.back) == ("front x", "back")
