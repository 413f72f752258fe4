"""Whole processes: CPU of a start beside a bare interpreter's, the review's first question and its memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tui"))
from terminal import Terminal

from tests.benchmarks import stock
from tests.benchmarks.table import Table

PYTHON = (sys.executable,)
STUDYCARDS = (sys.executable, "-m", "studycards")


def cpu(command: tuple[str, ...], environment: dict[str, str]) -> float:
    """CPU milliseconds of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def least(commands: list[tuple[str, ...]], environment: dict[str, str], times: int = 20) -> list[float]:
    """The least CPU of each, all taken in turn."""
    rounds = [[cpu(command, environment) for command in commands] for _ in range(times)]
    return [min(column) for column in zip(*rounds, strict=True)]


def measure(folder: Path, count: int, table: Table) -> None:
    """Rows of starts at one size."""
    home = {**os.environ, "HOME": str(folder), "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    home = {name: value for name, value in home.items() if not name.startswith(("XDG_", "STUDYCARDS_"))}
    store = folder / ".local/share/studycards/studycards.db"
    store.parent.mkdir(parents=True)
    stock.ours(store, count, (datetime.now() - timedelta(hours=4)).toordinal())
    for command in ("status", "due"):  # the log's copy is written, what due said is kept
        subprocess.run([*STUDYCARDS, command], env=home, capture_output=True, check=True)
    line, plain, bare = least([(*STUDYCARDS, "due", "--oneline"), (*STUDYCARDS, "due"), (*PYTHON, "-c", "pass")], home)
    table.row("due --oneline, said again", count, line, ("python -c pass", bare), 2.0)
    table.row("due, said again", count, plain, ("python -c pass", bare), 2.0)
    kept = store.with_name("due-kept")
    looked = []
    for _ in range(5):
        kept.unlink(missing_ok=True)
        looked.append(cpu((*STUDYCARDS, "due", "--oneline"), home))
    table.row("due --oneline, looked", count, min(looked), ("python -c pass", bare), None)
    first, memory = _review(home)
    table.row("review, start to first question", count, first, None, 1000)
    table.row("review, most memory", count, memory, None, 150, "MB")


def once(table: Table) -> None:
    """Rows that no collection changes."""
    shown, bare = least([(*STUDYCARDS, "--help"), (*PYTHON, "-c", "pass")], dict(os.environ))
    table.row("--help", 0, shown, ("python -c pass", bare), 6.0)


def _review(environment: dict[str, str]) -> tuple[float, float]:
    """Milliseconds to the first question on a terminal, best of three, and the most memory in MB after 30 answers."""
    times, most = [], 0.0
    for _ in range(3):
        begun = time.perf_counter()
        with closing(Terminal(["review"], environment)) as terminal:
            terminal.until("mean", 120)
            times.append((time.perf_counter() - begun) * 1000)
            for _ in range(30):
                terminal.send(" ")
                terminal.read(0.3)
                terminal.send("3")
                terminal.read(0.3)
            status = Path(f"/proc/{terminal.pid}/status").read_text().split("VmHWM:")[1]
            most = max(most, int(status.split()[0]) / 1024)
    return min(times), most
