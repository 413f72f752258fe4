"""`generate` over many notes twice, the second time unchanged, beside a bare walk with stat.

    python -m tests.benchmarks.rerun [NOTES]

All times are CPU milliseconds. Work is what a process spends beyond one that only starts and imports the same modules.
Each turn writes to the store as an answer does before the second run: that must not make it look anew.
Exit code 1 if the unchanged run's work is more than three times the bare walk.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

NOTES = 10_000
TIMES = 5
TARGET = 3.0
WALK = """
import os, sys, time
begun = time.process_time()
waiting = [sys.argv[1]]
while waiting:
    with os.scandir(waiting.pop()) as entries:
        for entry in entries:
            found = entry.stat()
            if entry.is_dir():
                waiting.append(entry.path)
print((time.process_time() - begun) * 1000)
"""
RUN = """
import sys, time, resource
modules = sys.argv.pop(1)
for name in modules.split():
    __import__(name)
begun = time.process_time()
from studycards.cli import main
try:
    main(sys.argv[1:], standalone_mode=False)
finally:
    spent, before = (time.process_time() - begun) * 1000, begun * 1000
    ours = ("click", "sqlite_utils", "studycards")
    loaded = " ".join(sorted(name for name in sys.modules if name in ours or name.startswith("studycards.")))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("\\n" + repr((before, spent, most, loaded)))
"""
NOTE = """# Model {n}

Model {n} (M{n}N) is a network of {n} layers that shares its first half between tasks.

模型{n}是一种共享底层参数的网络。
"""
Run = tuple[float, float, float, str]  # start and imports, work, MB, modules


def write_notes(folder: Path, count: int) -> None:
    """Small notes, a hundred to a folder."""
    for n in range(count):
        place = folder / f"part{n // 100:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"note{n:05}.md").write_text(NOTE.format(n=n), encoding="utf-8")


def generate(place: Path, modules: str = "studycards.cli") -> Run:
    """One run in a process of its own, `modules` imported before the clock starts."""
    home = {**os.environ, "HOME": str(place), "STUDYCARDS_DB": f"{place}/s.db", "XDG_CONFIG_HOME": str(place)}
    command = (sys.executable, "-c", RUN, modules, "generate", str(place / "notes"), "--into", str(place / "decks"))
    done = subprocess.run(command, env=home, capture_output=True, text=True, check=True)
    started, spent, most, loaded = eval(done.stdout.splitlines()[-1], {})
    return started, spent, most, loaded


def answer(place: Path) -> None:
    """What an answer changes of a card."""
    with closing(sqlite3.connect(place / "s.db")) as store, store:
        store.execute("UPDATE cards SET version = version + 1, begun = 1 WHERE id = (SELECT min(id) FROM cards)")


def turn(place: Path, modules: str) -> tuple[float, Run]:
    """A bare walk, an answer, and a run with nothing to do."""
    bare = walk(place / "notes")
    answer(place)
    return bare, generate(place, modules)


def walk(folder: Path) -> float:
    """Milliseconds of a bare walk with stat, imports apart."""
    done = subprocess.run((sys.executable, "-c", WALK, str(folder)), capture_output=True, text=True, check=True)
    return float(done.stdout)


def main(count: int = NOTES) -> int:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        write_notes(place / "notes", count)
        first = generate(place)
        loaded = generate(place)[3]
        turns = [turn(place, loaded) for _ in range(TIMES)]
        bare = min(turn[0] for turn in turns)
        again = min((turn[1] for turn in turns), key=lambda run: run[1])
    print(f"bare walk with stat, {count:,} notes {bare:12,.0f} ms")
    print(f"first run                         {sum(first[:2]):12,.0f} ms {first[2]:8,.0f} MB at most")
    print(f"unchanged run, start and imports  {again[0]:12,.0f} ms")
    print(f"unchanged run, work               {again[1]:12,.0f} ms {again[2]:8,.0f} MB at most")
    print(f"ratio of work to walk             {again[1] / bare:12.1f}    (at most {TARGET:.1f})")
    return again[1] / bare > TARGET


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else NOTES))
