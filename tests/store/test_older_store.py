"""A database of an earlier version is brought up by whatever command comes first, after a backup."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from test_schema_steps import of_first_schema

from studycards import backup
from studycards.cli import main


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cards.db"


@pytest.mark.parametrize("words", [["due"], ["search", "seen"], ["stats"], ["check"], ["remind", "now"]])
def test_a_command_that_only_reads_brings_an_older_database_up_with_a_backup(path, monkeypatch, words):
    of_first_schema(path)
    path.chmod(0o600)
    monkeypatch.setenv("HOME", str(path.parent))
    monkeypatch.setenv("STUDYCARDS_NOW", "2026-11-22T09:00:00+00:00")
    monkeypatch.chdir(path.parent)

    done = CliRunner().invoke(main, ["--db", str(path), *words])

    assert done.exit_code == 0, done.output
    if words[0] not in ("stats", "remind"):
        assert [one.version for one in backup.listing(path) if one.reason == "before-upgrade"] == [1]
