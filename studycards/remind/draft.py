"""What a back end would write and run, so that a person can see it first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Draft:
    """The exact files, and the commands run after them."""

    files: tuple[tuple[Path, bytes], ...]
    commands: tuple[tuple[str, ...], ...]
