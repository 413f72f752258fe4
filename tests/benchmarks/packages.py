"""Packages: export beside genanki by itself and beside Anki's own export, import of the same beside Anki's import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.table import Table

HERE = Path(__file__).resolve().parent
GENANKI = """
import genanki, json, sys, time, resource
begun = time.perf_counter()
template = {"name": "t", "qfmt": "{{Front}}", "afmt": "{{Back}}"}
model = genanki.Model(1, "m", fields=[{"name": "Front"}, {"name": "Back"}], templates=[template])
deck = genanki.Deck(2, "d")
for n in range(int(sys.argv[1])):
    deck.add_note(genanki.Note(model=model, fields=[f"What is {n}?", f"The answer {n}"], guid=f"g{n}"))
genanki.Package(deck).write_to_file(sys.argv[2])
print(json.dumps({"seconds": time.perf_counter() - begun}))
"""


def step(name: str, *arguments: object, times: int = 3) -> dict[str, float]:
    """A step of the package benchmark in processes of its own: the quickest answer."""
    return _best([sys.executable, str(HERE / "anki.py"), "--step", name, *map(str, arguments)], times)


def measure(folder: Path, count: int, table: Table) -> None:
    """Rows of packages at one size."""
    step("build", folder, count, times=1)
    ours = step("export", folder, "plain")["seconds"] * 1000
    with_progress = step("export", folder, "progress")["seconds"] * 1000
    imported = step("fill_anki", folder, "progress.apkg", times=1)["seconds"] * 1000
    alone = _best([sys.executable, "-c", GENANKI, str(count), str(folder / "alone.apkg")], 3)["seconds"] * 1000
    theirs = step("own_export", folder, "plain")["seconds"] * 1000
    their_progress = step("own_export", folder, "progress")["seconds"] * 1000
    table.row("export", count, ours, ("genanki alone", alone), None)
    table.row("export, against Anki's", count, ours, ("Anki", theirs), None)
    table.row("export with progress", count, with_progress, ("Anki", their_progress), None)
    table.row("Anki takes our package", count, imported, None, None)


def _best(command: list[str], times: int) -> dict[str, float]:
    answers = []
    for _ in range(times):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        answers.append(json.loads(done.stdout.splitlines()[-1]))
    best: dict[str, float] = min(answers, key=lambda answer: answer.get("seconds", 0.0))
    return best
