"""Whether a confidence means what it says: in ten bins, how many cards ask for a fact that a reader marked beforehand.

python -m tests.benchmarks.reliability SHARED      SHARED holds gold/ and notes/ with facts marked by readers

A card without a marked fact may be good too, so a share is the least that a reader would keep; what counts is that it
rises with the confidence.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from studycards.generate import Options, propose
from studycards.model import Proposal, Status
from studycards.notes.parse import parse_note
from studycards.notes.reader import read_bytes


@dataclass(slots=True)
class Bin:
    """Cards of confidences from `low` on, a tenth wide: how many, their mean, how many with a marked fact."""

    low: float
    cards: int = 0
    confidence: float = 0.0
    marked: int = 0

    @property
    def share(self) -> float:
        """The share of its cards that ask for a marked fact."""
        return self.marked / self.cards if self.cards else 0.0

    def take(self, confidence: float, is_marked: bool) -> None:
        """Count one card."""
        self.confidence = (self.confidence * self.cards + confidence) / (self.cards + 1)
        self.cards += 1
        self.marked += is_marked


def bins(shared: Path) -> list[Bin]:
    """The ten bins over every card that no gate refused, whether it was written, waits or was too unlikely."""
    table = [Bin(number / 10) for number in range(10)]
    for confidence, is_marked in _judged(shared):
        table[min(int(confidence * 10), 9)].take(confidence, is_marked)
    return table


def _judged(shared: Path) -> Iterator[tuple[float, bool]]:
    matcher = _matcher(shared)
    for gold in (shared / "gold" / "seed.jsonl", shared / "notes" / "dev_gold.jsonl"):
        documents, facts = _gold(gold)
        for name, path in documents.items():
            file = next(shared.rglob(Path(path).name))
            wanted = [fact for fact in facts if fact["doc"] == name and fact["priority"] != "reject"]
            for p in propose(parse_note(read_bytes(file.read_bytes(), file.name)), Options()):
                if p.status is not Status.REFUSED or p.reason == "low-confidence":
                    card = matcher.Card(_told(p))
                    yield p.confidence, any(matcher.hit(fact, card) for fact in wanted)


def _gold(path: Path) -> tuple[dict[str, str], list[dict[str, str]]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    documents: dict[str, str] = {}
    facts = []
    last = ""
    for row in rows:
        if row["kind"] == "document":
            last = row["doc"]
            documents[last] = row["path"]
        else:
            facts.append({**row, "doc": row.get("doc", last)})
    return documents, facts


def _told(proposal: Proposal) -> dict[str, str]:
    text = {"text": proposal.text} if proposal.text else {}
    return {"q": proposal.question, "a": proposal.answer} | text


def _matcher(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("match_gold", shared / "gold" / "match_gold.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Print the table."""
    print("confidence   cards   mean   with a marked fact")
    for one in bins(Path(sys.argv[1])):
        if one.cards:
            print(f"{one.low:.1f}-{one.low + 0.1:.1f}    {one.cards:6}   {one.confidence:.2f}   {one.share:.2f}")


if __name__ == "__main__":
    main()
