"""Notes: reading and generating beside a bare parse, and `generate` over unchanged notes beside a bare walk."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.generator import speed
from tests.benchmarks.starts import PYTHON, STUDYCARDS, cpu
from tests.benchmarks.table import Table

SAMPLES = Path(__file__).resolve().parents[2] / "decks" / "notes"
NOTES = 1_000
WALK = (
    "import os, sys\nfor top, _, names in os.walk(sys.argv[1]):\n for name in names: os.stat(os.path.join(top, name))"
)
NOTE = """# Model {n}

Model {n} (M{n}N) is a network of {n} layers that shares its first half between tasks.

模型{n}是一种共享底层参数的网络。
"""


def measure(table: Table, count: int = NOTES) -> None:
    """Rows of the generator."""
    samples = sorted(SAMPLES.glob("*.md"))
    speed(samples, 1)  # word lists are read once
    bare, ours = speed(samples, 20)
    table.row("generate from the sample notes", 0, ours * 1000, ("markdown-it-py's parse", bare * 1000), 1.5)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "notes"
        folder.mkdir()
        for n in range(count):
            (folder / f"note{n:05}.md").write_text(NOTE.format(n=n), encoding="utf-8")
        home = {**os.environ, "HOME": place, "STUDYCARDS_DB": f"{place}/s.db", "XDG_CONFIG_HOME": place}
        command = (*STUDYCARDS, "generate", str(folder), "--into", f"{place}/decks")
        subprocess.run(command, env=home, capture_output=True, check=True)
        walk = min(cpu((*PYTHON, "-c", WALK, str(folder)), home) for _ in range(7))
        again = min(cpu(command, home) for _ in range(5))
        start = min(cpu((*PYTHON, "-c", "import click, sqlite_utils"), home) for _ in range(5))
    table.row(f"generate, {count:,} unchanged notes", 0, again, ("a bare walk with stat", walk), 3.0)
    table.row("  the same without the imports' start", 0, again - start, ("a bare walk with stat", walk), None)


if __name__ == "__main__":
    shown = Table()
    shown.head()
    measure(shown, int(sys.argv[1]) if len(sys.argv) > 1 else NOTES)
