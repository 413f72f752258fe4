"""Replace a file in one step, so that a reader sees the old bytes or the new ones and nothing between."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import tempfile
from hashlib import blake2b
from pathlib import Path

PREFIX = ".studycards-"


def replace(
    path: Path, data: bytes, *, mode: int | None = None, expected: bytes | None = None, prefix: str = ""
) -> bool:
    """Write `data` to `path` by temp file, fsync, rename and fsync of the folder.

    A symlink's target is replaced, not the link. The old file's permission bits stay unless `mode` names others.
    With `expected`, nothing is written and False returned if the file's bytes are no longer those (b"" also stands
    for a file that is not there). `prefix` names the temp file, so that the caller knows what a kill has left. Raises
    OSError; no temp file is left then.
    """
    target = Path(os.path.realpath(path))
    permissions = _permissions(target, mode)
    sweep(target.parent)
    handle, name = tempfile.mkstemp(prefix=prefix or own_prefix(), dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as temp:
            temp.write(data)
            temp.flush()
            os.fchmod(temp.fileno(), permissions)
            os.fsync(temp.fileno())
        if expected is not None and _bytes(target) != expected:
            return False
        os.replace(name, target)
        name = ""
    finally:
        if name:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)
    sync_folder(target.parent)
    return True


def own_prefix() -> str:
    """How this process begins the names of its temp files: what a kill has left is told by them."""
    return f"{PREFIX}{_machine()}-{os.getpid()}.{_began(os.getpid())}-"


def sweep(folder: Path) -> None:
    """Remove the temp files and folders that processes of this machine, gone since, have left in a folder."""
    if os.name == "nt":
        return
    for left in folder.glob(f"{PREFIX}{_machine()}-*-*"):
        process, _, began = left.name.split("-")[2].partition(".")
        if process.isdigit() and not _is_running(int(process), began):
            with contextlib.suppress(OSError):
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def sync_file(path: Path) -> None:
    """Make the bytes of a file durable."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _machine() -> str:
    return blake2b(platform.node().encode(), digest_size=4).hexdigest()


def _is_running(process: int, began: str) -> bool:
    """Whether it still runs; another one may have got its number since."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return not began or _began(process) in ("", began)


def _began(process: int) -> str:
    """When a process was started, in the system's own count; "" where it does not tell."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    return told.rpartition(")")[2].split()[19]


def _permissions(target: Path, mode: int | None) -> int:
    if mode is not None:
        return mode
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def _bytes(target: Path) -> bytes:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return b""
