"""The disk, the locale, the config or the editor fail: one plain sentence, nothing lost, nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studycards.config import load_config
from studycards.model import Settings
from studycards.store.opening import open_store
from studycards.tui import editor

DECK = "---\ndeck: 历史\n---\n\nQ: 法老登基时的名字叫什么？\nA: 尼苏毕特名 ✓\n\nQ: two?\nA: “2” …\n"
NOTE = "# 法老\n\n拉之子名，即是法老出生时的名字。荷鲁斯名是法老最早的名字。\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "d.md").write_text(DECK, encoding="utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "n.md").write_text(NOTE, encoding="utf-8")
    return tmp_path


def run(home: Path, *words: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, with little in its environment."""
    given = {
        "PATH": os.environ["PATH"],
        "HOME": str(home / "home"),
        "STUDYCARDS_DB": str(home / "store" / "x.db"),
        "STUDYCARDS_NOW": "2026-11-22T09:00:00+00:00",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    return subprocess.run(
        [sys.executable, "-m", "studycards", *words],
        cwd=home,
        env=given | environment,
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (["review", "decks", "--plain"], "\n3\n\nh\n3\n"),
        (["generate", "notes", "--into", "made"], ""),
        (["search", "法老"], ""),
        (["status"], ""),
        (["check", "decks"], ""),
        (["curate", "--plain"], "q\n"),
        (["export", "--anki", "法.apkg", "decks"], ""),
    ],
)
@pytest.mark.parametrize("spoken", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}])
def test_in_the_locale_c_every_command_says_what_it_can(home, words, typed, spoken):
    first = run(home, "status")

    done = run(home, *words, typed=typed, **spoken)

    assert first.returncode == 0, first.stderr
    assert "Traceback" not in done.stderr
    assert "UnicodeEncodeError" not in done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs unshare")
def test_on_a_disk_that_can_only_be_read_the_review_is_refused_before_the_first_card(home):
    assert run(home, "review", "decks", "--plain", typed="\n3\n").returncode == 0
    before = (home / "store" / "x.db").read_bytes()
    script = (
        f"mount --bind {home} {home} && mount -o remount,ro,bind {home} && cd {home}"
        f" && for words in 'review decks --plain' 'due' 'search two' 'check decks';"
        f' do {sys.executable} -m studycards $words </dev/null; echo "ended $?"; done'
    )
    environment = {
        **os.environ,
        "HOME": str(home / "home"),
        "STUDYCARDS_DB": str(home / "store" / "x.db"),
        "STUDYCARDS_NOW": "2026-11-22T09:00:00+00:00",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    done = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", script], env=environment, capture_output=True, text=True, check=False
    )

    if "ended" not in done.stdout:
        pytest.skip(f"needs user namespaces: {done.stderr.strip()}")
    assert "Traceback" not in done.stderr
    ends = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("ended")]
    assert ends == ["3", "0", "0", "0"], done.stdout + done.stderr
    assert "cannot be written" in done.stderr
    assert "法老登基时的名字叫什么" not in done.stdout.partition("ended")[0]
    assert (home / "store" / "x.db").read_bytes() == before


@pytest.mark.parametrize("words", [["check", "--help"], ["search", "法老"], ["due"], ["generate", "notes", "--json"]])
def test_a_pipe_that_nobody_reads_on_ends_it_quietly(home, words):
    run(home, "status")
    line = " ".join(["exec", sys.executable, "-m", "studycards", *words])
    environment = {
        **os.environ,
        "HOME": str(home / "home"),
        "STUDYCARDS_DB": str(home / "store" / "x.db"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }

    done = subprocess.run(
        ["sh", "-c", f"({line}) | true"], cwd=home, env=environment, capture_output=True, text=True, check=False
    )

    assert "Traceback" not in done.stderr


def test_without_a_terminal_nothing_draws_a_screen(home):
    for words in (["review", "decks"], ["browse"], [], ["curate"]):
        done = run(home, *words, TERM="dumb")
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stdout
        assert done.returncode in (0, 1)


@given(st.text(max_size=120) | st.lists(st.sampled_from(
    ["[review]", "[deck.x]", "[keys]", "new_per_day = ", "20", "-3", '"x"', "[[", "{", "\n", "desired_retention = 9",
     "decks = 3", "suspend = {}", "[deck]", "= ", "'", "language = 'q'", "learning_steps = ['1']"]
), max_size=12).map(" ".join))  # fmt: skip
def test_whatever_stands_in_the_config_the_defaults_hold_where_it_cannot_be_read(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("config") / "config.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    before = path.read_bytes()

    config = load_config(path)

    assert isinstance(config.settings(), Settings)
    lines = max(1, len(before.decode().splitlines()))
    assert all(problem.path == str(path) and 1 <= problem.line <= lines + 1 for problem in config.problems)
    assert path.read_bytes() == before


def test_a_config_that_cannot_be_read_is_named_with_its_line_and_stops_nothing(home):
    folder = home / "home" / ".config" / "studycards"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("decks = 'decks'\n[review\nnew_per_day = 5\n", encoding="utf-8")

    done = run(home, "due", XDG_CONFIG_HOME=str(home / "home" / ".config"))
    said = run(home, "config", XDG_CONFIG_HOME=str(home / "home" / ".config"))

    assert done.returncode == 0
    assert "config.toml:2: config-syntax" in said.stdout + said.stderr


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("no-such-editor", "no-such-editor: No such file or directory"),
        ("false", "false: exit 1"),
        ("sh -c 'kill -9 $$' x", "sh: exit -9"),
        ("", ""),
        ("'unclosed", ""),
    ],
)
def test_an_editor_that_is_missing_fails_or_is_killed_is_one_line_and_the_text_stays(tmp_path, program, said):
    file = tmp_path / "d.md"
    file.write_text(DECK, encoding="utf-8")
    words = editor.chosen({"EDITOR": program, "VISUAL": ""})

    told = editor.run(words, file, 3) if said else words

    assert told == (said or ("vi",))
    assert file.read_text(encoding="utf-8") == DECK


def test_no_child_holds_a_handle_of_the_store_and_no_thread_may_use_it(tmp_path):
    db = open_store(tmp_path / "x.db", device="here", now_ms=1)
    db.execute("BEGIN IMMEDIATE")
    db.execute("CREATE TABLE t (a)")

    seen = subprocess.run(["ls", "-l", "/proc/self/fd"], capture_output=True, text=True, check=False, close_fds=False)

    assert "/dev/" in seen.stdout or "pipe" in seen.stdout
    assert str(tmp_path) not in seen.stdout
    refused: list[Exception] = []

    def use() -> None:
        try:
            db.conn.execute("SELECT 1")
        except sqlite3.ProgrammingError as error:
            refused.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(refused) == 1
    db.rollback()
    with closing(db.conn):
        pass
