"""How long reading notes takes, as a share of what markdown-it-py alone needs to parse the same files.

python tests/benchmarks/notes.py FILE…
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from markdown_it import MarkdownIt

from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes

ROUNDS = 15


def took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def least(data: bytes, markdown: MarkdownIt) -> tuple[float, float]:
    """The least time of each over some rounds, turn about: other work on the machine then hits both alike."""
    text = data.decode("utf-8", "replace")
    theirs = ours = float("inf")
    for _ in range(ROUNDS):
        theirs = min(theirs, took(lambda: markdown.parse(text)))
        ours = min(ours, took(lambda: parse_note(read_bytes(data, "n"))))
    return theirs, ours


def main() -> None:
    markdown = MarkdownIt()
    files = [Path(name).read_bytes() for name in sys.argv[1:]]
    pairs = [least(data, markdown) for data in files]
    theirs, ours = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    speed = sum(map(len, files)) / ours / 1e6
    print(f"markdown-it-py {theirs:.3f} s, notes {ours:.3f} s, share {ours / theirs:.2f}, {speed:.1f} MB/s")


if __name__ == "__main__":
    main()
