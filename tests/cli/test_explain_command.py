"""`explain` says what `generate` does, line by line."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main

NOTE = """---
title: 工具
---

# Linux工具

Valgrind是一个用于内存调试、内存泄漏检测以及性能分析的工具框架。

我觉得Foo是一个很好的框架。

<!-- a remark -->
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run studycards in a folder with one note."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("STUDYCARDS_NOW", "2026-11-22T09:00:00+01:00")
    (tmp_path / "note.md").write_text(NOTE, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments)])


def test_a_line_that_became_a_card_shows_rule_score_and_id(run: Run) -> None:
    made = [json.loads(line) for line in run("generate", "note.md", "--dry-run", "--json").stdout.splitlines()]
    card = next(one for one in made if one["rule"] == "is-definition" and one["source"]["line"] == 7)
    result = run("explain", "note.md:7")

    assert result.exit_code == 0
    assert "note.md:7  paragraph, line 7 · Linux工具" in result.stdout
    assert "subject: Valgrind" in result.stdout
    assert "prior 0." in result.stdout
    assert f"{card['status']}" in result.stdout
    assert card["id"] in result.stdout
    assert "Rules that found nothing in the block: " in result.stdout


def test_a_card_that_is_written_is_explained_as_known(run: Run) -> None:
    run("generate", "note.md")

    assert "known" in run("explain", "note.md:7").stdout


def test_a_line_without_a_block_says_so(run: Run) -> None:
    assert "no block" in run("explain", "note.md:2").stdout


def test_a_file_is_one_line_a_block_and_a_summary(run: Run) -> None:
    lines = run("explain", "note.md").stdout.splitlines()

    assert any("heading" in line for line in lines)
    assert lines[-1].startswith("note.md: ")


@pytest.mark.parametrize(
    ("place", "code", "said"),
    [
        ("nowhere.md:3", 1, "nowhere.md is not there; name a note."),
        (".", 2, ". is a folder; explain wants one note."),
        ("note.md:99", 2, "note.md has no line 99; it has 11."),
    ],
)
def test_bad_places_are_one_sentence(run: Run, place: str, code: int, said: str) -> None:
    result = run("explain", place)

    assert (result.exit_code, result.stderr) == (code, f"{said}\n")


def test_explain_writes_nothing(run: Run, tmp_path: Path) -> None:
    run("explain", "note.md:7")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["note.md"]


def test_explain_and_generate_agree_on_every_line_of_the_seed(run: Run, shared: Path) -> None:
    seed = shared / "seeds" / "mtl-and-middle-east.md"
    made = [json.loads(line) for line in run("generate", seed, "--dry-run", "--json").stdout.splitlines()]
    told = json.loads(run("explain", seed, "--json").stdout)

    found = [one for block in told["blocks"] for one in block["found"]]
    names = ("id", "rule", "a", "line", "status", "reason")
    explained = {tuple(one[name] for name in names) for one in found}
    generated = {tuple({**one, "line": one["source"]["line"]}[name] for name in names) for one in made}
    assert explained == generated


@pytest.mark.parametrize("number", range(5))
def test_explain_answers_for_any_line_of_real_notes(run: Run, shared: Path, number: int) -> None:
    notes = sorted((shared / "notes" / "dev").glob("*m*"))
    draw = random.Random(number)
    for _ in range(3):
        note = draw.choice(notes)
        line = draw.randint(1, len(note.read_text(encoding="utf-8").splitlines()))

        assert run("explain", f"{note}:{line}").exit_code == 0
