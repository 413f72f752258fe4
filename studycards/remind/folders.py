"""Folders that an entry leaves empty go with it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def remove_empty(folder: Path, above: Path) -> None:
    """Remove `folder` and the folders around it, as long as they are empty and lie below `above`."""
    with suppress(OSError):
        while folder != above and folder.is_relative_to(above):
            if folder.exists():
                folder.rmdir()
            folder = folder.parent


def remove_file(path: Path) -> None:
    """Remove a file that may not be there."""
    with suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()


def read(path: Path) -> bytes:
    """A file's bytes, none where it is not there."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
