"""Front matter is read under limits, and a bad one costs the metadata, never the note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.notes.parse import parse_note
from studycards.notes.reader import FileText, read_bytes


def read(front: str, body: str = "body\n") -> FileText:
    return read_bytes(f"---\n{front}\n---\n{body}".encode(), "n.md")


def test_the_mapping_and_the_line_of_the_body_are_given() -> None:
    file = read("title:  埃及  \ntags: [a, b]")

    assert file.front == {"title": "埃及", "tags": ["a", "b"]}
    assert (file.body, file.first_line, file.problems) == ("body\n", 5, ())


def test_words_stay_as_they_are_written() -> None:
    file = read("tags: [a, NO, 010, 12:30:00, 2024-01-02]\ntitle: 2024-01-02\ndeck: 007")

    assert file.front["tags"] == ["a", "NO", "010", "12:30:00", "2024-01-02"]
    assert (file.front["title"], file.front["deck"]) == ("2024-01-02", "007")


def test_a_file_with_deck_is_a_deck_file() -> None:
    assert read("deck: 历史").is_deck
    assert not read("title: 历史").is_deck


@pytest.mark.parametrize("front", ["", "# only a remark", "\n"])
def test_an_empty_block_is_front_matter(front: str) -> None:
    file = read(front)

    assert (file.front, file.body, file.problems) == ({}, "body\n", ())


@pytest.mark.parametrize("front", ["just a line", "- a\n- b", '"text"'])
def test_a_block_that_is_no_mapping_is_body(front: str) -> None:
    file = read(front)

    assert file.first_line == 1
    assert file.body.startswith("---\n")
    assert [problem.code for problem in file.problems] == ["note-frontmatter"]


@pytest.mark.parametrize(
    "front",
    [
        "a: [",
        "a: b: c",
        "\ta: 1",
        "date: 2026-13-45",
        "n: " + "1" * 5000,
        'a: !!int ""',
        "a: !!timestamp x",
        "? [a]\n: b",
    ],
)
def test_a_block_that_cannot_be_read_is_left_out(front: str) -> None:
    file = read(front)

    assert (file.front, file.body) == ({}, "body\n")
    assert [problem.code for problem in file.problems] == ["note-frontmatter"]


def test_the_problem_stands_on_its_line() -> None:
    assert [problem.line for problem in read("a: 1\nb: c: d").problems] == [3]


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE = "\n".join(["a: &a {x: 1}"] + [f"b{i}: {{<<: [{', '.join(['*a'] * 9)}]}}" for i in range(8)])


@pytest.mark.parametrize(
    "front", [BOMB, MERGE, "a: " + "[" * 25_000, "[" * 25_000, "a: " + "{b: " * 30, "x: " + "a" * 70_000]
)
def test_a_bomb_is_refused_before_anything_is_built(front: str) -> None:
    file = read(front)

    assert (file.front, file.body) == ({}, "body\n")
    assert [problem.code for problem in file.problems] == ["note-frontmatter"]


def test_too_many_keys_are_refused() -> None:
    assert read("a: {" + ", ".join(f"k{i}: 1" for i in range(1100)) + "}").problems


def test_a_fence_that_is_not_closed_within_200_lines_is_text() -> None:
    file = read_bytes(("---\n" + "a: 1\n" * 250 + "---\nbody\n").encode(), "n.md")

    assert (file.first_line, [problem.code for problem in file.problems]) == (1, ["note-frontmatter"])


@pytest.mark.parametrize("text", ["----\na: 1\n---\n", "\n---\na: 1\n---\n", "text\n---\na: 1\n---\n"])
def test_only_three_dashes_on_line_one_open_front_matter(text: str) -> None:
    assert (read_bytes(text.encode(), "n.md").front, read_bytes(text.encode(), "n.md").problems) == ({}, ())


def test_toml_between_plus_signs_is_read() -> None:
    file = read_bytes(b'+++\ntitle = "Rome"\ntags = ["a"]\n+++\nbody\n', "n.md")

    assert (file.front, file.body, file.first_line) == ({"title": "Rome", "tags": ["a"]}, "body\n", 5)


@pytest.mark.parametrize("block", ["title = ", "a = " + "[" * 9000, "a.b." * 2000 + "c = 1"])
def test_bad_toml_is_left_out(block: str) -> None:
    file = read_bytes(f"+++\n{block}\n+++\nbody\n".encode(), "n.md")

    assert file.body == "body\n"


def test_a_bom_hides_no_front_matter() -> None:
    assert read_bytes("\ufeff---\ntitle: x\n---\n".encode(), "n.md").front == {"title": "x"}


def test_keys_that_are_no_words_and_keys_of_the_library_are_kept() -> None:
    assert read("content: c\nhandler: h\n1: x\nno: y").front == {"content": "c", "handler": "h", "1": "x", "False": "y"}


def test_a_note_says_its_title_tags_and_wishes() -> None:
    text = "---\ntitle: 埃及\ntags: a b\nstudycards:\n  dialects: [qa, cloze]\n  deck: 历史::埃及\n---\ntext\n"

    note = parse_note(read_bytes(text.encode(), "notes/x.md"))

    assert (note.title, note.titled, note.tags, note.deck) == ("埃及", True, ("a", "b"), "历史::埃及")
    assert note.dialects == {"qa", "cloze"}


def test_a_note_without_title_is_called_by_its_file() -> None:
    note = parse_note(read_bytes(b"text", "notes/rome.v2.md"))

    assert (note.title, note.titled) == ("rome.v2", False)


def test_a_note_that_asks_to_be_ignored_has_no_blocks() -> None:
    note = parse_note(read_bytes(b"---\nstudycards:\n  ignore: true\n---\ntext\n", "n.md"))

    assert note.ignored
    assert note.blocks == ()


def test_an_unknown_dialect_is_a_problem() -> None:
    note = parse_note(read_bytes(b"---\nstudycards: [qa, quiz]\n---\n", "n.md"))

    assert note.dialects == {"qa"}
    assert [problem.code for problem in note.problems] == ["note-frontmatter"]


@given(st.text(alphabet="ab:[]{}-&*!|>'\"#%@?,\n \t0", max_size=80))
def test_any_block_is_read_or_named(front: str) -> None:
    file = read(front)

    assert file.body.endswith("body\n")
    assert file == read(front)
