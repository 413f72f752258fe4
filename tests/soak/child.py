"""A child process that does something and is killed, or fails, on its way."""

from __future__ import annotations

import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from studycards.errors import StudycardsError
from studycards.store import places
from tests.soak import faults
from tests.soak.faults import Point

Say = Callable[[str], None]


def child(
    work: Callable[[Say], None],
    wait_s: float,
    aim: Path | None = None,
    point: Point | None = None,
    record: int = -1,
) -> list[str]:
    """Run `work` in a child process, kill it some time after it first said something; what it said whole lines of.

    With `aim` the kill waits for this journal to hold a transaction, if one comes soon; with `point` it ends there, or
    fails, by itself. A child that came to its end says so, one that failed says how.
    """
    faults.clear()
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        try:
            faults.arm(point, record)
            work(lambda line: os.write(write, f"{line}\n".encode()) and None)
            os.write(write, b"end\n")
        except StudycardsError as error:
            os.write(write, f"exit {error.exit_code} {error.sentence}\n".encode())
        except BaseException as error:  # noqa: BLE001 - whatever it is, a user would see it
            where = traceback.extract_tb(error.__traceback__)[-1]
            os.write(write, f"traceback {error!r} {where.filename}:{where.lineno}\n".encode())
        finally:
            os._exit(0)
    os.close(write)
    said = _until(read, wait_s)
    end = time.monotonic() + 0.05
    while aim is not None and time.monotonic() < end and not is_hot(aim):
        pass
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while piece := os.read(read, 1 << 16):
        said += piece
    os.close(read)
    return said.decode().split("\n")[:-1]


def _until(read: int, wait_s: float) -> bytes:
    """What is said until `wait_s` after the first word."""
    said = b""
    end = time.monotonic() + 60
    while (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([read], [], [], left)
        if not ready:
            break
        piece = os.read(read, 1 << 16)
        if not piece:
            break
        if not said:
            end = time.monotonic() + wait_s
        said += piece
    return said


def is_hot(path: Path) -> bool:
    """Whether a transaction was cut off."""
    journal = places.journal(path)
    return journal.exists() and journal.stat().st_size > 0
