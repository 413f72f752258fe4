"""The pages in a real terminal, at length: `python -m tests.soak.screens [signals] [resizes] [edits]`.

Every page gets every signal and loses its terminal; a thousand random sizes; five hundred edits of deck files in five
encodings and two line ends. Prints what came of each; the exit code is 1 if anything was wrong.
"""

from __future__ import annotations

import fcntl
import os
import random
import signal
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tui"))
from terminal import Terminal, environment

from studycards.collection import Collection
from studycards.collection.editing import edit, sides_of
from studycards.history import Stamp
from studycards.store.opening import open_store

# Keys that lead from home to the page, and what is then to be read.
PAGES = {
    "home": ("", "all decks"),
    "review": ("\r", "serekh"),
    "answer": ("\r ", "Horus"),
    "typing": ("\rtx", "serekh"),
    "edit": ("\re", "Ctrl+S"),
    "keys": ("\r?", "any other key"),
    "summary": ("\r q", "Done"),
    "curate": ("c", "inbox"),
    "browse": ("b", "names"),
    "query": ("b/x", "0 cards"),
    "stats": ("s", "Today"),
    "catch-up": ("k", "limit"),
}
SIGNALS = {"SIGTERM": signal.SIGTERM, "SIGINT": signal.SIGINT, "SIGHUP": signal.SIGHUP}
DECK = """---
deck: names
---

Q: Which name is in a serekh?
A: The Horus name

Q: 法老登基时的名字叫什么？
A: 尼苏毕特名
"""
WITHIN_S = 1.0
ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "utf-16", "gb18030")


@dataclass
class Tally:
    """How many were tried, and what was wrong."""

    tried: int
    wrong: list[str]


def furnish(folder: Path) -> None:
    """A deck file, and no guard, so that keys may be typed at once."""
    (folder / "decks").mkdir()
    (folder / "decks" / "names.md").write_text(DECK, encoding="utf-8")
    (folder / "config" / "studycards").mkdir(parents=True)
    (folder / "config" / "studycards" / "config.toml").write_text("[review]\nguard_ms = 0\n", encoding="utf-8")


def opened(folder: Path, page: str, *, hup: bool = True) -> Terminal:
    """The program at a page."""
    keys, seen = PAGES[page]
    os.chdir(folder)
    terminal = Terminal([], environment(folder), hup=hup)
    terminal.until("all decks", 60)
    for key in keys:
        time.sleep(0.3)
        terminal.send(key)
    if keys:
        terminal.until(seen, 60)
    return terminal


def end(terminal: Terminal, name: str, within_s: float = WITHIN_S) -> str:
    """End it by a signal, or by taking its terminal away; what was wrong, empty for nothing."""
    begun = time.monotonic()
    if name == "closed":
        terminal.hang_up()
    else:
        terminal.signal(SIGNALS[name])
    code = terminal.wait(10)
    took = time.monotonic() - begun
    if code is None:
        return "still there"
    if took > within_s:
        return f"gone only after {took:.1f} s"
    if name == "closed":
        return ""
    if code != 0:
        return f"exit code {code}"
    restored = b"\x1b[?1049l" in terminal.output[-600:] and termios.tcgetattr(terminal.slave) == terminal.before
    return "" if restored else "the terminal is not as it was"


def signals(folder: Path) -> Tally:
    """Every page, every signal, and the terminal gone with the hang-up heard and ignored."""
    wrong, tried = [], 0
    for page in PAGES:
        for name in (*SIGNALS, "closed", "deaf"):
            terminal = opened(folder, page, hup=name != "deaf")
            told = end(terminal, "closed" if name == "deaf" else name, 1.5 if name == "deaf" else WITHIN_S)
            terminal.close()
            tried += 1
            if told:
                wrong.append(f"{page}, {name}: {told}")
    return Tally(tried, wrong)


def resizes(folder: Path, number: int, seed: int = 1) -> Tally:
    """So many sizes, with keys between them, over all pages."""
    dice, wrong, tried = random.Random(seed), [], 0
    for page in PAGES:
        terminal = opened(folder, page)
        for _ in range(number // len(PAGES) + 1):
            size = dice.choice((1, 2, 11, 12, 18, 24, 50, 200)), dice.choice((1, 5, 39, 40, 60, 80, 133, 500))
            fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
            terminal.signal(signal.SIGWINCH)
            if dice.random() < 0.3:
                terminal.send(dice.choice("jkG"))
            while terminal.read(0.01):
                pass
            tried += 1
        told = end(terminal, "SIGTERM", 5)
        if told or b"Traceback" in terminal.output:
            wrong.append(f"{page}: {told or 'a traceback'}")
        terminal.close()
    return Tally(tried, wrong)


def edits(folder: Path, number: int, seed: int = 1) -> Tally:
    """So many edits through the store: only the card's own bytes differ, its id and reviews stay."""
    dice, wrong = random.Random(seed), []
    db = open_store(folder / "edits.db", device="soak", now_ms=0)
    collection, now = Collection(db), datetime(2026, 11, 22, 9, tzinfo=UTC)
    stamp = Stamp.of(now, 4)
    kinds = [(encoding, newline) for encoding in ENCODINGS for newline in ("\n", "\r\n")]
    for n, (encoding, newline) in enumerate(kinds):
        path = folder / "edited" / f"d{n}.md"
        path.parent.mkdir(exist_ok=True)
        cards = "".join(f"Q: 问题 {n}-{k} {'x' * k}？\nA: 答案 {n}-{k}\n\n有话。 prose {k}\n\n" for k in range(8))
        text = f"---\ndeck: 牌组 {n}\n---\n\n{cards}"
        path.write_bytes(text.replace("\n", newline).encode(encoding))
    collection.sync([folder / "edited"], now)
    ids = {card.id for card in collection.cards()}
    for number_of in range(number):
        card = dice.choice(collection.cards())
        place = collection.place(card)
        assert place is not None
        path = Path(place.path)
        encoding, newline = kinds[int(path.stem[1:])]
        before = path.read_bytes()
        front, back = sides_of(card)
        after = (front, f"{back.partition(' 改')[0]} 改{number_of}") if dice.random() < 0.5 else (f"{front}吗", back)
        edit(db, card.block, after, stamp, str)
        old, new = f"Q: {front}\nA: {back}\n", f"Q: {after[0]}\nA: {after[1]}\n"
        wanted = before.decode(encoding).replace(old.replace("\n", newline), new.replace("\n", newline), 1)
        if path.read_bytes() != wanted.encode(encoding) or old == new:
            wrong.append(f"{path.name} ({encoding}): other bytes differ")
        collection.sync([], now)
        if {one.id for one in collection.cards()} != ids:
            wrong.append(f"{path.name} ({encoding}): an id changed")
            break
    db.close()
    return Tally(number, wrong)


def tried(name: str, folder: Path) -> Tally:
    """One of the three."""
    furnish(folder)
    if name == "signals":
        return signals(folder)
    return resizes(folder, 1000) if name == "resizes" else edits(folder, 500)


def main() -> int:
    """All three, or those named."""
    bad = 0
    for name in sys.argv[1:] or ("signals", "resizes", "edits"):
        with tempfile.TemporaryDirectory() as place:
            begun = time.monotonic()
            made = tried(name, Path(place))
            os.chdir("/")
        told = f"{made.tried - len(made.wrong)} of {made.tried}"
        print(f"{name}: {told}, {time.monotonic() - begun:.0f} s", *made.wrong, sep="\n  ", flush=True)
        bad += len(made.wrong)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
