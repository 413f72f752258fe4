"""The review in a real pseudo-terminal at 100,000 cards: key to painted next card, commit included.

`python tests/benchmarks/tui.py [CARDS] [ANSWERS]` prints one JSON object a measurement.
"""

from __future__ import annotations

import json
import os
import select
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tui"))
from terminal import Terminal, environment

from studycards.store.opening import open_store


def fill(folder: Path, cards: int, answer: str) -> None:
    """A store with so many cards of one deck file that is not looked at."""
    db = open_store(folder / "store.db", device="benchmark", now_ms=0)
    path = str(folder / "x.md")
    db.conn.execute("BEGIN")
    db.conn.executemany(
        "INSERT INTO cards (id, block, kind, front, back, deck, path, line, end_line, folded, position, first_seen_ms,"
        " changed_ms) VALUES (?, ?, 'basic', ?, ?, 'bench', ?, ?, ?, ?, ?, 0, 0)",
        (
            (f"c{n:07}", f"c{n:07}", f"第 {n} 个问题：What is number {n}?", f"{answer} {n}", path, n, n, f"q{n}", n)
            for n in range(cards)
        ),
    )
    db.conn.execute("COMMIT")
    db.close()


def config(folder: Path, new: int) -> None:
    """No guard, and as many new cards as are answered."""
    (folder / "config" / "studycards").mkdir(parents=True)
    (folder / "config" / "studycards" / "config.toml").write_text(
        f"[review]\nguard_ms = 0\nnew_per_day = {new}\n", encoding="utf-8"
    )


def press(terminal: Terminal, key: str) -> float:
    """Milliseconds from the key to the end of the frame that it leads to, later frames of the same key included."""
    start = time.perf_counter()
    terminal.send(key)
    last = start
    while True:
        ready, _, _ = select.select([terminal.master], [], [], 0.06 if last > start else 5)
        if not ready:
            return (last - start) * 1000
        os.read(terminal.master, 65536)
        last = time.perf_counter()


def report(name: str, times: list[float]) -> None:
    """Median, p95 and the greatest."""
    ordered = sorted(times)
    print(
        json.dumps(
            {
                "measured": name,
                "n": len(times),
                "median_ms": round(statistics.median(ordered), 1),
                "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
                "max_ms": round(ordered[-1], 1),
            }
        ),
        flush=True,
    )


def start(folder: Path) -> tuple[Terminal, float]:
    """The review at its first question, and how long that took."""
    begun = time.perf_counter()
    terminal = Terminal(["review", "bench"], environment(folder))
    terminal.until("number")
    return terminal, (time.perf_counter() - begun) * 1000


def browse(folder: Path, cards: int) -> None:
    """Typing a query over all cards, and a page of the list."""
    begun = time.perf_counter()
    terminal = Terminal(["browse"], environment(folder))
    terminal.until("number 3?")
    report(f"start to first page of browse, {cards} cards", [(time.perf_counter() - begun) * 1000])
    time.sleep(0.5)
    press(terminal, "/")
    report(f"key to found, {cards} cards", [press(terminal, key) for key in "问题 number 99" for _ in range(1)])
    press(terminal, "\r")
    report(f"page of the list, {cards} cards", [press(terminal, "\x1b[6~") for _ in range(20)])
    terminal.close()


def measure(cards: int, answers: int, answer: str, name: str) -> None:
    """Fill, start, answer."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        fill(folder, cards, answer)
        config(folder, answers + 10)
        start(folder)[0].close()  # the first start copies the index into the log's copy
        starts = []
        for _ in range(5):
            terminal, took = start(folder)
            starts.append(took)
            terminal.close()
        report(f"start to first question, {name}", starts)
        terminal, _ = start(folder)
        time.sleep(0.5)
        reveals, rates = [], []
        for _ in range(answers):
            reveals.append(press(terminal, " "))
            rates.append(press(terminal, "4"))
        report(f"reveal, {name}", reveals)
        report(f"answer stored and next card painted, {name}", rates)
        terminal.close()
        if cards > 10_000:
            browse(folder, cards)


def main() -> None:
    """Small answers, then answers of 16 KB."""
    cards = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    answers = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    measure(cards, answers, "An answer of one line", f"{cards} cards")
    measure(1_000, min(answers, 100), "A line of the long answer, 长答案的一行。\n" * 400, "16 KB answers")


if __name__ == "__main__":
    main()
