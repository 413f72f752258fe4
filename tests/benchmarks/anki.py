"""Export and import against the real Anki backend, on cards with histories made from a seed; one JSON line a figure.

    python tests/benchmarks/anki.py 100000 [--folder DIR] [--only import|first|export]

Each measured thing runs in a process of its own, best of three; peak memory is that of the process. Both sides export
the same cards: ours from the store, Anki's from a collection into which our package was imported.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent  # not on the path: this file's name is that of the package it measures
sys.path[:] = [str(HERE.parent / "export"), *(place for place in sys.path if Path(place or ".").resolve() != HERE)]
os.environ["ANKI_TEST_MODE"] = "1"

SENTENCE = "the loss of one task pulls shared weights toward features that other tasks cannot use well in practice"
ENGLISH = SENTENCE.split()
CHINESE = "法老登基时的名字写在王名圈里而荷鲁斯名写在王宫正面的图案之中多任务学习共享底层参数"


def plain(choice: random.Random, n: int) -> str:
    if n % 3 == 0:
        start = choice.randrange(len(CHINESE) - 14)
        return f"{CHINESE[start : start + 14]}，第{n}个？"
    return f"{' '.join(choice.sample(ENGLISH, 9)).capitalize()} ({n})?"


def side(choice: random.Random, n: int) -> str:
    """Seven sides of ten are plain, two hold inline marks, the rest lists, formulas, paragraphs, tables and code."""
    text = plain(choice, n)
    kind = choice.random()
    if kind < 0.70:
        return text
    if kind < 0.90:
        return f"**{text[:8]}** and *{text[8:]}* with `code_{n}`"
    if kind < 0.95:
        return "\n".join(f"- {text[k : k + 12].strip() or k}" for k in (0, 3, 6, 9))
    if kind < 0.98:
        return f"{text}\n\n$L = \\sum_i w_{{{n}}} L_i$ holds for `x < y` & more"
    if kind < 0.99:
        return f"| name | value |\n|---|---|\n| {text[:9]} | {n} |\n| b | **c** |"
    return f"```python\nprint({n} < 3)\n```"


def stocked(folder: Path, count: int) -> Any:
    """A store of `count` basic cards, 60 of a hundred started, 181 answers to 100 cards."""
    from arriving import Stock

    from studycards.model import Card, Kind, Rating, Settings

    stock = Stock(folder, datetime.now().astimezone(), Settings())
    choice = random.Random(7)
    ratings = [Rating.AGAIN, Rating.HARD, *[Rating.GOOD] * 6, Rating.EASY]
    for n in range(count):
        block = f"{n:010d}".translate(str.maketrans("0123456789", "0247abckqz"))
        gaps = [(choice.choice([0.01, 1.0, 3.0, 8.0, 20.0]), choice.choice(ratings)) for _ in range(3)]
        gaps = gaps if n % 5 < 3 else []
        if n % 60 == 0:
            gaps.append((40.0, Rating.GOOD))
        card = Card(block, block, side(choice, n), side(choice, n + 7), Kind.BASIC, f"Deck {n % 40 // 8}::Part {n % 8}")
        stock.card(card, gaps)
    stock.settle()
    return stock


def build(folder: Path, count: int) -> dict[str, Any]:
    stock = stocked(folder, count)
    stock.db.close()
    return {"cards": count, "reviews": len(stock.rows), "started": len(stock.memories)}


def export(folder: Path, progress: str) -> dict[str, Any]:
    from studycards.config import Config
    from studycards.export.anki import write
    from studycards.notes.block_tokens import block_tokens
    from studycards.outgoing import Wanted, prepare, remember
    from studycards.scheduling.studyday import study_day
    from studycards.store.opening import open_store
    from studycards.store.selection import Selection

    now = datetime.now().astimezone()
    wanted = Wanted(progress == "progress", int(now.timestamp()), study_day(now, 4), block_tokens)
    path = folder / f"{progress}.apkg"
    start = time.perf_counter()
    db = open_store(folder / "s.db", device="test", now_ms=int(now.timestamp() * 1000), check=False)
    out = prepare(db, Selection(), Config(Path("none")), wanted)
    write(path, out.edition)
    remember(db, out)
    seconds = time.perf_counter() - start
    db.close()
    return {"seconds": seconds, "bytes": path.stat().st_size}


def first_export(folder: Path, progress: str) -> dict[str, Any]:
    """The same where nothing is known of an export before: what was rendered then is forgotten first."""
    with sqlite3.connect(folder / "s.db") as conn:
        conn.execute("DELETE FROM exports")
    conn.close()
    return export(folder, progress)


def take_in(folder: Path, package: str) -> dict[str, Any]:
    """Our import of a package into an empty store: deck files, index, answers and memory."""
    from studycards.collection import Collection
    from studycards.history import Stamp
    from studycards.incoming.bringing import bring
    from studycards.incoming.planning import plan
    from studycards.intake.anki import package as opened_package
    from studycards.model import Settings
    from studycards.store.opening import open_store

    now = datetime.now().astimezone()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        decks = Path(place) / "decks"
        start, cpu = time.perf_counter(), time.process_time()
        db = open_store(Path(place) / "s.db", device="test", now_ms=int(now.timestamp() * 1000), check=False)
        collection = Collection(db)
        with opened_package(folder / package) as opened:
            planned = plan(db, opened, decks)
            stamp = Stamp.of(now, 4)
            brought = bring(db, opened, planned, Settings(), stamp, lambda: collection.sync_inside([decks], now))
        took = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
        db.close()
    return {**took, "cards": planned.cards, "reviews": brought.answers, "left_out": sum(planned.left_out.values())}


def fill_anki(folder: Path, package: str) -> dict[str, Any]:
    """Anki's import of a package into an empty collection, which stays for `own_export`."""
    from anki.collection import Collection
    from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    for old in folder.glob("collection.*"):
        old.unlink() if old.is_file() else None
    col = Collection(str(folder / "collection.anki2"))
    col.set_config("fsrs", True)
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    start, cpu = time.perf_counter(), time.process_time()
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(folder / package), options=options))
    took = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    col.close()
    return took


def own_export(folder: Path, progress: str) -> dict[str, Any]:
    from anki.collection import Collection, ExportAnkiPackageOptions

    col = Collection(str(folder / "collection.anki2"))
    given = progress == "progress"
    options = ExportAnkiPackageOptions(with_scheduling=given, with_deck_configs=given, with_media=True, legacy=False)
    path = folder / f"own-{progress}.apkg"
    start = time.perf_counter()
    col.export_anki_package(out_path=str(path), options=options, limit=None)
    seconds = time.perf_counter() - start
    col.close()
    return {"seconds": seconds, "bytes": path.stat().st_size}


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "build": build,
    "export": export,
    "first_export": first_export,
    "take_in": take_in,
    "fill_anki": fill_anki,
    "own_export": own_export,
}


def in_child(step: str, *arguments: object, times: int = 1) -> dict[str, Any]:
    """Run a step in processes of its own; the quickest answer, with its peak memory."""
    answers = []
    for _ in range(times):
        command = [sys.executable, __file__, "--step", step, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        answers.append(json.loads(done.stdout))
    best: dict[str, Any] = min(answers, key=lambda answer: answer.get("seconds", 0))
    return best


def show(what: str, **figures: Any) -> None:
    print(json.dumps({"what": what, **{k: round(v, 3) if isinstance(v, float) else v for k, v in figures.items()}}))


def against(what: str, ours: tuple[object, ...], theirs: tuple[object, ...]) -> None:
    """Three rounds of both, one after the other; the best of each, and their ratio."""
    rounds = [(in_child(*ours), in_child(*theirs)) for _ in range(3)]  # type: ignore[arg-type]
    mine, other = (min(column, key=seconds) for column in zip(*rounds, strict=True))
    show(f"ours: {what}", **mine)
    show(f"anki: {what}", **other)
    show(f"ratio: {what}", **{key: mine[key] / other[key] for key in mine if other.get(key)})


def run(folder: Path, count: int, only: str) -> None:
    show("stock", **in_child("build", folder, count))
    in_child("export", folder, "progress")
    if only in ("", "import"):
        against("import", ("take_in", folder, "progress.apkg"), ("fill_anki", folder, "progress.apkg"))
    in_child("fill_anki", folder, "progress.apkg")
    for kind in ("plain", "progress"):
        if only in ("", "first"):
            against(f"first export, {kind}", ("first_export", folder, kind), ("own_export", folder, kind))
        if only in ("", "export"):
            against(f"export, {kind}", ("export", folder, kind), ("own_export", folder, kind))


def seconds(figures: dict[str, Any]) -> float:
    return float(figures["seconds"])


def main() -> None:
    if sys.argv[1:2] == ["--step"]:
        folder, rest = Path(sys.argv[3]), [int(a) if a.isdigit() else a for a in sys.argv[4:]]
        figures = STEPS[sys.argv[2]](folder, *rest)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps({**figures, "peak_mb": used.ru_maxrss // 1024, "process_cpu": used.ru_utime + used.ru_stime}))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--folder", type=Path, help="keep what is made here (must be empty)")
    parser.add_argument("--only", choices=("import", "first", "export"), default="", help="measure this alone")
    given = parser.parse_args()
    if given.folder:
        given.folder.mkdir(parents=True, exist_ok=True)
        run(given.folder, given.count, given.only)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), given.count, given.only)


if __name__ == "__main__":
    main()
