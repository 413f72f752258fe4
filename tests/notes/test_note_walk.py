"""A folder gives each of its notes once, in order, and names what it passes over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studycards.model import Problem
from studycards.notes.walk import walk


def found(*paths: Path) -> tuple[list[str], list[Problem]]:
    problems: list[Problem] = []
    return [path.name for path in walk(paths, problems)], problems


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_notes_come_in_order_and_other_files_do_not(tmp_path: Path) -> None:
    fill(tmp_path, "b.md", "a.markdown", "c.TXT", "d.png", "sub/e.md", ".hidden.md", ".git/f.md")

    assert found(tmp_path) == (["a.markdown", "b.md", "c.TXT", "e.md"], [])


def test_a_file_named_by_itself_is_given_whatever_its_ending(tmp_path: Path) -> None:
    fill(tmp_path, "notes.org")

    assert found(tmp_path / "notes.org") == (["notes.org"], [])


def test_a_note_named_twice_is_given_once(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "sub/b.md")

    assert found(tmp_path / "a.md", tmp_path / "sub", tmp_path / "sub" / "..", tmp_path / "sub")[0] == ["a.md", "b.md"]


def test_links_inside_the_folder_are_not_followed_twice(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "sub/b.md")
    (tmp_path / "alias.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "sub" / "up").symlink_to("..")

    assert found(tmp_path) == (["a.md", "b.md"], [])


def test_hard_links_are_one_file(tmp_path: Path) -> None:
    fill(tmp_path, "a.md")
    os.link(tmp_path / "a.md", tmp_path / "b.md")

    assert found(tmp_path)[0] == ["a.md"]


def test_links_out_of_the_folder_and_to_nowhere_are_named(tmp_path: Path) -> None:
    fill(tmp_path, "notes/a.md", "other/b.md")
    (tmp_path / "notes" / "out.md").symlink_to(tmp_path / "other" / "b.md")
    (tmp_path / "notes" / "outside").symlink_to(tmp_path / "other")
    (tmp_path / "notes" / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "notes" / "self.md").symlink_to("self.md")

    names, problems = found(tmp_path / "notes")

    assert names == ["a.md"]
    assert sorted(Path(problem.path).name for problem in problems) == ["gone.md", "out.md", "outside", "self.md"]
    assert {problem.code for problem in problems} == {"note-unreadable"}


def test_a_pipe_is_named(tmp_path: Path) -> None:
    fill(tmp_path, "a.md")
    os.mkfifo(tmp_path / "p.md")

    names, problems = found(tmp_path)

    assert names == ["a.md"]
    assert [Path(problem.path).name for problem in problems] == ["p.md"]


def test_a_folder_that_cannot_be_read_is_named_and_the_rest_is_given(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "deep/b.md")
    missing = tmp_path / "missing"

    names, problems = found(missing, tmp_path)

    assert names == ["a.md", "b.md"]
    assert [problem.path for problem in problems] == [str(missing)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_closed_folder_is_named_and_the_rest_is_given(tmp_path: Path) -> None:
    fill(tmp_path, "a.md", "closed/b.md")
    (tmp_path / "closed").chmod(0)

    names, problems = found(tmp_path)
    (tmp_path / "closed").chmod(0o700)

    assert names == ["a.md"]
    assert [Path(problem.path).name for problem in problems] == ["closed"]
