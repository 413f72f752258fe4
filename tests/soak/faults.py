"""Calls that change files, counted and failed: a small library, built on the spot and loaded before all others."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

_SOURCE = Path(__file__).with_name("faults.c")
_MARK = "STUDYCARDS_SOAK_FAULTS"


class Fault(IntEnum):
    """What becomes of a call. A full disk refuses all that grows from there on, a dead one everything."""

    COUNT = 0
    KILL = 1
    KILL_AFTER = 2
    TORN = 3
    FULL = 4
    ERROR = 5
    DEAD = 6


KILLS = (Fault.KILL, Fault.KILL_AFTER, Fault.TORN)


@dataclass(frozen=True, slots=True)
class Point:
    """The call, counted from 1, at which a fault happens."""

    number: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Call:
    """A call that changes a file, as recorded; `inside` a write transaction of SQLite."""

    name: str
    inside: bool
    path: str


class _Told:
    """Memory that a child shares with its parent."""

    def __init__(self) -> None:
        self.pages = mmap.mmap(-1, 4096)
        self.place = ctypes.addressof(ctypes.c_char.from_buffer(self.pages))


_told = _Told()


def missing() -> str:
    """What is needed and not there; "" when all is there."""
    if sys.platform != "linux":
        return "Linux"
    return "" if shutil.which("cc") else "a C compiler"


def enter() -> None:
    """Start this program again with the library loaded, where it can be built and is not yet."""
    if missing() or os.environ.get(_MARK):
        return
    folder = Path(tempfile.gettempdir()) / f"soak-faults-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    library = folder / f"{_SOURCE.stat().st_mtime_ns}.so"
    if not library.exists():
        built = library.with_suffix(f".{os.getpid()}")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(built), str(_SOURCE), "-ldl"], check=True)
        built.rename(library)
    environment = {**os.environ, _MARK: "1", "LD_PRELOAD": str(library), "PYTHONDONTWRITEBYTECODE": "1"}
    os.execve(sys.executable, [sys.executable, "-m", "tests.soak", *sys.argv[1:]], environment)


def is_loaded() -> bool:
    """Whether calls can be counted and failed in this process and its children."""
    return hasattr(ctypes.CDLL(None), "soak_arm")


def clear() -> None:
    """Forget what the last child did; before a child is made."""
    _told.pages[:] = bytes(len(_told.pages))


def arm(point: Point | None, record: int = -1) -> None:
    """From here on count; with a point, fail there; `record` is the handle of a file that each call is told to."""
    if is_loaded():
        number, fault = (point.number, point.fault) if point else (0, Fault.COUNT)
        function = ctypes.CDLL(None).soak_arm
        function.argtypes = [ctypes.c_void_p, ctypes.c_int64, ctypes.c_int, ctypes.c_int]
        function.restype = None
        function(_told.place, number, int(fault), record)


def was_inside() -> bool:
    """Whether the last child ended within a write transaction."""
    return bool(struct.unpack_from("qq", _told.pages)[1] > 0)


def recorded(text: str) -> list[Call]:
    """The calls of a record."""
    rows = (line.split(" ", 2) for line in text.splitlines())
    return [Call(row[0], row[1] != "0", row[2]) for row in rows]
