"""Opening a file at a line in the person's editor: an argument list, never a shell."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

_PLUS = frozenset(
    {
        "vi",
        "vim",
        "nvim",
        "view",
        "nano",
        "pico",
        "emacs",
        "emacsclient",
        "kak",
        "joe",
        "jed",
        "ne",
        "mg",
        "gedit",
        "kate",
    }
)
_COLON = frozenset({"hx", "helix", "micro", "subl", "zed"})
_GOTO = frozenset({"code", "codium", "vscodium", "cursor"})


def chosen(environment: Mapping[str, str]) -> tuple[str, ...]:
    """$VISUAL, else $EDITOR, else vi, as an argument list."""
    return words(environment.get("VISUAL", "")) or words(environment.get("EDITOR", "")) or ("vi",)


def words(line: str) -> tuple[str, ...]:
    """A command line as an argument list; empty where it is none."""
    try:
        return tuple(shlex.split(line))
    except ValueError:
        return ()


def command(editor: tuple[str, ...], path: Path, line: int) -> list[str]:
    """What to run to open `path` at `line` (from 1; 0: anywhere), for editors whose way of saying it is known."""
    name = Path(editor[0]).name.removesuffix(".exe")
    place = str(path.absolute())
    if line < 1:
        return [*editor, place]
    if name in _PLUS:
        return [*editor, f"+{line}", place]
    if name in _COLON:
        return [*editor, f"{place}:{line}"]
    if name in _GOTO:
        return [*editor, "--goto", f"{place}:{line}"]
    return [*editor, place]


def run(editor: tuple[str, ...], path: Path, line: int) -> str:
    """Open the file and wait; empty when the editor ended well, else what went wrong."""
    try:
        code = subprocess.run(command(editor, path, line), check=False).returncode
    except OSError as error:
        return f"{editor[0]}: {error.strerror or error}"
    return "" if code == 0 else f"{editor[0]}: exit {code}"
