"""What a person keeps and drops moves what a rule is trusted with, and its cards with it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studycards.cli import main

Run = Callable[..., Result]
NAMES = {
    "a": "土豆又称马铃薯。 番茄又称西红柿。",
    "b": "包菜又称卷心菜。 花菜又称椰花。 香菜又称芫荽。",
    "c": "玉米又称苞谷。 花生又称落花果。 菠萝又称凤梨。",
}
BAR = "[generate]\nmin_confidence = 0.88\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run studycards in a folder with notes of other names, which a high bar makes wait; they were read once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "x.db"))
    monkeypatch.setenv("STUDYCARDS_NOW", "2026-11-22T09:00:00+01:00")
    config = tmp_path / "home" / ".config" / "studycards" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(BAR, encoding="utf-8")
    (tmp_path / "notes").mkdir()
    for name, said in NAMES.items():
        text = "# 作物\n\n" + said.replace(" ", "\n\n") + "\n"
        (tmp_path / "notes" / f"{name}.md").write_text(text, encoding="utf-8")

    def called(*arguments: object, keys: str = "") -> Result:
        return CliRunner().invoke(main, [*map(str, arguments)], input=keys)

    assert "16 proposals wait" in called("generate", "notes").stdout
    return called


def trust(run: Run) -> dict[str, float]:
    told = json.loads(run("stats", "--json").stdout)["trust"]
    return {name: one[name] for one in told if one["rule"] == "alias" for name in ("prior", "kept", "dropped", "mean")}


def statuses(run: Run, note: str) -> set[tuple[str, str]]:
    lines = run("generate", "notes", "--json").stdout.splitlines()
    return {
        (one["status"], one["reason"]) for one in map(json.loads, lines) if one["source"]["path"] == f"notes/{note}.md"
    }


def overwrite_unseen(note: Path) -> None:
    """Put other text of the same size into a note and set its times back: whoever opens it sees the difference."""
    stat = note.stat()
    note.write_bytes(b"x" * stat.st_size)
    os.utime(note, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_statistics_show_what_each_rule_is_trusted_with(run: Run) -> None:
    before = trust(run)
    run("curate", "--plain", keys="y\nn\nn\nq\n")
    after = trust(run)

    assert (before["kept"], before["dropped"], before["mean"]) == (0, 0, before["prior"])
    assert (after["kept"], after["dropped"]) == (1, 2)
    assert after["mean"] < before["mean"]


def test_many_drops_refuse_what_waits_elsewhere_without_opening_its_note_and_say_so_once(
    run: Run, tmp_path: Path
) -> None:
    run("curate", "--plain", keys="n\n" * 10)
    overwrite_unseen(tmp_path / "notes" / "c.md")

    first = run("generate", "notes")
    second = run("generate", "notes")

    assert first.stderr == "`alias`: 9 of 9 dropped, its cards are now refused; `--rule alias` brings it back.\n"
    assert "low-confidence 6" in first.stdout
    assert "0 proposals wait" in first.stdout
    assert second.stderr == ""
    assert statuses(run, "c") == {("refused", "low-confidence")}


def test_a_rule_that_was_refused_comes_back_by_its_name(run: Run) -> None:
    run("curate", "--plain", keys="n\n" * 10)
    run("generate", "notes")

    run("generate", "notes/c.md", "--rule", "alias")

    assert "6 proposals wait" in run("generate", "notes").stdout


def test_taking_the_decisions_back_brings_back_what_they_refused(run: Run) -> None:
    run("curate", "--plain", keys="n\n" * 10)
    run("generate", "notes")
    for _ in range(10):
        assert run("undo").exit_code == 0

    result = run("generate", "notes")

    assert result.stderr == "`alias`: nothing is decided any more, its cards now wait in the inbox.\n"
    assert "16 proposals wait" in result.stdout


def test_many_keeps_write_what_waits_elsewhere(run: Run, tmp_path: Path) -> None:
    run("curate", "--plain", keys="y\n" * 10)
    overwrite_unseen(tmp_path / "notes" / "c.md")

    result = run("generate", "notes")

    assert result.stderr == "`alias`: 9 of 9 kept, its cards are now written.\n"
    assert "6 added" in result.stdout
    assert (tmp_path / "decks" / "c.md").read_text(encoding="utf-8").count("\nQ: ") == 6


def test_a_new_note_is_scored_by_what_was_decided(run: Run, tmp_path: Path) -> None:
    run("curate", "--plain", keys="n\n" * 10)
    run("generate", "notes")
    (tmp_path / "notes" / "d.md").write_text("# 作物\n\n樱桃又称车厘子。\n", encoding="utf-8")

    assert statuses(run, "d") == {("refused", "low-confidence")}
