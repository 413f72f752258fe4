"""`explain` says what `generate` does, line by line."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
ROOT = Path(__file__).resolve().parents[2]


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
    assert "    gates with nothing to say: debris, unbalanced, formula-cut, " in result.stdout
    assert "  Rules that found nothing, the nearest first:\n" in result.stdout


def test_a_card_that_is_written_is_explained_as_known(run: Run) -> None:
    run("generate", "note.md")

    assert "known" in run("explain", "note.md:7").stdout


def test_a_line_without_a_block_says_so(run: Run) -> None:
    assert "note.md:2  no block: front matter." in run("explain", "note.md:2").stdout
    assert "note.md:6  no block: a blank line." in run("explain", "note.md:6").stdout
    assert "note.md:11  no block: text that is masked" in run("explain", "note.md:11").stdout


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


def test_a_gate_that_refused_says_so_in_words_and_ends_the_row(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# 作物\n\n土豆，据说又称马铃薯。\n", encoding="utf-8")

    said = run("explain", "note.md:3").stdout

    assert "    gate hearsay: '据说' is what others are said to have said, refused\n    prior 0." in said
    assert "  refused hearsay  " in said


@pytest.mark.parametrize(
    ("text", "line", "rule", "why"),
    [
        ("Foo在这里。", 1, "is-definition", "none of “是” “指” is here"),
        ("红色的东西是一种颜色。", 1, "is-definition", "the subject is no Latin name and has no gloss"),
        ("Redis是什么？", 1, "is-definition", "the sentence asks or opens something"),
        ("Redis在这里。", 1, "alias", "none of “称” “叫” “名” is here"),
        ("It is here.", 1, "alias", "none of “known as” “called” “referred to as” is here"),
        ("Redis在这里。", 1, "table-row", "reads tables, and this is a paragraph"),
        ("| a | b |\n|---|---|\n| c | d |", 3, "table-row", "the table has fewer than two rows"),
        ("# 山\n\n- 一\n- 二", 4, "bold-term", "nothing bold opens it"),
        ("# 山\n\n- 一\n- 二", 4, "timeline", "no year"),
    ],
)
def test_a_rule_says_the_first_condition_that_failed(
    run: Run, tmp_path: Path, text: str, line: int, rule: str, why: str
) -> None:
    (tmp_path / "note.md").write_text(f"{text}\n", encoding="utf-8")

    told = json.loads(run("explain", f"note.md:{line}", "--json").stdout)["block"]

    assert {one["rule"]: one["why"] for one in told["silent"]}[rule] == why


def test_a_rule_whose_every_condition_holds_says_its_form(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("别名的称呼很多。\n", encoding="utf-8")

    told = json.loads(run("explain", "note.md:1", "--json").stdout)["block"]

    assert {one["rule"]: one["why"] for one in told["silent"]}["alias"].startswith("not in its form: Another name: ")


def test_an_item_of_a_counted_list_is_explained_by_the_card_it_is_part_of(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# 光\n\n光的三原色有3种：\n\n- 红色\n- 绿色\n- 蓝色\n", encoding="utf-8")

    told = json.loads(run("explain", "note.md:6", "--json").stdout)["block"]

    assert "count-list" in {one["rule"] for one in told["found"]}
    assert "count-list" not in {one["rule"] for one in told["silent"]}


def test_a_decision_shows_in_what_the_rule_is_trusted_with(run: Run, tmp_path: Path) -> None:
    run("generate", "note.md")
    deck = tmp_path / "decks" / "note.md"
    deck.write_text("---\ndeck: 工具\n---\n\nQ: a\nA: b\n", encoding="utf-8")
    run("generate", "note.md")

    said = run("explain", "note.md:7").stdout

    (told,) = {line for line in said.splitlines() if line.startswith("    the rule's prior was ")}
    assert re.fullmatch(r" +the rule's prior was 0\.\d\d; after 0 kept and [12] dropped it is 0\.\d\d", told)


def found_in(told: dict[str, Any]) -> set[tuple[object, ...]]:
    names = ("id", "rule", "a", "line", "status", "reason")
    return {tuple(one[name] for name in names) for one in told["found"]}


def made_of(run: Run, note: Path) -> set[tuple[object, ...]]:
    names = ("id", "rule", "a", "line", "status", "reason")
    made = [json.loads(line) for line in run("generate", note, "--dry-run", "--json").stdout.splitlines()]
    return {tuple({**one, "line": one["source"]["line"]}[name] for name in names) for one in made}


def test_explain_and_generate_agree_on_every_line_of_the_seed(run: Run, shared: Path) -> None:
    seed = shared / "seeds" / "mtl-and-middle-east.md"

    blocks = json.loads(run("explain", seed, "--json").stdout)["blocks"]

    assert set().union(*map(found_in, blocks)) == made_of(run, seed)


@pytest.mark.parametrize("note", sorted((ROOT / "decks" / "notes").glob("*.md")), ids=lambda note: note.stem)
def test_explain_and_generate_agree_on_the_sample_notes(run: Run, note: Path) -> None:
    blocks = json.loads(run("explain", note, "--json").stdout)["blocks"]

    assert set().union(*map(found_in, blocks)) == made_of(run, note)


def test_explain_and_generate_agree_line_by_line(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text(
        f"{NOTE}\n光的三原色有3种：\n\n- 红色\n- 绿色\n- 蓝色\n\n## 闪卡\n\nSun god:::Ra\n\nThe ==Nile== floods.\n"
        "\n| 名称 | 含义 |\n|---|---|\n| ls | 列出文件 |\n| cd | 换目录 |\n",
        encoding="utf-8",
    )

    lines = range(1, len(note.read_text(encoding="utf-8").splitlines()) + 1)
    blocks = [json.loads(run("explain", f"{note}:{line}", "--json").stdout)["block"] for line in lines]

    assert set().union(*(found_in(block) for block in blocks if block)) == made_of(run, note)


def test_explain_answers_for_fifty_lines_of_real_notes(run: Run, shared: Path) -> None:
    notes = sorted(path for path in (shared / "notes" / "dev").rglob("*") if path.suffix in (".md", ".txt"))
    draw = random.Random(50)
    for _ in range(50):
        note = draw.choice(notes)
        line = draw.randint(1, len(note.read_text(encoding="utf-8").splitlines()))
        result = run("explain", f"{note}:{line}")

        assert result.exit_code == 0, f"{note}:{line} {result.output}"
        assert result.stdout.startswith(f"{note}:{line}  ")
