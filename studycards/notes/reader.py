"""Files as text: encodings, line ends and front matter, with problems instead of exceptions."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studycards.model import Problem
from studycards.notes.decoding import Decoded, decode
from studycards.notes.front import read_front
from studycards.notes.problems import DUPLICATE_FILE, FRONT_MATTER, TOO_LARGE, UNREADABLE

MAX_BYTES = 5 * 1024 * 1024
# Deck files hold what was brought in or gathered over years, so they may be longer than a note.
DECK_BYTES = 64 * 1024 * 1024
_HEAD = 66_000  # bytes that hold a whole front matter


@dataclass(frozen=True, slots=True)
class FileText:
    """A file as text. Lines count from 1.

    `text` is all of it but the BOM, with the line ends it has; `newline` is the one it uses most. `front` is its
    front matter (values stripped, tags as written), `body` what follows it with LF line ends, from line
    `first_line` of the file. `digest` is SHA-256 of the bytes. `unreadable` says that nothing could be read and
    `problems` why.
    """

    path: str
    text: str = ""
    encoding: str = ""
    newline: str = "\n"
    bom: bool = False
    front: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    first_line: int = 1
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    size: int = 0
    mtime_ns: int = 0
    is_deck: bool = False
    unreadable: bool = False


def read_file(path: Path, shown: str | None = None, *, most: int = MAX_BYTES) -> FileText:
    """Read a file; `shown` is how messages call it. Never raises for what the file is or holds.

    Only regular files are read, never more than `most` bytes of them, `DECK_BYTES` of deck files; a named pipe or a
    device does not block.
    """
    name = str(path) if shown is None else shown
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        return _refused(name, UNREADABLE, f"Cannot be opened: {_reason(error)}.")
    try:
        with os.fdopen(handle, "rb") as file:
            return _read_open(file.fileno(), name, most)
    except OSError as error:
        return _refused(name, UNREADABLE, f"Cannot be read: {_reason(error)}.")


def _read_open(handle: int, name: str, most: int) -> FileText:
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        return _refused(name, UNREADABLE, "Not a regular file, so it was skipped.")
    data = b""
    if found.st_size > most:
        data = os.read(handle, _HEAD)
        most = _limit(data, most)
    if found.st_size > most:
        return _too_large(name, found.st_size, found.st_mtime_ns)
    while len(data) <= most and (piece := os.read(handle, most + 1 - len(data))):
        data += piece
    return read_bytes(data, name, mtime_ns=found.st_mtime_ns, most=most)


def _limit(data: bytes, most: int) -> int:
    """How many bytes of a file that begins so may be read: a deck file may be longer."""
    decoded = decode(data[:_HEAD].rpartition(b"\n")[0])
    text = (decoded.text or "").replace("\r\n", "\n").replace("\r", "\n")
    return max(most, DECK_BYTES) if "deck" in read_front(text).mapping else most


def read_bytes(data: bytes, shown: str, *, mtime_ns: int = 0, most: int = MAX_BYTES) -> FileText:
    """The same from bytes; pure."""
    if len(data) > most and len(data) > _limit(data, most):
        return _too_large(shown, len(data), mtime_ns)
    digest = hashlib.sha256(data).hexdigest()
    decoded = decode(data)
    if decoded.text is None:
        problem = Problem(shown, 1, decoded.code, decoded.message)
        return FileText(shown, problems=(problem,), digest=digest, size=len(data), mtime_ns=mtime_ns, unreadable=True)
    return _with_front(decoded, decoded.text, FileText(shown, digest=digest, size=len(data), mtime_ns=mtime_ns))


def _with_front(decoded: Decoded, text: str, bare: FileText) -> FileText:
    lf = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    front = read_front(lf)
    problems = []
    if decoded.code:
        line = text.count("\n", 0, decoded.offset) + 1
        problems.append(Problem(bare.path, line, decoded.code, decoded.message))
    if front.trouble:
        problems.append(Problem(bare.path, front.trouble_line, FRONT_MATTER, front.trouble))
    return FileText(
        path=bare.path,
        text=text,
        encoding=decoded.encoding,
        newline=_newline(text),
        bom=decoded.bom,
        front=front.mapping,
        body=_after(lf, front.lines),
        first_line=front.lines + 1,
        problems=tuple(problems),
        digest=bare.digest,
        size=bare.size,
        mtime_ns=bare.mtime_ns,
        is_deck="deck" in front.mapping,
    )


def same_bytes(files: Iterable[FileText]) -> Iterator[Problem]:
    """A problem for every file that holds the same bytes as one before it."""
    seen: dict[str, str] = {}
    for file in files:
        first = seen.setdefault(file.digest, file.path) if file.digest and file.size else file.path
        if first != file.path:
            yield Problem(file.path, 1, DUPLICATE_FILE, f"Holds the same as {first}, so it gives no cards of its own.")


def _after(text: str, lines: int) -> str:
    at = 0
    for _ in range(lines):
        at = text.find("\n", at) + 1
        if at == 0:
            return ""
    return text[at:]


def _newline(text: str) -> str:
    crlf = text.count("\r\n")
    counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    return max(counts, key=lambda end: counts[end])


def _refused(name: str, code: str, message: str) -> FileText:
    return FileText(name, problems=(Problem(name, 1, code, message),), unreadable=True)


def _too_large(name: str, size: int, mtime_ns: int) -> FileText:
    message = f"{size / 1e6:.0f} MB is more than is read of one file (5 MB of a note, 64 MB of a deck file); split it."
    problem = Problem(name, 1, TOO_LARGE, message)
    return FileText(name, problems=(problem,), size=size, mtime_ns=mtime_ns, unreadable=True)


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).rstrip(".").lower()
