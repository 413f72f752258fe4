"""The pictures and sounds that cards show, taken from the known folders under names made of their content."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from urllib.parse import unquote

PICTURES = frozenset(["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"])
SOUNDS = frozenset(["mp3", "ogg", "opus", "m4a", "wav", "flac", "mp4", "webm"])
PACKED = (PICTURES | SOUNDS) - {"svg", "wav"}
LARGEST = 100 * 1024 * 1024


class RefusedError(Exception):
    """A file is not taken; the message says why."""


@dataclass(slots=True)
class Media:
    """What was taken: `files` maps the name in Anki to the file. Only files below `roots` are ever opened."""

    roots: tuple[Path, ...]
    files: dict[str, Path] = field(default_factory=dict)
    _seen: dict[Path, str] = field(default_factory=dict)

    def take(self, address: str, folders: Sequence[Path]) -> str:
        """The name in Anki of the file that `address` means from one of `folders`. Raises RefusedError."""
        extension = address.rpartition(".")[2].lower()
        if extension not in PICTURES | SOUNDS:
            raise RefusedError("is not of a type that goes into Anki")
        path = self._find(address, folders)
        if path not in self._seen:
            self._seen[path] = f"sc-{_digest(path)}.{extension}"
        self.files.setdefault(self._seen[path], path)
        return self._seen[path]

    def take_as(self, name: str, address: str, folders: Sequence[Path]) -> None:
        """Take a file under the name it has in Anki already. Raises RefusedError."""
        path = self._find(address, folders)
        _digest(path)
        self.files.setdefault(name, path)

    def _find(self, address: str, folders: Sequence[Path]) -> Path:
        reason = "is not there"
        for folder in folders:
            for written in dict.fromkeys((address, unquote(address))):
                if not _is_path(written):
                    continue
                path = Path(os.path.realpath(folder / written))
                if not any(path.is_relative_to(root) for root in self.roots):
                    reason = "lies outside the folders of your notes and decks"
                elif path.is_file():
                    return path
        raise RefusedError(reason)


def _is_path(written: str) -> bool:
    return "\x00" not in written and len(os.fsencode(written)) < 1024


def _digest(path: Path) -> str:
    """The first 16 hex digits of the content's SHA-256; a file that grows or is no file is refused."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise RefusedError(f"cannot be read ({error.strerror})") from error
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise RefusedError("is not a plain file")
        if about.st_size > LARGEST:
            raise RefusedError("is larger than 100 MB")
        return file_digest(file, "sha256").hexdigest()[:16]
