"""Every command explains itself, and the README knows it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from studycards.cli import COMMANDS
from studycards.cli import main as group

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def every_command() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None, name
        yield name, command
        if isinstance(command, click.Group):
            for verb in command.list_commands(context):
                inner = command.get_command(context, verb)
                assert inner is not None, verb
                assert inner.name == verb
                yield f"{name} {verb}", inner


ALL = list(every_command())


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert f"studycards {name}" in (command.epilog or ""), "the epilog shows an example"
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_every_command_and_flag_stands_in_the_readme(name: str, command: click.Command) -> None:
    assert f"studycards {name}" in README or f"`{name}" in README
    flags = {o.opts[0] for o in command.params if isinstance(o, click.Option) and not o.hidden}
    missing = {flag for flag in flags if flag not in README}

    assert not missing


def test_the_list_of_commands_loads_none_of_them() -> None:
    code = (
        "import sys, studycards.cli as c\n"
        "c.main(['--help'], standalone_mode=False)\n"
        "heavy = {'textual', 'genanki', 'sqlite_utils', 'rich', 'markdown_it', 'yaml'} & set(sys.modules)\n"
        "own = [m for m in sys.modules if m.startswith('studycards.cli.') and m != 'studycards.cli.context']\n"
        "assert not heavy and not own, (heavy, own)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_loads_a_heavy_library_before_it_needs_it(name: str) -> None:
    code = (
        f"import sys, studycards.cli as c\n"
        f"c.main([{name!r}, '--help'], standalone_mode=False)\n"
        "heavy = {'textual', 'genanki', 'sqlite_utils', 'rich', 'markdown_it', 'yaml'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_a_misspelt_command_is_answered_with_the_nearest_one() -> None:
    done = subprocess.run([sys.executable, "-m", "studycards", "confg"], capture_output=True, text=True)

    assert done.returncode == 2
    assert "Did you mean 'config'?" in done.stderr
