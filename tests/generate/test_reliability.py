"""A higher confidence means a better card, by what readers marked beforehand."""

from __future__ import annotations

import importlib
from itertools import pairwise
from pathlib import Path

import pytest

from studycards.confidence import Belief, combine

ROOT = Path(__file__).resolve().parents[2]
MANY = 30


def test_the_share_of_marked_facts_rises_with_the_confidence(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    reliability = importlib.import_module("tests.benchmarks.reliability")
    table = reliability.bins(shared)

    shares = [one.share for one in table if one.cards >= MANY]
    waiting, written = table[5:8], table[8:]
    assert len(table) == 10
    assert all(after > before - 0.15 for before, after in pairwise(shares))
    assert share(written) >= 0.6
    assert share(written) > share(waiting) + 0.2
    assert all(one.low <= one.confidence <= one.low + 0.1 for one in table if one.cards)


def share(bins: list[object]) -> float:
    cards = sum(one.cards for one in bins)  # type: ignore[attr-defined]
    return sum(one.marked for one in bins) / max(cards, 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kept", "dropped", "mean"), [(0, 0, 0.8), (8, 0, 0.9), (0, 8, 0.4), (4, 4, 0.65), (0.5, 0.5, 0.7667)]
)
def test_decisions_move_the_mean_of_a_belief_by_their_weight(kept: float, dropped: float, mean: float) -> None:
    assert Belief(0.8, 8, kept, dropped).mean == pytest.approx(mean, abs=1e-4)


def test_evidence_adds_up_in_log_odds_and_may_cancel() -> None:
    assert combine(0.8, ()) == 0.8
    assert combine(0.8, (("glossed", 0.5), ("hedged", -0.5))) == 0.8
    assert combine(0.8, (("hedged", -0.7),)) == pytest.approx(0.6652, abs=1e-4)
    assert 0 < combine(0.0, ()) < combine(1.0, ()) < 1
