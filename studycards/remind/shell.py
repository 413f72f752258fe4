"""The lines that show what is due at a shell's start or in tmux, at the price of one `cat`."""

from __future__ import annotations

import shlex
from pathlib import Path

SHELLS = ("bash", "zsh", "fish")


def line(shell: str, path: Path) -> str:
    """The line for the shell's start-up file."""
    if shell == "fish":
        file = _fish(str(path))
        return f"test -s {file}; and cat {file}"
    file = shlex.quote(str(path))
    return f"[ -s {file} ] && cat {file}"


def tmux(path: Path) -> str:
    """The line for tmux.conf."""
    command = f"cat {shlex.quote(str(path))} 2>/dev/null".replace("#", "##").replace(")", "\\)")
    return "set -ga status-right " + _tmux(f"#({command})")


def _fish(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _tmux(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    return f'" {escaped}"'
