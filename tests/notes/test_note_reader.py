"""Bytes become text, or a problem says why not."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.notes.problems import CODES
from studycards.notes.reader import MAX_BYTES, FileText, read_bytes, read_file, same_bytes

CHINESE = "法老的王名一般被刻在王名圈里。尼罗河每年泛滥一次，留下肥沃的黑土，古埃及人因此把国家叫做黑土地。\n"


def codes(file: FileText) -> list[str]:
    return [problem.code for problem in file.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_known_text_is_read_in_every_common_encoding(encoding: str) -> None:
    data = ("# 埃及 Egypt\n\n" + CHINESE).encode(encoding)

    file = read_bytes(data, "n.md")

    assert file.body == "# 埃及 Egypt\n\n" + CHINESE


@pytest.mark.parametrize(("encoding", "expected"), [("gbk", "gb18030"), ("utf-16-le", "utf-16-le")])
def test_a_guessed_encoding_is_named(encoding: str, expected: str) -> None:
    file = read_bytes((CHINESE + "End of it\n").encode(encoding), "n.md")

    assert (file.encoding, codes(file)) == (expected, ["note-encoding"])


def test_a_utf8_note_with_a_broken_byte_is_read_with_a_problem_on_its_line() -> None:
    file = read_bytes("一行\n二行".encode() + b"\xff\n", "n.md")

    assert file.body == "一行\n二行\ufffd\n"
    assert [(problem.line, problem.code) for problem in file.problems] == [(2, "note-encoding-damage")]


def test_a_note_cut_in_the_middle_of_a_character_stays_utf8() -> None:
    file = read_bytes(CHINESE.encode()[:-3], "n.md")

    assert file.encoding == "utf-8"
    assert codes(file) == ["note-encoding-damage"]


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x00\x01\x02" * 50, bytes(range(1, 32)) * 9]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    file = read_bytes(data, "n.md")

    assert file.unreadable
    assert codes(file) == ["note-binary"]


def test_latin_one_is_not_taken_for_chinese() -> None:
    file = read_bytes("Café à la crème, déjà vu, naïve façade\n".encode("latin-1"), "n.md")

    assert codes(file) == ["note-encoding-damage"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_line_end_in_use_is_known_and_the_body_has_lf(newline: str) -> None:
    text = newline.join(["---", "title: x", "---", "a", "b", ""])

    file = read_bytes(text.encode(), "n.md")

    assert (file.newline, file.body, file.first_line, file.text) == (newline, "a\nb\n", 4, text)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    file = read_file(tmp_path / "none.md")

    assert file.unreadable
    assert codes(file) == ["note-unreadable"]


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    assert codes(read_file(tmp_path)) == ["note-unreadable"]


def test_a_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")

    file = read_file(tmp_path / "pipe.md")

    assert codes(file) == ["note-unreadable"]


def test_a_link_to_a_device_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "zero.md").symlink_to("/dev/zero")

    assert codes(read_file(tmp_path / "zero.md")) == ["note-unreadable"]


def test_a_socket_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s.md")

        assert codes(read_file(Path("s.md"))) == ["note-unreadable"]


def test_a_huge_note_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)

    assert codes(read_file(path)) == ["note-too-large"]
    assert codes(read_bytes(b"a" * (MAX_BYTES + 1), "n.md")) == ["note-too-large"]


def test_a_name_that_no_file_can_have_is_a_problem() -> None:
    assert codes(read_file(Path("a\x00b.md"))) == ["note-unreadable"]


def test_a_file_keeps_what_the_next_look_compares(tmp_path: Path) -> None:
    path = tmp_path / "n.md"
    path.write_text("a")

    file = read_file(path, "shown.md")

    assert (file.path, file.size, file.mtime_ns) == ("shown.md", 1, path.stat().st_mtime_ns)
    assert len(file.digest) == 64


def test_equal_bytes_under_two_names_are_named() -> None:
    first, second, other = (read_bytes(data, name) for data, name in [(b"x", "a"), (b"x", "b"), (b"y", "c")])

    assert [(p.path, p.code) for p in same_bytes([first, second, other])] == [("b", "note-duplicate-file")]


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_known_problem(data: bytes) -> None:
    file = read_bytes(data, "n.md")

    assert set(codes(file)) <= CODES
    assert file.unreadable == (bool(data) and file.encoding == "" and bool(file.problems))
    assert read_bytes(data, "n.md") == file


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=200))
def test_utf8_text_comes_back_exactly(text: str) -> None:
    file = read_bytes(text.encode(), "n.md")

    assert file.unreadable or file.text == text.removeprefix("\ufeff")


def test_a_deck_file_may_be_longer_than_a_note(tmp_path):
    long = b"---\ndeck: Great\n---\n\n" + b"Q: one?\nA: 1\n\n" * 400_000
    (tmp_path / "d.md").write_bytes(long)

    read = read_file(tmp_path / "d.md")

    assert len(long) > MAX_BYTES
    assert (read.is_deck, len(read.text), codes(read)) == (True, len(long), [])
    assert not read_bytes(long, "d.md").unreadable
