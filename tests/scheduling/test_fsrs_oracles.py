"""Our kernel against py-fsrs and fsrs-rs; the full counts run in tests/soak."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import chain
from pathlib import Path

from studycards.scheduling.fsrs import Kernel
from tests.scheduling.lives import lives, parameter_sets, personal_sets
from tests.scheduling.oracles import against_fsrs_rs, against_py_fsrs


def test_stability_difficulty_and_intervals_are_those_of_py_fsrs() -> None:
    for number, parameters in enumerate(parameter_sets(20)):
        found = against_py_fsrs(parameters, lives(25, seed=number))

        assert found.reviews > 50
        assert max(found.stability) <= 1e-12
        assert max(found.difficulty) <= 1e-12
        assert found.intervals == []


def test_stability_difficulty_and_intervals_are_those_of_fsrs_rs_within_single_precision() -> None:
    found = [against_fsrs_rs(w, lives(100, seed=n)) for n, w in enumerate(personal_sets(8))]

    stability = sorted(chain.from_iterable(f.stability for f in found))
    intervals = list(chain.from_iterable(f.intervals for f in found))
    assert stability[int(len(stability) * 0.99)] <= 5e-6
    assert stability[-1] <= 5e-4
    assert max(max(f.difficulty) for f in found) <= 2e-5
    assert len(intervals) <= max(3, len(stability) // 10_000)
    assert all(abs(mine - theirs) <= 1 for mine, theirs in intervals)


def test_the_four_passes_are_to_the_bit_what_single_steps_give() -> None:
    for parameters in parameter_sets(20):
        kernel = Kernel(parameters)
        for life in lives(20):
            pair = None
            for rating, gap in life:
                if pair is not None:
                    recall = kernel.retrievability(gap, pair[0])
                    fan = kernel.passes(*pair, gap, recall)
                    steps = [kernel.step(pair, r, gap) for r in (2, 3, 4)]
                    assert fan == tuple(s for s, _ in steps)
                    assert [kernel.difficulty(pair[1], r) for r in (2, 3, 4)] == [d for _, d in steps]
                pair = kernel.step(pair, rating, gap)


def test_live_answers_lead_where_they_lead_in_anki() -> None:
    lines = subprocess.run(
        [sys.executable, "-m", "tests.scheduling.anki_live", "300"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    ).stdout.splitlines()

    found = [json.loads(line) for line in lines]
    assert len(found) == 4
    assert sum(one["answers"] for one in found) >= 300
    assert [one["wrong"] for one in found] == [[]] * 4
    assert max(one["nearest"] for one in found) < 1e-5
    assert max(one["apart"] for one in found) < 0.005
