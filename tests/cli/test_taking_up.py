"""Taking it up: the first config.toml, completion in real shells, the manual page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from studycards.cli import COMMANDS, SUBJECTS, main
from studycards.cli.init import settings
from studycards.config import KEYS, load_config
from studycards.store.opening import open_store, writing

DECKS = ("历史::古埃及", "历史::两河", "The five names", "Taxes, duties & $5")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("STUDYCARDS_DB", str(tmp_path / "s.db"))
    return tmp_path


def run(*words: str, keys: str = "") -> Result:
    return CliRunner().invoke(main, [*words], input=keys, prog_name="studycards")


def test_init_writes_a_config_of_defaults_that_is_read_without_a_complaint(home: Path) -> None:
    done = run("init", "--notes", str(home / "my notes"), "--decks", str(home / "decks"))

    config = load_config(home / "config" / "studycards" / "config.toml")
    assert done.exit_code == 0
    assert config.problems == ()
    assert config.given == {"decks": str(home / "decks")}
    assert (home / "decks").is_dir()
    assert f"generate '{home}/my notes'" in done.stdout


def test_every_comment_of_the_first_config_is_a_setting_once_its_mark_is_taken_away(tmp_path: Path) -> None:
    text = settings(str(tmp_path)).partition("# A deck may")[0]
    path = tmp_path / "config.toml"
    path.write_text("\n".join(line.removeprefix("# ") if " = " in line else line for line in text.split("\n")))

    config = load_config(path)

    assert config.problems == ()
    assert set(config.given) == {key.name for key in KEYS}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_deck_folder_of_any_name_comes_back_from_the_config(name: str) -> None:
    assert tomllib.loads(settings(name))["decks"] == name


def test_init_never_writes_over_a_config(home: Path) -> None:
    path = home / "config" / "studycards" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text("decks = 'mine'\n")

    calm, pushed = run("init", "--notes", str(home)), run("init", "--decks", str(home / "d"))

    assert (calm.exit_code, pushed.exit_code) == (0, 2)
    assert "stays as it is" in calm.stdout
    assert path.read_text() == "decks = 'mine'\n"
    assert not (home / "d").exists()


def test_init_refuses_a_file_as_folder_and_writes_nothing(home: Path) -> None:
    (home / "note.md").write_text("x")

    done = run("init", "--decks", str(home / "note.md"))

    assert done.exit_code == 2
    assert not (home / "config").exists()


def test_every_command_stands_under_one_subject_of_the_help() -> None:
    named = [name for names in SUBJECTS.values() for name in names]

    assert sorted(named) == sorted(COMMANDS)


@pytest.fixture
def stocked(home: Path) -> Path:
    """A collection with decks whose names a shell could stumble over, and `studycards` on the path."""
    db = open_store(home / "s.db", device="d", now_ms=0)
    with writing(db):
        for n, deck in enumerate(DECKS):
            db.execute(
                "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position,"
                f" first_seen_ms, changed_ms) VALUES ('{n}', '{n}', 'basic', 'f', 'b', ?, 'p', 1, 1, 'f', 1, 0, 0)",
                (deck,),
            )
    db.close()
    bin_ = home / "bin"
    bin_.mkdir()
    (bin_ / "studycards").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m studycards "$@"\n')
    (bin_ / "studycards").chmod(0o755)
    return home


def shell(name: str, home: Path, script: str) -> list[str]:
    if shutil.which(name) is None:
        pytest.skip(f"needs {name}")
    environment = {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    command = {"bash": ["bash", "--norc"], "zsh": ["zsh", "-f"], "fish": ["fish", "--no-config"]}[name]
    done = subprocess.run([*command, "-c", script], env=environment, cwd=home, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


BASH = """
eval "$(studycards completion bash)"; compopt() { :; }
COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_studycards_completion studycards; printf '%%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("studycards re", ["remind", "review", "reschedule", "redo", "restore"]),
        ("studycards due --o", ["--oneline"]),
        ("studycards review The", ["The\\ five\\ names"]),
        ("studycards review 历", ["历史", "历史::两河", "历史::古埃及"]),
        ("studycards review 历史 :: 古", ["古埃及"]),
        ("studycards export taxes", ["Taxes\\,\\ duties\\ \\&\\ \\$5"]),
    ],
)
def test_bash_completes(stocked: Path, typed: str, offered: list[str]) -> None:
    assert sorted(shell("bash", stocked, BASH % typed)) == sorted(offered)


def test_fish_completes_decks_as_one_word(stocked: Path) -> None:
    script = "studycards completion fish | source; complete --do-complete 'studycards review The'"

    assert "The five names" in shell("fish", stocked, script)


def test_zsh_takes_the_script(stocked: Path) -> None:
    script = (
        'autoload -U compinit && compinit -u -D && eval "$(studycards completion zsh)" && print $_comps[studycards]'
    )

    assert shell("zsh", stocked, script) == ["_studycards_completion"]


def test_the_manual_page_names_every_command_and_its_options(home: Path) -> None:
    page = run("manual").stdout.replace("\\-", "-")

    assert page.startswith(".TH STUDYCARDS 1")
    assert all(f'.SS "{name}' in page for name in COMMANDS)
    assert "--with-progress" in page
    assert "remind at" in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_the_manual_page_is_set_without_a_warning(home: Path) -> None:
    page = run("manual").stdout

    done = subprocess.run(["groff", "-man", "-Tutf8", "-K", "utf8", "-ww"], input=page, capture_output=True, text=True)

    assert done.stderr == ""
    assert "studycards remind at 08:00" in done.stdout.replace("‐", "-")
