"""What the generator makes of notes: cards as JSON lines, or figures on yield, noise, gold facts and speed.

python -m tests.benchmarks.generator PATHS…                 one JSON object a line, as `generate --json`
python -m tests.benchmarks.generator --report PATHS…        cards, per rule and status, per 100 lines
python -m tests.benchmarks.generator --gold FACTS.jsonl PATHS…   the report, then what a gold file finds missing
python -m tests.benchmarks.generator --speed [--times N] PATHS…  MB/s, and the ratio to markdown-it-py's parse
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from markdown_it import MarkdownIt

from studycards.generate import Options, fold_duplicates, propose
from studycards.model import Proposal, Status
from studycards.notes.note import Note
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_file

_SUFFIXES = {".md", ".markdown", ".txt"}


def main() -> None:
    """Reads the arguments and prints what they ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--rule", action="append", default=[])
    asked = parser.parse_args()
    files = sorted(_files(asked.paths))
    if asked.speed:
        _print_speed(files, asked.times)
        return
    notes = [parse_note(read_file(path)) for path in files]
    proposals = _proposals(notes, Options(only=frozenset(asked.rule)))
    if asked.report or asked.gold:
        _print_report(notes, proposals)
        if asked.gold:
            _print_gold(asked.gold, proposals)
    else:
        for proposal in proposals:
            print(_line(proposal))


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (p for p in path.rglob("*") if p.suffix in _SUFFIXES and p.name != "README.md")
        else:
            yield path


def _proposals(notes: list[Note], options: Options) -> tuple[Proposal, ...]:
    return fold_duplicates(proposal for note in notes for proposal in propose(note, options))


def _line(p: Proposal) -> str:
    shown: dict[str, object] = {"id": p.id, "kind": str(p.kind), "q": p.question, "a": p.answer}
    if p.text:
        shown["text"] = p.text
    shown |= {"rule": p.rule, "confidence": round(p.confidence, 2), "status": str(p.status), "reason": p.reason}
    shown |= {"deck": p.deck, "tags": list(p.tags)}
    source = p.source
    shown["source"] = {
        "path": source.path,
        "line": source.line,
        "end_line": source.end_line,
        "headings": list(source.headings),
    }
    return json.dumps(shown, ensure_ascii=False)


def _print_report(notes: list[Note], proposals: tuple[Proposal, ...]) -> None:
    lines = sum(1 for note in notes for line in note.lines if line.strip())
    status = Counter(str(p.status) for p in proposals)
    print(f"{len(notes)} notes, {lines} non-blank lines, {dict(status)}")
    written = [p for p in proposals if p.status == Status.WRITTEN]
    print(f"written per 100 non-blank lines: {100 * len(written) / max(lines, 1):.1f}")
    for rule, count in sorted(Counter(p.rule for p in proposals).items()):
        own = Counter(str(p.status) for p in proposals if p.rule == rule)
        parts = "  ".join(f"{status} {own[status]:4}" for status in ("written", "inbox", "refused"))
        print(f"  {rule:20} found {count:4}  {parts}")
    for reason, count in Counter(p.reason for p in proposals if p.reason).most_common():
        print(f"  {reason:20} {count}")


def _print_gold(gold: Path, proposals: tuple[Proposal, ...]) -> None:
    matcher = gold.resolve().parent / "match_gold.py"
    if not matcher.exists():
        matcher = gold.resolve().parents[1] / "gold" / "match_gold.py"
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as cards:
        cards.write("\n".join(_line(p) for p in proposals))
        cards.flush()
        sys.stdout.flush()
        subprocess.run([sys.executable, str(matcher), str(gold), cards.name], check=False)


def speed(files: list[Path], times: int) -> tuple[float, float]:
    """CPU seconds of markdown-it-py's parse, and of reading and generating, over the same notes."""
    rounds = [_round(files) for _ in range(times)]
    return sum(each[0] for each in rounds), sum(each[1] + each[2] for each in rounds)


def _print_speed(files: list[Path], times: int) -> None:
    size = sum(path.stat().st_size for path in files) / 1e6
    rounds = [_round(files) for _ in range(times)]
    plain, ours = (median(each) for each in zip(*((p, r + g) for p, r, g in rounds), strict=True))
    print(f"markdown-it-py {size / plain:.2f} MB/s, generator {size / ours:.2f} MB/s")
    ratios = sorted((r + g) / p for p, r, g in rounds)
    print(f"ratio {median(ratios):.2f} (median of {times} rounds, {ratios[0]:.2f} to {ratios[-1]:.2f})")
    reading, rest = median(r / p for p, r, _ in rounds), median(g / p for p, _, g in rounds)
    print(f"of the generator: reading {reading:.2f}, rules and gates {rest:.2f}")


def _round(files: list[Path]) -> tuple[float, float, float]:
    """CPU seconds of a bare parse, of reading and of generating, note by note: other work then hits all alike."""
    parser = MarkdownIt().enable("table")
    plain = read = made = 0.0
    for path in files:
        text = path.read_bytes().decode("utf-8", "replace")
        begun = time.process_time()
        parser.parse(text)
        parsed = time.process_time()
        note = parse_note(read_file(path))
        noted = time.process_time()
        propose(note, Options())
        plain, read, made = plain + parsed - begun, read + noted - parsed, made + time.process_time() - noted
    return plain, read, made


if __name__ == "__main__":
    main()
